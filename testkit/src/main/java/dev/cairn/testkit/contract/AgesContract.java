package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static dev.cairn.testkit.data.SourceBuilder.source;

import dev.cairn.domain.model.Metric.Level;
import dev.cairn.domain.time.Grain;
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

    /**
     * acme begins on January 10, bolt on January 20, cord on February 5; acme acts in January, February and March, bolt in January and March, cord in
     * February.
     */
    private WorldBuilder cohorts() {
        return events().member(account("acme").since("2026-01-10").with("signed_on", "2026-01-10"))
                .member(account("bolt").since("2026-01-20").with("signed_on", "2026-01-20"))
                .member(account("cord").since("2026-02-05").with("signed_on", "2026-02-05"))
                .fact("event", "2026-01-15T00:00:00Z", "acme", "ann", "a", 1)
                .fact("event", "2026-01-16T00:00:00Z", "acme", "ann", "a", 1)
                .fact("event", "2026-01-25T00:00:00Z", "bolt", "bob", "a", 1)
                .fact("event", "2026-02-15T00:00:00Z", "acme", "ann", "a", 1)
                .fact("event", "2026-02-16T00:00:00Z", "cord", "cid", "a", 1)
                .fact("event", "2026-03-15T00:00:00Z", "acme", "ann", "a", 1)
                .fact("event", "2026-03-16T00:00:00Z", "bolt", "bob", "a", 1);
    }

    @Test
    default void members_have_an_age_in_each_bucket_of_the_range() {
        // Of the two of January both are active in it, one in February, two in March; a total is of
        // the whole range, in which each is active.
        expect(
                cohorts(),
                quarter(
                                "count(account)",
                                "count(account where exists(event))",
                                "share(account : exists(event))",
                                "sum(account : count(event))")
                        .by("account.signed_on by month", "age month")
                        .totals(),
                "2026-01-01 | 0 | 2 | 2 | 1 | 3",
                "2026-01-01 | 1 | 2 | 1 | 0.5 | 1",
                "2026-01-01 | 2 | 2 | 2 | 1 | 2",
                "2026-02-01 | 0 | 1 | 1 | 1 | 1",
                "2026-02-01 | 1 | 1 | 0 | 0 | 0",
                "total | total | 3 | 3 | 1 | 7");
    }

    @Test
    default void an_age_that_time_has_not_reached_is_not_yet_and_never_0() {
        // As of March 10 nothing is known of acme's March; it has begun.
        expect(
                cohorts(),
                quarter("count(account)", "count(account where exists(event))", "count(event)")
                        .between("2026-01-01", "2026-07-01")
                        .asOf("2026-03-10T00:00:00Z")
                        .by("account.signed_on by month", "age month"),
                "2026-01-01 | 0 | 2 | 2 | 3",
                "2026-01-01 | 1 | 2 | 1 | 1",
                "2026-01-01 | 2 | 2 | 0 | 0",
                "2026-01-01 | 3 | NOT_YET | NOT_YET | NOT_YET",
                "2026-01-01 | 4 | NOT_YET | NOT_YET | NOT_YET",
                "2026-01-01 | 5 | NOT_YET | NOT_YET | NOT_YET",
                "2026-02-01 | 0 | 1 | 1 | 1",
                "2026-02-01 | 1 | 1 | 0 | 0",
                "2026-02-01 | 2 | NOT_YET | NOT_YET | NOT_YET",
                "2026-02-01 | 3 | NOT_YET | NOT_YET | NOT_YET",
                "2026-02-01 | 4 | NOT_YET | NOT_YET | NOT_YET");
    }

    @Test
    default void what_members_do_in_windows_is_read_from_the_bucket_of_their_age() {
        // Over the last two months each is active in the months of its age 0 and 1; prior is the
        // month before.
        expect(
                cohorts(),
                quarter(
                                "count(account where exists(event) over last 2 months)",
                                "count(account where exists(event) and not prior(exists(event)))",
                                "median(account : count(event))")
                        .by("(least(age month, 1)) as age"),
                "0 | 3 | 1 | 1",
                "1 | 5 | 1 | 1");
    }

    @Test
    default void an_age_of_members_may_be_of_a_metric_and_below_zero_is_none() {
        expect(
                cohorts()
                        .metric(
                                "first_event",
                                Level.ACCOUNT,
                                null,
                                "min(event where amount > 0 : happened) over ever"),
                quarter("count(account where exists(event))")
                        .by("age month from account.signed_on"),
                "0 | 3",
                "1 | 1",
                "2 | 2");
        expect(
                cohorts()
                        .member(
                                account("dell")
                                        .since("2026-01-01")
                                        .with("signed_on", "2026-03-05")),
                quarter("count(account)")
                        .where("account in ('dell')")
                        .by("age month from account.signed_on"),
                "0 | 1",
                "none | 2");
    }

    @Test
    default void users_have_the_age_of_their_account() {
        expect(
                cohorts(),
                quarter("count(user where exists(event))").by("age month"),
                "0 | 3",
                "1 | 1",
                "2 | 2");
    }

    @Test
    default void a_total_of_other_keys_is_of_all_ages() {
        expect(
                cohorts(),
                quarter(
                                "count(account)",
                                "total(count(account) by account.signed_on by month)",
                                "total(count(account) by age month)",
                                "total(count(event) by age month)")
                        .by("account.signed_on by month", "age month"),
                "2026-01-01 | 0 | 2 | 2 | 3 | 4",
                "2026-01-01 | 1 | 2 | 2 | 3 | 1",
                "2026-01-01 | 2 | 2 | 2 | 2 | 2",
                "2026-02-01 | 0 | 1 | 1 | 3 | 4",
                "2026-02-01 | 1 | 1 | 1 | 3 | 1");
    }

    @Test
    default void beside_a_time_axis_an_age_is_not_yet_there_before_time_reaches_it() {
        expect(
                cohorts(),
                quarter("count(account)", "count(account where exists(event))", "count(event)")
                        .grain(Grain.MONTH)
                        .where("account.signed_on < @2026-02-01")
                        .by("account.signed_on by month", "age month from account.signed_on")
                        .totals(),
                "2026-01-01 | 2026-01-01 | 0 | 2 | 2 | 3",
                "2026-01-01 | 2026-01-01 | 1 | NOT_YET | NOT_YET | NOT_YET",
                "2026-01-01 | 2026-01-01 | 2 | NOT_YET | NOT_YET | NOT_YET",
                "2026-02-01 | 2026-01-01 | 0 | 0 | 0 | 0",
                "2026-02-01 | 2026-01-01 | 1 | 2 | 1 | 1",
                "2026-02-01 | 2026-01-01 | 2 | NOT_YET | NOT_YET | NOT_YET",
                "2026-03-01 | 2026-01-01 | 0 | 0 | 0 | 0",
                "2026-03-01 | 2026-01-01 | 1 | 0 | 0 | 0",
                "2026-03-01 | 2026-01-01 | 2 | 2 | 2 | 2",
                "2026-01-01 | total | total | 2 | 2 | 3",
                "2026-02-01 | total | total | 2 | 1 | 1",
                "2026-03-01 | total | total | 2 | 2 | 2",
                "all | 2026-01-01 | 0 | 2 | 2 | 3",
                "all | 2026-01-01 | 1 | 2 | 1 | 1",
                "all | 2026-01-01 | 2 | 2 | 2 | 2",
                "all | total | total | 2 | 2 | 6");
    }

    @Test
    default void beside_an_axis_of_shorter_buckets_an_age_is_reached_with_its_first_bucket() {
        // The week of January 26 ends with February 1. The first event of age 1 is of February 15.
        expect(
                cohorts(),
                ask("count(event)")
                        .between("2026-01-19", "2026-02-16")
                        .grain(Grain.WEEK)
                        .where("account in ('acme')")
                        .by("account", "age month"),
                "2026-01-19 | acme | 1 | NOT_YET",
                "2026-01-26 | acme | 1 | 0",
                "2026-02-02 | acme | 1 | 0",
                "2026-02-09 | acme | 1 | 1");
    }

    @Test
    default void what_is_valid_has_an_age_in_each_bucket_of_the_range() {
        var world =
                cohorts()
                        .source(
                                source("contract")
                                        .date("starts_on")
                                        .date("ends_on")
                                        .account("customer")
                                        .decimal("mrr")
                                        .validity("starts_on", "ends_on")
                                        .coverage("2026-01-01", "2026-03-01"))
                        .fact("contract", "2026-01-10", null, "acme", 100)
                        .fact("contract", "2026-01-20", "2026-02-10", "bolt", 50);
        // Of March nothing is known yet.
        expect(
                world,
                quarter("sum(contract at end : mrr)", "count(contract during)")
                        .by("age month from contract.starts_on"),
                "0 | 150 | 2",
                "1 | 100 | 2",
                "2 | NOT_YET | NOT_YET");
        // Of events March is known: what is not known of contracts says nothing of them.
        expect(
                world,
                quarter("sum(contract at end : mrr)", "count(event where name = 'b')")
                        .by("age month from account.signed_on"),
                "0 | 150 | 0",
                "1 | 100 | 0",
                "2 | NOT_YET | 0");
    }

    @Test
    default void nothing_in_units_that_are_known_is_nothing_whatever_is_known_of_the_others() {
        // acme is valid from January, bolt from February. Of the age 1 acme's February is known, in
        // which nothing is gold; bolt's March is not known.
        var world =
                cohorts()
                        .source(
                                source("contract")
                                        .date("starts_on")
                                        .date("ends_on")
                                        .account("customer")
                                        .text("tier")
                                        .decimal("mrr")
                                        .validity("starts_on", "ends_on")
                                        .coverage("2026-01-01", "2026-03-01"))
                        .fact("contract", "2026-01-10", null, "acme", "silver", 100)
                        .fact("contract", "2026-02-05", null, "bolt", "gold", 50);
        expect(
                world,
                quarter(
                                "count(contract at end where tier = 'gold')",
                                "sum(contract at end where tier = 'gold' : mrr)",
                                "count(contract at end where tier = 'silver')")
                        .by("age month from contract.starts_on"),
                "0 | 1 | 50 | 1",
                "1 | 0 | 0 | 1",
                "2 | NOT_YET | NOT_YET | NOT_YET");
        // Asked alone, the groups of what no leaf takes where it is known are not there.
        expect(
                world,
                quarter("count(contract at end where tier = 'copper')")
                        .by("age month from contract.starts_on"),
                "1 | 0",
                "2 | NOT_YET");
        expect(
                world,
                quarter(
                                "count(account where exists(contract during where tier = 'gold'))",
                                "count(account where exists(contract during where tier = 'copper'))")
                        .by("age month from account.signed_on"),
                "1 | 1 | 0",
                "2 | NOT_YET | NOT_YET");
    }
}
