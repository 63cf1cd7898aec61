package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.EntityBuilder.accounts;
import static dev.cairn.testkit.data.EntityBuilder.users;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static dev.cairn.testkit.data.SourceBuilder.source;

import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.data.WorldBuilder;
import org.junit.jupiter.api.Test;

/** Sources with a row for each account and day, of which the first or the last of a bucket counts: balances, seats. */
public interface SnapshotsContract extends ExecutorContract {
    /** Acme has 10, at the end of January 12, from February 10 on 7; bolt has 100 at the end of January and 50 at the end of March. */
    private static WorldBuilder balances() {
        return World.world()
                .entity(accounts().text("plan"))
                .entity(users().text("role"))
                .source(
                        source("balance")
                                .date("day")
                                .account("customer")
                                .user("person")
                                .decimal("amount")
                                .coverage("2026-01-01", "2026-04-01"))
                .member(account("acme").since("2025-01-01").with("plan", "pro"))
                .member(account("bolt").since("2025-01-01").with("plan", "free"))
                .fact("balance", "2026-01-05", "acme", "ann", 10)
                .fact("balance", "2026-01-31", "acme", "ann", 12)
                .fact("balance", "2026-02-10", "acme", "abe", 7)
                .fact("balance", "2026-01-31", "bolt", "bob", 100)
                .fact("balance", "2026-03-31", "bolt", "bob", 50);
    }

    private static Question quarter(String... formulas) {
        return ask(formulas).between("2026-01-01", "2026-04-01");
    }

    @Test
    default void last_and_first_row_of_each_account_in_the_bucket_count() {
        expect(
                balances(),
                quarter(
                                "sum(account : last(balance.amount))",
                                "sum(account : first(balance.amount))",
                                "avg(account : last(balance.amount))")
                        .grain(Grain.MONTH)
                        .totals(),
                "2026-01-01 | 112 | 110 | 56",
                "2026-02-01 | 7 | 7 | 7",
                "2026-03-01 | 50 | 50 | 50",
                "all | 57 | 110 | 28.5");
    }

    /** In February nobody has a row in the last week, and in the whole range bolt alone. */
    @Test
    default void rows_of_a_window_are_looked_at_too() {
        expect(
                balances(),
                quarter(
                                "sum(account : last(balance.amount) over last 7 days)",
                                "sum(account : last(balance.amount) over all)")
                        .grain(Grain.MONTH)
                        .totals(),
                "2026-01-01 | 112 | 112",
                "2026-02-01 | 0 | 107",
                "2026-03-01 | 50 | 57",
                "all | 50 | 57");
    }

    @Test
    default void groups_have_the_rows_of_their_accounts() {
        expect(
                balances(),
                quarter("sum(account : last(balance.amount))").by("account.plan").totals(),
                "free | 50",
                "pro | 7",
                "total | 57");
    }

    @Test
    default void each_user_has_a_last_row_too() {
        expect(
                balances(),
                quarter("sum(user : last(balance.amount))").grain(Grain.MONTH).totals(),
                "2026-01-01 | 112",
                "2026-02-01 | 7",
                "2026-03-01 | 50",
                "all | 69");
    }

    /** Rows of accounts that ended with more than 10. */
    @Test
    default void value_of_the_account_of_a_row_is_its_last_one() {
        expect(
                balances(),
                quarter(
                                "sum(balance where per(account : last(balance.amount)) > 10 : amount)",
                                "max(balance : per(account : last(balance.amount)))")
                        .grain(Grain.MONTH),
                "2026-01-01 | 122 | 100",
                "2026-02-01 | 0 | 7",
                "2026-03-01 | 50 | 50");
    }
}
