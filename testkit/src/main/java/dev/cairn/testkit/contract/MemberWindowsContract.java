package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.contract.Question.askMetrics;
import static dev.cairn.testkit.data.EntityBuilder.accounts;
import static dev.cairn.testkit.data.EntityBuilder.users;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static dev.cairn.testkit.data.MemberBuilder.user;
import static dev.cairn.testkit.data.SourceBuilder.source;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.analysis.Incomplete;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Entity.Mark;
import dev.cairn.domain.model.Metric.Level;
import dev.cairn.domain.model.Metric.RollUp;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.MemberBuilder;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.data.WorldBuilder;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** {@code over 14 days from x}: a window of each member's own. A member whose window is not over is pending: left out and counted apart. */
public interface MemberWindowsContract extends ExecutorContract {
    /** Of the accounts that signed up in the bucket. */
    private static String ofNew(String aggregate, String rest) {
        return "%s(account where signed_on >= bucket.start and signed_on < bucket.end%s)"
                .formatted(aggregate, rest);
    }

    private static String activated() {
        return ofNew(
                "share", " : exists(event where name = 'activated') over 14 days from signed_on");
    }

    private static MemberBuilder signedOn(String account, String date) {
        return account(account).since("2025-01-01").with("signed_on", date);
    }

    /**
     * Ann is activated on her sixth day, ben with the first instant after his window, cyd with the first of hers, dee on her third day; eve's window ends
     * after what is known, fay never is, and gus has no date.
     */
    private WorldBuilder signups() {
        return events().member(signedOn("ann", "2026-01-05"))
                .member(signedOn("ben", "2026-01-10"))
                .member(signedOn("cyd", "2026-01-20"))
                .member(signedOn("dee", "2026-02-10"))
                .member(signedOn("eve", "2026-03-25"))
                .member(signedOn("fay", "2026-03-10"))
                .member(account("gus").since("2025-01-01"))
                .fact("event", "2026-01-10T10:00:00Z", "ann", "a", "activated", 1)
                .fact("event", "2026-01-24T00:00:00Z", "ben", "b", "activated", 2)
                .fact("event", "2026-01-20T00:00:00Z", "cyd", "c", "activated", 4)
                .fact("event", "2026-02-12T10:00:00Z", "dee", "d", "activated", 8)
                .fact("event", "2026-02-12T11:00:00Z", "dee", "d", "login", 16)
                .fact("event", "2026-03-26T10:00:00Z", "eve", "e", "activated", 32)
                .fact("event", "2026-02-01T10:00:00Z", "gus", "g", "activated", 64);
    }

    private static Question months(String... formulas) {
        return ask(formulas).grain(Grain.MONTH).between("2026-01-01", "2026-05-01");
    }

    // ---- windows

    @Test
    default void window_of_each_member_begins_with_its_own_date() {
        assertThat(rowsWithParts(signups(), months(activated()).totals()))
                .containsExactly(
                        "2026-01-01 | 0.666666666667 (2/3, n 3)",
                        "2026-02-01 | 1 (1/1, n 1)",
                        "2026-03-01 | 0 (0/1, n 1, pending 1)",
                        "2026-04-01 | NO_DATA (0/0, n 0)",
                        "all | 0.6 (3/5, n 5, pending 1)");
    }

    @Test
    default void window_is_that_of_the_member_in_every_bucket() {
        expect(
                signups(),
                months(
                                "sum(account where account = 'dee' : sum(event.amount) over 14 days from signed_on)")
                        .totals(),
                "2026-01-01 | 24",
                "2026-02-01 | 24",
                "2026-03-01 | 24",
                "2026-04-01 | 24",
                "all | 24");
    }

    @Test
    default void member_without_the_date_has_no_window_and_nothing_in_it() {
        expect(
                signups(),
                ask(
                        "count(account where account = 'gus' and not exists(event) over 14 days from signed_on)",
                        "sum(account where account = 'gus' : count(event) over 14 days from signed_on)",
                        "avg(account where account = 'gus' : max(event.amount) over 14 days from signed_on)"),
                "1 | 0 | NO_DATA");
    }

    @Test
    default void days_of_a_date_are_those_of_the_zone_of_the_question() {
        // In New York the day after ben's window begins at five in the morning by UTC, and cyd's
        // with it.
        expect(
                signups(),
                months(
                                "sum(account where account = 'ben' : count(event) over 14 days from signed_on)",
                                "sum(account where account = 'cyd' : count(event) over 14 days from signed_on)")
                        .between("2026-01-01", "2026-02-01")
                        .zone("America/New_York"),
                "2026-01-01 | 1 | 0");
    }

    @Test
    default void window_before_a_date_ends_with_the_day_before_it() {
        expect(
                events().member(signedOn("ann", "2026-02-08"))
                        .fact("event", "2026-01-31T23:59:59Z", "ann", "a", "login", 1)
                        .fact("event", "2026-02-01T00:00:00Z", "ann", "a", "login", 2)
                        .fact("event", "2026-02-07T23:59:59Z", "ann", "a", "login", 4)
                        .fact("event", "2026-02-08T00:00:00Z", "ann", "a", "login", 8),
                ask(
                        "sum(account : sum(event.amount) over 7 days before signed_on)",
                        "sum(account : sum(event.amount) over 1 week before signed_on)",
                        "sum(account : sum(event.amount) over 7 days from signed_on)"),
                "6 | 6 | 8");
    }

    @Test
    default void months_from_the_end_of_a_month_end_with_the_last_day_there_is() {
        // From 31 January until 28 February, out.
        expect(
                events().member(signedOn("ann", "2026-01-31"))
                        .fact("event", "2026-01-31T00:00:00Z", "ann", "a", "login", 1)
                        .fact("event", "2026-02-27T23:59:59Z", "ann", "a", "login", 2)
                        .fact("event", "2026-02-28T00:00:00Z", "ann", "a", "login", 4),
                ask("sum(account : sum(event.amount) over 1 month from signed_on)"),
                "3");
    }

    private WorldBuilder joined(String at) {
        return World.world()
                .entity(accounts().attribute("joined_at", DataType.TIMESTAMP, Mark.NONE))
                .source(
                        source("event")
                                .timestamp("happened")
                                .account("customer")
                                .text("name")
                                .decimal("amount")
                                .coverage("2025-01-01", "2026-12-01"))
                .member(account("ann").since("2025-01-01").with("joined_at", at));
    }

    @Test
    default void local_clock_moves_by_the_calendar_and_in_a_gap_to_the_instant_after_it() {
        // 02:30 in Berlin, and fourteen days later there is none: the clock goes from 02:00 to
        // 03:00 at 01:00 by UTC.
        var world =
                joined("2026-03-15T01:30:00Z")
                        .fact("event", "2026-03-15T01:29:59Z", "ann", "x", 1)
                        .fact("event", "2026-03-15T01:30:00Z", "ann", "x", 2)
                        .fact("event", "2026-03-29T00:59:59Z", "ann", "x", 4)
                        .fact("event", "2026-03-29T01:00:00Z", "ann", "x", 8)
                        .fact("event", "2026-03-29T01:29:59Z", "ann", "x", 16);
        var formula = "sum(account : sum(event.amount) over 14 days from joined_at)";
        expect(world, ask(formula).zone("Europe/Berlin"), "6");
        expect(world, ask(formula), "30");
    }

    @Test
    default void local_clock_moves_by_the_calendar_and_in_an_overlap_to_the_earlier_time() {
        // 02:30 in Berlin on 11 October is 00:30 by UTC; on 25 October 02:30 is at 00:30 and again
        // at 01:30.
        var world =
                joined("2025-10-11T00:30:00Z")
                        .fact("event", "2025-10-25T00:29:59Z", "ann", "x", 1)
                        .fact("event", "2025-10-26T00:29:59Z", "ann", "x", 2)
                        .fact("event", "2025-10-26T00:30:00Z", "ann", "x", 4)
                        .fact("event", "2025-10-26T01:29:59Z", "ann", "x", 8)
                        .fact("event", "2025-10-26T01:30:00Z", "ann", "x", 16);
        expect(
                world,
                ask(
                                "sum(account : sum(event.amount) over 15 days from joined_at)",
                                "sum(account : sum(event.amount) over 361 hours from joined_at)")
                        .zone("Europe/Berlin"),
                "3 | 15");
    }

    @Test
    default void facts_of_dates_are_in_the_days_of_the_window() {
        var world =
                World.world()
                        .entity(
                                accounts()
                                        .date("signed_on")
                                        .attribute("joined_at", DataType.TIMESTAMP, Mark.NONE))
                        .source(
                                source("visit")
                                        .date("day")
                                        .account("customer")
                                        .decimal("amount")
                                        .coverage("2026-01-01", "2026-04-01"))
                        .member(
                                account("ann")
                                        .since("2025-01-01")
                                        .with("signed_on", "2026-01-05")
                                        .with("joined_at", "2026-01-06T02:00:00Z"))
                        .fact("visit", "2026-01-04", "ann", 1)
                        .fact("visit", "2026-01-05", "ann", 2)
                        .fact("visit", "2026-01-11", "ann", 4)
                        .fact("visit", "2026-01-12", "ann", 8)
                        .fact("visit", "2026-01-13", "ann", 16);
        // In New York she joined on the fifth.
        expect(
                world,
                ask(
                        "sum(account : sum(visit.amount) over 7 days from signed_on)",
                        "sum(account : sum(visit.amount) over 7 days from joined_at)"),
                "6 | 12");
        expect(
                world,
                ask(
                                "sum(account : sum(visit.amount) over 7 days from signed_on)",
                                "sum(account : sum(visit.amount) over 7 days from joined_at)")
                        .zone("America/New_York"),
                "6 | 6");
    }

    @Test
    default void window_begins_with_what_is_computed_for_the_member() {
        var world =
                signups()
                        .metric("first_event", "min(event.happened) over ever")
                        .metric(
                                "after_first",
                                "sum(account : count(event where name = 'login') over 2 hours from first_event)");
        expect(
                world,
                ask(
                        "sum(account : count(event where name = 'login') over 2 hours from first_event)"),
                "1");
        expect(world, askMetrics("after_first"), "1");
        expect(
                world,
                ask(
                        "sum(account : count(event where name = 'login') over 1 hour from first_event)"),
                "0");
    }

    @Test
    default void users_have_windows_of_their_own() {
        var world =
                World.world()
                        .entity(accounts().text("plan"))
                        .entity(users().date("joined_on"))
                        .source(
                                source("event")
                                        .timestamp("happened")
                                        .account("customer")
                                        .user("person")
                                        .coverage("2026-01-01", "2026-04-01"))
                        .member(account("acme").since("2025-01-01"))
                        .member(
                                user("acme", "ann")
                                        .since("2025-01-01")
                                        .with("joined_on", "2026-01-05"))
                        .member(
                                user("acme", "bob")
                                        .since("2025-01-01")
                                        .with("joined_on", "2026-01-20"))
                        .member(
                                user("acme", "cid")
                                        .since("2025-01-01")
                                        .with("joined_on", "2026-03-30"))
                        .fact("event", "2026-01-06T00:00:00Z", "acme", "ann")
                        .fact("event", "2026-01-07T00:00:00Z", "acme", "bob");
        assertThat(
                        rowsWithParts(
                                world,
                                ask("share(user : exists(event) over 7 days from joined_on)")))
                .containsExactly("0.5 (1/2, n 2, pending 1)");
    }

    @Test
    default void facts_read_the_window_of_their_account() {
        // Eve's event is pending with her; of the others those of ann, cyd and dee are of activated
        // accounts.
        assertThat(
                        rowsWithParts(
                                signups(),
                                ask(
                                                "sum(event where per(account : exists(event where name = 'activated') over 14 days from signed_on) : amount)",
                                                "count(event)")
                                        .between("2026-01-01", "2026-04-01")))
                .containsExactly("29 (n 4, pending 1) | 7 (n 7)");
    }

    /**
     * Acme's tickets are solved on 5, 20 and 26 March and one is not; its account reopens something on 8 March and on 4 April, which is beyond the data.
     * Bolt's is solved on 1 March and reopened with the first instant after its week; one of no account is solved, and something reopened beside it.
     */
    private WorldBuilder tickets() {
        return events().source(
                        source("ticket")
                                .timestamp("opened")
                                .timestamp("solved")
                                .account("customer")
                                .text("kind")
                                .coverage("2026-01-01", "2026-04-01"))
                .fact("ticket", "2026-03-01T00:00:00Z", "2026-03-05T12:00:00Z", "acme", "a")
                .fact("ticket", "2026-03-02T00:00:00Z", "2026-03-20T12:00:00Z", "acme", "a")
                .fact("ticket", "2026-03-03T00:00:00Z", "2026-03-26T12:00:00Z", "acme", "a")
                .fact("ticket", "2026-03-04T00:00:00Z", null, "acme", "a")
                .fact("ticket", "2026-03-01T00:00:00Z", "2026-03-01T12:00:00Z", "bolt", "b")
                .fact("ticket", "2026-03-01T00:00:00Z", "2026-03-10T12:00:00Z", null, "n")
                .fact("event", "2026-03-08T00:00:00Z", "acme", "ann", "reopen", 1)
                .fact("event", "2026-03-08T12:00:00Z", "bolt", "bob", "reopen", 2)
                .fact("event", "2026-03-11T00:00:00Z", null, "nil", "reopen", 4);
    }

    @Test
    default void rows_have_windows_of_their_own_in_which_their_account_is_read() {
        var reopened = "per(account : exists(event where name = 'reopen')) over 7 days from solved";
        assertThat(
                        rowsWithParts(
                                tickets(),
                                ask(
                                                "share(ticket on solved where account is not none : coalesce(%s, false))"
                                                        .formatted(reopened),
                                                "count(ticket on solved where %s)"
                                                        .formatted(reopened),
                                                "count(ticket on solved)")
                                        .by("account")
                                        .between("2026-03-01", "2026-04-01")))
                .containsExactly(
                        "acme | 0.5 (1/2, n 2, pending 1) | 1 (n 1, pending 1) | 3 (n 3)",
                        "bolt | 0 (0/1, n 1) | 0 (n 0) | 1 (n 1)",
                        "no account | NO_DATA (0/0, n 0) | 0 (n 0) | 1 (n 1)");
    }

    @Test
    default void row_without_the_time_has_no_window() {
        expect(
                tickets(),
                ask(
                                "count(ticket where kind = 'a' and not (per(account : exists(event)) over 7 days from solved))",
                                "sum(ticket where kind = 'a' : per(account : count(event)) over 13 days before solved)")
                        .between("2026-03-01", "2026-04-01"),
                "2 | 1");
    }

    // ---- pending

    @Test
    default void counts_leave_out_who_is_pending_and_say_how_many_there_are() {
        assertThat(
                        rowsWithParts(
                                signups(),
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
        assertThat(rowsWithParts(signups(), question))
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
        expect(signups(), question, "0 | 0 | NOT_YET");
        expect(signups(), question.asOf("2026-03-24T00:00:00Z"), "0 | NOT_YET | NOT_YET");
        expect(signups(), question.asOf("2026-03-23T23:59:59Z"), "NOT_YET | NOT_YET | NOT_YET");
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
                                signups(),
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
                                signups(),
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
                                signups(),
                                ask(
                                        "sum(account : count(event) over 14 days from signed_on) - sum(account : count(event) over 30 days from signed_on)")))
                .containsExactly("-1 (pending 2)");
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
                        Set.of(),
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
                signups(),
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
                signups()
                        .source(payments.coverage("2026-01-01", "2026-02-01"))
                        .metric("first_paid", "min(payment.paid_on) over all")
                        .fact("payment", "2026-01-09", "ann");
        expect(world, march, "1");
        assertThat(incomplete(world, march)).containsExactly(Set.of(Incomplete.BEYOND_COVERAGE));
        var unknown =
                signups()
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
                signups(),
                months("prior(" + activated() + ")").between("2026-02-01", "2026-04-01"),
                "2026-02-01 | 0.666666666667",
                "2026-03-01 | 1");
    }

    @Test
    default void filter_scope_and_total_hold_for_what_is_counted_apart() {
        assertThat(
                        rowsWithParts(
                                signups(),
                                ask(
                                                "share(account : exists(event where name = 'activated') over 14 days from signed_on)",
                                                "total(share(account : exists(event where name = 'activated') over 14 days from signed_on))")
                                        .filter("account", Operator.IN, "eve", "fay")
                                        .by("account")))
                .containsExactly(
                        "eve | NOT_YET (pending 1) | 0 (0/1, n 1, pending 1)",
                        "fay | 0 (0/1, n 1) | 0 (0/1, n 1, pending 1)");
    }

    // ---- filters and keys

    private static String quick() {
        return "exists(event where name = 'activated') over 14 days from signed_on";
    }

    @Test
    default void filter_leaves_out_who_is_pending_and_counts_them_apart() {
        // Ann, cyd and dee are activated; eve, and her one event, may be yet.
        var question =
                ask("count(account)", "sum(event.amount)", "count(event)")
                        .between("2026-01-01", "2026-04-01");
        assertThat(rowsWithParts(signups(), question.where("per(account : " + quick() + ")")))
                .containsExactly("3 (n 3, pending 1) | 29 (n 4, pending 1) | 4 (n 4, pending 1)");
        assertThat(rowsWithParts(signups(), question.where("not per(account : " + quick() + ")")))
                .containsExactly("3 (n 3, pending 1) | 66 (n 2, pending 1) | 2 (n 2, pending 1)");
        assertThat(
                        rowsWithParts(
                                signups(),
                                question.filter("(" + quick() + ") as quick", Operator.IN, "true")))
                .containsExactly("3 (n 3, pending 1) | 29 (n 4, pending 1) | 4 (n 4, pending 1)");
    }

    @Test
    default void filter_in_which_all_are_pending_gives_nothing_yet() {
        assertThat(
                        rowsWithParts(
                                signups(),
                                ask("count(account)", "avg(account : 2)")
                                        .where(
                                                "per(account : "
                                                        + quick()
                                                        + ") and account in ('eve')")))
                .containsExactly("NOT_YET (pending 1) | NOT_YET (pending 1)");
    }

    @Test
    default void other_conditions_of_a_filter_decide_who_is_pending() {
        assertThat(
                        rowsWithParts(
                                signups(),
                                ask("count(account)")
                                        .where(
                                                "per(account : "
                                                        + quick()
                                                        + ") and account != 'eve'")))
                .containsExactly("3 (n 3)");
    }

    @Test
    default void who_is_pending_may_be_of_any_group_of_a_key() {
        assertThat(
                        rowsWithParts(
                                signups(),
                                ask("count(account)", "sum(event.amount)")
                                        .between("2026-01-01", "2026-04-01")
                                        .by("(" + quick() + ") as quick")
                                        .totals()))
                .containsExactly(
                        "false | 3 (n 3, pending 1) | 66 (n 2, pending 1)",
                        "true | 3 (n 3, pending 1) | 29 (n 4, pending 1)",
                        "total | 6 (n 6, pending 1) | 95 (n 6, pending 1)");
    }

    @Test
    default void group_that_none_but_who_is_pending_may_be_of_is_not_yet() {
        assertThat(
                        rowsWithParts(
                                signups(),
                                months(ofNew("count", ""))
                                        .by("(" + quick() + ") as quick")
                                        .totals()))
                .containsExactly(
                        "2026-01-01 | false | 1 (n 1)",
                        "2026-01-01 | true | 2 (n 2)",
                        "2026-02-01 | false | 0 (n 0)",
                        "2026-02-01 | true | 1 (n 1)",
                        "2026-03-01 | false | 1 (n 1, pending 1)",
                        "2026-03-01 | true | NOT_YET (pending 1)",
                        "2026-04-01 | false | 0 (n 0)",
                        "2026-04-01 | true | 0 (n 0)",
                        "2026-01-01 | total | 3 (n 3)",
                        "2026-02-01 | total | 1 (n 1)",
                        "2026-03-01 | total | 1 (n 1, pending 1)",
                        "2026-04-01 | total | 0 (n 0)",
                        "all | false | 2 (n 2, pending 1)",
                        "all | true | 3 (n 3, pending 1)",
                        "all | total | 5 (n 5, pending 1)");
    }

    @Test
    default void who_is_pending_is_counted_beside_those_of_the_same_other_keys() {
        var world =
                events().member(signedOn("ann", "2026-03-01").with("plan", "pro"))
                        .member(signedOn("ben", "2026-03-30").with("plan", "pro"))
                        .member(signedOn("cyd", "2026-03-30").with("plan", "free"))
                        .member(signedOn("dee", "2026-03-02").with("plan", "basic"))
                        .fact("event", "2026-03-02T00:00:00Z", "ann", "a", "activated", 1);
        assertThat(
                        rowsWithParts(
                                world,
                                ask("count(account)", "share(account : plan is not none)")
                                        .by(
                                                "account.plan",
                                                "(count(event) over 7 days from signed_on) as events")
                                        .totals()))
                .containsExactly(
                        "basic | 0 | 1 (n 1) | 1 (1/1, n 1)",
                        "pro | 1 | 1 (n 1, pending 1) | 1 (1/1, n 1, pending 1)",
                        "total | total | 2 (n 2, pending 2) | 1 (2/2, n 2, pending 2)");
    }

    @Test
    default void total_drops_the_key_and_leaves_none_out() {
        assertThat(
                        rowsWithParts(
                                signups(),
                                ask("count(account) / total(count(account))")
                                        .by("(" + quick() + ") as quick")))
                .containsExactly(
                        "false | 0.428571428571 (3/7, n 7, pending 1)",
                        "true | 0.428571428571 (3/7, n 7, pending 1)");
    }

    @Test
    default void windows_before_the_data_may_be_of_any_group_of_a_key() {
        var world =
                events().member(signedOn("ann", "2025-12-01"))
                        .member(signedOn("ben", "2026-01-05"))
                        .fact("event", "2026-01-06T00:00:00Z", "ben", "b", "activated", 1);
        expect(
                world,
                ask("count(account)").by("(" + quick() + ") as quick"),
                "false | BEFORE_DATA",
                "true | BEFORE_DATA");
        expect(world, ask("count(account)").where("per(account : " + quick() + ")"), "BEFORE_DATA");
        expect(
                world,
                ask("count(account)").where("per(account : " + quick() + ") and account != 'ann'"),
                "1");
    }

    @Test
    default void rows_are_grouped_by_windows_of_their_own() {
        var back =
                "(per(account : exists(event where name = 'reopen')) over 7 days from ticket.solved) as back";
        assertThat(
                        rowsWithParts(
                                tickets(),
                                ask("count(ticket on solved)")
                                        .by(back)
                                        .between("2026-03-01", "2026-04-01")))
                .containsExactly(
                        "false | 2 (n 2, pending 1)",
                        "true | 1 (n 1, pending 1)",
                        "no account | 1 (n 1, pending 1)");
    }

    @Test
    default void metric_with_a_window_of_its_account_is_key_and_filter() {
        var world =
                signups()
                        .metric(
                                "early",
                                Level.ACCOUNT,
                                RollUp.AVG,
                                "count(event) over 14 days from signed_on",
                                false);
        // Ann, ben with his one after the window, cyd, dee with two, fay and gus with none.
        expect(world, ask("count(account)").by("(early) as early"), "0 | 3", "1 | 2", "2 | 1");
        expect(world, ask("count(account)").where("per(account : early) > 0"), "3");
    }
}
