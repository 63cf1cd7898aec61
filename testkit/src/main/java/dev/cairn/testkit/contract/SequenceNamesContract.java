package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.EntityBuilder.accounts;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static dev.cairn.testkit.data.SourceBuilder.source;

import dev.cairn.testkit.data.World;
import dev.cairn.testkit.data.WorldBuilder;
import org.junit.jupiter.api.Test;

/** Names of changes and touches where something else has them, and what is said instead of what is refused. */
public interface SequenceNamesContract extends ExecutorContract {
    String CHANGES = "changes(plan.fee per account)";

    /** Plans from when until when, of whom, for how much in which currency, of what kind. */
    private static WorldBuilder plans() {
        return World.world()
                .entity(accounts().date("signed").text("kind"))
                .source(
                        source("plan")
                                .date("begun")
                                .date("ended")
                                .account("customer")
                                .integer("fee")
                                .text("kind")
                                .validity("begun", "ended")
                                .coverage("2026-01-01", "2026-05-01"))
                .member(account("acme").with("signed", "2026-01-05").with("kind", "churn"))
                .member(account("bolt").with("signed", "2026-02-01").with("kind", "new"))
                .fact("plan", "2026-01-05", "2026-02-10", "acme", 10, "trial")
                .fact("plan", "2026-02-10", null, "acme", 25, "paid")
                .fact("plan", "2026-02-01", "2026-03-01", "bolt", 40, "paid");
    }

    private static Question asked(String... formulas) {
        return ask(formulas).between("2026-01-01", "2026-05-01");
    }

    @Test
    default void a_field_of_a_change_is_meant_where_it_is_written_in_full() {
        // Acme's is new with 10 and expands by 15; bolt's is new with 40 and gone.
        var delta = "sum(%s : delta)".formatted(CHANGES);
        expect(
                plans(),
                asked(delta).by("change.kind"),
                "churn | -40",
                "expansion | 15",
                "new | 50");
        expect(plans(), asked(delta).where("change.kind = 'new'"), "50");
        expect(
                plans(),
                asked("sum(%s where change.kind = 'new' : change.value_after)".formatted(CHANGES)),
                "50");
        // What the account is is another thing.
        expect(plans(), asked(delta).where("account.kind = 'new'"), "0");
        expect(plans(), asked(delta).by("account.kind"), "churn | 25", "new | 0");
    }

    @Test
    default void changes_in_a_window_of_each_member_are_said_by_a_condition() {
        // Within 30 days of 5 January acme has one of its two changes, bolt within 30 of 1 February
        // both.
        expect(
                plans(),
                asked(
                        "sum(account : count(%s where changed_at >= account.signed and changed_at < account.signed + 30 days) over ever)"
                                .formatted(CHANGES)),
                "3");
    }

    @Test
    default void amounts_of_one_currency_change() {
        var world =
                World.world()
                        .entity(accounts())
                        .source(
                                source("contract")
                                        .date("begun")
                                        .date("ended")
                                        .account("customer")
                                        .text("currency")
                                        .moneyIn("fee", "currency")
                                        .validity("begun", "ended")
                                        .coverage("2026-01-01", "2026-05-01"))
                        .slice("euros", "contract", "currency = 'EUR'")
                        .fact("contract", "2026-01-05", "2026-02-10", "acme", "EUR", 10)
                        .fact("contract", "2026-02-10", null, "acme", "EUR", 25)
                        .fact("contract", "2026-02-01", null, "acme", "USD", 1000);
        expect(
                world,
                asked(
                        "sum(changes(euros.fee per account) : delta)",
                        "max(changes(euros.fee per account) where kind = 'expansion' : value_after)",
                        "count(changes(euros.fee per account))"),
                "25 | 25 | 2");
    }

    @Test
    default void either_order_of_two_sources_is_two_sequences() {
        var world =
                World.world()
                        .entity(accounts())
                        .source(
                                source("visit")
                                        .date("on_day")
                                        .account("customer")
                                        .coverage("2026-01-01", "2026-05-01"))
                        .source(
                                source("call")
                                        .date("on_day")
                                        .account("customer")
                                        .coverage("2026-01-01", "2026-05-01"))
                        .fact("visit", "2026-01-05", "acme")
                        .fact("call", "2026-01-07", "acme")
                        .fact("call", "2026-01-10", "bolt")
                        .fact("visit", "2026-01-12", "bolt")
                        .fact("call", "2026-01-10", "cyd")
                        .fact("visit", "2026-02-10", "cyd");
        // Acme visits and calls, bolt calls and visits, cyd takes too long for it.
        expect(
                world,
                asked(
                        "count(steps(visit -> call within 7 days per account) where completed) + count(steps(call -> visit within 7 days per account) where completed)",
                        "count(steps(visit -> call within 7 days per account) where per(account : count(call)) > 0 and completed)"),
                "2 | 1");
    }
}
