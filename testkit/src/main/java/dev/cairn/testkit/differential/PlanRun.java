package dev.cairn.testkit.differential;

import dev.cairn.application.port.out.AnalysisExecutor;
import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.plan.Aggregation;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Answer;
import dev.cairn.domain.plan.Ordering;
import dev.cairn.domain.plan.Placing;
import dev.cairn.domain.plan.PlanRules;
import dev.cairn.domain.plan.Relation;
import dev.cairn.testkit.data.Pages;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.generator.PlanWorld;
import dev.cairn.testkit.generator.RandomPlan;
import dev.cairn.testkit.generator.TimeBudget;
import dev.cairn.testkit.reference.ReferenceExecutor;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Gives an executor and the reference executor the same generated plans, page by page, among them plans that no formula leads to. {@code -Dcairn.seed} is the
 * number of the first world, {@code -Dcairn.worlds} how many there are.
 *
 * <pre>{@code
 * PlanRun.against(world -> executorOver(world)).run();
 * }</pre>
 */
public final class PlanRun {
    private static final int DEFAULT_WORLDS = 8;
    private static final int PLANS_PER_WORLD = 20;
    private static final long FIRST = 20261;

    private final Function<World, AnalysisExecutor> executors;
    private final Ledger ledger = new Ledger();
    private final long first = Long.getLong("cairn.seed", FIRST);
    private final int worlds = Integer.getInteger("cairn.worlds", DEFAULT_WORLDS);
    private int refused;

    private PlanRun(Function<World, AnalysisExecutor> executors) {
        this.executors = executors;
    }

    /** @param executors gives an executor over exactly a world; one world is done with before the next is asked for */
    public static PlanRun against(Function<World, AnalysisExecutor> executors) {
        return new PlanRun(executors);
    }

    /**
     * Runs all plans.
     *
     * @return how many plans were beyond the executor's capabilities, and refused
     * @throws AssertionError at the first difference, with the seed; or where a kind was never generated
     */
    public int run() {
        System.out.printf("plan run: -Dcairn.seed=%d -Dcairn.worlds=%d%n", first, worlds);
        int ran = TimeBudget.ofBuild().each("plan run", first, worlds, this::check);
        if (ran >= DEFAULT_WORLDS) {
            assertEverythingWasGenerated();
        }
        return refused;
    }

    private void check(long seed) {
        var world = PlanWorld.of(seed);
        var executor = executors.apply(world);
        for (int number = 0; number < PLANS_PER_WORLD; number++) {
            var plan = RandomPlan.of(seed * 1000 + number);
            ledger.note(plan);
            check(executor, world, plan, seed, number);
        }
    }

    private void check(
            AnalysisExecutor executor, World world, AnalysisPlan first, long seed, int number) {
        var plan = first;
        while (true) {
            assertNone(PlanRules.broken(plan).stream().findFirst(), world, plan, seed, number);
            if (Refusal.isDue(executor, plan)) {
                refused++;
                assertNone(Refusal.fault(executor, plan), world, plan, seed, number);
                return;
            }
            var expected = Outcome.of(new ReferenceExecutor(world), plan);
            var actual = Outcome.of(executor, plan);
            assertNone(Outcome.difference(plan, expected, actual), world, plan, seed, number);
            if (!(expected instanceof Outcome.Answered(var answer) && answer.hasMore())) {
                return;
            }
            plan = following(plan, answer);
        }
    }

    private static AnalysisPlan following(AnalysisPlan plan, Answer answer) {
        var cells = answer.rows().stream().filter(row -> row.kind() == RowKind.CELL).toList();
        return Pages.page(plan, plan.page().limit() * 3, Pages.position(plan, cells.getLast()));
    }

    private static void assertNone(
            Optional<String> fault, World world, AnalysisPlan plan, long seed, int number) {
        fault.ifPresent(words -> {
            throw new AssertionError(
                    "plan %d of -Dcairn.seed=%d -Dcairn.worlds=1%n%s%n%s%n%s"
                            .formatted(
                                    number,
                                    seed,
                                    words,
                                    new ReferenceExecutor(world).describe(plan),
                                    world.report()));
        });
    }

    private void assertEverythingWasGenerated() {
        var missing =
                ledger.missing(
                        Set.of(
                                Aggregation.class,
                                Relation.class,
                                Placing.class,
                                Ordering.By.class,
                                RowKind.class));
        if (!missing.isEmpty()) {
            throw new AssertionError("never generated: " + missing);
        }
    }
}
