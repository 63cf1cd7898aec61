package dev.cairn.application.service;

import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.Stage;
import dev.cairn.application.port.out.AnalysisExecutor;
import dev.cairn.application.port.out.AnalysisExecutor.Prepared;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.lowering.ResolvedMetrics;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.planner.CoverageStarts;
import dev.cairn.domain.planner.GreatestGroups;
import dev.cairn.domain.planner.Planned;
import dev.cairn.domain.planner.Planner;
import dev.cairn.domain.problem.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Plans questions against a catalogue and prepares their statements; what was planned before and still holds is looked up. */
final class Preparation {
    private final Catalogs catalogs;
    private final AnalysisExecutor executor;
    private final Workers workers;
    private final KeptPlans plans;

    /** @param plans bytes of plans that are kept at most */
    Preparation(Catalogs catalogs, AnalysisExecutor executor, Workers workers, long plans) {
        this.catalogs = catalogs;
        this.executor = executor;
        this.workers = workers;
        this.plans = new KeptPlans(executor, plans);
    }

    /** What can be sent, or what is wrong. */
    sealed interface Ready {
        record Sound(Planned.Ready plan, Prepared statement) implements Ready {}

        record Unsound(List<Problem> problems) implements Ready {}
    }

    /** What is asked, as it can be planned against any catalogue. */
    interface Asked {
        Planned plan(
                ResolvedMetrics metrics,
                Deadline deadline,
                CoverageStarts starts,
                GreatestGroups groups);

        /** What it was planned as before, where that still holds. */
        default Optional<KeptPlans.Found> known(ResolvedMetrics metrics) {
            return Optional.empty();
        }

        /** Takes note of what it was planned as, by nothing but the metrics. */
        default void planned(ResolvedMetrics metrics, Deadline deadline, Planned.Ready ready) {}
    }

    /** A question that may be asked again. */
    Asked asked(AnalysisQuery query, Caller caller, Instant now) {
        return new Question(query, caller, now, plans);
    }

    private record Question(AnalysisQuery query, Caller caller, Instant now, KeptPlans plans)
            implements Asked {
        @Override
        public Planned plan(
                ResolvedMetrics metrics,
                Deadline deadline,
                CoverageStarts starts,
                GreatestGroups groups) {
            return plan(metrics, now, deadline, starts);
        }

        private Planned plan(
                ResolvedMetrics metrics, Instant at, Deadline deadline, CoverageStarts starts) {
            return Planner.plan(query, metrics, caller, at, deadline::isOver, starts);
        }

        @Override
        public Optional<KeptPlans.Found> known(ResolvedMetrics metrics) {
            return plans.find(metrics, query, caller, now);
        }

        @Override
        public void planned(ResolvedMetrics metrics, Deadline deadline, Planned.Ready ready) {
            plans.planned(
                    metrics,
                    query,
                    caller,
                    now,
                    ready,
                    at -> plan(metrics, at, deadline, CoverageStarts.NONE));
        }
    }

    Ready ready(
            Asked asked,
            Catalog catalog,
            QuestionClock question,
            StartsRead starts,
            GroupsRead groups) {
        var known =
                plans.isOn()
                        ? question.here(Stage.PLAN, () -> known(asked, catalog, question.caller()))
                        : Optional.<Ready>empty();
        return known.orElseGet(() ->
                question.done(
                        workers.planning(),
                        Stage.PLAN,
                        () -> planned(asked, catalog, question, starts, groups)));
    }

    private Optional<Ready> known(Asked asked, Catalog catalog, Caller caller) {
        var metrics = catalogs.metricsOf(catalog);
        return asked.known(metrics)
                .filter(found -> found.plan().trusting().isCurrent(catalog, metrics.trusts()))
                .map(found ->
                        found.statement().refusals().isEmpty()
                                ? new Ready.Sound(found.plan(), found.statement())
                                : new Ready.Unsound(
                                        executor.refusals(found.plan().plan(), caller)));
    }

    private Ready planned(
            Asked asked,
            Catalog catalog,
            QuestionClock question,
            StartsRead starts,
            GroupsRead groups) {
        var deadline = question.deadline();
        var metrics = catalogs.metricsOf(catalog);
        var ready = ready(asked.plan(metrics, deadline, starts, groups), question.caller());
        if (ready instanceof Ready.Sound(var plan, _)
                && starts.isEmpty()
                && groups.missing().isEmpty()) {
            asked.planned(metrics, deadline, plan);
        }
        return ready;
    }

    Prepared prepared(AnalysisPlan plan, QuestionClock question) {
        return question.done(workers.planning(), Stage.PLAN, () -> executor.prepare(plan));
    }

    private Ready ready(Planned planned, Caller caller) {
        return switch (planned) {
            case Planned.Ready ready -> {
                var refusals = executor.refusals(ready.plan(), caller);
                yield refusals.isEmpty()
                        ? new Ready.Sound(ready, executor.prepare(ready.plan()))
                        : new Ready.Unsound(refusals);
            }
            case Planned.Rejected(var problems) -> new Ready.Unsound(problems);
        };
    }
}
