package dev.cairn.application.service;

import dev.cairn.application.port.in.AnalyzeUseCase;
import dev.cairn.application.port.out.AnalysisExecutor;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.plan.PlanWords;
import dev.cairn.domain.plan.Planned;
import dev.cairn.domain.plan.Planner;
import dev.cairn.domain.plan.ResultAssembler;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Plans a question against the catalogue in force and has the plan executed. */
public final class AnalyzeService implements AnalyzeUseCase {
    private final Catalogs catalogs;
    private final AnalysisExecutor executor;
    private final Clock clock;
    private final Duration limit;

    /** @param limit for the execution of one question */
    public AnalyzeService(
            Catalogs catalogs, AnalysisExecutor executor, Clock clock, Duration limit) {
        this.catalogs = catalogs;
        this.executor = executor;
        this.clock = clock;
        this.limit = limit;
    }

    @Override
    public Outcome analyze(AnalysisQuery query, Caller caller) {
        return switch (plan(query, caller)) {
            case Planned.Ready ready ->
                    new Outcome.Answered(
                            ResultAssembler.assemble(
                                    ready, executor.execute(ready.plan(), limit), query.zone()));
            case Planned.Rejected(var problems) -> new Outcome.Rejected(problems);
        };
    }

    @Override
    public Explanation explain(AnalysisQuery query, Caller caller) {
        return switch (plan(query, caller)) {
            case Planned.Ready(var plan, var columns, _) ->
                    new Explanation(
                            List.of(), columns, PlanWords.of(plan), executor.describe(plan));
            case Planned.Rejected(var problems) ->
                    new Explanation(problems, List.of(), List.of(), null);
        };
    }

    private Planned plan(AnalysisQuery query, Caller caller) {
        return Planner.plan(query, catalogs.current(), caller, clock.instant());
    }
}
