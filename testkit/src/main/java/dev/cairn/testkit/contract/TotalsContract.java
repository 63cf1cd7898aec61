package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.MemberBuilder.account;

import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.WorldBuilder;
import org.junit.jupiter.api.Test;

/** Totals are the same formula on all the rows, never a sum or mean of cells. */
public interface TotalsContract extends ExecutorContract {
    /** Ann at acme on both days, bob at acme on the second, cid at bolt on the second. */
    private WorldBuilder twoDays() {
        return events().fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "login", 1)
                .fact("event", "2026-01-06T10:00:00Z", "acme", "ann", "login", 3)
                .fact("event", "2026-01-06T11:00:00Z", "acme", "bob", "login", 5)
                .fact("event", "2026-01-06T12:00:00Z", "bolt", "cid", "logout", 8);
    }

    private static Question byDay(String... formulas) {
        return ask(formulas).grain(Grain.DAY).between("2026-01-05", "2026-01-07").totals();
    }

    @Test
    default void counts_and_sums_of_totals_are_of_all_rows() {
        expect(
                twoDays(),
                byDay("count(event)", "sum(event : amount)"),
                "2026-01-05 | 1 | 1",
                "2026-01-06 | 3 | 16",
                "all | 4 | 17");
    }

    @Test
    default void distinct_counts_are_counted_anew() {
        expect(
                twoDays(),
                byDay("distinct(event.user)", "distinct(event.account)"),
                "2026-01-05 | 1 | 1",
                "2026-01-06 | 3 | 2",
                "all | 3 | 2");
    }

    @Test
    default void averages_are_of_all_rows() {
        expect(
                twoDays(),
                byDay("avg(event : amount)"),
                "2026-01-05 | 1",
                "2026-01-06 | 5.33333333333",
                "all | 4.25");
    }

    @Test
    default void medians_are_of_all_rows() {
        expect(
                twoDays(),
                byDay("median(event : amount)"),
                "2026-01-05 | 1",
                "2026-01-06 | 5",
                "all | 4");
    }

    @Test
    default void extremes_are_of_all_rows() {
        expect(
                twoDays(),
                byDay("min(event : amount)", "max(event : amount)"),
                "2026-01-05 | 1 | 1",
                "2026-01-06 | 3 | 8",
                "all | 1 | 8");
    }

    @Test
    default void ratios_are_of_the_sums_of_their_parts() {
        expect(
                twoDays(),
                byDay(
                        "sum(event : amount) / count(event)",
                        "share(event where name is not none : name = 'logout')"),
                "2026-01-05 | 1 | 0",
                "2026-01-06 | 5.33333333333 | 0.333333333333",
                "all | 4.25 | 0.25");
    }

    @Test
    default void existence_is_of_any_row() {
        expect(
                twoDays(),
                byDay("exists(event where name = 'logout')"),
                "2026-01-05 | false",
                "2026-01-06 | true",
                "all | true");
    }

    @Test
    default void members_are_taken_anew_for_the_whole_range() {
        expect(
                twoDays(),
                byDay("count(account)", "count(account where count(event) >= 2)"),
                "2026-01-05 | 1 | 0",
                "2026-01-06 | 2 | 1",
                "all | 2 | 1");
    }

    @Test
    default void each_level_has_its_totals_in_the_order_of_kinds() {
        expect(
                twoDays(),
                byDay("count(event)", "distinct(event.user)").by("account"),
                "2026-01-05 | acme | 1 | 1",
                "2026-01-05 | bolt | 0 | 0",
                "2026-01-06 | acme | 2 | 2",
                "2026-01-06 | bolt | 1 | 1",
                "2026-01-05 | total | 1 | 1",
                "2026-01-06 | total | 3 | 3",
                "all | acme | 3 | 2",
                "all | bolt | 1 | 1",
                "all | total | 4 | 3");
    }

    @Test
    default void totals_of_users_of_one_key_stand_in_the_order_of_their_accounts() {
        expect(
                events().fact("event", "2026-01-05T10:00:00Z", null, "ann", "login", 8)
                        .fact("event", "2026-01-05T11:00:00Z", "bolt", "ann", "login", 2)
                        .fact("event", "2026-01-05T12:00:00Z", "acme", "ann", "login", 1),
                byDay("sum(event : amount)").by("user"),
                "2026-01-05 | ann | acme | 1",
                "2026-01-05 | ann | bolt | 2",
                "2026-01-05 | ann | none | 8",
                "2026-01-06 | ann | acme | 0",
                "2026-01-06 | ann | bolt | 0",
                "2026-01-06 | ann | none | 0",
                "2026-01-05 | total | total | 11",
                "2026-01-06 | total | total | 0",
                "all | ann | acme | 1",
                "all | ann | bolt | 2",
                "all | ann | none | 8",
                "all | total | total | 11");
    }

    @Test
    default void total_over_groups_counts_each_thing_once() {
        expect(
                twoDays(),
                ask("distinct(event.user)").by("event.amount").totals(),
                "1 | 1",
                "3 | 1",
                "5 | 1",
                "8 | 1",
                "total | 3");
    }

    @Test
    default void totals_hold_facts_of_no_account_too() {
        expect(
                twoDays().fact("event", "2026-01-06T10:00:00Z", null, "dan", "login", 2),
                ask("sum(event : amount)").by("account").totals(),
                "acme | 9",
                "bolt | 8",
                "no account | 2",
                "total | 19");
    }

    @Test
    default void having_does_not_touch_totals() {
        expect(
                twoDays(),
                ask("count(event)").by("account").totals().having("m1", Operator.GT, "1"),
                "acme | 3",
                "total | 4");
    }

    @Test
    default void filter_holds_in_totals() {
        expect(
                twoDays(),
                ask("count(event)")
                        .by("account")
                        .totals()
                        .filter("event.name", Operator.IN, "login"),
                "acme | 3",
                "total | 3");
    }

    @Test
    default void total_over_nothing_is_there() {
        expect(
                events(),
                ask("count(event)", "avg(event : amount)").by("account").totals(),
                "total | 0 | NO_DATA");
    }

    @Test
    default void total_of_a_group_of_members_is_there_beside_its_facts() {
        expect(
                events().member(account("acme").since("2025-01-01").with("plan", "pro"))
                        .member(account("bolt").since("2026-01-06").with("plan", "pro"))
                        .fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "login", 1),
                byDay("count(account)", "count(event)").by("account.plan"),
                "2026-01-05 | pro | 1 | 1",
                "2026-01-06 | pro | 2 | 0",
                "2026-01-05 | total | 1 | 1",
                "2026-01-06 | total | 2 | 0",
                "all | pro | 2 | 1",
                "all | total | 2 | 1");
    }

    @Test
    default void without_filled_gaps_totals_over_groups_are_of_buckets_with_rows() {
        expect(
                twoDays(),
                ask("count(event)")
                        .by("account")
                        .grain(Grain.DAY)
                        .between("2026-01-04", "2026-01-06")
                        .totals()
                        .sparse(),
                "2026-01-05 | acme | 1",
                "2026-01-05 | total | 1",
                "all | acme | 1",
                "all | total | 1");
    }

    @Test
    default void total_over_time_knows_no_value_blank_and_no_account_apart() {
        expect(
                events().member(account("acme").since("2025-01-01").with("plan", ""))
                        .fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "login", 1)
                        .fact("event", "2026-01-05T10:00:00Z", "bolt", "bob", "login", 2)
                        .fact("event", "2026-01-05T10:00:00Z", null, "cid", "login", 4),
                ask("sum(event : amount)")
                        .by("account.plan")
                        .grain(Grain.DAY)
                        .between("2026-01-05", "2026-01-06")
                        .totals(),
                "2026-01-05 | '' | 1",
                "2026-01-05 | none | 2",
                "2026-01-05 | no account | 4",
                "2026-01-05 | total | 7",
                "all | '' | 1",
                "all | none | 2",
                "all | no account | 4",
                "all | total | 7");
    }
}
