package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.EntityBuilder.accounts;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static dev.cairn.testkit.data.SourceBuilder.source;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.MemberBuilder;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.data.WorldBuilder;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The time in days by which a share of rows has ended, where some have not (Kaplan and Meier). */
public interface SurvivalContract extends ExecutorContract {
    String OF_STAYS = "survival(stay : began -> ended, %s)";

    /** Stays of January 2026 in days from the first; {@code -} for one that has not ended. */
    private static WorldBuilder stays(String... ends) {
        var world =
                World.world()
                        .entity(accounts().text("plan"))
                        .source(
                                source("stay")
                                        .date("began")
                                        .date("ended")
                                        .account("customer")
                                        .text("kind")
                                        .coverage("2026-01-01", "2026-07-01"));
        for (var end : ends) {
            world.fact("stay", "2026-01-01", day(end), "acme", "a");
        }
        return world;
    }

    private static @Nullable String day(String days) {
        return days.equals("-")
                ? null
                : LocalDate.of(2026, 1, 1).plusDays(Integer.parseInt(days)).toString();
    }

    private static Question of(String... shares) {
        var formulas = new String[shares.length];
        for (int at = 0; at < shares.length; at++) {
            formulas[at] = OF_STAYS.formatted(shares[at]);
        }
        return ask(formulas);
    }

    @Test
    default void where_all_have_ended_it_is_the_least_time_that_so_many_have_lasted_at_most() {
        // After 1, 2, 2, 4 and 8 days: 0.8, 0.4, 0.2 and 0 are left.
        expect(
                stays("8", "2", "1", "2", "4"),
                of("0.1", "0.2", "0.21", "0.5", "0.6", "0.61", "0.8", "0.9", "1"),
                "1 | 1 | 2 | 2 | 2 | 4 | 4 | 8 | 8");
    }

    @Test
    default void what_has_not_ended_counts_up_to_as_of_and_no_further() {
        // Of ten 0.7 are left after 6 days, 0.6 after 10, 0.5 after 16, 0.4 after 22; the others
        // have
        // lasted for 30 days.
        var world = stays("6", "6", "6", "10", "16", "22", "-", "-", "-", "-");
        var question = of("0.3", "0.31", "0.4", "0.5", "0.6", "0.61").asOf("2026-01-31T00:00:00Z");
        expect(world, question, "6 | 10 | 10 | 16 | 22 | NO_DATA");
    }

    @Test
    default void what_begins_later_is_seen_for_less_long() {
        // The textbook case: remission in weeks of 21 patients with 6-mercaptopurine (Freireich and
        // others, 1963): 6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+. Left
        // are 0.857 after 6, 0.807 after 7, 0.753 after 10, 0.690 after 13, 0.627 after 16, 0.538
        // after 22 and 0.448 after 23.
        var world = stays();
        for (int lasted : new int[] {6, 6, 6, 7, 10, 13, 16, 22, 23}) {
            remission(world, lasted, true);
        }
        for (int lasted : new int[] {6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35}) {
            remission(world, lasted, false);
        }
        expect(
                world,
                of("0.142", "0.143", "0.19", "0.2", "0.25", "0.32", "0.45", "0.47", "0.5", "0.56")
                        .asOf("2026-03-01T00:00:00Z")
                        .between("2026-01-01", "2026-03-01"),
                "6 | 7 | 7 | 10 | 13 | 16 | 22 | 23 | 23 | NO_DATA");
    }

    /**
     * The same patients. Left between, as published for log-log intervals: 0.620 to 0.952 after 6, 0.563 to 0.923 after 7, 0.503 to 0.889 after 10, 0.432 to 0.849 after 13, 0.368 to 0.805 after 16, 0.268 to 0.747 after 22 and 0.188
     * to 0.680 after 23. So a quarter have ended between 6 and 22, 0.3 between 6 and 23, and 0.12 between 6 and 13.
     */
    @Test
    default void a_time_is_as_sure_as_the_part_that_is_left() {
        var world = stays();
        for (int lasted : new int[] {6, 6, 6, 7, 10, 13, 16, 22, 23}) {
            remission(world, lasted, true);
        }
        for (int lasted : new int[] {6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35}) {
            remission(world, lasted, false);
        }
        assertThat(
                        rowsWithUncertainty(
                                world,
                                ask(
                                                OF_STAYS.formatted("0.25"),
                                                OF_STAYS.formatted("0.3"),
                                                OF_STAYS.formatted("0.12") + " * 24",
                                                OF_STAYS.formatted("0.5"))
                                        .asOf("2026-03-01T00:00:00Z")
                                        .between("2026-01-01", "2026-03-01")))
                .containsExactly(
                        "13 (BROOKMEYER_CROWLEY 6..22, n 21) | 13 (BROOKMEYER_CROWLEY 6..23, n 21) | 144 (BROOKMEYER_CROWLEY 144..312, n 21) | 23 (OPEN_END, n 21)");
        // All have ended: the last has a lower end alone, and nobody is left of whom an upper one
        // could be.
        assertThat(rowsWithUncertainty(stays("1", "2"), of("0.9", "1")))
                .containsExactly("2 (OPEN_END, n 2) | 2 (OPEN_END, n 2)");
    }

    /** As of 1 March it has lasted so long, or ends after so long and began 40 days before. */
    private static void remission(WorldBuilder world, int lasted, boolean ended) {
        var asOf = LocalDate.of(2026, 3, 1);
        var began = asOf.minusDays(ended ? 40 : lasted);
        world.fact(
                "stay",
                began.toString(),
                ended ? began.plusDays(lasted).toString() : null,
                "acme",
                "a");
    }

    @Test
    default void an_end_that_is_not_known_by_as_of_has_not_come() {
        var world = stays("5", "10", "20");
        expect(world, of("0.5"), "10");
        // The second ends on 11 January, which is before as-of once that day is over.
        expect(world, of("0.5").asOf("2026-01-11T00:00:00Z"), "NO_DATA");
        expect(world, of("0.5").asOf("2026-01-11T23:59:59Z"), "NO_DATA");
        expect(world, of("0.5").asOf("2026-01-12T00:00:00Z"), "10");
        expect(world, of("0.5").zone("Europe/Berlin").asOf("2026-01-11T23:00:00Z"), "10");
        expect(world, of("0.3").asOf("2026-01-11T00:00:00Z"), "5");
    }

    @Test
    default void rows_without_a_time_are_skipped() {
        // One ends before it begins, one has not begun by as-of, one has no start.
        var world =
                stays("4", "-")
                        .source(
                                source("lease")
                                        .date("signed")
                                        .date("began")
                                        .date("ended")
                                        .account("customer")
                                        .coverage("2026-01-01", "2026-07-01"))
                        .fact("lease", "2026-01-01", "2026-01-01", "2026-01-05", "acme")
                        .fact("lease", "2026-01-01", "2026-01-02", null, "acme")
                        .fact("lease", "2026-01-01", "2026-01-05", "2026-01-03", "acme")
                        .fact("lease", "2026-01-01", "2026-09-01", null, "acme")
                        .fact("lease", "2026-01-01", null, "2026-01-03", "acme");
        assertThat(rowsWithParts(world, ask("survival(lease : began -> ended, 0.5)")))
                .containsExactly("4 (n 2)");
        assertThat(
                        rowsWithParts(
                                world,
                                ask("survival(lease where began is none : began -> ended, 0.5)")))
                .containsExactly("NO_DATA (n 0)");
    }

    @Test
    default void instants_have_parts_of_days() {
        var world =
                World.world()
                        .source(
                                source("visit")
                                        .timestamp("began")
                                        .timestamp("ended")
                                        .account("customer")
                                        .coverage("2026-01-01", "2026-07-01"))
                        .fact("visit", "2026-01-01T00:00Z", "2026-01-01T12:00Z", "acme")
                        .fact("visit", "2026-01-01T06:00Z", "2026-01-03T00:00Z", "acme")
                        .fact("visit", "2026-01-02T00:00Z", null, "acme");
        // After half a day 2/3 are left. As of six o'clock on the 2nd the third has lasted for a
        // quarter of a day only: of two that lasted half a day one is left.
        var question =
                ask(
                        "survival(visit : began -> ended, 0.3)",
                        "survival(visit : began -> ended, 0.5)");
        expect(world, question, "0.5 | 1.75");
        expect(world, question.asOf("2026-01-02T18:00:00Z"), "0.5 | NO_DATA");
        expect(world, question.asOf("2026-01-02T06:00:00Z"), "0.5 | 0.5");
    }

    @Test
    default void groups_buckets_and_totals_are_each_of_their_own_rows() {
        var world =
                stays("2", "4", "6")
                        .fact("stay", "2026-01-10", "2026-01-20", "bolt", "b")
                        .fact("stay", "2026-02-01", "2026-02-02", "bolt", "b");
        expect(world, of("0.5").by("account").totals(), "acme | 4", "bolt | 10", "total | 4");
        expect(
                world,
                of("0.5").grain(Grain.MONTH).between("2026-01-01", "2026-04-01").totals(),
                "2026-01-01 | 4",
                "2026-02-01 | 1",
                "2026-03-01 | NO_DATA",
                "all | 4");
        expect(
                world,
                ask(
                        "survival(stay where kind = 'b' : began -> ended, 0.5)",
                        "survival(stay : began -> ended, 0.5) + 1 * survival(stay : began -> ended, 1)",
                        "avg(account : survival(stay : began -> ended, 0.5))"),
                "10 | 14 | 7");
    }

    @Test
    default void members_have_lifetimes_of_their_attributes() {
        var world =
                World.world()
                        .entity(accounts().date("signed_on").date("left_on").text("plan"))
                        .source(
                                source("event")
                                        .timestamp("happened")
                                        .account("customer")
                                        .coverage("2026-01-01", "2026-07-01"))
                        .member(lived("ann", "2026-01-01", "2026-01-11").with("plan", "pro"))
                        .member(lived("ben", "2026-01-01", "2026-01-21").with("plan", "free"))
                        .member(lived("cyd", "2026-01-01", null).with("plan", "free"))
                        .member(lived("dan", "2026-06-24", null).with("plan", "pro"));
        // As of 1 July dan has lasted for 7 days only: of three after ten, 2/3 are left.
        var question =
                ask(
                                "survival(account : signed_on -> left_on, 0.3)",
                                "survival(account : signed_on -> left_on, 0.5)",
                                "survival(account : signed_on -> left_on, 0.7)")
                        .between("2026-01-01", "2026-07-01");
        expect(world, question, "10 | 20 | NO_DATA");
        expect(
                world,
                question.by("account.plan"),
                "free | 20 | 20 | NO_DATA",
                "pro | 10 | 10 | 10");
    }

    private static MemberBuilder lived(String key, String from, @Nullable String until) {
        return account(key).sinceDate("2025-01-01").with("signed_on", from).with("left_on", until);
    }

    @Test
    default void state_formulas_count_up_to_their_instant() {
        var world =
                stays("5", "10", "20")
                        .fact("stay", "2026-01-01", "2026-02-03", "bolt", "a")
                        .cohortBy("short", "survival(stay : began -> ended, 0.3) over ever < 7");
        expect(world, ask("count(stay)").by("short"), "false | 1", "true | 3");
    }
}
