package dev.cairn.application.service;

import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.Seal;
import dev.cairn.application.port.in.AnalyzeUseCase;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.MembersQuery;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Gives cursors a seal of the caller, and takes none that lacks it. */
public final class SealedAnalyses implements AnalyzeUseCase {
    /** No cursor: the question is refused for it, with whatever else is wrong. */
    static final String NONE = "";

    private static final String OF = "analysis";

    private final AnalyzeUseCase analyses;
    private final Seal seal;

    public SealedAnalyses(AnalyzeUseCase analyses, Seal seal) {
        this.analyses = analyses;
        this.seal = seal;
    }

    @Override
    public Outcome analyze(AnalysisQuery query, Caller caller, Deadline deadline) {
        return sealed(analyses.analyze(opened(query, caller, seal), caller, deadline), caller);
    }

    @Override
    public List<Supplier<Outcome>> together(
            List<AnalysisQuery> queries, Caller caller, Deadline deadline) {
        var opened = queries.stream().map(query -> opened(query, caller, seal)).toList();
        return analyses.together(opened, caller, deadline).stream()
                .<Supplier<Outcome>>map(asked -> () -> sealed(asked.get(), caller))
                .toList();
    }

    @Override
    public Outcome members(MembersQuery query, Caller caller, Deadline deadline) {
        var opened = query.page(query.first(), opened(query.after(), caller, seal));
        return sealed(analyses.members(opened, caller, deadline), caller);
    }

    @Override
    public Explanation explain(AnalysisQuery query, Caller caller, Deadline deadline) {
        return analyses.explain(opened(query, caller, seal), caller, deadline);
    }

    private Outcome sealed(Outcome outcome, Caller caller) {
        return switch (outcome) {
            case Outcome.Answered(var result) when result.cursor() != null ->
                    new Outcome.Answered(
                            result.withCursor(seal.sealed(result.cursor(), caller, OF)));
            case Outcome.Answered _, Outcome.Rejected _ -> outcome;
        };
    }

    /** The question with its cursor as the planner gave it. */
    static AnalysisQuery opened(AnalysisQuery query, Caller caller, Seal seal) {
        return query.page(query.first(), opened(query.after(), caller, seal));
    }

    private static @Nullable String opened(@Nullable String cursor, Caller caller, Seal seal) {
        return cursor == null ? null : seal.opened(cursor, caller, OF).orElse(NONE);
    }
}
