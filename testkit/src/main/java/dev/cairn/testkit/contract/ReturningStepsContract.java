package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Funnels.each;
import static dev.cairn.testkit.contract.Funnels.funnel;
import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.SourceBuilder.source;

import dev.cairn.testkit.data.WorldBuilder;
import org.junit.jupiter.api.Test;

/** Sequences that come back to a source after rows of another: once, more often, strictly. */
public interface ReturningStepsContract extends ExecutorContract {
    String WEEK = " within 7 days per account";

    private static WorldBuilder withPayments(String... rows) {
        return funnel(rows)
                .source(
                        source("payment")
                                .timestamp("paid")
                                .account("customer")
                                .text("kind")
                                .integer("receipt")
                                .key("receipt")
                                .coverage("2026-01-01", "2026-04-01"));
    }

    private static WorldBuilder paid(WorldBuilder world, int receipt, String at, String account) {
        return world.fact("payment", "2026-" + at + "Z", account, "card", receipt);
    }

    @Test
    default void strictly_of_two_rows_of_one_instant_the_first_is_the_step() {
        // Acme's second b lies between the first b and its c; bolt's b is followed by its c.
        var world =
                funnel(
                        "01-05 acme a",
                        "01-06 acme b",
                        "01-06 acme b",
                        "01-07 acme c", //
                        "01-05 bolt a",
                        "01-06 bolt b",
                        "01-07 bolt c");
        expect(
                world,
                ask(
                                each("max", "a -> b -> c" + WEEK + " strict", "reached"),
                                each("max", "a -> b -> c" + WEEK + " strict", "step_2.number"),
                                each("max", "a -> b -> c" + WEEK, "reached"))
                        .by("account"),
                "acme | 2 | 2 | 3",
                "bolt | 3 | 6 | 3");
    }

    @Test
    default void a_sequence_may_come_back_to_its_sources_again_and_again() {
        // Acme: row 1, receipt 1, row 2, receipt 2. Bolt has one receipt only, and stops at row 4.
        // Cyd's second receipt is there, but no row comes between: it stops at receipt 5.
        var world =
                withPayments(
                        "01-05 acme a",
                        "01-07 acme a",
                        "01-05 bolt a",
                        "01-07 bolt a",
                        "01-05 cyd a");
        paid(world, 1, "01-06T00:00", "acme");
        paid(world, 2, "01-08T00:00", "acme");
        paid(world, 3, "01-06T00:00", "bolt");
        paid(world, 5, "01-06T00:00", "cyd");
        paid(world, 6, "01-08T00:00", "cyd");
        var steps = "a -> payment -> a -> payment" + WEEK;
        expect(
                world,
                ask(
                                each("max", steps, "reached"),
                                each("max", steps, "step_3.number"),
                                each("max", steps, "step_4.receipt"),
                                each("share", steps, "completed"))
                        .by("account"),
                "acme | 4 | 2 | 2 | 1",
                "bolt | 3 | 4 | NO_DATA | 0",
                "cyd | 2 | NO_DATA | NO_DATA | 0");
    }

    @Test
    default void of_rows_of_one_instant_each_step_is_another_one_of_its_source_by_the_key() {
        // All of one instant. Acme: row 1, receipt 1, row 2, receipt 2. Bolt: row 3, receipt 3, row
        // 4, and the next receipt is a day later.
        // Cyd: row 5, receipt 5, and its next row a day later, after which its receipt of the same
        // day comes, which is the second. Dan has one row, and
        // stops at its receipt.
        var world =
                withPayments(
                        "01-05 acme a",
                        "01-05 acme a",
                        "01-05 bolt a",
                        "01-05 bolt a",
                        "01-05 cyd a",
                        "01-06 cyd a",
                        "01-05 dan a");
        paid(world, 1, "01-05T00:00", "acme");
        paid(world, 2, "01-05T00:00", "acme");
        paid(world, 3, "01-05T00:00", "bolt");
        paid(world, 4, "01-06T00:00", "bolt");
        paid(world, 5, "01-05T00:00", "cyd");
        paid(world, 6, "01-05T00:00", "cyd");
        paid(world, 7, "01-06T00:00", "cyd");
        paid(world, 8, "01-05T00:00", "dan");
        paid(world, 9, "01-05T00:00", "dan");
        var steps = "a -> payment -> a -> payment" + WEEK;
        expect(
                world,
                ask(
                                each("max", steps, "reached"),
                                each("max", steps, "step_2.receipt"),
                                each("max", steps, "step_3.number"),
                                each("max", steps, "step_4.receipt"),
                                each("max", steps, "hours(started, step_4_at)"))
                        .by("account"),
                "acme | 4 | 1 | 2 | 2 | 0",
                "bolt | 4 | 3 | 4 | 4 | 24",
                "cyd | 4 | 5 | 6 | 7 | 24",
                "dan | 2 | 8 | NO_DATA | NO_DATA | NO_DATA");
    }

    @Test
    default void strictly_nothing_lies_between_where_a_sequence_comes_back() {
        // Acme: nothing between. Bolt's x lies between its receipt and its second a; cyd's second
        // receipt does. Dan's second receipt is of one instant with
        // the first, and by the key after it: it lies between. Eve's rows are all of one instant:
        // none lies between rows of two sources, and of
        // its own source row 10 is the next after row 9. Fay's x is by the key before its second a,
        // of one instant.
        var world =
                withPayments(
                        "01-05 acme a",
                        "01-07 acme a",
                        "01-05 bolt a",
                        "01-06T12:00 bolt x",
                        "01-07 bolt a",
                        "01-05 cyd a",
                        "01-07 cyd a",
                        "01-05 dan a",
                        "01-07 dan a",
                        "01-05 eve a",
                        "01-05 eve a",
                        "01-05 fay a",
                        "01-07 fay x",
                        "01-07 fay a");
        paid(world, 1, "01-06T00:00", "acme");
        paid(world, 2, "01-06T00:00", "bolt");
        paid(world, 3, "01-06T00:00", "cyd");
        paid(world, 4, "01-06T12:00", "cyd");
        paid(world, 5, "01-06T00:00", "dan");
        paid(world, 6, "01-06T00:00", "dan");
        paid(world, 7, "01-05T00:00", "eve");
        paid(world, 8, "01-06T00:00", "fay");
        var steps = "a -> payment -> a" + WEEK;
        expect(
                world,
                ask(
                                each("max", steps + " strict", "reached"),
                                each("max", steps, "reached"),
                                each("max", steps + " strict", "step_3.number"))
                        .by("account"),
                "acme | 3 | 3 | 2",
                "bolt | 2 | 3 | NO_DATA",
                "cyd | 2 | 3 | NO_DATA",
                "dan | 2 | 3 | NO_DATA",
                "eve | 3 | 3 | 11",
                "fay | 2 | 3 | NO_DATA");
    }

    @Test
    default void
            strictly_a_row_of_one_instant_with_a_step_of_its_source_that_stands_after_it_lies_between() {
        // Acme's x is by the key after the a that begins, and the receipt is a day later. Bolt's x
        // is of one instant with both, and of a receipt of the same
        // instant nobody could say that the x lies before it.
        var world =
                withPayments(
                        "01-05 acme a",
                        "01-05 acme x",
                        "01-07 acme a",
                        "01-05 bolt a",
                        "01-05 bolt x",
                        "01-05 bolt a");
        paid(world, 1, "01-06T00:00", "acme");
        paid(world, 2, "01-05T00:00", "bolt");
        var steps = "a -> payment -> a" + WEEK + " strict";
        expect(
                world,
                ask(each("max", steps, "reached"), each("max", steps, "step_3.number"))
                        .by("account"),
                "acme | 1 | NO_DATA",
                "bolt | 3 | 6");
    }

    @Test
    default void what_a_sequence_must_not_have_and_has_in_common_holds_where_it_comes_back_too() {
        // Acme's x lies between steps 2 and 4 of the attempt that row 1 begins, which is none then:
        // the one of row 3 is, and gets to receipt 2. Between steps
        // 1 and 2 lies none. Bolt has no x.
        var world =
                withPayments(
                        "01-05 acme a p",
                        "01-06T12:00 acme x p",
                        "01-07 acme a p",
                        "01-05 bolt a p",
                        "01-07 bolt a q",
                        "01-08 bolt a p");
        paid(world, 1, "01-06T00:00", "acme");
        paid(world, 2, "01-08T00:00", "acme");
        paid(world, 3, "01-06T00:00", "bolt");
        paid(world, 4, "01-09T00:00", "bolt");
        var steps = "a -> payment -> a -> payment" + WEEK;
        expect(
                world,
                ask(
                                each("max", steps + " without x between 2 and 4", "reached"),
                                each("max", steps + " without x between 1 and 2", "reached"),
                                each("max", steps + " without x", "step_3.number"),
                                each("max", steps + " same account", "step_3.number"))
                        .by("account"),
                "acme | 2 | 4 | NO_DATA | 3",
                "bolt | 4 | 4 | 5 | 5");
    }

    @Test
    default void further_steps_of_a_returning_sequence_lie_inside_the_span() {
        // Acme's last receipt is seven days after the first step: at the end of the span, which is
        // out unless it is inclusive. Bolt's is a day later.
        var world = withPayments("01-05 acme a", "01-07 acme a", "01-05 bolt a", "01-07 bolt a");
        paid(world, 1, "01-06T00:00", "acme");
        paid(world, 2, "01-12T00:00", "acme");
        paid(world, 3, "01-06T00:00", "bolt");
        paid(world, 4, "01-13T00:00", "bolt");
        var steps = "a -> payment -> a -> payment within 7 days";
        expect(
                world,
                ask(
                                each("max", steps + " per account", "reached"),
                                each("max", steps + " inclusive per account", "reached"),
                                each("max", steps + " inclusive per account", "step_4.receipt"))
                        .by("account"),
                "acme | 3 | 4 | 2",
                "bolt | 3 | 3 | NO_DATA");
    }
}
