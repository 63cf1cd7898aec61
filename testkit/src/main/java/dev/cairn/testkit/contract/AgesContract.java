package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.MemberBuilder.account;

import dev.cairn.domain.model.Metric.Level;
import dev.cairn.testkit.data.WorldBuilder;
import org.junit.jupiter.api.Test;

/** Ages as keys, by hand arithmetic. */
public interface AgesContract extends ExecutorContract {
    /** acme signed on January 15, bolt on February 20, cord on no day. */
    private WorldBuilder signed() {
        return events().member(account("acme").since("2025-01-01").with("signed_on", "2026-01-15"))
                .member(account("bolt").since("2025-01-01").with("signed_on", "2026-02-20"))
                .member(account("cord").since("2025-01-01"))
                .fact("event", "2026-01-20T10:00:00Z", "acme", "ann", "a", 1)
                .fact("event", "2026-01-31T23:30:00Z", "acme", "ann", "a", 2)
                .fact("event", "2026-03-01T10:00:00Z", "acme", "ann", "a", 4)
                .fact("event", "2026-02-25T10:00:00Z", "bolt", "bob", "a", 8)
                .fact("event", "2026-02-10T10:00:00Z", "bolt", "bob", "a", 16)
                .fact("event", "2026-01-31T10:00:00Z", "bolt", "bob", "a", 32)
                .fact("event", "2026-01-31T10:00:00Z", "cord", "cid", "a", 64)
                .fact("event", "2026-01-31T10:00:00Z", null, "dan", "a", 128);
    }

    private Question quarter(String... formulas) {
        return ask(formulas).between("2026-01-01", "2026-04-01");
    }

    @Test
    default void an_age_is_the_number_of_buckets_between_and_below_zero_none() {
        expect(
                signed(),
                quarter("sum(event.amount)").by("age month from account.signed_on"),
                "0 | 27",
                "2 | 4",
                "none | 96",
                "no account | 128");
    }

    @Test
    default void an_age_is_by_local_dates_of_the_question() {
        // In Berlin the second event of acme is of February.
        expect(
                signed(),
                quarter("sum(event.amount)")
                        .zone("Europe/Berlin")
                        .by("age month from account.signed_on"),
                "0 | 25",
                "1 | 2",
                "2 | 4",
                "none | 96",
                "no account | 128");
    }

    @Test
    default void an_age_may_be_in_days_quarters_or_years() {
        expect(
                signed(),
                quarter("sum(event.amount)")
                        .where("account in ('acme')")
                        .by("age day from account.signed_on", "age year from account.signed_on"),
                "5 | 0 | 1",
                "16 | 0 | 2",
                "45 | 0 | 4");
        expect(
                signed(),
                quarter("sum(event.amount)")
                        .where("account in ('acme')")
                        .by("age quarter from account.signed_on"),
                "0 | 7");
    }

    @Test
    default void an_age_in_weeks_is_by_their_mondays() {
        // acme signed in the week of January 12, bolt in that of February 16; March 1 is a Sunday.
        expect(
                signed(),
                quarter("sum(event.amount)").by("age week from account.signed_on"),
                "1 | 9",
                "2 | 2",
                "6 | 4",
                "none | 112",
                "no account | 128");
    }

    @Test
    default void an_age_in_periods_of_a_calendar_is_by_them() {
        // Quarters begin in November and February.
        expect(
                signed().calendar("fiscal", "02-01"),
                quarter("sum(event.amount)").by("age fiscal.quarter from account.signed_on"),
                "0 | 27",
                "1 | 4",
                "none | 96",
                "no account | 128");
    }

    @Test
    default void an_age_is_since_the_start_of_the_account_unless_it_says_otherwise() {
        expect(
                signed(),
                quarter("sum(event.amount)").by("age month"),
                "12 | 99",
                "13 | 24",
                "14 | 4",
                "no account | 128");
    }

    @Test
    default void an_account_without_a_declared_start_begins_with_its_first_fact() {
        var world =
                events().fact("event", "2026-01-31T23:30:00Z", "dell", "dan", "a", 1)
                        .fact("event", "2026-03-01T10:00:00Z", "dell", "dan", "a", 2);
        expect(world, quarter("sum(event.amount)").by("age month"), "0 | 1", "2 | 2");
        // In Berlin the first event is of February.
        expect(
                world,
                quarter("sum(event.amount)").zone("Europe/Berlin").by("(age month) as tenure"),
                "0 | 1",
                "1 | 2");
    }

    @Test
    default void an_age_orders_and_filters() {
        expect(
                signed(),
                quarter("sum(event.amount)")
                        .by("age month from account.signed_on")
                        .where("account is not none")
                        .orderBy("-age month from account.signed_on"),
                "2 | 4",
                "0 | 27",
                "none | 96");
    }

    @Test
    default void an_age_beside_the_month_of_its_start_is_a_matrix_with_totals() {
        expect(
                signed(),
                quarter("distinct(event.account)", "sum(event.amount)")
                        .where("account in ('acme', 'bolt')")
                        .by("account.signed_on by month", "age month from account.signed_on")
                        .totals(),
                "2026-01-01 | 0 | 1 | 3",
                "2026-01-01 | 2 | 1 | 4",
                "2026-02-01 | 0 | 1 | 24",
                "2026-02-01 | none | 1 | 32",
                "total | total | 2 | 63");
    }

    @Test
    default void an_age_may_stand_in_the_expression_of_a_key() {
        expect(
                signed(),
                quarter("sum(event.amount)")
                        .by("(least(age month from account.signed_on, 1)) as age"),
                "0 | 27",
                "1 | 4",
                "none | 96",
                "no account | 128");
    }

    @Test
    default void an_age_may_be_since_what_an_account_did_first() {
        // Since the first event: of acme January, of bolt January, of cord January.
        expect(
                signed().metric(
                                "first_event",
                                Level.ACCOUNT,
                                null,
                                "min(event : happened) over ever"),
                quarter("count(event)").by("age month from first_event"),
                "0 | 4",
                "1 | 2",
                "2 | 1",
                "no account | 1");
    }
}
