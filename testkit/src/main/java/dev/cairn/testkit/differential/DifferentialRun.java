package dev.cairn.testkit.differential;

import dev.cairn.application.port.out.AnalysisExecutor;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.PlanRules;
import dev.cairn.domain.planner.Planned;
import dev.cairn.domain.planner.ResultAssembler;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.testkit.data.Pages;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.generator.RandomWorld;
import dev.cairn.testkit.opinion.Verdict;
import dev.cairn.testkit.reference.ReferenceExecutor;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Asks an executor and the reference executor the same generated questions, some of them page by page, and of some each column alone and beside the
 * others. {@code -Dcairn.seed} is the number of the first case, {@code -Dcairn.cases} how
 * many there are; a case depends on its number alone, so a failure comes again with its number and one case.
 *
 * <pre>{@code
 * DifferentialRun.against(world -> executorOver(world)).run();
 * }</pre>
 */
public final class DifferentialRun {
    private static final int DEFAULT_CASES = 1200;

    /** Of a hundred answers; two have windows of members or rows, of which there is no opinion. */
    private static final long LEAST_JUDGED = 97;

    /** Of a hundred answers where rows hold for a time, attributes have a history and amounts are converted; there is no opinion on all of it together. */
    private static final long LEAST_JUDGED_OF_STATES = 80;

    private static final int PAGED = 4;
    private static final int COLUMNS = 4;
    private static final int PAGE = 3;
    private static final int MOST_PAGES = 4;

    private final Function<World, AnalysisExecutor> executors;
    private final Ledger ledger = new Ledger();
    private final Map<ProblemCode, Integer> refusals = new EnumMap<>(ProblemCode.class);
    private final Cases cases;
    private final Map<String, Integer> unjudged = new TreeMap<>();
    private @Nullable World loaded;
    private @Nullable AnalysisExecutor shrunk;
    private int answered;
    private int judged;
    private int answeredOfStates;
    private int judgedOfStates;

    private DifferentialRun(Function<World, AnalysisExecutor> executors, int cases) {
        this.executors = executors;
        this.cases = new Cases("differential run", this::noted, cases);
    }

    /** @param executors gives an executor over exactly a world; one world is done with before the next is asked for */
    public static DifferentialRun against(Function<World, AnalysisExecutor> executors) {
        return against(executors, DEFAULT_CASES);
    }

    /** @param cases how many, unless {@code -Dcairn.cases} says otherwise */
    public static DifferentialRun against(Function<World, AnalysisExecutor> executors, int cases) {
        return new DifferentialRun(executors, cases);
    }

    private AnalysisExecutor noted(World world) {
        Formulas.of(world.catalog()).forEach(ledger::note);
        return executors.apply(world);
    }

    /**
     * Runs all cases.
     *
     * @throws AssertionError at the first difference, with the seed and the smallest case found that shows it; or where a kind was never generated
     */
    public void run() {
        cases.each((number, world, actual) -> check(number, Case.of(number, world), actual));
        System.out.printf("differential run: %d answered, refused %s%n", answered, refusals);
        System.out.printf(
                "differential run: %d judged (%d of %d of states), no opinion on %s%n",
                judged, judgedOfStates, answeredOfStates, unjudged);
        if (cases.ran() >= DEFAULT_CASES) {
            assertEverythingWasGenerated();
        }
    }

    private void check(long number, Case one, AnalysisExecutor actual) {
        switch (one.planned()) {
            case Planned.Rejected(var problems) ->
                    problems.forEach(problem -> refusals.merge(problem.code(), 1, Integer::sum));
            case Planned.Ready ready -> {
                var plan = ready.plan();
                var found = unsound(plan);
                if (found.isEmpty()) {
                    found = difference(one.world(), plan, actual, true, number % PAGED == 0);
                }
                if (found.isEmpty() && Math.floorMod(number, COLUMNS) == 1) {
                    found = Neighbours.difference(one, actual, Outcome.LIMIT);
                }
                if (found.isPresent()) {
                    throw new AssertionError(report(number, one, found.get()));
                }
                judge(number, one, ready);
                answered++;
                answeredOfStates += RandomWorld.hasStates(one.world()) ? 1 : 0;
                ledger.note(one.query());
                ledger.note(plan);
                Declared.in(plan, one.world().catalog()).forEach(ledger::note);
                Formulas.of(one).forEach(ledger::note);
            }
        }
    }

    /** Asks for a third opinion: the executors share what reads a question and what assembles its answer. */
    private void judge(long number, Case one, Planned.Ready ready) {
        switch (verdict(one, ready)) {
            case Verdict.Agrees _ -> {
                judged++;
                judgedOfStates += RandomWorld.hasStates(one.world()) ? 1 : 0;
            }
            case Verdict.NoOpinion(var what) -> unjudged.merge(what, 1, Integer::sum);
            case Verdict.Differs(var words) ->
                    throw new AssertionError(disputed(number, one, words));
        }
    }

    private static Verdict verdict(Case one, Planned.Ready ready) {
        return switch (Outcome.of(new ReferenceExecutor(one.world()), ready.plan())) {
            case Outcome.Answered(var answer) ->
                    Verdict.on(
                            ResultAssembler.assemble(ready, answer, one.query().zone()),
                            one.query(),
                            one.caller(),
                            one.now(),
                            one.world());
            case Outcome.Failed(var reason) -> new Verdict.NoOpinion("what fails: " + reason);
            case Outcome.Broken(var exception) ->
                    new Verdict.NoOpinion("what breaks: " + exception);
        };
    }

    private static Optional<String> dispute(Case one) {
        return one.planned() instanceof Planned.Ready ready
                        && verdict(one, ready) instanceof Verdict.Differs(var words)
                ? Optional.of(words)
                : Optional.empty();
    }

    private static String disputed(long number, Case failed, String words) {
        var smallest = new Shrinking(DifferentialRun::dispute).smallest(failed);
        return described(
                "the third opinion differs; again with -Dcairn.seed=%d -Dcairn.cases=1"
                        .formatted(number),
                dispute(smallest).orElse(words),
                smallest);
    }

    /** What is different first, over all pages; empty where nothing is. */
    private Optional<String> difference(
            World world, AnalysisPlan plan, AnalysisExecutor actual, boolean note, boolean paged) {
        if (Refusal.isDue(actual, plan)) {
            return Refusal.fault(actual, plan);
        }
        var reference = new ReferenceExecutor(world);
        var expected = Outcome.of(reference, plan);
        if (note && expected instanceof Outcome.Answered(var answer)) {
            ledger.note(answer);
        }
        var found = Outcome.difference(plan, expected, Outcome.of(actual, plan));
        return found.isPresent() || !paged ? found : differenceOfPages(plan, reference, actual);
    }

    private static Optional<String> unsound(AnalysisPlan plan) {
        return PlanRules.broken(plan).stream().findFirst().map("the plan is not sound: "::concat);
    }

    /** In plans, answers, their pages or their columns. */
    private Optional<String> difference(Case one) {
        return one.plan()
                .flatMap(plan -> {
                    var executor = executorOver(one.world());
                    return unsound(plan)
                            .or(() -> difference(one.world(), plan, executor, false, true))
                            .or(() -> Neighbours.difference(one, executor, Outcome.LIMIT));
                });
    }

    /** Loading a world is the slow part, so done once for one. */
    private AnalysisExecutor executorOver(World world) {
        if (shrunk == null || !world.equals(loaded)) {
            shrunk = executors.apply(world);
            loaded = world;
        }
        return shrunk;
    }

    /** The first pages, each executor continued after its own last row. */
    private Optional<String> differenceOfPages(
            AnalysisPlan plan, AnalysisExecutor reference, AnalysisExecutor actual) {
        var expectedPlan = Pages.page(plan, PAGE, null);
        var actualPlan = expectedPlan;
        for (int page = 1; page <= MOST_PAGES; page++) {
            if (Refusal.isDue(actual, actualPlan)) {
                return Refusal.fault(actual, actualPlan);
            }
            var expected = Outcome.of(reference, expectedPlan);
            var got = Outcome.of(actual, actualPlan);
            var found = Outcome.difference(expectedPlan, expected, got);
            if (found.isPresent()) {
                return found.map(("page " + page + ": ")::concat);
            }
            if (!(expected instanceof Outcome.Answered(var one) && one.hasMore())
                    || !(got instanceof Outcome.Answered(var other))) {
                return Optional.empty();
            }
            expectedPlan = Pages.page(plan, PAGE, Pages.position(plan, one.rows().get(PAGE - 1)));
            actualPlan = Pages.page(plan, PAGE, Pages.position(plan, other.rows().get(PAGE - 1)));
        }
        return Optional.empty();
    }

    private String report(long number, Case failed, String difference) {
        var smallest = new Shrinking(this::difference).smallest(failed);
        var words = difference(smallest).orElse(difference);
        return described(
                "the answers differ; again with -Dcairn.seed=%d -Dcairn.cases=1".formatted(number),
                words,
                smallest);
    }

    private static String described(String title, String words, Case smallest) {
        var lines = new ArrayList<String>();
        lines.add(title);
        lines.add(words);
        lines.add("question: " + smallest.query());
        lines.add("asked by " + smallest.caller() + " at " + smallest.now());
        lines.add(smallest.world().report("account user " + smallest.query() + smallest.caller()));
        smallest.plan()
                .ifPresent(
                        plan -> lines.add(new ReferenceExecutor(smallest.world()).describe(plan)));
        return String.join("\n", lines);
    }

    private void assertJudged(int some, int all, long least) {
        if (some * 100L < all * least) {
            throw new AssertionError(
                    "only %d of %d answers were judged; there was no opinion on %s"
                            .formatted(some, all, unjudged));
        }
    }

    private void assertEverythingWasGenerated() {
        Set<String> missing = ledger.missing();
        if (!missing.isEmpty()) {
            throw new AssertionError("never generated: " + missing);
        }
        assertJudged(judged - judgedOfStates, answered - answeredOfStates, LEAST_JUDGED);
        assertJudged(judgedOfStates, answeredOfStates, LEAST_JUDGED_OF_STATES);
        if (answered * 2 < cases.ran()) {
            throw new AssertionError(
                    "only %d of %d questions were answered: %s"
                            .formatted(answered, cases.ran(), refusals));
        }
    }
}
