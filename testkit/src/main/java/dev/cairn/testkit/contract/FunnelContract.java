package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Funnels.funnel;
import static dev.cairn.testkit.contract.Question.frame;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.shape.Funnel;
import dev.cairn.domain.shape.Funnel.Attempt;
import dev.cairn.domain.shape.Funnel.Order;
import dev.cairn.domain.shape.Funnel.Step;
import dev.cairn.domain.shape.Funnel.StepField;
import dev.cairn.domain.shape.Funnel.Without;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.WorldBuilder;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Funnels: a row for each step, with how many reach it, of the first, of the step before, who drops, mean and median seconds. */
public interface FunnelContract extends ExecutorContract {
    /** acme gets to c; bolt to no b; cyd to b, at the instant of its a; its c is too late. dan has no a. */
    private WorldBuilder three() {
        return funnel(
                "01-05 acme a x ann",
                "01-06 acme b y bob",
                "01-07 acme c z ann", //
                "01-05 bolt a x", //
                "01-05 cyd a y",
                "01-05 cyd b z",
                "01-20 cyd c x", //
                "01-05 dan b y");
    }

    private static AnalysisQuery quarter() {
        return frame().between("2026-01-01", "2026-04-01").query();
    }

    private static Funnel steps(AnalysisQuery frame, String... names) {
        return new Funnel(
                frame,
                "account",
                Stream.of(names)
                        .map(name -> new Step("event where name = '%s'".formatted(name), name))
                        .toList(),
                "7 days",
                false,
                Order.ORDERED,
                Attempt.FIRST,
                List.of(),
                List.of(),
                null);
    }

    private static Funnel by(StepField.@Nullable At at) {
        var abc = steps(quarter(), "a", "b", "c");
        return new Funnel(
                abc.frame(),
                abc.of(),
                abc.steps(),
                abc.within(),
                abc.inclusive(),
                abc.order(),
                abc.attempt(),
                abc.same(),
                abc.without(),
                at == null ? null : new StepField("page", at));
    }

    private static Funnel twoSteps(
            boolean inclusive, Order order, Attempt attempt, Without... without) {
        var ab = steps(quarter(), "a", "b");
        return new Funnel(
                ab.frame(),
                ab.of(),
                ab.steps(),
                ab.within(),
                inclusive,
                order,
                attempt,
                List.of(),
                List.of(without),
                null);
    }

    @Test
    default void steps_have_their_numbers_shares_and_times() {
        // From a to b: a day (acme) and none (cyd), on average 43,200 seconds; acme's c is a day
        // later.
        expect(
                three(),
                steps(quarter(), "a", "b", "c"),
                "1 | a | 3 | NO_DATA | NO_DATA | NO_DATA | NO_DATA | NO_DATA",
                "2 | b | 2 | 2/3 | 2/3 | 1 | 43200 | 43200",
                "3 | c | 1 | 1/3 | 1/2 | 1 | 86400 | 86400");
    }

    @Test
    default void groups_are_of_the_row_of_the_first_step_or_of_another() {
        // The a of acme and bolt is on page x, that of cyd on y. acme's b is on y and its c on z,
        // cyd's b on z.
        expect(
                three(),
                steps(quarter().withGroupBy(List.of("event.page")), "a", "b", "c"),
                "x | 1 | a | 2 | NO_DATA | NO_DATA | NO_DATA | NO_DATA | NO_DATA",
                "x | 2 | b | 1 | 1/2 | 1/2 | 1 | 86400 | 86400",
                "x | 3 | c | 1 | 1/2 | 1/1 | 0 | 86400 | 86400",
                "y | 1 | a | 1 | NO_DATA | NO_DATA | NO_DATA | NO_DATA | NO_DATA",
                "y | 2 | b | 1 | 1/1 | 1/1 | 0 | 0 | 0",
                "y | 3 | c | 0 | 0/1 | 0/1 | 1 | NO_DATA | NO_DATA");
        assertThat(reached(by(StepField.At.FIRST)))
                .containsExactly("x 1 2", "x 2 1", "x 3 1", "y 1 1", "y 2 1", "y 3 0");
        assertThat(reached(by(StepField.At.LAST)))
                .containsExactly("z 1 1", "z 2 1", "z 3 1", "NONE 1 2", "NONE 2 1", "NONE 3 0");
        assertThat(reached(by(StepField.At.EACH)))
                .containsExactly(
                        "x y z 1 1",
                        "x y z 2 1",
                        "x y z 3 1",
                        "x NONE NONE 1 1",
                        "x NONE NONE 2 0",
                        "x NONE NONE 3 0",
                        "y z NONE 1 1",
                        "y z NONE 2 1",
                        "y z NONE 3 0");
    }

    /** Groups, number of the step, how many reach it. */
    private List<String> reached(Funnel funnel) {
        return ShapeLines.of(shaped(three(), funnel, frame()).table()).stream()
                .map(line -> line.replaceAll(" \\| ([123]) \\| [abc] \\| (\\d+) .*", " $1 $2"))
                .map(line -> line.replace(" |", ""))
                .toList();
    }

    @Test
    default void funnel_over_time_is_of_attempts_that_start_in_each_period() {
        expect(
                funnel("01-30 acme a", "02-02 acme b", "02-10 acme a", "03-05 bolt a"),
                steps(quarter().withGrain(Grain.MONTH), "a", "b"),
                "2026-01-01 | 1 | a | 1 | NO_DATA | NO_DATA | NO_DATA | NO_DATA | NO_DATA",
                "2026-01-01 | 2 | b | 1 | 1/1 | 1/1 | 0 | 259200 | 259200",
                "2026-02-01 | 1 | a | 1 | NO_DATA | NO_DATA | NO_DATA | NO_DATA | NO_DATA",
                "2026-02-01 | 2 | b | 0 | 0/1 | 0/1 | 1 | NO_DATA | NO_DATA",
                "2026-03-01 | 1 | a | 1 | NO_DATA | NO_DATA | NO_DATA | NO_DATA | NO_DATA",
                "2026-03-01 | 2 | b | 0 | 0/1 | 0/1 | 1 | NO_DATA | NO_DATA");
    }

    @Test
    default void end_of_the_time_counts_where_it_is_inclusive() {
        var world = funnel("01-05 acme a", "01-12 acme b");
        assertThat(completed(world, twoSteps(false, Order.ORDERED, Attempt.FIRST)))
                .isEqualTo("0/1");
        assertThat(completed(world, twoSteps(true, Order.ORDERED, Attempt.FIRST))).isEqualTo("1/1");
    }

    @Test
    default void order_may_be_strict_or_none() {
        var between = funnel("01-05 acme a", "01-06 acme x", "01-07 acme b");
        assertThat(completed(between, twoSteps(false, Order.ORDERED, Attempt.FIRST)))
                .isEqualTo("1/1");
        assertThat(completed(between, twoSteps(false, Order.STRICT, Attempt.FIRST)))
                .isEqualTo("0/1");
        var reversed = funnel("01-05 acme b", "01-06 acme a", "01-05 bolt b");
        assertThat(completed(reversed, twoSteps(false, Order.ORDERED, Attempt.FIRST)))
                .isEqualTo("0/1");
        assertThat(completed(reversed, twoSteps(false, Order.UNORDERED, Attempt.FIRST)))
                .isEqualTo("1/2");
    }

    @Test
    default void furthest_attempt_counts_in_place_of_the_first() {
        var world = funnel("01-05 acme a", "02-01 acme a", "02-02 acme b");
        assertThat(completed(world, twoSteps(false, Order.ORDERED, Attempt.FIRST)))
                .isEqualTo("0/1");
        assertThat(completed(world, twoSteps(false, Order.ORDERED, Attempt.FURTHEST)))
                .isEqualTo("1/1");
    }

    @Test
    default void attempts_in_which_something_else_happens_do_not_count() {
        // acme's x is between its steps, bolt's after them.
        var world =
                funnel(
                        "01-05 acme a",
                        "01-06 acme x",
                        "01-07 acme b",
                        "01-05 bolt a",
                        "01-06 bolt b",
                        "01-07 bolt x");
        var x = "event where name = 'x'";
        assertThat(completed(world, twoSteps(false, Order.ORDERED, Attempt.FIRST)))
                .isEqualTo("2/2");
        assertThat(
                        completed(
                                world,
                                twoSteps(
                                        false, Order.ORDERED, Attempt.FIRST, new Without(x, 1, 2))))
                .isEqualTo("1/1");
        assertThat(
                        completed(
                                world,
                                twoSteps(
                                        false,
                                        Order.ORDERED,
                                        Attempt.FIRST,
                                        new Without(x, null, null))))
                .isEqualTo("1/1");
    }

    /** The share that reaches the second step. */
    private String completed(WorldBuilder world, Funnel funnel) {
        var lines = ShapeLines.of(shaped(world, funnel, frame()).table());
        return lines.get(1).split(" \\| ", -1)[3];
    }

    @Test
    default void attempts_whose_time_is_not_over_are_pending_and_in_no_step() {
        // On January 9 the seven days from January 5 are not over; acme has got to c already. eve's
        // from January 1 are: it gets nowhere.
        var world = three();
        Funnels.row(world, 20, "01-01 eve a");
        var asOf =
                shaped(
                        world,
                        steps(
                                frame().between("2026-01-01", "2026-04-01")
                                        .asOf("2026-01-09T00:00:00Z")
                                        .query(),
                                "a",
                                "b",
                                "c"),
                        frame());
        var path = asOf.paths().getFirst();
        assertThat(path.pending()).isEqualTo(3);
        assertThat(path.pendingCompleted()).isEqualTo(1);
        assertThat(ShapeLines.of(asOf.table()))
                .containsExactly(
                        "1 | a | 1 pending 3, completed 1* | NO_DATA | NO_DATA | NO_DATA | NO_DATA | NO_DATA",
                        "2 | b | 0 pending 3, completed 1* | 0/1* | 0/1* | 1* | NO_DATA | NO_DATA",
                        "3 | c | 0 pending 3, completed 1* | 0/1* | NO_DATA | 0* | NO_DATA | NO_DATA");
    }
}
