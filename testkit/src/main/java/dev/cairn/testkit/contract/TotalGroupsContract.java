package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.EntityBuilder.accounts;
import static dev.cairn.testkit.data.MemberBuilder.account;

import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.model.Metric.Level;
import dev.cairn.domain.model.Metric.RollUp;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.WorldBuilder;
import org.junit.jupiter.api.Test;

/** Of which groups {@code total} is, and which it makes, by hand arithmetic. */
public interface TotalGroupsContract extends ExecutorContract {
    String BUSY = "(count(event) >= 2) as busy";

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
                .fact("event", "2026-02-06T10:00:00Z", "cord", "cid", "b", 64)
                .metric("usage", Level.ACCOUNT, RollUp.AVG, "count(event)", false);
    }

    // ---- the groups that a total makes

    @Test
    default void a_total_alone_has_the_groups_of_its_rows() {
        expect(
                plans(),
                ask("total(sum(event.amount))").by("account.plan"),
                "free | 31",
                "pro | 31",
                "no account | 31");
        expect(
                plans(),
                ask("total(sum(event.amount) by account.plan)").by("account.plan", "event.name"),
                "free | a | 8",
                "pro | a | 7",
                "pro | b | 7",
                "no account | b | 16");
    }

    @Test
    default void rows_of_a_total_make_groups_beside_other_columns() {
        // Only acme has an event called 'b' and an account; bolt and no account have other events.
        expect(
                plans(),
                ask("count(event where name = 'b' and account is not none)", "total(count(event))")
                        .by("account"),
                "acme | 1 | 5",
                "bolt | 0 | 5",
                "no account | 0 | 5");
    }

    @Test
    default void a_total_alone_has_groups_in_every_bucket_and_in_totals() {
        expect(
                plans(),
                ask("total(count(event))")
                        .between("2026-01-01", "2026-03-01")
                        .grain(Grain.MONTH)
                        .by("account")
                        .totals(),
                "2026-01-01 | acme | 5",
                "2026-01-01 | bolt | 5",
                "2026-01-01 | cord | 5",
                "2026-01-01 | no account | 5",
                "2026-02-01 | acme | 2",
                "2026-02-01 | bolt | 2",
                "2026-02-01 | cord | 2",
                "2026-02-01 | no account | 2",
                "2026-01-01 | total | 5",
                "2026-02-01 | total | 2",
                "all | acme | 7",
                "all | bolt | 7",
                "all | cord | 7",
                "all | no account | 7",
                "all | total | 7");
        expect(
                plans(),
                ask("total(count(event))")
                        .between("2026-01-01", "2026-03-01")
                        .grain(Grain.MONTH)
                        .by("account")
                        .sparse(),
                "2026-01-01 | acme | 5",
                "2026-01-01 | bolt | 5",
                "2026-01-01 | no account | 5",
                "2026-02-01 | acme | 2",
                "2026-02-01 | cord | 2");
    }

    @Test
    default void groups_of_a_total_are_those_of_its_own_rows_windows_counted() {
        // Of an account with a name a: in January acme and bolt, in the two months the same.
        expect(
                plans(),
                ask("total(count(event where name = 'a' and account is not none)) over last 2 months")
                        .between("2026-02-01", "2026-03-01")
                        .by("account"),
                "acme | 4",
                "bolt | 4");
        expect(
                plans(),
                ask("total(prior(sum(event.amount)))")
                        .between("2026-02-01", "2026-03-01")
                        .by("event.name"),
                "a | 31",
                "b | 31");
    }

    @Test
    default void a_total_of_members_alone_has_the_groups_of_those_it_takes() {
        expect(
                plans(),
                ask("total(count(account where exists(event)))").by("account.plan"),
                "free | 2",
                "pro | 2");
        expect(
                plans(),
                ask("total(avg(account : count(event)))").by("account"),
                "acme | 1.33333333333",
                "bolt | 1.33333333333",
                "cord | 1.33333333333");
    }

    @Test
    default void shares_of_a_total_are_kept_and_ordered_by_their_column() {
        var shares = ask("sum(event.amount)", "sum(event.amount) / total(sum(event.amount))");
        expect(
                plans(),
                shares.by("event.name").having("m2", Operator.GT, "0.5"),
                "b | 20 | 0.645161290323");
        expect(
                plans(),
                shares.by("event.name").orderBy("-m2"),
                "b | 20 | 0.645161290323",
                "a | 11 | 0.354838709677");
        expect(
                plans(),
                ask("sum(event.amount)", "total(sum(event.amount) by account.plan)")
                        .by("account.plan", "event.name")
                        .having("m2", Operator.LT, "10")
                        .orderBy("m2"),
                "pro | a | 3 | 7",
                "pro | b | 4 | 7",
                "free | a | 8 | 8");
    }

    // ---- by keys that are computed per account

    @Test
    default void a_key_that_is_computed_per_account_may_stay() {
        // Acme has three events, bolt one.
        expect(
                plans(),
                ask("sum(event.amount)", "total(sum(event.amount) by " + BUSY + ")")
                        .by(BUSY, "event.name"),
                "false | a | 8 | 8",
                "true | a | 3 | 7",
                "true | b | 4 | 7",
                "no account | b | 16 | 16");
        expect(
                plans(),
                ask("total(sum(event.amount) by (usage >= 2) as repeat)")
                        .by("(usage >= 2) as repeat", "event.name"),
                "false | a | 8",
                "true | a | 7",
                "true | b | 7",
                "no account | b | 16");
    }

    @Test
    default void a_computed_key_is_named_by_what_it_is() {
        // Another formula, another window and another name; of these the last alone is the key.
        expect(
                plans(),
                ask(
                                "total(sum(event.amount) by (count(event) >= 3) as busy)",
                                "total(sum(event.amount) by (count(event) over last 7 days >= 2) as busy)",
                                "total(sum(event.amount) by (count(event)>=2) as often, event.name)")
                        .by(BUSY, "event.name"),
                "false | a | 31 | 31 | 8",
                "true | a | 31 | 31 | 3",
                "true | b | 31 | 31 | 4",
                "no account | b | 31 | 31 | 16");
    }

    @Test
    default void computed_keys_stay_for_members_and_in_every_bucket() {
        expect(
                plans(),
                ask("count(account)", "total(count(account) by " + BUSY + ")")
                        .by(BUSY, "account.plan"),
                "false | free | 1 | 2",
                "false | pro | 1 | 2",
                "true | pro | 1 | 1");
        // Acme has four events in the range and one in February.
        expect(
                plans(),
                ask("sum(event.amount)", "total(sum(event.amount) by " + BUSY + ")")
                        .between("2026-01-01", "2026-03-01")
                        .grain(Grain.MONTH)
                        .by(BUSY)
                        .totals(),
                "2026-01-01 | false | 8 | 8",
                "2026-01-01 | true | 7 | 7",
                "2026-01-01 | no account | 16 | 16",
                "2026-02-01 | false | 96 | 96",
                "2026-02-01 | true | 0 | 0",
                "2026-02-01 | no account | 0 | 0",
                "2026-01-01 | total | 31 | 31",
                "2026-02-01 | total | 96 | 96",
                "all | false | 72 | 72",
                "all | true | 39 | 39",
                "all | no account | 16 | 16",
                "all | total | 127 | 127");
    }

    @Test
    default void computed_keys_stay_beneath_shifts_and_beside_ranks() {
        // In February of accounts by how many events they have: in the month before by those of
        // then.
        expect(
                plans(),
                ask(
                                "sum(event.amount)",
                                "total(prior(sum(event.amount)) by " + BUSY + ")",
                                "rank(total(sum(event.amount) by " + BUSY + "))")
                        .between("2026-02-01", "2026-03-01")
                        .by(BUSY, "event.name"),
                "false | a | 32 | 8 | 1",
                "false | b | 64 | 8 | 1",
                "true | a | 0 | 7 | 3",
                "true | b | 0 | 7 | 3",
                "no account | b | 0 | 16 | 3");
    }

    @Test
    default void cohorts_by_a_rule_over_facts_may_stay() {
        expect(
                plans().cohortBy("active", "count(event) over ever > 1"),
                ask("sum(event.amount)", "total(sum(event.amount) by active)")
                        .by("active", "event.name"),
                "false | a | 8 | 8",
                "true | a | 3 | 7",
                "true | b | 4 | 7",
                "no account | b | 16 | 16");
    }

    // ---- in a key

    @Test
    default void a_total_in_a_key_is_of_all_accounts_together() {
        // Acme has three of five events, bolt one.
        expect(
                plans(),
                ask("count(event)").by("(count(event) / total(count(event)) >= 0.5) as big"),
                "false | 1",
                "true | 3",
                "no account | 1");
        expect(
                plans(),
                ask("count(account)")
                        .by(
                                "(round(100 * per(account : count(event) / total(count(event))))) as part"),
                "0 | 1",
                "20 | 1",
                "60 | 1");
    }

    @Test
    default void a_total_in_a_key_is_of_scope_and_filter_whatever_the_other_keys_are() {
        var big = "(count(event) / total(count(event)) >= 0.5) as big";
        expect(
                plans(),
                ask("count(event)").filter("account.plan", Operator.IN, "free").by(big),
                "true | 1");
        expect(
                plans(),
                ask("count(event)").scope("account.plan = 'free'").by(big, "event.name"),
                "true | a | 1");
        expect(
                plans(),
                ask("count(event)").by(big, "account.plan", BUSY),
                "false | free | false | 1",
                "true | pro | true | 3",
                "no account | no account | no account | 1");
    }

    @Test
    default void a_total_in_a_key_is_of_the_bucket_and_in_totals_of_the_range() {
        // In February acme has one of two events, in the range four of seven.
        expect(
                plans(),
                ask("count(event)")
                        .between("2026-01-01", "2026-03-01")
                        .grain(Grain.MONTH)
                        .where("account is not none")
                        .by("(count(event) / total(count(event)) > 0.5) as big")
                        .totals(),
                "2026-01-01 | false | 1",
                "2026-01-01 | true | 3",
                "2026-02-01 | false | 2",
                "2026-02-01 | true | 0",
                "2026-01-01 | total | 4",
                "2026-02-01 | total | 2",
                "all | false | 2",
                "all | true | 4",
                "all | total | 6");
    }

    @Test
    default void a_total_in_a_key_has_test_accounts_where_the_question_has() {
        var world =
                events().entity(accounts().test("is_test"))
                        .member(account("acme").since("2025-01-01").with("is_test", false))
                        .member(account("trial").since("2025-01-01").with("is_test", true))
                        .fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "a", 1)
                        .fact("event", "2026-01-05T10:00:00Z", "trial", "bob", "a", 2)
                        .fact("event", "2026-01-06T10:00:00Z", "trial", "bob", "a", 4);
        var part = "(round(100 * sum(event.amount) / total(sum(event.amount)))) as part";
        expect(world, ask("count(event)").by(part), "100 | 1");
        expect(
                world,
                ask("count(event)").by(part, "account.is_test"),
                "14 | false | 1",
                "86 | true | 2");
    }
}
