package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.contract.Signups.signedOn;
import static dev.cairn.testkit.data.EntityBuilder.accounts;
import static dev.cairn.testkit.data.EntityBuilder.users;
import static dev.cairn.testkit.data.MemberBuilder.user;
import static dev.cairn.testkit.data.SourceBuilder.source;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.Incomplete;
import dev.cairn.domain.model.Metric.Level;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.EntityBuilder;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.data.WorldBuilder;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Days within a window relative to a row, a metric or a date with a history; tiles within any, counted back from its end. */
public interface TilesOfWindowsContract extends ExecutorContract {
    private static WorldBuilder world(EntityBuilder accounts) {
        return World.world()
                .entity(accounts.date("signed_on"))
                .entity(users())
                .source(
                        source("event")
                                .timestamp("happened")
                                .account("customer")
                                .user("person")
                                .decimal("amount")
                                .coverage("2026-01-01", "2026-04-01"))
                .source(
                        source("ticket")
                                .timestamp("opened")
                                .date("due")
                                .account("customer")
                                .user("person")
                                .text("title")
                                .coverage("2026-01-01", "2026-04-01"));
    }

    /** Acme has events on 8, 8, 10 and 11 February, bolt one on the 9th. */
    private static WorldBuilder events(WorldBuilder world) {
        return world.fact("event", "2026-02-08T00:00:00Z", "acme", "ann", 1)
                .fact("event", "2026-02-08T10:00:00Z", "acme", "ann", 2)
                .fact("event", "2026-02-10T23:59:59Z", "acme", "ann", 4)
                .fact("event", "2026-02-11T00:00:00Z", "acme", "ada", 8)
                .fact("event", "2026-02-09T12:00:00Z", "bolt", "bob", 16);
    }

    private static WorldBuilder signed() {
        return events(world(accounts()))
                .member(signedOn("acme", "2026-02-08"))
                .member(signedOn("bolt", "2026-02-09"));
    }

    private static Question february(String... formulas) {
        return ask(formulas).between("2026-02-01", "2026-03-01");
    }

    /** Of the last one three days end after the data. */
    private static WorldBuilder tickets() {
        return events(world(accounts()))
                .fact("ticket", "2026-02-01T00:00:00Z", "2026-02-08", "acme", "ann", "A")
                .fact("ticket", "2026-02-01T00:00:00Z", "2026-02-09", "acme", null, "B")
                .fact("ticket", "2026-02-01T00:00:00Z", "2026-02-08", "bolt", "bob", "C")
                .fact("ticket", "2026-02-01T00:00:00Z", null, "acme", null, "D")
                .fact("ticket", "2026-02-01T00:00:00Z", "2026-02-08", null, null, "E")
                .fact("ticket", "2026-02-01T00:00:00Z", "2026-03-30", "acme", null, "F");
    }

    @Test
    default void days_are_those_of_each_row_s_window() {
        // A has 8, 9, 10 February: two active days with 7. B has 9, 10, 11: two with 12. C of bolt
        // has one with 16. D has no window and E no account; F is pending.
        assertThat(
                        rowsWithParts(
                                tickets(),
                                february(
                                        "sum(ticket : per(account : count(day where exists(event))) over 3 days from due)",
                                        "sum(ticket : per(account : sum(day : sum(event.amount))) over 3 days from due)",
                                        "avg(ticket : per(account : avg(day : count(event))) over 3 days from due)",
                                        "count(ticket where per(account : count(day where exists(event))) over 3 days from due >= 2)")))
                .containsExactly(
                        "5 (n 4, pending 1) | 35 (n 4, pending 1) | 0.666666666667 (n 3, pending 1) | 2 (n 2, pending 1)");
    }

    @Test
    default void days_of_a_row_s_window_stand_beside_the_window_itself() {
        // Events in the windows: A three, B two, C one; a day of A and one of B have none, two of
        // C.
        expect(
                tickets(),
                february(
                        "sum(ticket where title in ('A', 'B', 'C') : (per(account : count(event)) + 10 * per(account : count(day where count(event) = 0))) over 3 days from due)"),
                "46");
    }

    @Test
    default void rows_are_grouped_and_filtered_by_days_of_their_windows() {
        var days = "per(account : count(day where exists(event))) over 3 days from due";
        expect(
                tickets(),
                february("count(ticket)").by("ticket.title").where(days + " >= 2"),
                "A | 1",
                "B | 1",
                "C | 0",
                "D | 0",
                "E | 0",
                "F | NOT_YET");
    }

    @Test
    default void a_user_of_a_row_has_days_in_its_window() {
        // Ann has two in that of A, bob one in that of C; the other rows have no user.
        expect(
                tickets(),
                february(
                        "sum(ticket where title in ('A', 'B', 'C') : per(user : count(day where exists(event))) over 3 days from due)",
                        "sum(ticket where title in ('A', 'B', 'C') : per(user : sum(event.amount)) over 4 days from due)"),
                "3 | 23");
    }

    @Test
    default void days_of_rows_are_the_same_in_every_bucket_and_of_the_zone() {
        // By the clock of New York, five hours behind, acme's first event is of 7 February, and
        // its last two of the 10th: A has two active days, B and C one each.
        var question =
                ask(
                                "sum(ticket where title in ('A', 'B', 'C') : per(account : count(day where exists(event))) over 3 days from due)",
                                "max(ticket where title = 'A' : per(account : max(day : sum(event.amount))) over 3 days from due)")
                        .zone("America/New_York")
                        .grain(Grain.MONTH)
                        .between("2026-01-01", "2026-03-01")
                        .totals();
        expect(
                tickets(),
                question,
                "2026-01-01 | 4 | 12",
                "2026-02-01 | 0 | NO_DATA",
                "all | 4 | 12");
    }

    @Test
    default void a_value_of_the_account_of_a_user_is_read_in_a_window_of_the_account() {
        // Three days of acme have 1 + 2 + 4, on two of them, for each of two users; those of bolt
        // have 16, on one.
        expect(
                signed().member(user("acme", "ann").since("2025-01-01"))
                        .member(user("acme", "ada").since("2025-01-01"))
                        .member(user("bolt", "bob").since("2025-01-01")),
                ask(
                        "sum(user : per(account : sum(event.amount)) over 3 days from account.signed_on)",
                        "count(user where per(account : count(day where exists(event))) over 3 days from account.signed_on = 2)",
                        "avg(account : count(user where exists(event) over 3 days from account.signed_on))"),
                "30 | 2 | 1");
    }

    @Test
    default void a_window_from_a_metric_has_days() {
        // Acme is seen first on the 8th, and is active on two of three days; bolt on the 9th, on
        // one.
        expect(
                signed().metric(
                                "first_seen",
                                Level.ACCOUNT,
                                null,
                                "min(event : date(happened)) over ever"),
                ask(
                        "sum(account : count(day where exists(event)) over 3 days from first_seen)",
                        "sum(account : max(every 2 days : sum(event.amount)) over 4 days from first_seen)"),
                "3 | 28");
    }

    @Test
    default void a_window_from_a_date_with_a_history_has_the_days_of_the_date_as_it_was() {
        // At the end of January the date is the 8th: 1 + 2 + 4. From 20 February it is the 9th: 4 +
        // 8.
        var world =
                events(world(accounts().history()))
                        .member(signedOn("acme", "2026-02-08").held("2025-01-01", "2026-02-20"))
                        .member(signedOn("acme", "2026-02-09").held("2026-02-20", null));
        expect(
                world,
                ask("sum(account : sum(day : sum(event.amount)) over 3 days from signed_on)")
                        .grain(Grain.MONTH)
                        .between("2026-01-01", "2026-03-01"),
                "2026-01-01 | 7",
                "2026-02-01 | 12");
    }

    @Test
    default void tiles_are_counted_back_from_the_end_of_each_window() {
        // Four days: of acme 8-9 with 1 + 2 and 10-11 with 4 + 8, of bolt 9-10 with 16 and 11-12.
        // Five days: of acme 9-10 with 4 and 11-12 with 8, of bolt 10-11 and 12-13 with nothing.
        expect(
                signed(),
                ask(
                        "sum(account : count(every 2 days where exists(event)) over 4 days from signed_on)",
                        "avg(account : avg(every 2 days : count(event)) over 4 days from signed_on)",
                        "sum(account : max(every 2 days : sum(event.amount)) over 4 days from signed_on)",
                        "sum(account : sum(every 2 days : sum(event.amount)) over 5 days from signed_on)",
                        "sum(account : count(every 2 days where count(event) >= 0) over 5 days from signed_on)",
                        "sum(account : count(every 2 days where count(event) >= 0) over 1 day from signed_on)"),
                "3 | 1.25 | 28 | 12 | 4 | 0");
    }

    @Test
    default void tiles_of_rows_and_tiles_within_days_before_are_those_of_each() {
        // A: 3 and 12; B: 9-10 with 4, 11-12 with 8; C: 8-9 with 16, 10-11 with nothing.
        // Two days before 11 February, tiles of one day: the 9th with nothing, the 10th with 4.
        expect(
                tickets().member(signedOn("acme", "2026-02-11")),
                february(
                        "sum(ticket where title in ('A', 'B', 'C') : per(account : max(every 2 days : sum(event.amount))) over 4 days from due)",
                        "max(account where account = 'acme' : max(every 1 day : sum(event.amount)) over 2 days before signed_on)",
                        "max(account where account = 'acme' : count(every 1 day where exists(event)) over 2 days before signed_on)"),
                "36 | 4 | 1");
    }

    @Test
    default void tiles_of_months_are_counted_from_the_day_that_the_window_is_relative_to() {
        // From 31 January: until 28 February with 2, until 31 March with 1 + 4. A month before
        // 31 March begins on 28 February; two months from 28 February are too long for the data.
        var world =
                world(accounts())
                        .member(signedOn("ann", "2026-01-31"))
                        .member(signedOn("ben", "2026-03-31"))
                        .fact("event", "2026-02-27T23:59:59Z", "ann", "a", 2)
                        .fact("event", "2026-02-28T00:00:00Z", "ann", "a", 1)
                        .fact("event", "2026-03-30T23:59:59Z", "ann", "a", 4)
                        .fact("event", "2026-02-27T00:00:00Z", "ben", "b", 8)
                        .fact("event", "2026-02-28T00:00:00Z", "ben", "b", 16)
                        .fact("event", "2026-03-30T00:00:00Z", "ben", "b", 32);
        var ann = "(account where account = 'ann' : ";
        expect(
                world,
                ask(
                        "sum"
                                + ann
                                + "count(every 1 month where exists(event)) over 2 months from signed_on)",
                        "sum"
                                + ann
                                + "max(every 1 month : sum(event.amount)) over 2 months from signed_on)",
                        "sum"
                                + ann
                                + "min(every 1 month : sum(event.amount)) over 2 months from signed_on)",
                        "sum"
                                + ann
                                + "sum(every 1 month : sum(event.amount)) over 1 month from signed_on)",
                        "sum(account where account = 'ben' : sum(every 1 month : sum(event.amount)) over 1 month before signed_on)"),
                "2 | 5 | 2 | 2 | 48");
    }

    @Test
    default void tiles_are_as_long_as_the_clock_says_where_it_goes_on() {
        // In New York 8 March is 23 hours long: two days from the 7th end at 04:00 by UTC.
        var world =
                world(accounts())
                        .member(signedOn("ann", "2026-03-07"))
                        .fact("event", "2026-03-07T05:00:00Z", "ann", "a", 1)
                        .fact("event", "2026-03-09T03:59:59Z", "ann", "a", 2)
                        .fact("event", "2026-03-09T04:00:00Z", "ann", "a", 4)
                        .fact("event", "2026-03-11T03:59:59Z", "ann", "a", 8)
                        .fact("event", "2026-03-11T04:00:00Z", "ann", "a", 16);
        expect(
                world,
                ask(
                                "sum(account : min(every 2 days : sum(event.amount)) over 4 days from signed_on)",
                                "sum(account : max(every 2 days : sum(event.amount)) over 4 days from signed_on)")
                        .zone("America/New_York"),
                "3 | 12");
    }

    @Test
    default void a_tile_that_begins_before_the_data_is_none() {
        // 30-31 December, 1-2 January, 3-4 January.
        var world = world(accounts()).member(signedOn("ann", "2025-12-30"));
        var question =
                ask(
                        "sum(account : count(every 2 days where count(event) = 0) over 6 days from signed_on)");
        expect(world, question, "2");
        assertThat(incomplete(world, question)).containsExactly(Set.of(Incomplete.BEFORE_COVERAGE));
    }

    @Test
    default void tiles_of_a_window_that_is_not_over_are_pending() {
        var world = world(accounts()).member(signedOn("ann", "2026-02-08"));
        var question =
                ask(
                        "sum(account : count(every 2 days where count(event) = 0) over 4 days from signed_on)");
        assertThat(rowsWithParts(world, question.asOf("2026-02-12T00:00:00Z")))
                .containsExactly("2 (n 1)");
        assertThat(rowsWithParts(world, question.asOf("2026-02-11T23:59:59Z")))
                .containsExactly("NOT_YET (pending 1)");
    }
}
