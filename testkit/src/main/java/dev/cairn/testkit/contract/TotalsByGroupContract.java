package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.MemberBuilder.account;

import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.WorldBuilder;
import org.junit.jupiter.api.Test;

/** {@code total(... by ...)} beneath members and for the account of a row: of the group that the member or row is in, by hand arithmetic. */
public interface TotalsByGroupContract extends ExecutorContract {
    /**
     * In January: acme (pro) x 1, x 2; cord (pro) x 5; bolt (free) y 8; dave (no plan) x 32; none (no account) y 16. In February: acme y 4.
     */
    private WorldBuilder plans() {
        return events().member(account("acme").since("2025-01-01").with("plan", "pro"))
                .member(account("bolt").since("2025-01-01").with("plan", "free"))
                .member(account("cord").since("2025-01-01").with("plan", "pro"))
                .member(account("dave").since("2025-01-01"))
                .fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "x", 1)
                .fact("event", "2026-01-06T10:00:00Z", "acme", "ann", "x", 2)
                .fact("event", "2026-01-07T10:00:00Z", "cord", "cid", "x", 5)
                .fact("event", "2026-01-08T10:00:00Z", "bolt", "bob", "y", 8)
                .fact("event", "2026-01-08T10:00:00Z", "dave", "dan", "x", 32)
                .fact("event", "2026-01-09T10:00:00Z", null, "eve", "y", 16)
                .fact("event", "2026-02-05T10:00:00Z", "acme", "ann", "y", 4);
    }

    @Test
    default void total_by_a_key_beneath_members_is_of_the_members_group() {
        // Pro is 1 + 2 + 5 = 8, of which cord has half or more; what is of no account is in no
        // group of an account.
        expect(
                plans(),
                ask(
                                "sum(account : sum(event.amount) / total(sum(event.amount) by account.plan))",
                                "max(account : total(sum(event.amount) by account.plan))",
                                "count(account where sum(event.amount) >= 0.5 * total(sum(event.amount) by account.plan))",
                                "max(account : total(sum(event.amount)))")
                        .by("account.plan"),
                "free | 1 | 8 | 1 | 64",
                "pro | 1 | 8 | 1 | 64",
                "none | 1 | 32 | 1 | 64");
    }

    @Test
    default void total_by_a_key_beneath_members_is_of_the_bucket_and_in_totals_of_the_range() {
        // Each account has the total of its plan: two of pro 8, then 4, over both months 12.
        expect(
                plans(),
                ask("sum(account : total(sum(event.amount) by account.plan))")
                        .between("2026-01-01", "2026-03-01")
                        .grain(Grain.MONTH)
                        .by("account.plan")
                        .totals(),
                "2026-01-01 | free | 8",
                "2026-01-01 | pro | 16",
                "2026-01-01 | none | 32",
                "2026-02-01 | free | 0",
                "2026-02-01 | pro | 8",
                "2026-02-01 | none | 0",
                "2026-01-01 | total | 56",
                "2026-02-01 | total | 8",
                "all | free | 8",
                "all | pro | 24",
                "all | none | 32",
                "all | total | 64");
    }

    @Test
    default void keys_of_the_question_that_are_not_said_go_and_others_change_nothing() {
        expect(
                plans(),
                ask(
                                "max(account : total(sum(event.amount) by account.plan))",
                                "max(account : total(sum(event.amount) by account))",
                                "max(account : total(sum(event.amount) by account.plan, account))",
                                "max(account : total(sum(event.amount) by event.name))")
                        .by("account.plan", "account"),
                "free | bolt | 8 | 8 | 8 | 64",
                "pro | acme | 8 | 3 | 3 | 64",
                "pro | cord | 8 | 5 | 5 | 64",
                "none | dave | 32 | 32 | 32 | 64");
        expect(
                plans(),
                ask("sum(account : total(sum(event.amount) by account.plan))"),
                // No key of the question: four accounts with the total of all.
                "256");
    }

    @Test
    default void row_reads_the_total_of_its_own_group_through_its_account() {
        // x is 40, of which dave has 32; y is 24, of which bolt has 8.
        expect(
                plans(),
                ask(
                                "count(event)",
                                "count(event where per(account : sum(event.amount) >= 0.5 * total(sum(event.amount) by event.name)))")
                        .by("event.name"),
                "x | 4 | 1",
                "y | 2 | 0");
        expect(
                plans(),
                ask(
                                "count(event)",
                                "sum(event : per(account : total(sum(event.amount) by account.plan)))")
                        .by("account.plan"),
                "free | 1 | 8",
                "pro | 3 | 24",
                "none | 1 | 32",
                "no account | 1 | 0");
    }

    @Test
    default void total_beneath_members_is_by_a_key_of_formula_too() {
        // Acme alone has two events: 3; bolt, cord and dave have 8 + 5 + 32.
        expect(
                plans(),
                ask(
                                "count(account)",
                                "max(account : total(sum(event.amount) by (count(event) >= 2) as busy))")
                        .by("(count(event) >= 2) as busy"),
                "false | 3 | 45",
                "true | 1 | 3");
    }

    @Test
    default void total_of_members_is_of_those_of_the_group() {
        // Two of two accounts of pro have events in January, one in February.
        expect(
                plans(),
                ask("sum(account : total(count(account where exists(event)) by account.plan))")
                        .between("2026-01-01", "2026-03-01")
                        .grain(Grain.MONTH)
                        .by("account.plan"),
                "2026-01-01 | free | 1",
                "2026-01-01 | pro | 4",
                "2026-01-01 | none | 1",
                "2026-02-01 | free | 0",
                "2026-02-01 | pro | 2",
                "2026-02-01 | none | 0");
    }

    @Test
    default void users_of_one_key_in_two_accounts_have_totals_of_their_own() {
        expect(
                events().fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "x", 1)
                        .fact("event", "2026-01-05T10:00:00Z", "bolt", "ann", "x", 2)
                        .fact("event", "2026-01-06T10:00:00Z", "bolt", "ann", "y", 4),
                ask("max(user : total(sum(event.amount) by user))").by("user"),
                "ann | acme | 1",
                "ann | bolt | 6");
    }

    @Test
    default void groups_of_the_greatest_have_totals_of_their_own_groups_in_other_too() {
        // Shown is none (32); the others are bolt with 8 of free, acme and cord with 8 of pro.
        expect(
                plans(),
                ask(
                                "sum(account : sum(event.amount))",
                                "sum(account : total(sum(event.amount) by account.plan))")
                        .by("account.plan")
                        .top(1),
                "none | 32 | 32",
                "other | 16 | 24");
    }

    @Test
    default void filter_and_windows_are_those_of_the_total() {
        // Over two months pro is 12, of which acme has 7.
        expect(
                plans(),
                ask(
                                "sum(account where account = 'acme' : sum(event.amount) over last 2 months / total(sum(event.amount) by account.plan) over last 2 months)",
                                "max(account : prior(total(sum(event.amount) by account.plan)))")
                        .between("2026-02-01", "2026-03-01")
                        .where("account.plan = 'pro'")
                        .by("account.plan"),
                "pro | 0.583333333333 | 8");
    }

    @Test
    default void edges_of_time_in_a_total_beneath_members_are_those_of_the_members() {
        // Six events in the 31 days of January, one in the 28 of February.
        expect(
                plans(),
                ask(
                                "round(max(account : total(31 * count(event) / days(bucket.start, bucket.end))), 6)",
                                "round(max(account : total(31 * count(event) / days(window.start, window.end))), 6)")
                        .between("2026-01-01", "2026-03-01")
                        .grain(Grain.MONTH),
                "2026-01-01 | 6 | 6",
                "2026-02-01 | 1.107143 | 1.107143");
    }

    @Test
    default void units_of_members_read_the_total_of_the_group_in_the_unit() {
        // On the 5th, 6th and 7th pro is 1, 2 and 5, each of them all of one account's; elsewhere
        // there is nothing to divide by.
        expect(
                plans(),
                ask(
                                "sum(day : sum(account : total(sum(event.amount) by account.plan)))",
                                "sum(day : count(account where sum(event.amount) >= total(sum(event.amount) by account.plan) and exists(event)))")
                        .by("account.plan"),
                "free | 8 | 1",
                "pro | 16 | 3",
                "none | 32 | 1");
    }
}
