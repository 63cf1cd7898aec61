package dev.cairn.testkit.differential;

import dev.cairn.application.port.out.AnalysisExecutor;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.AskedMetric;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.plan.PlanRules;
import dev.cairn.domain.planner.Planned;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.generator.RandomChanges;
import dev.cairn.testkit.generator.RandomPairs;
import dev.cairn.testkit.generator.RandomSteps;
import dev.cairn.testkit.generator.RandomTouches;
import dev.cairn.testkit.generator.RandomWorld;
import dev.cairn.testkit.reference.ReferenceExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * That generated formulas over attempts at sequences, touches and changes have the same answer of an executor and of the reference, in the groups, filters and times of generated
 * questions; and that no column changes by those beside it. {@code -Dcairn.seed} is the number of the first case, {@code -Dcairn.cases} how many there are.
 */
public final class StepRun {
    private static final int COLUMNS = 3;

    /** Of one in so many questions each column is asked alone too. */
    private static final int ALONE = 4;

    private static final List<List<String>> KEYS =
            List.of(
                    List.of(),
                    List.of("account.plan"),
                    List.of("account"),
                    List.of(RandomWorld.BY_FACTS));

    private final Cases cases;
    private int compared;

    private StepRun(Cases cases) {
        this.cases = cases;
    }

    /** @param executors gives an executor over exactly a world; one world is done with before the next is asked for */
    public static StepRun against(Function<World, AnalysisExecutor> executors, int cases) {
        return new StepRun(new Cases("step run", executors, cases));
    }

    /**
     * Runs all cases.
     *
     * @return how many questions were compared, for each hundred cases
     * @throws AssertionError at the first difference, with the seed
     */
    public int run() {
        cases.each((number, world, executor) -> compare(number, asked(number, world), executor));
        System.out.printf("step run: %d questions compared%n", compared);
        return cases.ofHundred(compared);
    }

    /** A generated question for other columns; of three two by accounts only, as what it is grouped and filtered by seldom is of all steps. */
    static Case asked(long number, World world) {
        var generated = Case.of(number, world);
        var metrics = new ArrayList<AskedMetric>();
        boolean ofTouches = Math.floorMod(number, 5) < 2;
        var changes =
                Math.floorMod(number, 5) == 2
                        ? RandomChanges.of(number, world.catalog(), COLUMNS)
                        : List.<String>of();
        var steps = RandomSteps.of(number, world.catalog(), COLUMNS);
        var formulas =
                ofTouches ? RandomTouches.of(number, world.catalog(), COLUMNS) : steps.formulas();
        var pairs =
                Math.floorMod(number, 7) == 3
                        ? RandomPairs.of(number, world.catalog(), COLUMNS)
                        : List.<String>of();
        for (var formula : !pairs.isEmpty() ? pairs : changes.isEmpty() ? formulas : changes) {
            metrics.add(
                    new AskedMetric(
                            new MetricReference.Inline(formula), "m" + (metrics.size() + 1)));
        }
        var query =
                generated
                        .query()
                        .withMetrics(metrics)
                        .withHaving(null)
                        .withOrderBy(List.of())
                        .withTop(null);
        var asked = number % 3 == 0 ? query : ofAccounts(number, query);
        return generated.with(
                number % 5 == 0 && !steps.keys().isEmpty()
                        ? asked.withGroupBy(
                                List.of(
                                        steps.keys()
                                                .get(Math.floorMod(number, steps.keys().size()))))
                        : asked);
    }

    private static AnalysisQuery ofAccounts(long number, AnalysisQuery query) {
        return query.withGroupBy(KEYS.get(Math.floorMod(number, KEYS.size())))
                .withFilter(null)
                .withWhere(number % 4 == 0 ? "account.plan is not 'a'" : null);
    }

    private void compare(long number, Case one, AnalysisExecutor executor) {
        if (one.planned() instanceof Planned.Ready ready
                && !Refusal.isDue(executor, ready.plan())) {
            var plan = ready.plan();
            var found =
                    PlanRules.broken(plan).stream()
                            .findFirst()
                            .or(() ->
                                    Outcome.difference(
                                            plan,
                                            Outcome.of(new ReferenceExecutor(one.world()), plan),
                                            Outcome.of(executor, plan)))
                            .or(() ->
                                    Math.floorMod(number, ALONE) == 1
                                            ? Neighbours.difference(one, executor, Outcome.LIMIT)
                                            : Optional.empty());
            if (found.isPresent()) {
                throw new AssertionError(
                        "%s; again with -Dcairn.seed=%d -Dcairn.cases=1%n%s%n%s"
                                .formatted(
                                        found.get(),
                                        number,
                                        one.query(),
                                        one.world().report("account user " + one.query())));
            }
            compared++;
        }
    }
}
