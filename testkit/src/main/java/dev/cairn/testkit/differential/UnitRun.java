package dev.cairn.testkit.differential;

import dev.cairn.application.port.AnalysisFailed;
import dev.cairn.application.port.out.AnalysisExecutor;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.AskedMetric;
import dev.cairn.domain.analysis.AnalysisQuery.AskedRange;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.analysis.AnalysisQuery.TopGroups;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.AnalysisResult.Row;
import dev.cairn.domain.planner.Planned;
import dev.cairn.domain.planner.ResultAssembler;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.reference.ReferenceExecutor;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * That generated formulas in units of time have the same answer of an executor and of the reference, with groups, windows, shifts and members around them.
 * {@code -Dcairn.seed} is the number of the first case, {@code -Dcairn.cases} how many there are.
 */
public final class UnitRun {
    private static final Instant NOW = Instant.parse("2027-01-01T00:00:00Z");

    /** With a formula in it; of any type where it is only asked whether there is a value. */
    private static final List<String> TEXTS =
            List.of(
                    "count(day where (%s) is not none)",
                    "max(day : %s)",
                    "count(every 3 days where (%s) is not none) over last 9 days",
                    "min(every 2 days : %s)",
                    "max(day : %s) over last 3 days",
                    "prior(last(day : %s))",
                    "count(day where (prior(%s)) is none)",
                    "first(every 4 days : %s) over last 2 weeks",
                    "sum(account : count(day where (%s) is not none))",
                    "max(every 1 week : count(day where (%s) is none))",
                    "distinct(day : (%s) over last 3 days)",
                    "max(user : max(every 2 days : %s))",
                    "count(day where (%s) is not none) over all",
                    "max(every 3 days : %s) over all before",
                    "count(day where (%s) is none) over ever");

    /** Computed for each account, of the bucket whatever unit a row is read in. */
    private static final List<String> OF_ACCOUNTS =
            List.of(
                    "count(event) >= 2",
                    "count(event) over last 2 weeks >= 3",
                    "exists(event where amount > 5)");

    private record Axis(@Nullable Grain grain, LocalDate from, LocalDate to, Instant asOf) {}

    private static final List<Axis> AXES =
            List.of(
                    new Axis(null, LocalDate.of(2026, 2, 23), LocalDate.of(2026, 3, 9), NOW),
                    new Axis(Grain.DAY, LocalDate.of(2026, 2, 24), LocalDate.of(2026, 3, 2), NOW),
                    new Axis(
                            Grain.WEEK,
                            LocalDate.of(2026, 2, 23),
                            LocalDate.of(2026, 3, 16),
                            Instant.parse("2026-03-11T15:30:00Z")),
                    new Axis(Grain.MONTH, LocalDate.of(2026, 1, 1), LocalDate.of(2026, 3, 1), NOW));

    private final Cases cases;
    private int compared;

    private UnitRun(Cases cases) {
        this.cases = cases;
    }

    /** @param executors gives an executor over exactly a world; one world is done with before the next is asked for */
    public static UnitRun against(Function<World, AnalysisExecutor> executors, int cases) {
        return new UnitRun(new Cases("unit run", executors, cases));
    }

    /**
     * Runs all cases.
     *
     * @return how many questions were compared, for each hundred cases
     * @throws AssertionError at the first difference, with the seed
     */
    public int run() {
        cases.each((number, world, executor) -> check(number, Case.of(number, world), executor));
        System.out.printf("unit run: %d questions compared%n", compared);
        return cases.ofHundred(compared);
    }

    private void check(long number, Case generated, AnalysisExecutor executor) {
        asked(number, generated).forEach(one -> compare(number, one, executor));
    }

    /** The formulas of a generated question in units of time. */
    static List<Case> asked(long number, Case generated) {
        var query = generated.query();
        var asked = new ArrayList<Case>();
        for (int at = 0; at < query.metrics().size(); at++) {
            if (query.metrics().get(at)
                    instanceof
                    AskedMetric(MetricReference.Inline(var formula), _, var emptyIsNone, _)) {
                var text = TEXTS.get(Math.floorMod(number + at, TEXTS.size()));
                var axis = AXES.get(Math.floorMod(number / TEXTS.size() + at, AXES.size()));
                var metric = new MetricReference.Inline(text.formatted("(" + formula + ")"));
                var inUnits =
                        query.withMetrics(List.of(new AskedMetric(metric, "m", emptyIsNone)))
                                .withGrain(axis.grain())
                                .withRange(new AskedRange.Between(axis.from(), axis.to()))
                                .withAsOf(axis.asOf())
                                .withHaving(null)
                                .withTop(top(query, text))
                                .withOrderBy(List.of());
                asked.add(
                        new Case(
                                generated.world(),
                                ofAccounts(inUnits, number + at),
                                generated.caller(),
                                NOW));
            }
        }
        return asked;
    }

    /** Of whole numbers, in which executors agree on the greatest. */
    private static @Nullable TopGroups top(AnalysisQuery query, String text) {
        return query.groupBy().isEmpty() || !text.startsWith("count(")
                ? null
                : new TopGroups(1, "m", query.fillGaps());
    }

    /** Some by a key that is computed for each account, some under such a condition, others as they are. */
    private static AnalysisQuery ofAccounts(AnalysisQuery query, long number) {
        var computed = OF_ACCOUNTS.get(Math.floorMod(number / 4, OF_ACCOUNTS.size()));
        return switch (Math.floorMod(number, 4)) {
            case 0 -> query.withGroupBy(List.of("(%s) as computed".formatted(computed)));
            case 1 -> query.withWhere("per(account : %s)".formatted(computed));
            default -> query;
        };
    }

    private void compare(long number, Case one, AnalysisExecutor executor) {
        if (one.planned() instanceof Planned.Ready ready
                && !Refusal.isDue(executor, ready.plan())) {
            var expected = result(ready, new ReferenceExecutor(one.world()), one.query());
            var actual = result(ready, executor, one.query());
            boolean same =
                    expected.isPresent() == actual.isPresent()
                            && (expected.isEmpty() || same(expected.get(), actual.get()));
            if (!same) {
                throw new AssertionError(
                        "expected %s, was %s; again with -Dcairn.seed=%d -Dcairn.cases=1%n%s"
                                .formatted(words(expected), words(actual), number, one.query()));
            }
            compared++;
        }
    }

    private static boolean same(AnalysisResult one, AnalysisResult other) {
        if (one.rows().size() != other.rows().size()) {
            return false;
        }
        for (int at = 0; at < one.rows().size(); at++) {
            var left = one.rows().get(at);
            var right = other.rows().get(at);
            boolean same =
                    left.kind() == right.kind()
                            && left.group().stream()
                                    .map(Answers::plain)
                                    .toList()
                                    .equals(right.group().stream().map(Answers::plain).toList())
                            && value(left).incomplete().equals(value(right).incomplete())
                            && Answers.equal(value(left).value(), value(right).value());
            if (!same) {
                return false;
            }
        }
        return true;
    }

    private static Cell.Value value(Row row) {
        return (Cell.Value) row.cells().getLast();
    }

    private static String words(Optional<AnalysisResult> result) {
        return result.map(found ->
                        found.rows().stream()
                                .map(row ->
                                        "%s %s %s"
                                                .formatted(
                                                        row.cells().getFirst(),
                                                        row.group(),
                                                        Answers.words(value(row).value())))
                                .toList()
                                .toString())
                .orElse("failed");
    }

    private static Optional<AnalysisResult> result(
            Planned.Ready ready, AnalysisExecutor executor, AnalysisQuery query) {
        try {
            var answer = executor.execute(ready.plan(), Outcome.LIMIT);
            return Optional.of(ResultAssembler.assemble(ready, answer, query.zone()));
        } catch (AnalysisFailed _) {
            return Optional.empty();
        }
    }
}
