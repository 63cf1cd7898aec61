package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Funnels.attempts;
import static dev.cairn.testkit.contract.Funnels.completion;
import static dev.cairn.testkit.contract.Funnels.count;
import static dev.cairn.testkit.contract.Funnels.each;
import static dev.cairn.testkit.contract.Funnels.funnel;
import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.SourceBuilder.source;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.testkit.data.SourceBuilder;
import org.junit.jupiter.api.Test;

/** What may stand between the steps of an attempt. */
public interface StepOrderContract extends ExecutorContract {
    String STRICT = "a -> b within 7 days per account strict";

    private static SourceBuilder tickets() {
        return source("ticket")
                .timestamp("opened")
                .account("customer")
                .text("priority")
                .integer("number")
                .key("number")
                .coverage("2026-01-01", "2026-04-01");
    }

    // ---- strict

    @Test
    default void strictly_no_other_row_lies_between_two_steps() {
        // The first attempt of cyd has its second a between; the second has nothing.
        var world =
                funnel(
                        "01-05 acme a",
                        "01-06 acme b", //
                        "01-05 bolt a",
                        "01-06 bolt x",
                        "01-07 bolt b", //
                        "01-05 cyd a",
                        "01-06 cyd a",
                        "01-07 cyd b", //
                        "01-05 dan a",
                        "01-06 bolt x",
                        "01-08 dan b");
        expect(
                world,
                ask(
                                each("max", STRICT, "reached"),
                                each(
                                        "max",
                                        "a -> b within 7 days per account any strict",
                                        "reached"),
                                each("max", "a -> b within 7 days per account", "reached"))
                        .by("account"),
                "acme | 2 | 2 | 2",
                "bolt | 1 | 1 | 2",
                "cyd | 1 | 2 | 2",
                "dan | 2 | 2 | 2");
    }

    @Test
    default void strictly_rows_that_the_question_leaves_out_are_not_between() {
        var world = funnel("01-05 acme a", "01-06 acme x", "01-07 acme b");
        expect(world, ask(completion(STRICT)), "0");
        expect(world, ask(completion(STRICT)).filter("event.name", Operator.NOT_IN, "x"), "1");
    }

    @Test
    default void strictly_rows_of_the_same_instant_lie_between_by_their_keys() {
        var world =
                funnel(
                        "01-05 acme a",
                        "01-05 acme x",
                        "01-06 acme b", //
                        "01-05 bolt x",
                        "01-05 bolt a",
                        "01-06 bolt b",
                        "01-06 bolt x");
        expect(world, ask(each("max", STRICT, "reached")).by("account"), "acme | 1", "bolt | 2");
    }

    @Test
    default void strictly_no_row_of_any_source_that_is_read_lies_between() {
        // Cyd's x and ticket are of one instant, and neither is after the other; so are dan's.
        // Eve's x comes after her a by its key, fay's before. Gil's second a has
        // nothing between.
        var world =
                funnel(
                                "01-05 acme a", //
                                "01-05 bolt a",
                                "01-06 bolt x", //
                                "01-05 cyd a",
                                "01-05 cyd x", //
                                "01-05 dan a",
                                "01-06 dan x", //
                                "01-05 eve a",
                                "01-05 eve x", //
                                "01-05 fay x",
                                "01-05 fay a", //
                                "01-05 gil a",
                                "01-06 gil a")
                        .source(tickets())
                        .fact("ticket", "2026-01-07T00:00Z", "acme", "low", 1)
                        .fact("ticket", "2026-01-07T00:00Z", "bolt", "low", 2)
                        .fact("ticket", "2026-01-05T00:00Z", "cyd", "low", 3)
                        .fact("ticket", "2026-01-06T00:00Z", "dan", "low", 4)
                        .fact("ticket", "2026-01-06T00:00Z", "eve", "low", 5)
                        .fact("ticket", "2026-01-06T00:00Z", "fay", "low", 6)
                        .fact("ticket", "2026-01-07T00:00Z", "gil", "low", 7);
        var steps = "a -> ticket within 7 days per account%s";
        expect(
                world,
                ask(
                                each("max", steps.formatted(" strict"), "reached"),
                                each("max", steps.formatted(" any strict"), "reached"),
                                each("max", steps.formatted(""), "reached"),
                                each("max", steps.formatted(" strict"), "step_2.number"))
                        .by("account"),
                "acme | 2 | 2 | 2 | 1",
                "bolt | 1 | 1 | 2 | NO_DATA",
                "cyd | 2 | 2 | 2 | 3",
                "dan | 2 | 2 | 2 | 4",
                "eve | 1 | 1 | 2 | NO_DATA",
                "fay | 2 | 2 | 2 | 6",
                "gil | 1 | 2 | 2 | NO_DATA");
    }

    @Test
    default void strictly_a_row_of_the_source_of_the_next_step_lies_between_too() {
        // Of one instant with the first step no ticket lies after it; later the keys decide, and
        // bolt's low comes before its high.
        var world =
                funnel("01-05 acme a", "01-05 bolt a", "01-05 cyd a", "01-05 dan a")
                        .source(tickets())
                        .fact("ticket", "2026-01-05T00:00Z", "acme", "low", 1)
                        .fact("ticket", "2026-01-05T00:00Z", "acme", "high", 2)
                        .fact("ticket", "2026-01-06T00:00Z", "bolt", "low", 3)
                        .fact("ticket", "2026-01-06T00:00Z", "bolt", "high", 4)
                        .fact("ticket", "2026-01-06T00:00Z", "cyd", "high", 5)
                        .fact("ticket", "2026-01-06T00:00Z", "cyd", "low", 6)
                        .fact("ticket", "2026-01-06T00:00Z", "dan", "low", 7)
                        .fact("ticket", "2026-01-07T00:00Z", "dan", "high", 8);
        expect(
                world,
                ask(each(
                                "max",
                                "a -> ticket where priority = 'high' within 7 days per account strict",
                                "step_2.number"))
                        .by("account"),
                "acme | 2",
                "bolt | NO_DATA",
                "cyd | 5",
                "dan | NO_DATA");
    }

    @Test
    default void strictly_three_steps_of_two_sources_have_nothing_between() {
        // Acme's second ticket is after its last step; bolt's lies before it. What only 'without'
        // names is read too.
        var world =
                funnel("01-06 acme a", "01-07 acme b", "01-06 bolt a", "01-08 bolt b")
                        .source(tickets())
                        .fact("ticket", "2026-01-05T00:00Z", "acme", "low", 1)
                        .fact("ticket", "2026-01-08T00:00Z", "acme", "low", 2)
                        .fact("ticket", "2026-01-05T00:00Z", "bolt", "low", 3)
                        .fact("ticket", "2026-01-07T00:00Z", "bolt", "low", 4);
        expect(
                world,
                ask(
                                each(
                                        "max",
                                        "ticket -> a -> b within 7 days per account strict",
                                        "reached"),
                                each(
                                        "max",
                                        "a -> b within 7 days per account strict without ticket where priority = 'high'",
                                        "reached"))
                        .by("account"),
                "acme | 3 | 2",
                "bolt | 2 | 1");
    }

    // ---- unordered

    private static String unordered(String steps) {
        return steps + " per account unordered";
    }

    @Test
    default void unordered_an_attempt_may_start_at_any_step() {
        // Eve's first attempt is over before her a; her second begins with that.
        var world =
                funnel(
                        "01-05 acme a",
                        "01-06 acme b", //
                        "01-05 bolt b",
                        "01-07 bolt a", //
                        "01-05 cyd b",
                        "01-06 cyd b", //
                        "01-05 dan x", //
                        "01-05 eve b",
                        "01-13 eve a",
                        "01-14 eve b");
        var ab = unordered("a -> b within 7 days");
        var any = "a -> b within 7 days per account any unordered";
        expect(
                world,
                ask(
                                count(ab),
                                completion(ab),
                                each("max", ab, "hours(started, step_2_at)"),
                                each("max", ab, "step_1.name"),
                                each("max", any, "reached"),
                                each("max", any, "step_1.name"))
                        .by("account")
                        .totals(),
                "acme | 1 | 1 | 24 | a | 2 | a",
                "bolt | 1 | 1 | 48 | b | 2 | b",
                "cyd | 1 | 0 | NO_DATA | b | 1 | b",
                "eve | 1 | 0 | NO_DATA | b | 2 | a",
                "total | 4 | 0.5 | 48 | b | 2 | b");
    }

    @Test
    default void unordered_steps_are_numbered_as_they_are_reached() {
        var world =
                funnel(
                        "01-05 acme c",
                        "01-06 acme a",
                        "01-06 acme c",
                        "01-07 acme b", //
                        "01-05 bolt b",
                        "01-06 bolt b",
                        "01-07 bolt c", //
                        "01-05 cyd b",
                        "01-05 cyd a",
                        "01-05 cyd c", //
                        "01-05 dan a",
                        "01-12 dan b",
                        "01-12 dan c");
        var abc = unordered("a -> b -> c within 7 days");
        expect(
                world,
                ask(
                                each("max", abc, "reached"),
                                each("max", abc, "hours(step_1_at, step_2_at)"),
                                each("max", abc, "hours(step_1_at, step_3_at)"),
                                each("max", abc, "step_2.name"),
                                each("max", abc, "step_3.name"),
                                each(
                                        "max",
                                        unordered("a -> b -> c within 7 days inclusive"),
                                        "reached"))
                        .by("account"),
                "acme | 3 | 24 | 48 | a | b | 3",
                "bolt | 2 | 48 | NO_DATA | c | NO_DATA | 2",
                "cyd | 3 | 0 | 0 | a | c | 3",
                "dan | 1 | NO_DATA | NO_DATA | NO_DATA | NO_DATA | 3");
    }

    @Test
    default void unordered_a_row_is_the_first_written_of_the_open_steps_that_it_may_be() {
        // An a is the first step, which may be a or b, as long as that is open.
        var world =
                funnel(
                        "01-05 acme a",
                        "01-06 acme b",
                        "01-07 acme a", //
                        "01-05 bolt b",
                        "01-06 bolt a", //
                        "01-05 cyd a",
                        "01-06 cyd b");
        expect(
                world,
                ask(
                                each(
                                        "max",
                                        unordered(
                                                "event where name in ('a', 'b') -> a within 7 days"),
                                        "reached"),
                                each(
                                        "max",
                                        unordered(
                                                "event where name in ('a', 'b') -> a within 7 days"),
                                        "step_2.number"))
                        .by("account"),
                "acme | 2 | 3",
                "bolt | 2 | 5",
                "cyd | 1 | NO_DATA");
    }

    @Test
    default void unordered_keeps_to_same_and_without_by_the_numbers_of_steps_reached() {
        // Where the first attempt is dropped that which begins with its second row is there: from
        // the a of the 6th acme gets to b, bolt to c, and with a and b alone
        // acme's begins with its b.
        var world =
                funnel(
                        "01-05 acme c p",
                        "01-06 acme a p",
                        "01-07 acme x p",
                        "01-08 acme b p", //
                        "01-05 bolt b p",
                        "01-06 bolt a q",
                        "01-07 bolt a p",
                        "01-08 bolt x p",
                        "01-09 bolt c p");
        var abc = unordered("a -> b -> c within 7 days");
        expect(
                world,
                ask(
                                each("max", abc + " same page", "step_2.number"),
                                each("sum", abc + " without x between 1 and 2", "reached"),
                                each("sum", abc + " without x between 2 and 3", "reached"),
                                each(
                                        "sum",
                                        unordered("a -> b within 7 days") + " without x",
                                        "reached"))
                        .by("account"),
                "acme | 2 | 3 | 2 | 1",
                "bolt | 7 | 3 | 2 | 2");
    }

    @Test
    default void unordered_attempts_whose_span_is_not_over_are_pending() {
        var world =
                funnel(
                        "03-10 acme b",
                        "03-12 acme a", //
                        "03-28 bolt b",
                        "03-29 bolt a");
        var ab = unordered("a -> b within 7 days");
        assertThat(
                        rowsWithParts(
                                world,
                                Funnels.quarter(
                                        count(ab), completion(ab), count(ab + " with pending"))))
                .containsExactly(
                        "1 (n 1, pending 1 of which completed 1) | 1 (1/1, n 1, pending 1 of which completed 1) | 2 (n 2)");
    }

    // ---- same

    // ---- without

    @Test
    default void without_drops_an_attempt_and_not_the_unit() {
        var world =
                funnel(
                        "01-05 acme a",
                        "01-06 acme x",
                        "01-07 acme b", //
                        "01-05 bolt a",
                        "01-06 bolt b",
                        "01-07 bolt x", //
                        "01-05 cyd a",
                        "01-06 cyd x", //
                        "01-05 dan a",
                        "01-12 dan x", //
                        "01-05 eve a",
                        "01-06 eve x",
                        "01-07 eve a",
                        "01-08 eve b", //
                        "01-05 fay a",
                        "01-05 fay x",
                        "01-06 fay x",
                        "01-06 fay b");
        var steps = "a -> b within 7 days%s per account%s without x";
        expect(
                world,
                ask(
                                count(steps.formatted("", "")),
                                completion(steps.formatted("", "")),
                                each("max", steps.formatted("", ""), "started"))
                        .by("account")
                        .totals(),
                "bolt | 1 | 1 | 2026-01-05T00:00:00Z",
                "dan | 1 | 0 | 2026-01-05T00:00:00Z",
                "eve | 1 | 1 | 2026-01-07T00:00:00Z",
                "fay | 1 | 1 | 2026-01-05T00:00:00Z",
                "total | 4 | 0.75 | 2026-01-07T00:00:00Z");
        expect(
                world,
                ask(count(steps.formatted("", " any")), count(steps.formatted(" inclusive", ""))),
                "4 | 3");
    }

    @Test
    default void without_between_two_steps_looks_only_there() {
        // Where the second is not reached it does not apply, where the third is not up to the end
        // of the span.
        var world =
                funnel(
                        "01-05 acme a",
                        "01-06 acme x",
                        "01-07 acme b",
                        "01-08 acme c", //
                        "01-05 bolt a",
                        "01-06 bolt b",
                        "01-07 bolt x",
                        "01-08 bolt c", //
                        "01-05 cyd a",
                        "01-06 cyd x", //
                        "01-05 dan a",
                        "01-06 dan b",
                        "01-07 dan x", //
                        "01-05 eve a",
                        "01-06 eve b",
                        "01-12 eve x");
        var steps = "a -> b -> c within 7 days per account without x between %s";
        expect(
                world,
                ask(
                                each("sum", steps.formatted("2 and 3"), "reached"),
                                each("sum", steps.formatted("1 and 2"), "reached"),
                                each("sum", steps.formatted("1 and 3"), "reached"))
                        .by("account"),
                "acme | 3 | 0 | 0",
                "bolt | 0 | 3 | 0",
                "cyd | 1 | 0 | 0",
                "dan | 0 | 2 | 0",
                "eve | 2 | 2 | 2");
    }

    @Test
    default void without_may_be_of_another_source_and_of_several() {
        var world =
                funnel(
                                "01-05 acme a",
                                "01-07 acme b", //
                                "01-05 bolt a",
                                "01-07 bolt b", //
                                "01-05 cyd a",
                                "01-06 cyd x",
                                "01-07 cyd b")
                        .source(tickets())
                        .fact("ticket", "2026-01-06T00:00Z", "acme", "low", 1)
                        .fact("ticket", "2026-01-07T00:00Z", "bolt", "low", 2);
        expect(
                world,
                ask(
                        count("a -> b within 7 days per account without ticket"),
                        count("a -> b within 7 days per account without ticket without x"),
                        "count(%s)"
                                .formatted(
                                        attempts(
                                                "a -> b within 7 days per account without ticket between 1 and 2 without x between 1 and 2"))),
                "2 | 1 | 1");
    }
}
