package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.contract.Signups.activated;
import static dev.cairn.testkit.contract.Signups.months;
import static dev.cairn.testkit.contract.Signups.ofNew;
import static dev.cairn.testkit.contract.Signups.signedOn;
import static dev.cairn.testkit.contract.Signups.signups;
import static dev.cairn.testkit.data.EntityBuilder.accounts;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static dev.cairn.testkit.data.SourceBuilder.source;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.analysis.Incomplete;
import dev.cairn.testkit.data.World;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A member whose window of its own is not over is pending: left out and counted apart, and what is not known of others is told from it. */
public interface PendingMembersContract extends ExecutorContract {
    @Test
    default void counts_leave_out_who_is_pending_and_say_how_many_there_are() {
        assertThat(
                        rowsWithParts(
                                signups(events()),
                                months(
                                        ofNew(
                                                "count",
                                                " and exists(event where name = 'activated') over 14 days from signed_on"))))
                .containsExactly(
                        "2026-01-01 | 2 (n 2)",
                        "2026-02-01 | 1 (n 1)",
                        "2026-03-01 | 0 (n 0, pending 1)",
                        "2026-04-01 | 0 (n 0)");
    }

    @Test
    default void cell_in_which_all_are_pending_is_not_yet_for_counts_too() {
        var question =
                months(
                                activated(),
                                ofNew(
                                        "count",
                                        " and not exists(event where name = 'activated') over 14 days from signed_on"),
                                ofNew("sum", " : count(event) over 14 days from signed_on"),
                                ofNew("count", ""))
                        .asOf("2026-03-23T23:59:59Z")
                        .between("2026-02-01", "2026-04-01");
        assertThat(rowsWithParts(signups(events()), question))
                .containsExactly(
                        "2026-02-01 | 1 (1/1, n 1) | 0 (n 0) | 2 (n 1) | 1 (n 1)",
                        "2026-03-01 | NOT_YET (pending 2) | NOT_YET (pending 2) | NOT_YET (pending 2) | 2 (n 2)");
    }

    @Test
    default void window_that_ends_with_as_of_or_with_what_is_known_is_over() {
        var question =
                ask(
                        "share(account where account = 'fay' : exists(event) over 14 days from signed_on)",
                        "share(account where account = 'fay' : exists(event) over 22 days from signed_on)",
                        "share(account where account = 'fay' : exists(event) over 23 days from signed_on)");
        expect(signups(events()), question, "0 | 0 | NOT_YET");
        expect(signups(events()), question.asOf("2026-03-24T00:00:00Z"), "0 | NOT_YET | NOT_YET");
        expect(
                signups(events()),
                question.asOf("2026-03-23T23:59:59Z"),
                "NOT_YET | NOT_YET | NOT_YET");
    }

    @Test
    default void window_of_dates_is_over_with_the_last_of_its_days() {
        var world =
                World.world()
                        .entity(accounts().date("signed_on"))
                        .source(
                                source("visit")
                                        .date("day")
                                        .account("customer")
                                        .coverage("2026-01-01", "2026-04-01"))
                        .member(signedOn("ann", "2026-01-05"));
        var question = ask("share(account : exists(visit) over 7 days from signed_on)");
        expect(world, question.asOf("2026-01-11T23:59:59Z"), "NOT_YET");
        expect(world, question.asOf("2026-01-12T00:00:00Z"), "0");
        // In Berlin the day begins an hour sooner.
        expect(world, question.zone("Europe/Berlin").asOf("2026-01-11T22:59:59Z"), "NOT_YET");
        expect(world, question.zone("Europe/Berlin").asOf("2026-01-11T23:00:00Z"), "0");
    }

    @Test
    default void conditions_without_a_window_decide_who_is_pending() {
        // Eve is not asked for; of two windows the longer is not over, although the shorter is.
        assertThat(
                        rowsWithParts(
                                signups(events()),
                                ask(
                                        "count(account where account != 'eve' and exists(event) over 14 days from signed_on)",
                                        "count(account where account = 'fay' and exists(event) over 14 days from signed_on and exists(event) over 30 days from signed_on)")))
                .containsExactly("3 (n 3) | NOT_YET (pending 1)");
    }

    @Test
    default void groups_count_apart_each_their_own() {
        var world =
                events().member(signedOn("ann", "2026-03-01").with("plan", "pro"))
                        .member(signedOn("ben", "2026-03-30").with("plan", "pro"))
                        .member(signedOn("cyd", "2026-03-30").with("plan", "free"))
                        .fact("event", "2026-03-02T00:00:00Z", "ann", "a", "activated", 1);
        assertThat(
                        rowsWithParts(
                                world,
                                ask("share(account : exists(event) over 7 days from signed_on)")
                                        .by("account.plan")
                                        .totals()))
                .containsExactly(
                        "free | NOT_YET (pending 1)",
                        "pro | 1 (1/1, n 1, pending 1)",
                        "total | 1 (1/1, n 1, pending 2)");
    }

    @Test
    default void value_without_some_is_incomplete_and_says_why() {
        assertThat(
                        incomplete(
                                signups(events()),
                                ask(activated(), ofNew("count", ""))
                                        .between("2026-03-01", "2026-04-01")))
                .containsExactly(Set.of(Incomplete.PENDING), Set.of());
    }

    @Test
    default void of_several_parts_the_most_that_is_left_out_is_said() {
        // Four events of settled accounts in 14 days; in 30 days ben's too, and fay is pending
        // beside eve.
        assertThat(
                        rowsWithParts(
                                signups(events()),
                                ask(
                                        "sum(account : count(event) over 14 days from signed_on) - sum(account : count(event) over 30 days from signed_on)")))
                .containsExactly("-1 (pending 2)");
    }

    @Test
    default void sample_is_of_none_where_those_that_are_settled_are_not_taken() {
        // Ann has no window, and nothing in it; ben is pending.
        var world =
                events().member(account("ann").since("2025-01-01"))
                        .member(signedOn("ben", "2026-03-30").with("seats", 5));
        assertThat(
                        rowsWithParts(
                                world,
                                ask(
                                        "sum(account where max(event.amount) over 14 days from signed_on != 3 : seats)",
                                        "avg(account where max(event.amount) over 14 days from signed_on != 3 : seats)")))
                .containsExactly("0 (n 0, pending 1) | NO_DATA (n 0, pending 1)");
    }

    // ---- coverage

    @Test
    default void windows_before_the_data_have_no_value_and_one_that_begins_there_is_incomplete() {
        var world =
                events().member(signedOn("ann", "2025-12-01"))
                        .member(signedOn("ben", "2025-12-25"))
                        .member(signedOn("cyd", "2026-01-01"))
                        .fact("event", "2026-01-02T00:00:00Z", "ben", "b", "activated", 1);
        var share = "share(account where account = '%s' : exists(event) over %s from signed_on)";
        var question =
                ask(
                        share.formatted("ann", "31 days"),
                        share.formatted("ann", "32 days"),
                        share.formatted("ben", "14 days"),
                        share.formatted("cyd", "14 days"),
                        "share(account : exists(event) over 14 days from signed_on)");
        expect(world, question, "BEFORE_DATA | 0 | 1 | 0 | BEFORE_DATA");
        assertThat(incomplete(world, question))
                .containsExactly(
                        Set.of(Incomplete.BEFORE_COVERAGE),
                        Set.of(Incomplete.BEFORE_COVERAGE),
                        Set.of(Incomplete.BEFORE_COVERAGE),
                        Set.of(),
                        Set.of(Incomplete.BEFORE_COVERAGE));
    }

    @Test
    default void source_without_data_gives_no_value() {
        var world =
                World.world()
                        .entity(accounts().date("signed_on"))
                        .source(source("event").timestamp("happened").account("customer"))
                        .member(signedOn("ann", "2026-01-05"));
        expect(
                world,
                ask(
                        "share(account : exists(event) over 7 days from signed_on)",
                        "sum(account : count(event) over 7 days from signed_on)"),
                "NO_DATA | NO_DATA");
    }

    @Test
    default void bucket_that_has_not_begun_is_not_yet() {
        expect(
                signups(events()),
                months(activated())
                        .between("2026-03-01", "2026-05-01")
                        .asOf("2026-03-31T00:00:00Z"),
                "2026-03-01 | 0",
                "2026-04-01 | NOT_YET");
    }

    @Test
    default void what_the_time_of_a_window_is_computed_from_is_judged_too() {
        var payments = source("payment").date("paid_on").account("customer");
        var formula = "count(account where exists(event) over 14 days from first_paid)";
        var march = ask(formula).between("2026-03-01", "2026-04-01");
        var world =
                signups(events())
                        .source(payments.coverage("2026-01-01", "2026-02-01"))
                        .metric("first_paid", "min(payment.paid_on) over all")
                        .fact("payment", "2026-01-09", "ann");
        expect(world, march, "1");
        assertThat(incomplete(world, march)).containsExactly(Set.of(Incomplete.BEYOND_COVERAGE));
        var unknown =
                signups(events())
                        .source(source("payment").date("paid_on").account("customer"))
                        .metric("first_paid", "min(payment.paid_on) over all");
        expect(unknown, march, "NO_DATA");
    }

    // ---- groups

    @Test
    default void members_that_are_asked_for_make_a_group_whatever_is_in_their_windows() {
        // Without a window a group is made of the members that are counted; here also of those that
        // are not, as one that is pending could not be told else.
        var world =
                events().member(signedOn("ann", "2026-01-05").with("plan", "pro"))
                        .member(signedOn("ben", "2026-01-05").with("plan", "free"))
                        .fact("event", "2026-01-06T00:00:00Z", "ann", "a", "activated", 1);
        expect(
                world,
                ask("count(account where exists(event) over 14 days from signed_on)")
                        .by("account.plan"),
                "free | 0",
                "pro | 1");
    }

    // ---- beside other constructs

    @Test
    default void window_stays_where_it_is_beneath_prior_and_in_a_comparison() {
        expect(
                signups(events()),
                months("prior(" + activated() + ")").between("2026-02-01", "2026-04-01"),
                "2026-02-01 | 0.666666666667",
                "2026-03-01 | 1");
    }

    @Test
    default void filter_scope_and_total_hold_for_what_is_counted_apart() {
        assertThat(
                        rowsWithParts(
                                signups(events()),
                                ask(
                                                "share(account : exists(event where name = 'activated') over 14 days from signed_on)",
                                                "total(share(account : exists(event where name = 'activated') over 14 days from signed_on))")
                                        .filter("account", Operator.IN, "eve", "fay")
                                        .by("account")))
                .containsExactly(
                        "eve | NOT_YET (pending 1) | 0 (0/1, n 1, pending 1)",
                        "fay | 0 (0/1, n 1) | 0 (0/1, n 1, pending 1)");
    }
}
