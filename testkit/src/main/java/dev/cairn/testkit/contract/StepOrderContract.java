package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Funnels.attempts;
import static dev.cairn.testkit.contract.Funnels.completion;
import static dev.cairn.testkit.contract.Funnels.count;
import static dev.cairn.testkit.contract.Funnels.each;
import static dev.cairn.testkit.contract.Funnels.funnel;
import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.SourceBuilder.source;

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
                        .fact("ticket", "2026-01-06T00:00Z", "acme")
                        .fact("ticket", "2026-01-07T00:00Z", "bolt");
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
