package dev.cairn.testkit.differential;

import dev.cairn.application.port.AnalysisFailed;
import dev.cairn.application.port.out.AnalysisExecutor;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.AnalysisResult.Row;
import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.planner.Planned;
import dev.cairn.domain.planner.ResultAssembler;
import dev.cairn.domain.time.AskedGrain;
import dev.cairn.testkit.generator.RandomWorld;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * That no column of an answer changes by the columns that stand beside it: each is asked alone too, and every cell must be the same, its value, its
 * parts, the reason for no value and why it may still change. A group that is there only because of a neighbour's rows has the value over nothing.
 */
final class Neighbours {
    private final Case whole;
    private final AnalysisExecutor executor;
    private final Duration limit;

    private Neighbours(Case whole, AnalysisExecutor executor, Duration limit) {
        this.whole = whole.with(new Part(whole.query()).withAllRows());
        this.executor = executor;
        this.limit = limit;
    }

    /** What is different first, in words; empty where nothing is, or where an answer has more rows than a page. */
    static Optional<String> difference(Case one, AnalysisExecutor executor, Duration limit) {
        return one.query().metrics().size() < 2
                ? Optional.empty()
                : new Neighbours(one, executor, limit).difference();
    }

    private Optional<String> difference() {
        var beside = result(whole);
        if (beside.isEmpty() || beside.get().hasNextPage()) {
            return Optional.empty();
        }
        for (int at = 0; at < whole.query().metrics().size(); at++) {
            if (ranks(at)) {
                continue;
            }
            var alone = new Part(whole.query()).onlyMetric(at);
            var found = differenceOf(at, beside.get(), alone);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** What is ranked among the groups of an answer depends on them, and so on all columns that make one. */
    private boolean ranks(int at) {
        return whole.planned() instanceof Planned.Ready ready
                && Exprs.any(ready.plan().outputs().get(at).value(), Expr.Rank.class::isInstance);
    }

    /** Empty where the question is refused, by the planner or the executor, or fails to be answered. */
    private Optional<AnalysisResult> result(Case one) {
        if (!(one.planned() instanceof Planned.Ready ready)
                || Refusal.isDue(executor, ready.plan())) {
            return Optional.empty();
        }
        try {
            var answer = executor.execute(ready.plan(), limit);
            return Optional.of(ResultAssembler.assemble(ready, answer, one.query().zone()));
        } catch (AnalysisFailed _) {
            return Optional.empty();
        }
    }

    private Optional<String> differenceOf(int at, AnalysisResult beside, AnalysisQuery alone) {
        var answered = result(whole.with(alone));
        if (answered.isEmpty()) {
            return Optional.empty();
        }
        // Each metric stands beside itself at the other time.
        int each = whole.query().compareTo() == null ? 1 : 2;
        for (int which = 0; which < each; which++) {
            var expected = cells(answered.get(), each, which);
            var actual = cells(beside, each * whole.query().metrics().size(), each * at + which);
            var found = differenceOf(at, alone, expected, actual, each, which);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private Optional<String> differenceOf(
            int at,
            AnalysisQuery alone,
            Map<Place, Cell.Value> expected,
            Map<Place, Cell.Value> actual,
            int each,
            int which) {
        var vanished = new HashSet<>(expected.keySet());
        vanished.removeAll(actual.keySet());
        if (!vanished.isEmpty()) {
            return Optional.of(
                    "column %d has a row alone and none beside the others: %s"
                            .formatted(at + 1, vanished.iterator().next()));
        }
        @Nullable Map<Place, Cell.Value> nothing = null;
        for (var cell : actual.entrySet()) {
            var value = expected.get(cell.getKey());
            if (value == null && !readsOtherGroups(alone)) {
                nothing = nothing == null ? overNothing(alone, each, which) : nothing;
                value = nothing.get(cell.getKey().withoutGroup(whole.query().grain()));
            }
            if (value != null && !equal(value, cell.getValue())) {
                return Optional.of(
                        "column %d at %s: alone %s, beside the others %s"
                                .formatted(
                                        at + 1,
                                        cell.getKey(),
                                        words(value),
                                        words(cell.getValue())));
            }
        }
        return Optional.empty();
    }

    /**
     * Whether a group without rows has the rows of the others, or is an age, which is known by the time at which it is reached, or is told by facts, which may not
     * be known.
     */
    private static boolean readsOtherGroups(AnalysisQuery alone) {
        return alone.groupBy().stream()
                        .anyMatch(key ->
                                key.contains("age ")
                                        || key.contains("exists(")
                                        || key.contains(RandomWorld.BY_FACTS))
                || (alone.metrics().getFirst().metric()
                                instanceof MetricReference.Inline(var formula)
                        && formula.contains("total("));
    }

    /** Empty where that cannot be asked. */
    private Map<Place, Cell.Value> overNothing(AnalysisQuery alone, int each, int which) {
        return result(whole.with(new Part(alone).overNothing()))
                .map(result -> cells(result, each, which))
                .orElse(Map.of());
    }

    /** Where a row stands in an answer. */
    private record Place(RowKind kind, @Nullable Object time, List<GroupValue> group) {
        static Place of(Row row) {
            @Nullable Object time =
                    row.cells().getFirst() instanceof Cell.Time(var label, _, _, _) ? label : null;
            return new Place(row.kind(), time, row.group().stream().map(Answers::plain).toList());
        }

        Place withoutGroup(@Nullable AskedGrain grain) {
            boolean isOfRange = grain != null && !kind.hasTime();
            return new Place(isOfRange ? RowKind.GRAND_TOTAL : RowKind.CELL, time, List.of());
        }
    }

    private static Map<Place, Cell.Value> cells(AnalysisResult result, int measures, int at) {
        var cells = new HashMap<Place, Cell.Value>();
        for (var row : result.rows()) {
            int first = row.cells().size() - measures;
            cells.put(Place.of(row), (Cell.Value) row.cells().get(first + at));
        }
        return cells;
    }

    private static boolean equal(Cell.Value one, Cell.Value other) {
        return Answers.equal(one.value(), other.value())
                && Set.copyOf(one.incomplete()).equals(Set.copyOf(other.incomplete()));
    }

    private static String words(Cell.Value cell) {
        return Answers.words(cell.value()) + " " + cell.incomplete();
    }
}
