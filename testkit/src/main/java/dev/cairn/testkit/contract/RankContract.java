package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;

import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.WorldBuilder;
import org.junit.jupiter.api.Test;

/** {@code rank}, by hand arithmetic. */
public interface RankContract extends ExecutorContract {
    /** In January acme has 10, bolt and cord 30 each, dale 5, none (no account) 7; in February acme has 100 and bolt 1. */
    private WorldBuilder amounts() {
        return events().fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "a", 10)
                .fact("event", "2026-01-06T10:00:00Z", "bolt", "bob", "b", 30)
                .fact("event", "2026-01-07T10:00:00Z", "cord", "cid", "a", 20)
                .fact("event", "2026-01-08T10:00:00Z", "cord", "cid", "a", 10)
                .fact("event", "2026-01-09T10:00:00Z", "dale", "dan", "b", 5)
                .fact("event", "2026-01-09T10:00:00Z", null, "eve", "b", 7)
                .fact("event", "2026-02-05T10:00:00Z", "acme", "ann", "a", 100)
                .fact("event", "2026-02-06T10:00:00Z", "bolt", "bob", "b", 1);
    }

    private Question inBothMonths(String... formulas) {
        return ask(formulas)
                .where("account is not none")
                .between("2026-01-01", "2026-03-01")
                .grain(Grain.MONTH)
                .by("account");
    }

    @Test
    default void the_greatest_is_1_and_equals_share_a_rank() {
        expect(
                amounts(),
                ask("sum(event.amount)", "rank(sum(event.amount))", "rank(-sum(event.amount))")
                        .by("account"),
                "acme | 10 | 3 | 3",
                "bolt | 30 | 1 | 4",
                "cord | 30 | 1 | 4",
                "dale | 5 | 5 | 1",
                "no account | 7 | 4 | 2");
    }

    @Test
    default void what_has_no_value_has_no_rank() {
        expect(
                amounts(),
                ask("rank(avg(event where name = 'a' : amount))", "rank(count(event))")
                        .by("account"),
                "acme | 2 | 2",
                "bolt | NO_DATA | 2",
                "cord | 1 | 1",
                "dale | NO_DATA | 2",
                "no account | NO_DATA | 2");
    }

    @Test
    default void
            a_rank_is_among_the_groups_of_a_bucket_or_of_the_range_and_a_total_of_groups_has_none() {
        expect(
                amounts(),
                inBothMonths("sum(event.amount)", "rank(sum(event.amount))").totals(),
                "2026-01-01 | acme | 10 | 3",
                "2026-01-01 | bolt | 30 | 1",
                "2026-01-01 | cord | 30 | 1",
                "2026-01-01 | dale | 5 | 4",
                "2026-02-01 | acme | 100 | 1",
                "2026-02-01 | bolt | 1 | 2",
                "2026-02-01 | cord | 0 | 3",
                "2026-02-01 | dale | 0 | 3",
                "2026-01-01 | total | 75 | NO_DATA",
                "2026-02-01 | total | 101 | NO_DATA",
                "all | acme | 110 | 1",
                "all | bolt | 31 | 2",
                "all | cord | 30 | 3",
                "all | dale | 5 | 4",
                "all | total | 176 | NO_DATA");
    }

    @Test
    default void what_is_missing_in_a_bucket_is_no_group_of_it_where_gaps_stay() {
        expect(
                amounts(),
                inBothMonths("rank(-sum(event.amount))")
                        .between("2026-02-01", "2026-03-01")
                        .sparse(),
                "2026-02-01 | acme | 2",
                "2026-02-01 | bolt | 1");
    }

    @Test
    default void a_rank_is_among_all_groups_whatever_having_leaves_out() {
        expect(
                amounts(),
                ask("rank(sum(event.amount))", "sum(event.amount)")
                        .by("account")
                        .having("m2", Operator.LT, "10"),
                "dale | 5 | 5",
                "no account | 4 | 7");
        expect(
                amounts(),
                ask("rank(sum(event.amount))").by("account").having("m1", Operator.LTE, "3"),
                "acme | 3",
                "bolt | 1",
                "cord | 1");
    }

    @Test
    default void a_rank_may_be_ordered_by_and_is_among_all_groups_whatever_page_is_asked_for() {
        expect(
                amounts(),
                ask("rank(sum(event.amount))").by("account").orderBy("-m1").first(2),
                "dale | 5",
                "no account | 4");
    }

    @Test
    default void a_rank_is_a_number_like_any_other() {
        expect(
                amounts(),
                ask(
                                "rank(sum(event.amount)) + 100 * rank(count(event))",
                                "case when rank(sum(event.amount)) <= 2 then 'top' else 'rest' end",
                                "let s = sum(event.amount) in rank(s * s) + s + s")
                        .by("account")
                        .where("account is not none"),
                "acme | 203 | rest | 23",
                "bolt | 201 | top | 61",
                "cord | 101 | top | 61",
                "dale | 204 | rest | 14");
    }

    @Test
    default void a_rank_is_of_the_window_and_the_shift_at_hand() {
        expect(
                amounts(),
                inBothMonths(
                                "prior(rank(sum(event.amount)))",
                                "rank(sum(event.amount)) over last 2 months",
                                "rank(sum(event.amount) - prior(sum(event.amount)))")
                        .between("2026-02-01", "2026-03-01"),
                "2026-02-01 | acme | 3 | 1 | 1",
                "2026-02-01 | bolt | 1 | 2 | 3",
                "2026-02-01 | cord | 1 | 3 | 4",
                "2026-02-01 | dale | 4 | 4 | 2");
    }

    @Test
    default void totals_of_some_keys_are_ranked_too() {
        expect(
                amounts(),
                ask(
                                "rank(sum(event.amount))",
                                "rank(total(sum(event.amount) by event.name))",
                                "rank(total(sum(event.amount)))")
                        .by("event.name", "account")
                        .where("account is not none"),
                "a | acme | 3 | 1 | 1",
                "a | cord | 1 | 1 | 1",
                "b | bolt | 1 | 3 | 1",
                "b | dale | 4 | 3 | 1");
    }

    @Test
    default void only_narrows_what_is_ranked() {
        expect(
                amounts(),
                ask("only(rank(sum(event.amount)) where event.name = 'a')", "count(event)")
                        .by("account")
                        .where("account is not none"),
                "acme | 2 | 1",
                "bolt | 3 | 1",
                "cord | 1 | 2",
                "dale | 3 | 1");
    }

    @Test
    default void doubles_that_differ_by_the_order_of_additions_alone_share_a_rank() {
        var world =
                events().fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "a", 1)
                        .fact("event", "2026-01-06T10:00:00Z", "acme", "ann", "a", 2)
                        .fact("event", "2026-01-06T10:00:00Z", "bolt", "bob", "a", 3)
                        .fact("event", "2026-01-06T10:00:00Z", "cord", "bob", "a", "3.0000000001")
                        .fact("event", "2026-01-06T10:00:00Z", "dale", "bob", "a", -1);
        // 0.1 + 0.2 is not 0.3; 0.30000000001 is another number.
        expect(
                world,
                ask(
                                "rank(sum(event : amount / 10))",
                                "rank(sum(event : amount / 10) * power(10, 200))")
                        .by("account"),
                "acme | 2 | 2",
                "bolt | 2 | 2",
                "cord | 1 | 1",
                "dale | 4 | 4");
    }

    @Test
    default void exact_numbers_are_compared_by_every_digit_and_times_by_their_order() {
        var world =
                events().fact(
                                "event",
                                "2026-01-05T10:00:00Z",
                                "acme",
                                "ann",
                                "a",
                                "1.00000000000001")
                        .fact(
                                "event",
                                "2026-01-06T10:00:00Z",
                                "bolt",
                                "bob",
                                "a",
                                "1.00000000000002");
        expect(
                world,
                ask("rank(sum(event.amount))", "rank(max(event : happened))", "rank(-count(event))")
                        .by("account"),
                "acme | 2 | 2 | 1",
                "bolt | 1 | 1 | 1");
    }

    @Test
    default void without_groups_there_is_one_and_it_is_the_first() {
        expect(
                amounts(),
                ask("rank(sum(event.amount))")
                        .between("2026-01-01", "2026-03-01")
                        .grain(Grain.MONTH)
                        .totals(),
                "2026-01-01 | 1",
                "2026-02-01 | 1",
                "all | NO_DATA");
    }
}
