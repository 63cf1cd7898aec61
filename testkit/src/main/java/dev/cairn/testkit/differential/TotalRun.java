package dev.cairn.testkit.differential;

import dev.cairn.application.port.out.AnalysisExecutor;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.AskedMetric;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.plan.PlanRules;
import dev.cairn.domain.planner.Planned;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.reference.ReferenceExecutor;
import java.util.List;
import java.util.function.Function;

/**
 * That totals of generated formulas, read for members and for the accounts of rows, by keys of the question and by none, have the same answers of an executor and
 * of the reference. {@code -Dcairn.seed} is the number of the first case, {@code -Dcairn.cases} how many there are.
 */
public final class TotalRun {
    /** A formula, and by which keys its total is. */
    private static final List<String> TEXTS =
            List.of(
                    "max(account : total(%1$s%2$s))",
                    "sum(account : coalesce(%1$s, 0) / total(%1$s%2$s))",
                    "count(account where %1$s >= 0.5 * total(%1$s%2$s))",
                    "sum(event where per(account : total(%1$s%2$s)) > 2 : amount)",
                    "avg(user : total(%1$s%2$s))",
                    "sum(account : prior(total(%1$s%2$s)))",
                    "avg(account : total(%1$s%2$s) over last 2 months)",
                    "sum(week : avg(account : total(%1$s%2$s)))");

    private static final List<List<String>> KEYS =
            List.of(
                    List.of("account.plan"),
                    List.of("account.plan", "account"),
                    List.of("(count(event) >= 2) as busy", "account.plan"),
                    List.of("account.signed_on by month", "busy"),
                    List.of("(coalesce(account.plan, 'unknown')) as plan"),
                    List.of("weekday of account.signed_on", "account.plan"),
                    List.of("account.renewed_at by day"));

    private final Cases cases;
    private int compared;

    private TotalRun(Cases cases) {
        this.cases = cases;
    }

    /** @param executors gives an executor over exactly a world; one world is done with before the next is asked for */
    public static TotalRun against(Function<World, AnalysisExecutor> executors, int cases) {
        return new TotalRun(new Cases("total run", executors, cases));
    }

    /**
     * Runs all cases.
     *
     * @return how many questions were compared, for each hundred cases
     * @throws AssertionError at the first difference, with the seed
     */
    public int run() {
        cases.each((number, world, executor) -> check(number, Case.of(number, world), executor));
        System.out.printf("total run: %d questions compared%n", compared);
        return cases.ofHundred(compared);
    }

    private void check(long number, Case generated, AnalysisExecutor executor) {
        var metrics = generated.query().metrics();
        for (int at = 0; at < metrics.size(); at++) {
            if (metrics.get(at)
                    instanceof
                    AskedMetric(MetricReference.Inline(var formula), _, var emptyIsNone, _)) {
                var keys = KEYS.get(Math.floorMod(number + at, KEYS.size()));
                var by = number % 5 == 0 ? "" : " by " + keys.get(Math.floorMod(at, keys.size()));
                var text =
                        TEXTS.get(Math.floorMod(number / 2 + at, TEXTS.size()))
                                .formatted("(" + formula + ")", by);
                var metric = new AskedMetric(new MetricReference.Inline(text), "m", emptyIsNone);
                compare(number, asked(generated, metric, keys), executor);
            }
        }
    }

    private static Case asked(Case generated, AskedMetric metric, List<String> keys) {
        var query =
                generated
                        .query()
                        .withMetrics(List.of(metric))
                        .withGroupBy(keys)
                        .withHaving(null)
                        .withTop(null)
                        .withOrderBy(List.of());
        return new Case(generated.world(), query, generated.caller(), generated.now());
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
    }

    private static void fail(long number, AnalysisQuery query, String difference) {
        throw new AssertionError(
                "%s; again with -Dcairn.seed=%d -Dcairn.cases=1%n%s"
                        .formatted(difference, number, query));
    }
}
