package dev.cairn.testkit.differential;

import dev.cairn.application.port.AnalysisFailed;
import dev.cairn.application.port.out.AnalysisExecutor;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.AskedMetric;
import dev.cairn.domain.analysis.AnalysisQuery.AskedRange;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.AnalysisResult.Row;
import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.analysis.Incomplete;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.planner.Planned;
import dev.cairn.domain.planner.ResultAssembler;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.generator.RandomWorld;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * That a generated formula over the window of a bucket, or in the bucket before, has the value that it has where that stretch of time is the range of a question of
 * its own: with its reason, its parts, its sample and why it may still change. The stretches are worked out here, on the calendar.
 * {@code -Dcairn.seed} is the number of the first case, {@code -Dcairn.cases} how many there are.
 */
public final class WindowRun {
    private static final Instant NOW = Instant.parse("2027-01-01T00:00:00Z");
    private static final String COLUMN = "m";

    /** Buckets of a question that are asked alone. */
    private static final int ASKED = 3;

    private static final List<Axis> AXES =
            List.of(
                    new Axis(Grain.DAY, LocalDate.of(2026, 2, 24), 8),
                    new Axis(Grain.WEEK, LocalDate.of(2026, 2, 23), 3),
                    new Axis(Grain.MONTH, LocalDate.of(2026, 2, 1), 2));

    /** In every bucket what a question for the range alone says, whatever is read at the edges of the window. */
    private static final String OVER_RANGE = "%s over range";

    private static final List<Window> WINDOWS =
            List.of(
                    new Window(
                            "%s over last 3 days",
                            (_, bucket) -> bucket.last(bucket.end().minusDays(3))),
                    new Window(
                            "%s over last 2 weeks",
                            (_, bucket) -> bucket.last(bucket.end().minusDays(14))),
                    new Window(
                            "%s over last 1 month",
                            (_, bucket) -> bucket.last(bucket.end().minusMonths(1))),
                    new Window(
                            "%s over month to date",
                            (_, bucket) ->
                                    bucket.last(bucket.end().minusDays(1).withDayOfMonth(1))),
                    new Window(OVER_RANGE, (axis, _) -> axis.range()),
                    new Window(
                            "%s over range to date", (axis, bucket) -> bucket.last(axis.first())),
                    new Window(
                            "(%s over last 3 days) over range",
                            (_, bucket) -> bucket.last(bucket.end().minusDays(3))),
                    new Window("prior(%s)", (axis, bucket) -> axis.before(bucket)),
                    new Window(
                            "prior(%s over last 3 days)",
                            (axis, bucket) ->
                                    axis.before(bucket)
                                            .last(axis.before(bucket).end().minusDays(3))),
                    new Window(
                            "prior(prior(%s))", (axis, bucket) -> axis.before(axis.before(bucket))),
                    new Window(
                            "prior(%s, 1 month) over last 1 week",
                            (axis, bucket) ->
                                    axis.from(bucket.start().minusMonths(1))
                                            .last(
                                                    axis.from(bucket.start().minusMonths(1))
                                                            .end()
                                                            .minusDays(7))),
                    new Window(
                            "prior(%s, start of month)",
                            (axis, bucket) -> axis.from(bucket.start().withDayOfMonth(1))));

    private final Cases cases;
    private int compared;

    private WindowRun(Cases cases) {
        this.cases = cases;
    }

    /** @param executors gives an executor over exactly a world; one world is done with before the next is asked for */
    public static WindowRun against(Function<World, AnalysisExecutor> executors, int cases) {
        return new WindowRun(new Cases("window run", executors, cases));
    }

    /** Local days, half-open. */
    private record Days(LocalDate start, LocalDate end) {
        Days last(LocalDate from) {
            return new Days(from, end);
        }
    }

    /** A time axis that cuts no bucket. */
    private record Axis(Grain grain, LocalDate first, int buckets) {
        Days from(LocalDate start) {
            return new Days(
                    start,
                    switch (grain) {
                        case DAY -> start.plusDays(1);
                        case WEEK -> start.plusDays(7);
                        default -> start.plusMonths(1);
                    });
        }

        Days before(Days bucket) {
            return switch (grain) {
                case DAY -> from(bucket.start().minusDays(1));
                case WEEK -> from(bucket.start().minusDays(7));
                default -> from(YearMonth.from(bucket.start()).minusMonths(1).atDay(1));
            };
        }

        Days bucket(int at) {
            var bucket = from(first);
            for (int passed = 0; passed < at; passed++) {
                bucket = from(bucket.end());
            }
            return bucket;
        }

        Days range() {
            return new Days(first, bucket(buckets - 1).end());
        }
    }

    /** @param text with the formula in it */
    private record Window(String text, Reading reading) {}

    private interface Reading {
        Days days(Axis axis, Days bucket);
    }

    /**
     * Runs all cases.
     *
     * @return how many values were compared, for each hundred cases
     * @throws AssertionError at the first difference, with the seed
     */
    public int run() {
        cases.each((number, world, executor) -> check(number, Case.of(number, world), executor));
        System.out.printf("window run: %d values compared%n", compared);
        return cases.ofHundred(compared);
    }

    private void check(long number, Case generated, AnalysisExecutor executor) {
        var query = generated.query();
        for (int at = 0; at < query.metrics().size(); at++) {
            if (query.metrics().get(at)
                    instanceof
                    AskedMetric(MetricReference.Inline(var formula), _, var emptyIsNone, _)) {
                int choice = Math.floorMod(number + at, AXES.size() * WINDOWS.size());
                var axis = AXES.get(choice % AXES.size());
                var window = WINDOWS.get(choice / AXES.size());
                var base =
                        query.withAsOf(null)
                                .withTotals(false)
                                .withHaving(null)
                                .withCompareTo(null)
                                .withTop(null)
                                .withOrderBy(List.of())
                                .withFillGaps(true);
                var one =
                        new Case(
                                generated.world(),
                                base.withGrain(null)
                                        .withMetrics(List.of(metric(formula, emptyIsNone))),
                                generated.caller(),
                                NOW);
                var windowed =
                        new Case(
                                generated.world(),
                                base.withGrain(axis.grain())
                                        .withRange(range(axis.range()))
                                        .withMetrics(
                                                List.of(
                                                        metric(
                                                                window.text()
                                                                        .formatted(
                                                                                "(" + formula
                                                                                        + ")"),
                                                                emptyIsNone))),
                                generated.caller(),
                                NOW);
                boolean isComparable =
                        window.text().equals(OVER_RANGE) ? !readsBucket(one) : !readsEdges(one);
                if (isComparable && !movesTime(formula, generated.world())) {
                    compare(number, axis, window, one, windowed, executor);
                }
            }
        }
    }

    private static AskedMetric metric(String formula, boolean emptyIsNone) {
        return new AskedMetric(new MetricReference.Inline(formula), COLUMN, emptyIsNone);
    }

    private static AskedRange range(Days days) {
        return new AskedRange.Between(days.start(), days.end());
    }

    /**
     * Edges of a bucket are those of the bucket in the one question and of the range in the other, and so are the instants at which accounts are in a cohort
     * by what they did.
     */
    private static boolean readsEdges(Case one) {
        return one.plan().map(PlanExprs::readsTimeEdge).orElse(true)
                || String.valueOf(one.query()).contains(RandomWorld.BY_FACTS);
    }

    private static boolean readsBucket(Case one) {
        return one.plan().map(PlanExprs::readsBucketEdge).orElse(true)
                || String.valueOf(one.query()).contains(RandomWorld.BY_FACTS);
    }

    /** Moved by buckets of the one question, or of the other, it is elsewhere; and so is a rank among the groups of other buckets. */
    private static boolean movesTime(String formula, World world) {
        var metrics =
                world.catalog().all(Metric.class).stream()
                        .filter(metric -> formula.contains(metric.name()))
                        .map(Metric::formula);
        return Stream.concat(Stream.of(formula), metrics)
                .anyMatch(text ->
                        Stream.of(" over ", "prior(", "next(", "rank(").anyMatch(text::contains));
    }

    private void compare(
            long number,
            Axis axis,
            Window window,
            Case alone,
            Case windowed,
            AnalysisExecutor executor) {
        var answer = result(windowed, executor);
        if (answer.isEmpty() || answer.get().hasNextPage()) {
            return;
        }
        int step = Math.max(1, axis.buckets() / ASKED);
        for (int at = 0; at < axis.buckets(); at += step) {
            var bucket = axis.bucket(at);
            var days = window.reading().days(axis, bucket);
            var range = alone.with(alone.query().withRange(range(days)));
            var expected = result(range, executor).map(WindowRun::cells).orElse(Map.of());
            var nothing =
                    result(range.with(overNothing(range.query())), executor)
                            .map(WindowRun::cells)
                            .map(cells -> cells.get(List.<GroupValue>of()))
                            .orElse(null);
            for (var row : answer.get().rows()) {
                boolean isOfBucket =
                        row.cells().getFirst() instanceof Cell.Time(var label, _, _, _)
                                && bucket.start().equals(label);
                var value = isOfBucket ? expected.getOrDefault(group(row), nothing) : null;
                if (value != null) {
                    compared++;
                    same(number, window, bucket, days, row, value, windowed.query());
                }
            }
        }
    }

    private static AnalysisQuery overNothing(AnalysisQuery query) {
        return query.withGroupBy(List.of())
                .withWhere(query.where() == null ? "false" : "(" + query.where() + ") and false");
    }

    private static void same(
            long number,
            Window window,
            Days bucket,
            Days days,
            Row row,
            Cell.Value expected,
            AnalysisQuery query) {
        var actual = (Cell.Value) row.cells().getLast();
        boolean same =
                Answers.equal(expected.value(), actual.value())
                        && reasons(expected, query).equals(reasons(actual, query));
        if (!same) {
            throw new AssertionError(
                    "%s at %s, group %s: from %s to %s alone %s %s, in the window %s %s; again with -Dcairn.seed=%d -Dcairn.cases=1%n%s"
                            .formatted(
                                    window.text(),
                                    bucket.start(),
                                    row.group(),
                                    days.start(),
                                    days.end(),
                                    Answers.words(expected.value()),
                                    expected.incomplete(),
                                    Answers.words(actual.value()),
                                    actual.incomplete(),
                                    number,
                                    query));
        }
    }

    /** What is read at an edge alone is complete with its bucket, which ends earlier than the range. */
    private static Set<Incomplete> reasons(Cell.Value cell, AnalysisQuery query) {
        var reasons = new HashSet<>(cell.incomplete());
        if (String.valueOf(query.metrics()).contains(" at ")) {
            reasons.remove(Incomplete.BEYOND_COVERAGE);
        }
        return reasons;
    }

    private static Map<List<GroupValue>, Cell.Value> cells(AnalysisResult result) {
        var cells = new HashMap<List<GroupValue>, Cell.Value>();
        result.rows().forEach(row -> cells.put(group(row), (Cell.Value) row.cells().getLast()));
        return cells;
    }

    private static List<GroupValue> group(Row row) {
        return row.group().stream().map(Answers::plain).toList();
    }

    /** Empty where the question is refused, or fails to be answered. */
    private static Optional<AnalysisResult> result(Case one, AnalysisExecutor executor) {
        if (!(one.planned() instanceof Planned.Ready ready)
                || Refusal.isDue(executor, ready.plan())) {
            return Optional.empty();
        }
        try {
            var answer = executor.execute(ready.plan(), Outcome.LIMIT);
            return Optional.of(ResultAssembler.assemble(ready, answer, one.query().zone()));
        } catch (AnalysisFailed _) {
            return Optional.empty();
        }
    }
}
