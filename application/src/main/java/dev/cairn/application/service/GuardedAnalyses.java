package dev.cairn.application.service;

import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.in.AnalyzeUseCase;
import dev.cairn.application.port.in.GuardStandingsUseCase;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.MembersQuery;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Says beside an answer which of its metrics got better while their counter-metrics got worse, where that is known; nothing is asked for it. */
public final class GuardedAnalyses implements AnalyzeUseCase {
    private final AnalyzeUseCase analyses;
    private final GuardStandingsUseCase guards;

    public GuardedAnalyses(AnalyzeUseCase analyses, GuardStandingsUseCase guards) {
        this.analyses = analyses;
        this.guards = guards;
    }

    @Override
    public Outcome analyze(AnalysisQuery query, Caller caller, Deadline deadline) {
        return guarded(analyses.analyze(query, caller, deadline), caller);
    }

    @Override
    public List<Supplier<Outcome>> together(
            List<AnalysisQuery> queries, Caller caller, Deadline deadline) {
        return analyses.together(queries, caller, deadline).stream()
                .<Supplier<Outcome>>map(asked -> () -> guarded(asked.get(), caller))
                .toList();
    }

    private Outcome guarded(Outcome outcome, Caller caller) {
        return switch (outcome) {
            case Outcome.Answered(var result)
                    when result.columns().stream().anyMatch(column -> column.metric() != null) ->
                    new Outcome.Answered(
                            result.withNotices(
                                    Stream.concat(
                                                    result.notices().stream(),
                                                    guards
                                                            .standings(caller)
                                                            .beside(result)
                                                            .stream())
                                            .toList()));
            case Outcome.Answered _, Outcome.Rejected _ -> outcome;
        };
    }

    @Override
    public Outcome members(MembersQuery query, Caller caller, Deadline deadline) {
        return analyses.members(query, caller, deadline);
    }

    @Override
    public Explanation explain(AnalysisQuery query, Caller caller, Deadline deadline) {
        return analyses.explain(query, caller, deadline);
    }
}
