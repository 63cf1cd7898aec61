package dev.cairn.application.service;

import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.in.AnalyzeUseCase;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.MembersQuery;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Has each answer written down. */
public final class AuditedAnalyses implements AnalyzeUseCase {
    private final AnalyzeUseCase analyses;
    private final Audit audit;

    public AuditedAnalyses(AnalyzeUseCase analyses, Audit audit) {
        this.analyses = analyses;
        this.audit = audit;
    }

    @Override
    public Outcome analyze(AnalysisQuery query, Caller caller, Deadline deadline) {
        return noted(analyses.analyze(query, caller, deadline), caller, "analyze", query);
    }

    /** Each question is an entry of its own. */
    @Override
    public List<Supplier<Outcome>> together(
            List<AnalysisQuery> queries, Caller caller, Deadline deadline) {
        var asked = analyses.together(queries, caller, deadline);
        return IntStream.range(0, asked.size())
                .<Supplier<Outcome>>mapToObj(
                        at -> () -> noted(asked.get(at).get(), caller, "analyze", queries.get(at)))
                .toList();
    }

    @Override
    public Outcome members(MembersQuery query, Caller caller, Deadline deadline) {
        return noted(analyses.members(query, caller, deadline), caller, "members", query);
    }

    private Outcome noted(Outcome outcome, Caller caller, String by, Object asked) {
        if (outcome instanceof Outcome.Answered(var result)) {
            audit.read(caller, by, asked, result.rows().size());
        }
        return outcome;
    }

    @Override
    public Explanation explain(AnalysisQuery query, Caller caller, Deadline deadline) {
        return analyses.explain(query, caller, deadline);
    }
}
