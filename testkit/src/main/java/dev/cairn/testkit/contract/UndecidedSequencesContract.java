package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static dev.cairn.testkit.data.SourceBuilder.source;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.testkit.data.WorldBuilder;
import org.junit.jupiter.api.Test;

/** A column says how many rows a negation left undecided among those that its rows are made of: steps, sides of a touch, what changes, what members are split by. */
public interface UndecidedSequencesContract extends ExecutorContract {
    String NOT_BILLING = "event where name != 'billing'";

    /** Of cord one row has no name; one more is of no account, and no step. One plan of cord is of no tier. */
    private WorldBuilder rows() {
        return events().member(account("acme").since("2025-01-01").with("seats", 20))
                .member(account("bolt").since("2025-01-01").with("seats", 2))
                .member(account("cord").since("2025-01-01"))
                .fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "billing", 1)
                .fact("event", "2026-01-05T10:00:00Z", "bolt", "bob", "sales", 10)
                .fact("event", "2026-01-06T10:00:00Z", "cord", "cid", null, 100)
                .fact("event", "2026-01-07T10:00:00Z", null, "dan", null, 1000)
                .source(
                        source("plan")
                                .date("starts")
                                .date("ends")
                                .account("customer")
                                .text("tier")
                                .money("mrr", "EUR")
                                .validity("starts", "ends")
                                .coverage("2026-01-01", "2026-04-01"))
                .fact("plan", "2026-01-02", null, "acme", "gold", 10)
                .fact("plan", "2026-01-02", null, "cord", null, 10)
                .slice("other_event", "event", "name != 'billing'")
                .slice("paid_plan", "plan", "tier != 'free'");
    }

    private static Question january(String formula) {
        return ask(formula).between("2026-01-01", "2026-02-01");
    }

    private void expectOne(String formula, String row, String name, String rewrite) {
        assertThat(notices(rows(), january(formula)))
                .as(formula)
                .containsExactly(
                        "m1 UNDECIDED: In 'm1' a negation is neither true nor false for 1 row of %s without a value of %s, and does not hold for it; to have it hold: %s."
                                .formatted(row, name, rewrite));
    }

    private void expectDecided(Question question) {
        assertThat(notices(rows(), question)).isEmpty();
    }

    @Test
    default void rows_that_negations_leave_undecided_may_be_steps() {
        for (var steps :
                new String[] {
                    NOT_BILLING + " -> event within 7 days per account",
                    "event -> " + NOT_BILLING + " within 7 days per account any",
                    NOT_BILLING + " -> " + NOT_BILLING + " within 7 days per account strict",
                    "other_event -> event within 7 days per account",
                    "event -> event within 7 days per account without " + NOT_BILLING
                }) {
            expectOne(
                    "count(steps(%s))".formatted(steps), "event", "name", "name is not 'billing'");
        }
        expectOne(
                "sum(account : count(steps(%s -> event within 7 days per account)))"
                        .formatted(NOT_BILLING),
                "event",
                "name",
                "name is not 'billing'");
    }

    @Test
    default void rows_that_negations_leave_undecided_may_be_touched_change_or_split_members() {
        expectOne(
                "count(touch(event after %s per account))".formatted(NOT_BILLING),
                "event",
                "name",
                "name is not 'billing'");
        expectOne(
                "count(touch(%s after event per account))".formatted(NOT_BILLING),
                "event",
                "name",
                "name is not 'billing'");
        expectOne("count(account by other_event.person)", "event", "name", "name is not 'billing'");
        expectOne(
                "count(changes(paid_plan.mrr per account))", "plan", "tier", "tier is not 'free'");
    }

    @Test
    default void keys_and_conditions_of_what_is_made_of_rows_are_none_of_theirs() {
        // A key of a later step, and a condition on the touch; of each the row of cord is
        // undecided, and with a filter by account it is not seen.
        var steps = "count(steps(%s -> event within 7 days per account))".formatted(NOT_BILLING);
        var touches = "count(touch(%s after event per account))".formatted(NOT_BILLING);
        assertThat(notices(rows(), january(steps).by("step_2.name"))).hasSize(1);
        assertThat(notices(rows(), january(touches).where("later.amount > 0"))).hasSize(1);
        expectDecided(january(steps).where("account is 'acme'"));
    }

    @Test
    default void rows_that_are_decided_or_not_seen_are_not_told() {
        expectDecided(
                january(
                        "count(steps(event where name is not 'billing' -> event within 7 days per account))"));
        expectDecided(
                january(
                        "count(steps(event where name = 'billing' -> event within 7 days per account))"));
        expectDecided(
                january(
                                "count(steps(%s -> event within 7 days per account))"
                                        .formatted(NOT_BILLING))
                        .scope("seats > 1"));
        expectDecided(january("count(account by event.person)"));
    }

    @Test
    default void what_is_told_of_a_column_is_the_same_whatever_is_asked_beside_it() {
        // The row of cord is a side of no touch because of the negation, whatever the filter keeps.
        var touches = "count(touch(%s after event per account))".formatted(NOT_BILLING);
        var acme = "account is 'acme'";
        var alone = notices(rows(), january(touches).where(acme));
        var beside =
                notices(
                        rows(),
                        ask(touches, "count(event)")
                                .between("2026-01-01", "2026-02-01")
                                .where(acme));
        assertThat(beside).isEqualTo(alone).hasSize(1);
    }
}
