package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.MemberBuilder.account;

import dev.cairn.domain.model.Metric.Level;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.WorldBuilder;
import org.junit.jupiter.api.Test;

/** {@code asof} in formulas, by hand arithmetic. */
public interface AsOfContract extends ExecutorContract {
    /** acme signed on January 15, bolt on February 20, cord on no day. */
    private WorldBuilder signed() {
        return events().member(account("acme").since("2025-01-01").with("signed_on", "2026-01-15"))
                .member(account("bolt").since("2025-01-01").with("signed_on", "2026-02-20"))
                .member(account("cord").since("2025-01-01"))
                .fact("event", "2026-01-20T10:00:00Z", "acme", "ann", "a", 1)
                .fact("event", "2026-03-01T10:00:00Z", "acme", "ann", "a", 2)
                .fact("event", "2026-02-25T10:00:00Z", "bolt", "bob", "a", 4)
                .fact("event", "2026-01-31T10:00:00Z", "cord", "cid", "a", 8);
    }

    private Question quarter(String... formulas) {
        return ask(formulas).between("2026-01-01", "2026-04-01").asOf("2026-03-10T23:30:00Z");
    }

    @Test
    default void beside_an_instant_it_is_an_instant() {
        // The event of March 1 is 229.5 hours before as-of.
        expect(signed(), quarter("sum(event where hours(happened, asof) < 230 : amount)"), "2");
        expect(signed(), quarter("sum(event where hours(happened, asof) < 229 : amount)"), "0");
        expect(signed(), quarter("sum(event where happened >= asof - 14 days : amount)"), "6");
    }

    @Test
    default void beside_a_date_it_is_the_local_date() {
        // January 15 to March 10 are 54 days, February 20 to March 10 are 18.
        expect(signed(), quarter("avg(account : days(signed_on, asof))"), "36");
        // In Berlin it is March 11 already.
        expect(
                signed(),
                quarter("avg(account : days(signed_on, asof))").zone("Europe/Berlin"),
                "37");
        expect(signed(), quarter("count(account where signed_on < asof - 1 month)"), "1");
        expect(signed(), quarter("count(account where signed_on > trunc(asof, month))"), "0");
    }

    @Test
    default void it_stands_in_cells_metrics_and_per_account() {
        var since = "days(max(event : happened), asof)";
        expect(signed(), quarter(since).where("account in ('bolt')"), "13.5625");
        expect(
                signed().metric("silent", Level.ACCOUNT, null, since),
                quarter("max(account : silent)", "min(account : silent)"),
                "38.5625 | 9.5625");
        expect(
                signed(),
                quarter("sum(event where per(account : %s) > 13 : amount)".formatted(since)),
                "12");
    }

    @Test
    default void it_stands_in_keys_and_conditions() {
        expect(
                signed(),
                quarter("sum(event.amount)").by("(days(account.signed_on, asof)) as age"),
                "18 | 4",
                "54 | 3",
                "none | 8");
        expect(
                signed(),
                quarter("sum(event.amount)").by("(days(max(event : happened), asof) > 13) as gone"),
                "false | 3",
                "true | 12");
        expect(
                signed(),
                quarter("sum(event.amount)").where("days(account.signed_on, asof) > 18"),
                "3");
        expect(
                signed(),
                quarter("sum(event.amount)").scope("days(account.signed_on, asof) > 18"),
                "3");
    }

    @Test
    default void a_rule_is_read_at_the_end_of_the_bucket_and_no_later_than_as_of() {
        var world = signed().cohortBy("settled", "days(account.signed_on, asof) > 30");
        // At the end of February acme is 45 days old and bolt 9; on March 25 they are 69 and 33.
        var months = ask("count(account)").between("2026-01-01", "2026-04-01").grain(Grain.MONTH);
        expect(
                world,
                months.cohort("settled").asOf("2026-03-25T12:00:00Z"),
                "2026-01-01 | 0",
                "2026-02-01 | 1",
                "2026-03-01 | 2");
        expect(
                world,
                months.cohort("settled").asOf("2026-03-10T12:00:00Z"),
                "2026-01-01 | 0",
                "2026-02-01 | 1",
                "2026-03-01 | 1");
        // Days since the last event: at the end of February 39.6, 3.6 and 28.6; on March 25 24.1,
        // 28.1 and 53.1.
        expect(
                world.cohortBy("silent", "days(max(event : happened) over ever, asof) > 24"),
                months.cohort("silent").asOf("2026-03-25T12:00:00Z"),
                "2026-01-01 | 0",
                "2026-02-01 | 2",
                "2026-03-01 | 3");
    }

    @Test
    default void asked_as_of_the_same_instant_again_the_answer_is_the_same() {
        var ages = ask("avg(account : days(signed_on, asof))").between("2026-01-01", "2026-02-01");
        expect(signed(), ages.asOf("2026-03-10T23:30:00Z"), "36");
        expect(signed(), ages.asOf("2026-03-11T23:30:00Z"), "37");
    }
}
