package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.WorldBuilder;
import org.junit.jupiter.api.Test;

/** {@code total} and {@code only}, by hand arithmetic. */
public interface NarrowingContract extends ExecutorContract {
    /**
     * In January: acme (pro) a 1, a 2, b 4; bolt (free) a 8; none (no account) b 16. In February: acme a 32, cord (pro) b 64.
     */
    private WorldBuilder plans() {
        return events().member(account("acme").since("2025-01-01").with("plan", "pro"))
                .member(account("bolt").since("2025-01-01").with("plan", "free"))
                .member(account("cord").since("2025-01-01").with("plan", "pro"))
                .fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "a", 1)
                .fact("event", "2026-01-06T10:00:00Z", "acme", "amy", "a", 2)
                .fact("event", "2026-01-07T10:00:00Z", "acme", "ann", "b", 4)
                .fact("event", "2026-01-08T10:00:00Z", "bolt", "bob", "a", 8)
                .fact("event", "2026-01-09T10:00:00Z", null, "dan", "b", 16)
                .fact("event", "2026-02-05T10:00:00Z", "acme", "ann", "a", 32)
                .fact("event", "2026-02-06T10:00:00Z", "cord", "cid", "b", 64);
    }

    // ---- total

    @Test
    default void a_total_is_of_all_groups_of_the_cell() {
        expect(
                plans(),
                ask("sum(event.amount)", "total(sum(event.amount))").by("account.plan"),
                "free | 8 | 31",
                "pro | 7 | 31",
                "no account | 16 | 31");
    }

    @Test
    default void a_share_of_the_total_adds_up_to_one() {
        expect(
                plans(),
                ask("100 * sum(event.amount) / total(sum(event.amount))")
                        .between("2026-02-01", "2026-03-01")
                        .by("account")
                        .totals(),
                "acme | 33.3333333333",
                "cord | 66.6666666667",
                "total | 100");
    }

    @Test
    default void a_total_is_of_each_bucket_and_in_totals_over_time_of_the_range() {
        expect(
                plans(),
                ask("sum(event.amount)", "total(sum(event.amount))")
                        .between("2026-01-01", "2026-03-01")
                        .grain(Grain.MONTH)
                        .by("event.name")
                        .totals(),
                "2026-01-01 | a | 11 | 31",
                "2026-01-01 | b | 20 | 31",
                "2026-02-01 | a | 32 | 96",
                "2026-02-01 | b | 64 | 96",
                "2026-01-01 | total | 31 | 31",
                "2026-02-01 | total | 96 | 96",
                "all | a | 43 | 127",
                "all | b | 84 | 127",
                "all | total | 127 | 127");
    }

    @Test
    default void keys_that_are_said_stay() {
        expect(
                plans(),
                ask("sum(event.amount)", "total(sum(event.amount) by account.plan)")
                        .by("account.plan", "event.name"),
                "free | a | 8 | 8",
                "pro | a | 3 | 7",
                "pro | b | 4 | 7",
                "no account | b | 16 | 16");
    }

    @Test
    default void keys_that_are_said_and_not_asked_for_change_nothing() {
        expect(
                plans(),
                ask(
                                "total(sum(event.amount) by account.plan, month)",
                                "total(sum(event.amount) by event.name)",
                                "count(event)")
                        .by("event.name"),
                "a | 31 | 11 | 3",
                "b | 31 | 20 | 2");
    }

    @Test
    default void a_total_without_groups_is_the_value_itself() {
        expect(plans(), ask("total(sum(event.amount))", "total(count(event))"), "31 | 5");
    }

    @Test
    default void what_adds_up_to_no_total_is_counted_anew() {
        // ann has both names: the users of a are ann, amy, bob, those of b ann, dan.
        expect(
                plans(),
                ask(
                                "distinct(event.user)",
                                "total(distinct(event.user))",
                                "total(median(event.amount))",
                                "total(exists(event where amount > 10))",
                                "total(max(event.name))")
                        .by("event.name"),
                "a | 3 | 4 | 4 | true | b",
                "b | 2 | 4 | 4 | true | b");
    }

    @Test
    default void a_total_is_of_the_rows_that_the_filter_leaves() {
        expect(
                plans(),
                ask("count(event)", "total(count(event))")
                        .where("account.plan = 'pro'")
                        .by("event.name"),
                "a | 2 | 3",
                "b | 1 | 3");
    }

    @Test
    default void a_total_of_members_is_of_all_of_them() {
        expect(
                plans(),
                ask(
                                "count(account where exists(event))",
                                "total(count(account where exists(event)))",
                                "total(count(account))")
                        .by("account.plan"),
                "free | 1 | 2 | 3",
                "pro | 1 | 2 | 3");
    }

    @Test
    default void a_total_goes_with_windows_and_shifts() {
        expect(
                plans(),
                ask(
                                "sum(event.amount)",
                                "total(sum(event.amount)) over last 2 months",
                                "total(prior(sum(event.amount)))")
                        .between("2026-02-01", "2026-03-01")
                        .by("event.name"),
                "a | 32 | 127 | 31",
                "b | 64 | 127 | 31");
    }

    @Test
    default void groups_that_gaps_are_filled_for_have_the_total_too() {
        expect(
                plans(),
                ask("sum(event.amount)", "total(sum(event.amount))")
                        .between("2026-01-01", "2026-03-01")
                        .grain(Grain.MONTH)
                        .by("account.plan"),
                "2026-01-01 | free | 8 | 31",
                "2026-01-01 | pro | 7 | 31",
                "2026-01-01 | no account | 16 | 31",
                "2026-02-01 | free | 0 | 96",
                "2026-02-01 | pro | 96 | 96",
                "2026-02-01 | no account | 0 | 96");
    }

    @Test
    default void users_of_one_key_share_the_total_of_their_account() {
        expect(
                events().fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "a", 1)
                        .fact("event", "2026-01-05T10:00:00Z", "bolt", "ann", "a", 2)
                        .fact("event", "2026-01-06T10:00:00Z", "bolt", "ann", "b", 4),
                ask("sum(event.amount)", "total(sum(event.amount) by user)")
                        .by("user", "event.name"),
                "ann | a | acme | 1 | 1",
                "ann | a | bolt | 2 | 6",
                "ann | b | bolt | 4 | 6");
    }

    @Test
    default void users_of_two_accounts_stay_two_where_account_is_a_key_that_goes() {
        expect(
                events().fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "a", 1)
                        .fact("event", "2026-01-05T10:00:00Z", "bolt", "ann", "a", 2),
                ask("sum(event.amount)", "total(sum(event.amount) by user)").by("user", "account"),
                "ann | acme | 1 | 1",
                "ann | bolt | 2 | 2");
    }

    // ---- only

    @Test
    default void what_only_asks_for_makes_values_that_are_not_empty() {
        expect(
                plans(),
                ask("only(share(event : amount > 4) where event.amount is not none)"),
                "0.4");
    }

    @Test
    default void only_may_stand_in_a_key() {
        // acme has two of name a, bolt one; the event of no account has no such key.
        expect(
                plans(),
                ask("count(event)").by("(only(count(event) where event.name = 'a') >= 2) as often"),
                "false | 1",
                "true | 3",
                "no account | 1");
    }

    @Test
    default void a_window_may_stand_around_a_value_of_the_account_of_a_row() {
        // In the two months acme has four events, cord one.
        expect(
                plans(),
                ask("count(event where per(account : count(event)) over last 2 months >= 2)")
                        .between("2026-02-01", "2026-03-01")
                        .where("per(account : count(event)) over last 2 months >= 1"),
                "1");
    }

    @Test
    default void only_asks_more_of_the_rows() {
        expect(
                plans(),
                ask(
                        "only(sum(event.amount) where account.plan = 'pro')",
                        "only(sum(event.amount) / count(event) where event.name = 'a')",
                        "only(sum(event where name = 'a' : amount) where account.plan = 'pro')",
                        "only(share(event where amount is not none : amount > 1) where account.plan = 'pro')"),
                "7 | 3.66666666667 | 3 | 0.666666666667");
    }

    @Test
    default void only_changes_nothing_beside_it() {
        expect(
                plans(),
                ask("sum(event.amount) - only(sum(event.amount) where account.plan = 'pro')"),
                "24");
    }

    @Test
    default void only_is_asked_of_members_and_not_of_what_is_read_for_each() {
        // The events of the accounts of plan pro, whatever their names.
        expect(
                plans(),
                ask(
                        "only(sum(account : count(event)) where account.plan = 'pro')",
                        "only(count(account where exists(event where name = 'a')) where account.plan = 'pro')"),
                "3 | 1");
    }

    @Test
    default void only_goes_with_let_windows_totals_and_itself() {
        expect(
                plans(),
                ask(
                                "let s = sum(event.amount) in s - only(s where account.plan = 'pro')",
                                "only(sum(event.amount) over last 2 months where account.plan = 'pro')",
                                "total(only(sum(event.amount) where event.name = 'b'))",
                                "only(only(sum(event.amount) where event.name = 'a') where account.plan = 'pro')")
                        .between("2026-02-01", "2026-03-01")
                        .by("event.name"),
                "a | 0 | 35 | 64 | 32",
                "b | 0 | 68 | 64 | 0");
    }

    @Test
    default void only_may_stand_beneath_members() {
        expect(plans(), ask("max(account : only(sum(event.amount) where event.name = 'a'))"), "8");
    }

    // ---- totals beneath members

    /** Acme has three events of 1, 2 and 4, bolt one of 8, cord none; one of 16 is of no account. */
    private WorldBuilder shares() {
        return events().member(account("acme").since("2025-01-01").with("plan", "pro"))
                .member(account("bolt").since("2025-01-01").with("plan", "free"))
                .member(account("cord").since("2025-01-01").with("plan", "pro"))
                .fact("event", "2026-01-05T10:00:00Z", "acme", "a", "x", 1)
                .fact("event", "2026-01-06T10:00:00Z", "acme", "a", "x", 2)
                .fact("event", "2026-02-06T10:00:00Z", "acme", "b", "y", 4)
                .fact("event", "2026-01-07T10:00:00Z", "bolt", "c", "y", 8)
                .fact("event", "2026-01-07T10:00:00Z", null, "d", "y", 16);
    }

    @Test
    default void total_beneath_members_is_of_all_of_them_together() {
        // In January of four events, one of no account; in February of one.
        expect(
                shares(),
                ask(
                                "sum(account : total(count(event)))",
                                "sum(account : count(event) / total(count(event)))",
                                "max(account : sum(event.amount) / total(sum(event.amount)))",
                                "count(account where count(event) >= 0.5 * total(count(event)))")
                        .grain(Grain.MONTH)
                        .between("2026-01-01", "2026-03-01")
                        .totals(),
                "2026-01-01 | 12 | 0.75 | 0.296296296296 | 1",
                "2026-02-01 | 3 | 1 | 1 | 1",
                "all | 15 | 0.8 | 0.258064516129 | 1");
    }

    @Test
    default void total_beneath_members_has_no_group_and_the_filter_of_the_question() {
        var question =
                ask("sum(account : total(count(event)))", "sum(account : count(event))")
                        .between("2026-01-01", "2026-03-01");
        expect(shares(), question.by("account.plan"), "free | 5 | 1", "pro | 10 | 3");
        expect(shares(), question.filter("account.plan", Operator.IN, "pro"), "6 | 3");
        expect(
                shares(),
                question.filter("account.plan", Operator.IN, "pro").by("account"),
                "acme | 3 | 3",
                "cord | 3 | 0");
        expect(shares(), question.scope("account.plan = 'free'"), "1 | 1");
    }

    @Test
    default void condition_of_the_members_does_not_narrow_a_total_beneath_them() {
        expect(
                shares(),
                ask(
                                "sum(account where plan = 'free' : total(count(event)))",
                                "sum(account where plan = 'free' : total(sum(event where name = 'y' : amount)))",
                                "avg(account where account = 'acme' : total(sum(account : count(event))))",
                                "sum(account where count(event) > 0 : total(distinct(event.name)))")
                        .between("2026-01-01", "2026-03-01"),
                "5 | 28 | 4 | 4");
    }

    @Test
    default void total_beneath_members_reads_windows_and_time_before() {
        expect(
                shares(),
                ask(
                                "max(account : total(count(event)) over all)",
                                "max(account : total(prior(count(event))))",
                                "max(account : prior(total(count(event))))",
                                "max(account : count(event) over all / total(count(event) over all))")
                        .between("2026-02-01", "2026-03-01"),
                "5 | 4 | 4 | 0.6");
    }

    @Test
    default void total_beneath_members_is_the_same_in_every_month_over_ever() {
        expect(
                shares(),
                ask(
                                "max(account : total(count(event)) over all)",
                                "max(account : total(count(event)) over ever)",
                                "max(account : count(event) over ever / total(count(event) over ever))")
                        .grain(Grain.MONTH)
                        .between("2026-01-01", "2026-03-01")
                        .totals(),
                "2026-01-01 | 4 | 5 | 0.6",
                "2026-02-01 | 5 | 5 | 0.6",
                "all | 5 | 5 | 0.6");
    }

    @Test
    default void rows_read_a_total_through_their_account() {
        // Events of accounts that have half of all events or more.
        expect(
                shares(),
                ask(
                                "count(event where per(account : count(event) / total(count(event))) >= 0.5)",
                                "sum(event where account = 'bolt' : per(account : total(sum(event.amount))))")
                        .between("2026-01-01", "2026-03-01"),
                "3 | 31");
    }

    // ---- only, by what is read for the account of a row

    @Test
    default void only_takes_rows_by_what_is_read_for_their_account() {
        // Acme has three events, bolt one; of no account nothing is known.
        expect(
                shares(),
                ask(
                                "only(count(event) where per(account : count(event)) > 1)",
                                "only(sum(event.amount) where not per(account : count(event)) > 1)",
                                "only(count(event) + 10 * count(account) where per(account : count(event)) > 0)",
                                "only(count(event) where per(account : count(event where name = 'y')) = 1) / count(event)",
                                "count(event)")
                        .between("2026-01-01", "2026-03-01"),
                "3 | 8 | 24 | 0.8 | 5");
    }

    @Test
    default void only_reads_accounts_in_the_bucket_of_its_rows() {
        var more = "only(count(event) where per(account : count(event)) > 1)";
        expect(
                shares(),
                ask(
                                more,
                                "prior(" + more + ")",
                                "only(count(event) where per(account : count(event) over all) > 2)")
                        .grain(Grain.MONTH)
                        .between("2026-01-01", "2026-03-01")
                        .totals(),
                "2026-01-01 | 2 | BEFORE_DATA | 0",
                "2026-02-01 | 0 | 2 | 1",
                "all | 3 | BEFORE_DATA | 3");
    }

    @Test
    default void only_takes_rows_of_the_accounts_of_a_cohort_by_a_rule_over_facts() {
        var world = shares().cohortBy("busy", "count(event) over ever > 1");
        expect(
                world,
                ask(
                                "only(count(event) where account in busy)",
                                "only(sum(event.amount) where account not in busy)",
                                "only(count(account) where account in busy)",
                                "avg(account : only(count(event) where account in busy))")
                        .between("2026-01-01", "2026-03-01")
                        .by("account.plan"),
                "free | 0 | 8 | 0 | 0",
                "pro | 3 | 0 | 1 | 1.5");
    }

    @Test
    default void what_a_total_beneath_members_leaves_undecided_is_counted_in_its_rows() {
        var world = shares().fact("event", "2026-01-08T10:00:00Z", "bolt", "c", null, 32);
        assertThat(notices(world, ask("avg(account : total(count(event where name != 'x')))")))
                .filteredOn(notice -> notice.contains("UNDECIDED"))
                .singleElement()
                .asString()
                .contains("for 1 row of event without a value of name");
    }
}
