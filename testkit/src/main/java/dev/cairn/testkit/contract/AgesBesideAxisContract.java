package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.EntityBuilder.accounts;
import static dev.cairn.testkit.data.EntityBuilder.users;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static dev.cairn.testkit.data.SourceBuilder.source;

import dev.cairn.domain.analysis.Comparison;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.data.WorldBuilder;
import org.junit.jupiter.api.Test;

/** Ages as keys beside a time axis, of what is read in another bucket or window, by hand arithmetic. */
public interface AgesBesideAxisContract extends ExecutorContract {
    /**
     * acme signed on January 10, bolt on January 20, cord on February 5. acme acts twice in January, in February and March; bolt in January and March; cord in
     * February. All is known from January 2025 to June 2026.
     */
    private WorldBuilder cohorts() {
        return World.world()
                .entity(accounts().date("signed_on"))
                .entity(users())
                .source(
                        source("event")
                                .timestamp("happened")
                                .account("customer")
                                .coverage("2025-01-01", "2026-07-01"))
                .source(
                        source("contract")
                                .date("starts_on")
                                .date("ends_on")
                                .account("customer")
                                .decimal("mrr")
                                .validity("starts_on", "ends_on")
                                .coverage("2025-01-01", "2026-03-01"))
                .member(account("acme").since("2026-01-10").with("signed_on", "2026-01-10"))
                .member(account("bolt").since("2026-01-20").with("signed_on", "2026-01-20"))
                .member(account("cord").since("2026-02-05").with("signed_on", "2026-02-05"))
                .fact("event", "2026-01-15T00:00:00Z", "acme")
                .fact("event", "2026-01-16T00:00:00Z", "acme")
                .fact("event", "2026-01-25T00:00:00Z", "bolt")
                .fact("event", "2026-02-15T00:00:00Z", "acme")
                .fact("event", "2026-02-16T00:00:00Z", "cord")
                .fact("event", "2026-03-15T00:00:00Z", "acme")
                .fact("event", "2026-03-16T00:00:00Z", "bolt")
                .fact("contract", "2026-01-10", null, "acme", 100)
                .fact("contract", "2026-01-20", "2026-02-10", "bolt", 50);
    }

    /** The two accounts of January, by their months. */
    private Question january(String from, String to, Grain grain, String... formulas) {
        return ask(formulas)
                .between(from, to)
                .grain(grain)
                .where("account.signed_on < @2026-02-01")
                .by("account.signed_on by month", "age month from account.signed_on");
    }

    @Test
    default void prior_is_not_yet_there_where_time_had_not_reached_the_age_in_the_bucket_before() {
        // The 3 events of January are of age 0; of February 1 of age 1; of March 2 of age 2. Both
        // accounts act in January, one in February, both in March.
        expect(
                cohorts(),
                january(
                        "2026-01-01",
                        "2026-04-01",
                        Grain.MONTH,
                        "count(event)",
                        "prior(count(event))",
                        "count(account where exists(event))",
                        "prior(count(account where exists(event)))"),
                "2026-01-01 | 2026-01-01 | 0 | 3 | NOT_YET | 2 | NOT_YET",
                "2026-01-01 | 2026-01-01 | 1 | NOT_YET | NOT_YET | NOT_YET | NOT_YET",
                "2026-01-01 | 2026-01-01 | 2 | NOT_YET | NOT_YET | NOT_YET | NOT_YET",
                "2026-02-01 | 2026-01-01 | 0 | 0 | 3 | 0 | 2",
                "2026-02-01 | 2026-01-01 | 1 | 1 | NOT_YET | 1 | NOT_YET",
                "2026-02-01 | 2026-01-01 | 2 | NOT_YET | NOT_YET | NOT_YET | NOT_YET",
                "2026-03-01 | 2026-01-01 | 0 | 0 | 0 | 0 | 0",
                "2026-03-01 | 2026-01-01 | 1 | 0 | 1 | 0 | 1",
                "2026-03-01 | 2026-01-01 | 2 | 2 | NOT_YET | 2 | NOT_YET");
    }

    @Test
    default void prior_alone_is_as_it_is_beside_others() {
        expect(
                cohorts(),
                january(
                        "2026-02-01",
                        "2026-04-01",
                        Grain.MONTH,
                        "prior(count(account where exists(event)))"),
                "2026-02-01 | 2026-01-01 | 0 | 2",
                "2026-02-01 | 2026-01-01 | 1 | NOT_YET",
                "2026-03-01 | 2026-01-01 | 0 | 0",
                "2026-03-01 | 2026-01-01 | 1 | 1");
        expect(
                cohorts(),
                january("2026-02-01", "2026-04-01", Grain.MONTH, "prior(count(event))"),
                "2026-02-01 | 2026-01-01 | 0 | 3",
                "2026-02-01 | 2026-01-01 | 1 | NOT_YET",
                "2026-03-01 | 2026-01-01 | 0 | 0",
                "2026-03-01 | 2026-01-01 | 1 | 1");
    }

    @Test
    default void next_is_not_yet_there_before_the_bucket_is_over_whose_age_it_is_of() {
        // As of March 20 March is not over. The next bucket of January is February.
        expect(
                cohorts(),
                january(
                                "2026-01-01",
                                "2026-03-01",
                                Grain.MONTH,
                                "next(count(event))",
                                "next(count(account where exists(event)))",
                                "count(event)")
                        .asOf("2026-03-20T00:00:00Z"),
                "2026-01-01 | 2026-01-01 | 0 | 0 | 0 | 3",
                "2026-01-01 | 2026-01-01 | 1 | 1 | 1 | NOT_YET",
                "2026-01-01 | 2026-01-01 | 2 | NOT_YET | NOT_YET | NOT_YET",
                "2026-02-01 | 2026-01-01 | 0 | NOT_YET | NOT_YET | 0",
                "2026-02-01 | 2026-01-01 | 1 | NOT_YET | NOT_YET | 1",
                "2026-02-01 | 2026-01-01 | 2 | NOT_YET | NOT_YET | NOT_YET");
    }

    @Test
    default void what_ever_happened_is_of_an_age_that_the_bucket_has_not_reached() {
        // Of age 1 and 2 are 1 and 2 events, whatever the bucket; those before January are of no
        // age.
        expect(
                cohorts(),
                january(
                        "2026-01-01",
                        "2026-03-01",
                        Grain.MONTH,
                        "count(event) over ever",
                        "count(event) over all before",
                        "count(event)"),
                "2026-01-01 | 2026-01-01 | 0 | 3 | NOT_YET | 3",
                "2026-01-01 | 2026-01-01 | 1 | 1 | NOT_YET | NOT_YET",
                "2026-01-01 | 2026-01-01 | 2 | 2 | NOT_YET | NOT_YET",
                "2026-02-01 | 2026-01-01 | 0 | 3 | 3 | 0",
                "2026-02-01 | 2026-01-01 | 1 | 1 | NOT_YET | 1",
                "2026-02-01 | 2026-01-01 | 2 | 2 | NOT_YET | NOT_YET");
    }

    @Test
    default void members_over_ever_have_the_age_of_the_bucket() {
        // In each month the two of January are of one age; over ever both exist.
        expect(
                cohorts(),
                january("2026-01-01", "2026-03-01", Grain.MONTH, "count(account) over ever"),
                "2026-01-01 | 2026-01-01 | 0 | 2",
                "2026-01-01 | 2026-01-01 | 1 | NOT_YET",
                "2026-02-01 | 2026-01-01 | 0 | 0",
                "2026-02-01 | 2026-01-01 | 1 | 2");
    }

    @Test
    default void a_comparison_has_the_age_of_the_other_time() {
        expect(
                cohorts(),
                january(
                                "2026-02-01",
                                "2026-04-01",
                                Grain.MONTH,
                                "count(event)",
                                "count(account where exists(event))")
                        .comparedTo(new Comparison.Earlier(1, Grain.MONTH)),
                "2026-02-01 | 2026-01-01 | 0 | 0 | 3 | 0 | 2",
                "2026-02-01 | 2026-01-01 | 1 | 1 | NOT_YET | 1 | NOT_YET",
                "2026-02-01 | 2026-01-01 | 2 | NOT_YET | NOT_YET | NOT_YET | NOT_YET",
                "2026-03-01 | 2026-01-01 | 0 | 0 | 0 | 0 | 0",
                "2026-03-01 | 2026-01-01 | 1 | 0 | 1 | 0 | 1",
                "2026-03-01 | 2026-01-01 | 2 | 2 | NOT_YET | 2 | NOT_YET");
    }

    @Test
    default void prior_is_the_bucket_before_where_that_is_longer_than_the_age() {
        // In the first quarter 3, 1 and 2 events are of age 0, 1 and 2, of 2, 1 and 2 accounts.
        expect(
                cohorts(),
                january(
                                "2026-01-01",
                                "2026-07-01",
                                Grain.QUARTER,
                                "count(event)",
                                "prior(count(event))",
                                "prior(count(account where exists(event)))")
                        .asOf("2026-07-01T00:00:00Z"),
                "2026-01-01 | 2026-01-01 | 0 | 3 | NOT_YET | NOT_YET",
                "2026-01-01 | 2026-01-01 | 1 | 1 | NOT_YET | NOT_YET",
                "2026-01-01 | 2026-01-01 | 2 | 2 | NOT_YET | NOT_YET",
                "2026-04-01 | 2026-01-01 | 0 | 0 | 3 | 2",
                "2026-04-01 | 2026-01-01 | 1 | 0 | 1 | 1",
                "2026-04-01 | 2026-01-01 | 2 | 0 | 2 | 2");
    }

    @Test
    default void without_an_axis_prior_is_the_range_before_for_members_as_for_facts() {
        // The range before that from February to March is from December to January.
        expect(
                cohorts(),
                ask("prior(count(event))", "prior(count(account where exists(event)))")
                        .between("2026-02-01", "2026-04-01")
                        .by("age month from account.signed_on"),
                "0 | 3 | 2");
    }

    @Test
    default void stocks_are_of_the_age_at_the_bucket_before() {
        // At the end of January 150 are valid, of February 100; of March nothing is known.
        expect(
                cohorts(),
                january(
                        "2026-01-01",
                        "2026-04-01",
                        Grain.MONTH,
                        "sum(contract at end : mrr)",
                        "prior(sum(contract at end : mrr))"),
                "2026-01-01 | 2026-01-01 | 0 | 150 | NOT_YET",
                "2026-01-01 | 2026-01-01 | 1 | NOT_YET | NOT_YET",
                "2026-01-01 | 2026-01-01 | 2 | NOT_YET | NOT_YET",
                "2026-02-01 | 2026-01-01 | 0 | 0 | 150",
                "2026-02-01 | 2026-01-01 | 1 | 100 | NOT_YET",
                "2026-02-01 | 2026-01-01 | 2 | NOT_YET | NOT_YET",
                "2026-03-01 | 2026-01-01 | 0 | 0 | 0",
                "2026-03-01 | 2026-01-01 | 1 | 0 | 100",
                "2026-03-01 | 2026-01-01 | 2 | NOT_YET | NOT_YET");
    }

    @Test
    default void an_age_is_reached_in_its_own_time_whichever_bucket_reads_it() {
        // dell acts in November, its month of age 0, and is read for January over three months. In
        // December time has long reached that age.
        expect(
                cohorts()
                        .member(account("dell").since("2025-11-05").with("signed_on", "2025-11-05"))
                        .fact("event", "2025-11-10T00:00:00Z", "dell"),
                ask("count(event) over last 3 months", "prior(count(event))")
                        .grain(Grain.MONTH)
                        .where("account in ('dell')")
                        .by("account", "age month from account.signed_on"),
                "2026-01-01 | dell | 0 | 1 | 0");
    }

    @Test
    default void what_is_of_no_age_waits_for_none() {
        // acme acted in January, before it signed on February 20.
        expect(
                cohorts()
                        .member(account("dell").since("2025-01-01").with("signed_on", "2026-02-20"))
                        .fact("event", "2026-01-31T00:00:00Z", "dell")
                        .fact("event", "2026-02-25T00:00:00Z", "dell"),
                ask("count(event)")
                        .between("2025-12-01", "2026-04-01")
                        .grain(Grain.MONTH)
                        .where("account in ('dell')")
                        .by("account", "age month from account.signed_on"),
                "2025-12-01 | dell | 0 | NOT_YET",
                "2025-12-01 | dell | none | 0",
                "2026-01-01 | dell | 0 | NOT_YET",
                "2026-01-01 | dell | none | 1",
                "2026-02-01 | dell | 0 | 1",
                "2026-02-01 | dell | none | 0",
                "2026-03-01 | dell | 0 | 0",
                "2026-03-01 | dell | none | 0");
    }

    @Test
    default void days_of_a_bucket_are_of_the_age_that_is_read_in_them() {
        // On average over the 31, 28 and 31 days: 3, 1 and 2 events of one age, else 0.
        expect(
                cohorts(),
                january(
                        "2026-01-01",
                        "2026-03-01",
                        Grain.MONTH,
                        "sum(day : count(event))",
                        "prior(sum(day : count(event)))"),
                "2026-01-01 | 2026-01-01 | 0 | 3 | NOT_YET",
                "2026-01-01 | 2026-01-01 | 1 | NOT_YET | NOT_YET",
                "2026-02-01 | 2026-01-01 | 0 | 0 | 3",
                "2026-02-01 | 2026-01-01 | 1 | 1 | NOT_YET");
    }
}
