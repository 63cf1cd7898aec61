package dev.cairn.domain.planner;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.AskedMetric;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Answer;
import dev.cairn.domain.plan.PlanPart;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Questions of one request, the tiles of a dashboard, that one statement may answer: that they may is decided by the questions, that they do by their plans. */
public final class Tiles {
    private Tiles() {}

    /** Why a question is always answered by a statement of its own: its rows, or what is told beside them, hang on its columns. */
    public enum Alone {
        /** A group has a row where one of the metrics has something in it. */
        GROUPS,
        /** A bucket has a row where one of the metrics has something in it. */
        GAPS,
        /** Groups are shown by a column. */
        TOP,
        /** Cells are left out by a column. */
        HAVING,
        /** Rows are put in order by a column. */
        ORDER,
        /** The place where a page ended is of its question. */
        PAGE,
        /** How far values may be off is computed from what their rows have in common. */
        UNCERTAINTY
    }

    /** Empty where nothing of a question's answer hangs on which metrics are asked for beside each. */
    public static Optional<Alone> alone(AnalysisQuery query) {
        if (!query.groupBy().isEmpty()) {
            return Optional.of(Alone.GROUPS);
        }
        if (!query.fillGaps()) {
            return Optional.of(Alone.GAPS);
        }
        if (query.top() != null) {
            return Optional.of(Alone.TOP);
        }
        if (query.having() != null) {
            return Optional.of(Alone.HAVING);
        }
        if (!query.orderBy().isEmpty()) {
            return Optional.of(Alone.ORDER);
        }
        if (query.after() != null) {
            return Optional.of(Alone.PAGE);
        }
        return query.uncertainty() ? Optional.of(Alone.UNCERTAINTY) : Optional.empty();
    }

    /** Indexes of questions that agree in all but their metrics; those that stand alone are in none. Keys of rows are given by each question itself. */
    public static List<List<Integer>> agreeing(List<AnalysisQuery> queries) {
        var alike = new LinkedHashMap<AnalysisQuery, List<Integer>>();
        for (int at = 0; at < queries.size(); at++) {
            if (alone(queries.get(at)).isEmpty()) {
                var but = queries.get(at).withMetrics(List.of()).withKeys(false);
                alike.computeIfAbsent(but, _ -> new ArrayList<>()).add(at);
            }
        }
        return severalOf(alike.values());
    }

    /**
     * Indexes of plans that have something to gain from one statement, as each reads a relation that another reads alike. First is the one that reads the most of time: in the plan of all
     * together, with its metrics first, what the others read of it has the same numbers.
     *
     * @param plans of questions that agree
     */
    public static List<List<Integer>> sharing(List<AnalysisPlan> plans) {
        var groups = new ArrayList<List<Integer>>();
        IntStream.range(0, plans.size())
                .boxed()
                .sorted((one, other) ->
                        Integer.compare(
                                plans.get(other).time().reaches().size(),
                                plans.get(one).time().reaches().size()))
                .forEach(at ->
                        groups.stream()
                                .filter(group -> shares(plans, group, at))
                                .findFirst()
                                .orElseGet(() -> {
                                    groups.add(new ArrayList<>());
                                    return groups.getLast();
                                })
                                .add(at));
        return severalOf(groups);
    }

    private static boolean shares(List<AnalysisPlan> plans, List<Integer> group, int at) {
        var plan = plans.get(at);
        return PlanPart.isBeginningOf(plan.time(), plans.get(group.getFirst()).time())
                && group.stream().anyMatch(other -> PlanPart.shareScan(plans.get(other), plan))
                && group.stream()
                        .noneMatch(other -> PlanPart.readRowsOtherwise(plans.get(other), plan));
    }

    private static List<List<Integer>> severalOf(Collection<List<Integer>> groups) {
        return groups.stream().filter(group -> group.size() > 1).map(List::copyOf).toList();
    }

    /** The question of all metrics of several that agree, in their order. */
    public static AnalysisQuery together(List<AnalysisQuery> queries) {
        var metrics = new ArrayList<AskedMetric>();
        for (var query : queries) {
            for (var metric : query.metrics()) {
                metrics.add(
                        new AskedMetric(
                                metric.metric(),
                                "tile_" + metrics.size(),
                                metric.emptyIsNone(),
                                metric.parameters()));
            }
        }
        return queries.getFirst().withMetrics(metrics).withKeys(false);
    }

    /** How the answer of all together is taken apart. */
    public record Parts(List<PlanPart> parts) {
        public Parts {
            parts = List.copyOf(parts);
        }

        /** The answer of each, in their order. */
        public List<Answer> of(Answer together) {
            return parts.stream().map(part -> part.of(together)).toList();
        }
    }

    /**
     * @param together plan of the question of all
     * @return empty where it does not compute exactly what each does
     */
    public static Optional<Parts> parts(List<AnalysisPlan> plans, AnalysisPlan together) {
        var parts = new ArrayList<PlanPart>();
        int first = 0;
        for (var plan : plans) {
            PlanPart.of(plan, together, first).ifPresent(parts::add);
            first += plan.outputs().size();
        }
        return parts.size() == plans.size() && first == together.outputs().size()
                ? Optional.of(new Parts(parts))
                : Optional.empty();
    }
}
