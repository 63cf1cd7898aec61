package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.EntityBuilder.accounts;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static dev.cairn.testkit.data.SourceBuilder.source;

import dev.cairn.testkit.data.World;
import dev.cairn.testkit.data.WorldBuilder;
import org.junit.jupiter.api.Test;

/** Totals over groups of members that have windows of their own: whoever is asked makes a group, whatever is in the window, and the total is said in each. */
public interface TotalsOfWindowsContract extends ExecutorContract {
    String USED_SOON = "count(account where exists(use) over 14 days from account.signed_on)";

    /** Acme uses it on the day after it signs, bolt does not; the 14 days of core are not over where the data ends. */
    private static WorldBuilder signed() {
        return World.world()
                .entity(accounts().text("plan").date("signed_on"))
                .member(account("acme").with("plan", "pro").with("signed_on", "2026-01-05"))
                .member(account("bolt").with("plan", "free").with("signed_on", "2026-01-10"))
                .member(account("core").with("plan", "trial").with("signed_on", "2026-03-28"))
                .source(
                        source("use")
                                .date("used_on")
                                .account("customer")
                                .integer("spent")
                                .coverage("2026-01-01", "2026-04-01"))
                .source(
                        source("bill")
                                .date("sent_on")
                                .account("customer")
                                .coverage("2025-01-01", "2026-04-01"))
                .fact("bill", "2025-01-01", "acme")
                .fact("bill", "2025-01-01", "bolt")
                .fact("bill", "2025-01-01", "core")
                .fact("use", "2026-01-06", "acme", 7);
    }

    private static Question quarter(String... formulas) {
        return ask(formulas).between("2026-01-01", "2026-04-01");
    }

    @Test
    default void whoever_is_asked_makes_a_group_of_a_total_alone() {
        expect(
                signed(),
                quarter(USED_SOON).by("account.plan"),
                "free | 0",
                "pro | 1",
                "trial | NOT_YET");
        expect(
                signed(),
                quarter(
                                "total(" + USED_SOON + ")",
                                "total(max(account : sum(use.spent) over 14 days from account.signed_on))")
                        .by("account.plan"),
                "free | 1 | 7",
                "pro | 1 | 7",
                "trial | 1 | 7");
        expect(
                signed(),
                quarter("total(max(account : sum(use.spent) over 14 days from account.signed_on))")
                        .by("account.plan"),
                "free | 7",
                "pro | 7",
                "trial | 7");
    }

    @Test
    default void total_by_some_keys_is_said_in_all_groups_of_the_others() {
        expect(
                signed(),
                quarter("total(" + USED_SOON + " by account.plan)").by("account.plan", "account"),
                "free | bolt | 0",
                "pro | acme | 1",
                "trial | core | NOT_YET");
    }

    @Test
    default void who_is_pending_makes_no_group_of_a_key_that_reads_the_window() {
        // Of three accounts one used it soon, one did not, and of the third that is not known.
        String key = "(exists(use) over 14 days from account.signed_on) as soon";
        expect(signed(), quarter("total(count(account))").by(key), "false | 3", "true | 3");
        expect(
                signed(),
                quarter("count(account)", "total(count(account))").by(key),
                "false | 1 | 3",
                "true | 1 | 3");
        expect(signed(), quarter("total(" + USED_SOON + ")").by(key), "false | 1", "true | 1");
    }
}
