package dev.cairn.application.service;

import dev.cairn.application.port.in.AnalyzeUseCase;
import dev.cairn.application.port.in.AnalyzeUseCase.Deadline;
import dev.cairn.application.port.out.AnalysisExecutor;
import dev.cairn.application.port.out.AnalysisExecutor.Prepared;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.plan.PlanWords;
import dev.cairn.domain.plan.Planned;
import dev.cairn.domain.plan.Planner;
import dev.cairn.domain.plan.ResultAssembler;
import dev.cairn.domain.problem.Problem;
import java.time.Clock;
import java.util.List;

/** Plans a question against the catalogue in force and has the plan executed. */
public final class AnalyzeService implements AnalyzeUseCase {
    private final Catalogs catalogs;
    private final AnalysisExecutor executor;
    private final Clock clock;
    private final Workers workers;

    public AnalyzeService(
            Catalogs catalogs, AnalysisExecutor executor, Clock clock, Workers workers) {
        this.catalogs = catalogs;
        this.executor = executor;
        this.clock = clock;
        this.workers = workers;
    }

    /** What can be sent, or what is wrong. */
    private sealed interface Ready {
        record Sound(Planned.Ready plan, Prepared statement) implements Ready {}

        record Unsound(List<Problem> problems) implements Ready {}
    }

    @Override
    public Outcome analyze(AnalysisQuery query, Caller caller, Deadline deadline) {
        return switch (Workers.done(
                workers.planning(), deadline, () -> ready(query, caller, deadline))) {
            case Ready.Sound(var plan, var statement) -> {
                var answer =
                        Workers.done(
                                workers.forCost(statement.cost()),
                                deadline,
                                () -> statement.execute(deadline.left()));
                yield new Outcome.Answered(ResultAssembler.assemble(plan, answer, query.zone()));
            }
            case Ready.Unsound(var problems) -> new Outcome.Rejected(problems);
        };
    }

    private Ready ready(AnalysisQuery query, Caller caller, Deadline deadline) {
        return switch (plan(query, caller, deadline)) {
            case Planned.Ready ready -> new Ready.Sound(ready, executor.prepare(ready.plan()));
            case Planned.Rejected(var problems) -> new Ready.Unsound(problems);
        };
    }

    @Override
    public Explanation explain(AnalysisQuery query, Caller caller, Deadline deadline) {
        return Workers.done(workers.planning(), deadline, () -> explained(query, caller, deadline));
    }

    private Explanation explained(AnalysisQuery query, Caller caller, Deadline deadline) {
        return switch (plan(query, caller, deadline)) {
            case Planned.Ready(var plan, var columns, _) ->
                    new Explanation(
                            List.of(), columns, PlanWords.of(plan), executor.describe(plan));
            case Planned.Rejected(var problems) ->
                    new Explanation(problems, List.of(), List.of(), null);
        };
    }

    private Planned plan(AnalysisQuery query, Caller caller, Deadline deadline) {
        return Planner.plan(query, catalogs.current(), caller, clock.instant(), deadline::isOver);
    }
}
