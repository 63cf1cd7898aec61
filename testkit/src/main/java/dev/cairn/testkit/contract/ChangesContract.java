package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.contract.Subscriptions.END;
import static dev.cairn.testkit.contract.Subscriptions.START;
import static dev.cairn.testkit.contract.Subscriptions.months;
import static dev.cairn.testkit.contract.Subscriptions.subscriptions;
import static dev.cairn.testkit.data.SourceBuilder.source;

import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.testkit.data.WorldBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When the sum of a value over the rows of an account that are in force is another than before, and by how much. */
public interface ChangesContract extends ExecutorContract {
    String CHANGES = "changes(subscription.mrr per account)";
    String DELTA = "sum(%s : delta)".formatted(CHANGES);

    private static String delta(String kind) {
        return delta(CHANGES, kind);
    }

    private static String delta(String changes, String kind) {
        return "sum(%s where kind = '%s' : delta)".formatted(changes, kind);
    }

    private static String gap(String gap) {
        return "changes(subscription.mrr gap %s per account)".formatted(gap);
    }

    /** From when until when, account, n and user; {@code -} for none. Times are of January 2026. */
    private static WorldBuilder seats(WorldBuilder world, String... rows) {
        world.source(
                source("seat")
                        .timestamp("begun")
                        .timestamp("ended")
                        .account("customer")
                        .user("person")
                        .integer("n")
                        .text("kind_of_seat")
                        .validity("begun", "ended")
                        .coverage("2026-01-01", "2026-04-01"));
        for (var row : rows) {
            var words = row.split(" ", -1);
            world.fact(
                    "seat",
                    time(words[0]),
                    time(words[1]),
                    words[2].equals("-") ? null : words[2],
                    words.length > 4 ? words[4] : null,
                    words[3].equals("-") ? null : Integer.valueOf(words[3]),
                    words.length > 5 ? words[5] : null);
        }
        return world;
    }

    private static @Nullable String time(String written) {
        return written.equals("-")
                ? null
                : "2026-01-" + (written.length() == 2 ? written + "T00:00" : written) + "Z";
    }

    // ---- what there is

    @Test
    default void movements_are_of_their_kinds_and_lead_from_the_start_to_the_end() {
        // January: calm 50 and dyno 40 are new, bolt's 80 is lost. February: acme pays 50 more,
        // where one row ends and the next begins; dyno 10 less; edge's 20 is new. March: bolt is
        // back
        // with 60, edge is gone.
        expect(
                subscriptions(events()),
                months(
                        delta("new"),
                        delta("reactivation"),
                        delta("expansion"),
                        delta("contraction"),
                        delta("churn"),
                        "count(%s)".formatted(CHANGES),
                        START + " + " + DELTA,
                        END),
                "2026-01-01 | 90 | 0 | 0 | 0 | -80 | 3 | 190 | 190",
                "2026-02-01 | 20 | 0 | 50 | -10 | 0 | 3 | 250 | 250",
                "2026-03-01 | 0 | 60 | 0 | 0 | -20 | 2 | 290 | 290");
    }

    @Test
    default void each_column_is_the_same_alone_and_in_every_zone() {
        for (var zone : Subscriptions.ZONES) {
            expect(
                    subscriptions(events()),
                    months(DELTA).zone(zone),
                    "2026-01-01 | 10",
                    "2026-02-01 | 60",
                    "2026-03-01 | 40");
        }
        expect(
                subscriptions(events()),
                months("avg(%s where kind = 'new' : value_after)".formatted(CHANGES)),
                "2026-01-01 | 45",
                "2026-02-01 | 20",
                "2026-03-01 | NO_DATA");
    }

    @Test
    default void the_kind_is_a_group_and_a_condition_and_has_totals() {
        // Before and after: churn 80 + 20; contraction 40 and 30; expansion 100 and 150; new 50, 40
        // and 20.
        var question =
                ask(
                                "count(%s)".formatted(CHANGES),
                                DELTA,
                                "sum(%s : value_before)".formatted(CHANGES),
                                "sum(%s : value_after)".formatted(CHANGES))
                        .between("2026-01-01", "2026-04-01");
        expect(
                subscriptions(events()),
                question.by("kind").totals(),
                "churn | 2 | -100 | 100 | 0",
                "contraction | 1 | -10 | 40 | 30",
                "expansion | 1 | 50 | 100 | 150",
                "new | 3 | 110 | 0 | 110",
                "reactivation | 1 | 60 | 0 | 60",
                "total | 8 | 110 | 240 | 350");
        expect(
                subscriptions(events()),
                question.by("(delta < 0) as down"),
                "false | 5 | 220 | 100 | 320",
                "true | 3 | -110 | 140 | 30");
        expect(
                subscriptions(events()),
                question.filter("kind", Operator.IN, "new"),
                "3 | 110 | 0 | 110");
        expect(subscriptions(events()), question.where("kind = 'new'"), "3 | 110 | 0 | 110");
        expect(
                subscriptions(events()),
                question.where("value_before > 0 and value_after > 0"),
                "2 | 40 | 140 | 180");
    }

    @Test
    default void groups_filters_and_scopes_are_of_the_account() {
        // pro: acme 50 more, bolt 80 less and 60 more. free: calm 50, dyno 40 and 10 less.
        var question =
                ask(DELTA, "count(%s)".formatted(CHANGES)).between("2026-01-01", "2026-04-01");
        var plans = subscriptions(events());
        expect(
                plans,
                question.by("account.plan").where("account.plan is not none"),
                "free | 80 | 3",
                "pro | 30 | 3");
        expect(plans, question.where("account.plan = 'pro'"), "30 | 3");
        expect(plans, question.scope("plan = 'pro'"), "30 | 3");
        expect(
                plans,
                question.by("account").where("account.plan = 'pro'"),
                "acme | 50 | 1",
                "bolt | -20 | 2");
        expect(
                plans,
                ask(
                                "sum(%s where account.plan = 'free' : delta)".formatted(CHANGES),
                                "only(%s where account.plan = 'free')".formatted(DELTA),
                                "sum(account where account.plan = 'free' : %s)".formatted(DELTA))
                        .between("2026-01-01", "2026-04-01"),
                "80 | 80 | 80");
    }

    // ---- the gap

    @Test
    default void a_loss_and_a_start_before_the_gap_is_over_are_one_change_at_the_start() {
        // bolt is away from 31 January to 1 March, 29 days: 80 before, 60 after.
        expect(
                subscriptions(events()),
                months(
                        delta(gap("29 days"), "churn"),
                        delta(gap("29 days"), "reactivation"),
                        delta(gap("30 days"), "churn"),
                        delta(gap("30 days"), "reactivation"),
                        delta(gap("30 days"), "contraction"),
                        "count(%s)".formatted(gap("30 days"))),
                "2026-01-01 | -80 | 0 | 0 | 0 | 0 | 2",
                "2026-02-01 | 0 | 0 | 0 | 0 | -10 | 3",
                "2026-03-01 | -20 | 60 | -20 | 0 | -20 | 2");
    }

    @Test
    default void a_gap_between_equal_sums_is_no_change() {
        // Ten again after two hours.
        var world = seats(events(), "05 06T10:00 acme 10", "06T12:00 - acme 10");
        expect(
                world,
                ask(
                        "count(changes(seat.n per account))",
                        "count(changes(seat.n gap 2 hours per account))",
                        "count(changes(seat.n gap 121 minutes per account))",
                        "sum(changes(seat.n gap 1 day per account) : delta)"),
                "3 | 3 | 1 | 10");
    }

    @Test
    default void each_gap_is_one_of_its_own() {
        // 10, away, 20, away, 5: with gaps from 10 to 20 and from 20 to 5.
        var world = seats(events(), "05 10 acme 10", "12 14 acme 20", "16 - acme 5");
        expect(
                world,
                ask(
                        "count(changes(seat.n per account))",
                        "count(changes(seat.n gap 3 days per account))",
                        delta("changes(seat.n gap 3 days per account)", "new"),
                        delta("changes(seat.n gap 3 days per account)", "expansion"),
                        delta("changes(seat.n gap 3 days per account)", "contraction"),
                        "sum(changes(seat.n gap 3 days per account) : value_before)"),
                "5 | 3 | 10 | 10 | -15 | 30");
    }

    // ---- which rows

    @Test
    default void rows_that_overlap_are_added_and_what_is_never_in_force_is_not() {
        // 1 from the 5th, 3 from the 6th, 2 from the 7th. What ends when it begins or sooner, has
        // no value or no account, or is nothing, changes nothing; 4 ends where another 4 begins.
        var world =
                seats(
                        events(),
                        "05 07 acme 1",
                        "06 - acme 2",
                        "08 08 acme 64",
                        "09 08 acme 128",
                        "10 - acme -",
                        "11 - acme 0",
                        "12 - - 256",
                        "05 06 bolt 4",
                        "06 - bolt 4");
        expect(
                world,
                ask(
                                "count(changes(seat.n per account))",
                                "sum(changes(seat.n per account) : value_after)",
                                "last(changes(seat.n per account) : kind)")
                        .by("account"),
                "acme | 3 | 6 | contraction",
                "bolt | 1 | 4 | new");
    }

    @Test
    default void users_have_changes_of_their_own() {
        // ann 1 and 3, ben 4 to nothing; of the account 1, 5, 8 and 4.
        var world = seats(events(), "05 - acme 1 ann", "06 08 acme 4 ben", "07 - acme 3 ann");
        expect(
                world,
                ask(
                        "count(changes(seat.n per user))",
                        delta("changes(seat.n per user)", "new"),
                        delta("changes(seat.n per user)", "expansion"),
                        delta("changes(seat.n per user)", "churn"),
                        delta("changes(seat.n per account)", "new"),
                        delta("changes(seat.n per account)", "expansion"),
                        delta("changes(seat.n per account)", "contraction")),
                "4 | 5 | 3 | -4 | 1 | 7 | -4");
    }

    @Test
    default void rows_of_a_slice_make_another_sum() {
        // Of all seats 5, 9 and 4; of those that are paid 4 and nothing.
        var world =
                seats(events(), "05 - acme 5 ann free", "06 07 acme 4 ann paid")
                        .slice("paid_seat", "seat", "kind_of_seat = 'paid'");
        expect(
                world,
                ask(
                        "sum(changes(seat.n per account) : value_after)",
                        "count(changes(paid_seat.n per account))",
                        delta("changes(paid_seat.n per account)", "new"),
                        delta("changes(paid_seat.n per account)", "churn")),
                "19 | 2 | 4 | -4");
    }

    // ---- as rows

    @Test
    default void whatever_works_on_facts_works_on_changes() {
        // Of acme 50; of bolt -80 and 60; of calm 50; of dyno 40 and -10; of edge 20 and -20.
        expect(
                subscriptions(events()),
                ask(
                                "max(%s : delta)".formatted(CHANGES),
                                "min(%s : delta)".formatted(CHANGES),
                                "median(%s : delta)".formatted(CHANGES),
                                "distinct(%s : account)".formatted(CHANGES),
                                "share(%s : delta > 0)".formatted(CHANGES),
                                "first(%s : delta)".formatted(CHANGES),
                                "last(%s : delta)".formatted(CHANGES),
                                "count(account where exists(%s where kind = 'churn'))"
                                        .formatted(CHANGES),
                                "max(month : count(%s))".formatted(CHANGES),
                                "sum(account : %s)".formatted(DELTA))
                        .between("2026-01-01", "2026-04-01"),
                "60 | -80 | 30 | 5 | 0.625 | 50 | -20 | 2 | 3 | 110");
    }

    @Test
    default void what_is_not_known_yet_has_not_changed() {
        // By 25 February bolt is lost and not back, edge has not come.
        expect(
                subscriptions(events()),
                ask(
                                "count(%s)".formatted(CHANGES),
                                delta(gap("30 days"), "churn"),
                                delta("new"),
                                DELTA + " over all")
                        .between("2026-01-01", "2026-04-01")
                        .asOf("2026-02-25T00:00:00Z"),
                "5 | -80 | 90 | 230");
    }
}
