package dev.cairn.application.service;

import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.in.AnalyzeUseCase;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.MembersQuery;

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
