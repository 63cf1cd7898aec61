package dev.cairn.testkit.differential;

import dev.cairn.application.port.out.AnalysisExecutor;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.AskedMetric;
import dev.cairn.domain.analysis.AnalysisQuery.AskedRange;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.analysis.Comparison;
import dev.cairn.domain.plan.PlanRules;
import dev.cairn.domain.planner.Planned;
import dev.cairn.domain.planner.ResultAssembler;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.opinion.Verdict;
import dev.cairn.testkit.reference.ReferenceExecutor;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * That generated formulas have the same answers of an executor and of the reference by cohort and age beside a time axis, in shifts, windows and comparisons, and
 * that a third opinion agrees where it has one. {@code -Dcairn.seed} is the number of the first case, {@code -Dcairn.cases} how many there are.
 */
public final class AgeRun {
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

    /** As of it some buckets are not over. */
    private static final Instant WITHIN = Instant.parse("2026-03-12T15:30:00Z");

    private static final List<String> TEXTS =
            List.of(
                    "%s",
                    "prior(%s)",
                    "next(%s)",
                    "prior(%s, 1 month)",
                    "prior(%s, start of month)",
                    "(%s) over ever",
                    "(%s) over all before",
                    "(%s) over last 3 weeks",
                    "prior((%s) over last 2 months)",
                    "(%s) over month to date");

    private static final List<Grain> AXES =
            List.of(Grain.WEEK, Grain.MONTH, Grain.QUARTER, Grain.DAY);

    private static final List<String> AGES = List.of("month", "week", "quarter", "day", "year");

    private static final List<String> ANCHORS = List.of("account.signed_on", "account.renewed_at");

    private final Cases cases;
    private final Map<String, Integer> unjudged = new TreeMap<>();
    private int compared;
    private int judged;

    private AgeRun(Cases cases) {
        this.cases = cases;
    }

    /** @param executors gives an executor over exactly a world; one world is done with before the next is asked for */
    public static AgeRun against(Function<World, AnalysisExecutor> executors, int cases) {
        return new AgeRun(new Cases("age run", executors, cases));
    }

    /**
     * Runs all cases.
     *
     * @return how many questions were judged by the third opinion, for each hundred cases
     * @throws AssertionError at the first difference, with the seed
     */
    public int run() {
        cases.each((number, world, executor) -> check(number, Case.of(number, world), executor));
        System.out.printf(
                "age run: %d questions compared, %d judged, no opinion on %s%n",
                compared, judged, unjudged);
        return cases.ofHundred(judged);
    }

    private void check(long number, Case generated, AnalysisExecutor executor) {
        var metrics = generated.query().metrics();
        for (int at = 0; at < metrics.size(); at++) {
            if (metrics.get(at)
                    instanceof
                    AskedMetric(MetricReference.Inline(var formula), _, var emptyIsNone, _)) {
                var text = TEXTS.get(Math.floorMod(number + at, TEXTS.size()));
                var metric = new MetricReference.Inline(text.formatted("(" + formula + ")"));
                compare(
                        number,
                        asked(number + at, generated, new AskedMetric(metric, "m", emptyIsNone)),
                        executor);
            }
        }
    }

    private static Case asked(long number, Case generated, AskedMetric metric) {
        var grain = AXES.get(Math.floorMod(number / 3, AXES.size()));
        var age = AGES.get(Math.floorMod(number / 2, AGES.size()));
        var anchor = ANCHORS.get(Math.floorMod(number, ANCHORS.size()));
        var from = LocalDate.of(2026, 2, 1).plusDays(Math.floorMod(number * 7, 28));
        var query =
                generated
                        .query()
                        .withMetrics(List.of(metric))
                        .withGroupBy(
                                List.of(
                                        "%s by %s".formatted(anchor, number % 3 == 0 ? "day" : age),
                                        "age %s from %s".formatted(age, anchor)))
                        .withGrain(grain)
                        .withRange(
                                new AskedRange.Between(
                                        from, from.plusDays(grain == Grain.DAY ? 5 : 75)))
                        .withCompareTo(number % 5 == 0 ? new Comparison.Previous() : null)
                        .withAsOf(number % 4 == 0 ? WITHIN : null)
                        .withHaving(null)
                        .withTop(null)
                        .withOrderBy(List.of());
        return new Case(generated.world(), query, generated.caller(), NOW);
    }

    private void compare(long number, Case one, AnalysisExecutor executor) {
        if (!(one.planned() instanceof Planned.Ready ready)
                || Refusal.isDue(executor, ready.plan())) {
            return;
        }
        var plan = ready.plan();
        var expected = Outcome.of(new ReferenceExecutor(one.world()), plan);
        PlanRules.broken(plan).stream()
                .findFirst()
                .or(() -> Outcome.difference(plan, expected, Outcome.of(executor, plan)))
                .ifPresent(difference -> fail(number, one.query(), difference));
        compared++;
        if (one.query().where() == null && expected instanceof Outcome.Answered(var answer)) {
            var result = ResultAssembler.assemble(ready, answer, one.query().zone());
            switch (Verdict.on(result, one.query(), one.caller(), one.now(), one.world())) {
                case Verdict.Agrees _ -> judged++;
                case Verdict.NoOpinion(var what) -> unjudged.merge(what, 1, Integer::sum);
                case Verdict.Differs(var words) ->
                        fail(number, one.query(), "the third opinion differs: " + words);
            }
        }
    }

    private static void fail(long number, AnalysisQuery query, String difference) {
        throw new AssertionError(
                "%s; again with -Dcairn.seed=%d -Dcairn.cases=1%n%s"
                        .formatted(difference, number, query));
    }
}
