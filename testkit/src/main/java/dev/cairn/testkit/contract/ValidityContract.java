package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.contract.Question.askMetrics;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static dev.cairn.testkit.data.SourceBuilder.source;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.analysis.Incomplete;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.WorldBuilder;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Rows that hold for a time: those that are valid at an edge of what is read, and those that are valid at some time of it. */
public interface ValidityContract extends ExecutorContract {
    String START = "sum(subscription at start : mrr)";
    String END = "sum(subscription at end : mrr)";

    List<String> ZONES = List.of("UTC", "Pacific/Kiritimati", "America/Los_Angeles");

    /**
     * Five accounts: 180 on January 1, 190 on February 1, 250 on March 1, 290 on April 1.
     *
     * <p>acme pays 100, from February 150; bolt leaves on January 31 and comes back in March; calm and dyno come in January, and dyno pays less from February 20;
     * edge comes on February 28 for a day.
     */
    private WorldBuilder subscriptions(String coveredFrom, String coveredUntil) {
        return events().source(
                        source("subscription")
                                .date("starts_on")
                                .date("ends_on")
                                .account("customer")
                                .decimal("mrr")
                                .validity("starts_on", "ends_on")
                                .coverage(coveredFrom, coveredUntil))
                .fact("subscription", "2025-12-15", "2026-02-01", "acme", 100)
                .fact("subscription", "2026-02-01", null, "acme", 150)
                .fact("subscription", "2025-12-20", "2026-01-31", "bolt", 80)
                .fact("subscription", "2026-03-01", null, "bolt", 60)
                .fact("subscription", "2026-01-01", null, "calm", 50)
                .fact("subscription", "2026-01-10", "2026-02-20", "dyno", 40)
                .fact("subscription", "2026-02-20", null, "dyno", 30)
                .fact("subscription", "2026-02-28", "2026-03-01", "edge", 20)
                .member(account("acme").with("plan", "pro"))
                .member(account("bolt").with("plan", "pro"))
                .member(account("calm").with("plan", "free"))
                .member(account("dyno").with("plan", "free"));
    }

    private WorldBuilder subscriptions() {
        return subscriptions("2025-12-01", "2026-07-01");
    }

    /** With the metrics of recurring revenue. */
    private WorldBuilder revenue() {
        return subscriptions()
                .metric("mrr_start", START)
                .metric("mrr_end", END)
                .metric(
                        "nrr",
                        "sum(account where mrr_start > 0 : mrr_end) / sum(account : mrr_start)")
                .metric(
                        "grr",
                        "sum(account : least(mrr_end, mrr_start)) / sum(account : mrr_start)")
                .metric(
                        "logo_churn",
                        "count(account where mrr_start > 0 and mrr_end = 0) / count(account where mrr_start > 0)")
                .metric("paid_before", "exists(subscription during where mrr > 0) over all before")
                .metric(
                        "new_mrr",
                        "sum(account where mrr_start = 0 and mrr_end > 0 and not paid_before : mrr_end)")
                .metric(
                        "reactivated_mrr",
                        "sum(account where mrr_start = 0 and mrr_end > 0 and paid_before : mrr_end)")
                .metric(
                        "expansion_mrr",
                        "sum(account where mrr_start > 0 and mrr_end > mrr_start : mrr_end - mrr_start)")
                .metric(
                        "contraction_mrr",
                        "sum(account where mrr_end > 0 and mrr_end < mrr_start : mrr_start - mrr_end)")
                .metric(
                        "churned_mrr",
                        "sum(account where mrr_start > 0 and mrr_end = 0 : mrr_start)")
                .metric(
                        "bridged_mrr",
                        "mrr_start + new_mrr + reactivated_mrr + expansion_mrr - contraction_mrr - churned_mrr");
    }

    private static Question months(String... formulas) {
        return ask(formulas).grain(Grain.MONTH).between("2026-01-01", "2026-04-01");
    }

    private static Question bridge() {
        return askMetrics(
                        "mrr_start",
                        "new_mrr",
                        "reactivated_mrr",
                        "expansion_mrr",
                        "contraction_mrr",
                        "churned_mrr",
                        "mrr_end",
                        "bridged_mrr")
                .grain(Grain.MONTH)
                .between("2026-01-01", "2026-04-01");
    }

    // ---- sides

    @Test
    default void what_starts_with_a_bucket_is_not_in_its_opening_stock_and_what_ends_with_it_is() {
        expect(
                subscriptions(),
                months(START, END, "count(subscription at start)", "count(subscription at end)"),
                "2026-01-01 | 180 | 190 | 2 | 3",
                "2026-02-01 | 190 | 250 | 3 | 4",
                "2026-03-01 | 250 | 290 | 4 | 4");
    }

    @Test
    default void validity_by_dates_is_compared_by_local_dates_in_every_zone() {
        for (var zone : ZONES) {
            expect(
                    subscriptions(),
                    months(START, END, "count(subscription during)").zone(zone),
                    "2026-01-01 | 180 | 190 | 4",
                    "2026-02-01 | 190 | 250 | 5",
                    "2026-03-01 | 250 | 290 | 4");
        }
    }

    /** Around the first instant of February: 1 is valid across it, 10 from it on, 100 until it, 1000 until just before; 10000 begins and ends with it. */
    private WorldBuilder seats() {
        return events().source(
                        source("seat")
                                .timestamp("begun")
                                .timestamp("ended")
                                .account("customer")
                                .integer("n")
                                .validity("begun", "ended")
                                .coverage("2026-01-01", "2026-07-01"))
                .fact(
                        "seat",
                        "2026-01-31T23:59:59.999999Z",
                        "2026-02-01T00:00:00.000001Z",
                        "acme",
                        1)
                .fact("seat", "2026-02-01T00:00:00Z", null, "acme", 10)
                .fact("seat", "2026-01-05T00:00:00Z", "2026-02-01T00:00:00Z", "bolt", 100)
                .fact("seat", "2026-01-05T00:00:00Z", "2026-01-31T23:59:59.999999Z", "bolt", 1000)
                .fact("seat", "2026-02-01T00:00:00Z", "2026-02-01T00:00:00Z", "bolt", 10000);
    }

    @Test
    default void sides_of_an_instant_are_exact() {
        expect(
                seats(),
                ask("sum(seat at start : n)", "sum(seat during : n)")
                        .grain(Grain.MONTH)
                        .between("2026-01-01", "2026-03-01"),
                "2026-01-01 | 0 | 1101",
                "2026-02-01 | 101 | 11");
        expect(
                seats(),
                ask("sum(seat at start : n)", "sum(seat during : n)")
                        .between("2026-02-01", "2026-03-01"),
                "101 | 11");
        // February begins in Berlin at 23:00 UTC.
        expect(
                seats(),
                ask("sum(seat at start : n)", "sum(seat at end : n)")
                        .zone("Europe/Berlin")
                        .between("2026-02-01", "2026-03-01"),
                "1100 | 10");
    }

    @Test
    default void stocks_are_asked_by_the_hour_where_instants_say_when_rows_hold() {
        expect(
                seats(),
                ask("sum(seat at end : n)", "sum(seat during : n)")
                        .grain(Grain.HOUR)
                        .betweenInstants("2026-01-31T22:00:00Z", "2026-02-01T01:00:00Z"),
                "2026-01-31T22:00 | 1100 | 1100",
                "2026-01-31T23:00 | 101 | 1101",
                "2026-02-01T00:00 | 10 | 11");
    }

    @Test
    default void row_that_ends_when_it_begins_is_never_valid() {
        var world =
                subscriptions()
                        .fact("subscription", "2026-01-15", "2026-01-15", "acme", 7)
                        .fact("subscription", "2026-01-01", "2026-01-01", "acme", 7);
        expect(
                world,
                months("count(subscription during)", "sum(subscription at @2026-01-15 : mrr)"),
                // acme 100, bolt 80, calm 50, dyno 40.
                "2026-01-01 | 4 | 270",
                "2026-02-01 | 5 | 270",
                "2026-03-01 | 4 | 270");
        expect(
                world,
                ask("sum(subscription during : mrr)", "count(subscription at start)")
                        .between("2026-01-01", "2026-01-02"),
                "230 | 2");
    }

    @Test
    default void source_with_a_time_too_is_read_by_it_unless_said() {
        var world =
                events().source(
                                source("contract")
                                        .date("signed_on")
                                        .date("starts_on")
                                        .date("ends_on")
                                        .account("customer")
                                        .time("signed_on")
                                        .validity("starts_on", "ends_on")
                                        .coverage("2025-12-01", "2026-07-01"))
                        .fact("contract", "2025-12-10", "2026-01-01", "2026-03-01", "acme")
                        .fact("contract", "2026-01-20", "2026-02-10", null, "bolt");
        expect(
                world,
                months("count(contract)", "count(contract at end)", "count(contract on starts_on)"),
                "2026-01-01 | 1 | 1 | 1",
                "2026-02-01 | 0 | 2 | 1",
                "2026-03-01 | 0 | 1 | 0");
    }

    // ---- bridges

    @Test
    default void opening_stock_and_movements_make_the_closing_stock() {
        expect(
                revenue(),
                bridge(),
                "2026-01-01 | 180 | 90 | 0 | 0 | 0 | 80 | 190 | 190",
                "2026-02-01 | 190 | 20 | 0 | 50 | 10 | 0 | 250 | 250",
                "2026-03-01 | 250 | 0 | 60 | 0 | 0 | 20 | 290 | 290");
    }

    @Test
    default void bridge_holds_in_every_group_and_under_every_filter() {
        expect(
                revenue(),
                bridge().by("account.plan").between("2026-02-01", "2026-03-01").totals(),
                "2026-02-01 | free | 90 | 0 | 0 | 0 | 10 | 0 | 80 | 80",
                "2026-02-01 | pro | 100 | 0 | 0 | 50 | 0 | 0 | 150 | 150",
                "2026-02-01 | none | 0 | 20 | 0 | 0 | 0 | 0 | 20 | 20",
                "2026-02-01 | total | 190 | 20 | 0 | 50 | 10 | 0 | 250 | 250",
                "all | free | 90 | 0 | 0 | 0 | 10 | 0 | 80 | 80",
                "all | pro | 100 | 0 | 0 | 50 | 0 | 0 | 150 | 150",
                "all | none | 0 | 20 | 0 | 0 | 0 | 0 | 20 | 20",
                "all | total | 190 | 20 | 0 | 50 | 10 | 0 | 250 | 250");
        expect(
                revenue(),
                bridge().filter("account.plan", Operator.IN, "pro"),
                "2026-01-01 | 180 | 0 | 0 | 0 | 0 | 80 | 100 | 100",
                "2026-02-01 | 100 | 0 | 0 | 50 | 0 | 0 | 150 | 150",
                "2026-03-01 | 150 | 0 | 60 | 0 | 0 | 0 | 210 | 210");
        expect(
                revenue(),
                bridge().where("account = 'dyno'").between("2026-02-01", "2026-03-01"),
                "2026-02-01 | 40 | 0 | 0 | 0 | 10 | 0 | 30 | 30");
    }

    @Test
    default void total_over_time_is_the_bridge_of_the_whole_range() {
        // From January to March: bolt is less by 20, and edge never was.
        expect(
                revenue(),
                bridge().totals(),
                "2026-01-01 | 180 | 90 | 0 | 0 | 0 | 80 | 190 | 190",
                "2026-02-01 | 190 | 20 | 0 | 50 | 10 | 0 | 250 | 250",
                "2026-03-01 | 250 | 0 | 60 | 0 | 0 | 20 | 290 | 290",
                "all | 180 | 80 | 0 | 50 | 20 | 0 | 290 | 290");
    }

    @Test
    default void bridge_holds_in_a_bucket_that_is_not_over() {
        // On February 15 dyno still pays 40, and edge is not known.
        expect(
                revenue(),
                bridge().between("2026-02-01", "2026-04-01").asOf("2026-02-15T12:00:00Z"),
                "2026-02-01 | 190 | 0 | 0 | 50 | 0 | 0 | 240 | 240",
                "2026-03-01 | NOT_YET | NOT_YET | NOT_YET | NOT_YET | NOT_YET | NOT_YET | NOT_YET | NOT_YET");
    }

    @Test
    default void retention_and_churn_are_of_accounts_that_paid_at_the_start() {
        expect(
                revenue(),
                askMetrics("nrr", "grr", "logo_churn")
                        .grain(Grain.MONTH)
                        .between("2026-01-01", "2026-04-01")
                        .totals(),
                // 100/180; 230/190, 180/190; 230/250
                "2026-01-01 | 0.555555555556 | 0.555555555556 | 0.5",
                "2026-02-01 | 1.21052631579 | 0.947368421053 | 0",
                "2026-03-01 | 0.92 | 0.92 | 0.25",
                // 210/180, 160/180
                "all | 1.16666666667 | 0.888888888889 | 0");
    }

    // ---- as of

    @Test
    default void at_the_end_of_a_bucket_that_is_not_over_is_as_of() {
        expect(
                subscriptions(),
                months(START, END, "count(subscription during)").asOf("2026-02-15T12:00:00Z"),
                "2026-01-01 | 180 | 190 | 4",
                // acme, calm, dyno.
                "2026-02-01 | 190 | 240 | 3",
                "2026-03-01 | NOT_YET | NOT_YET | NOT_YET");
        // A row that begins on the day of as-of is known, one that ends on it is not valid any
        // more.
        expect(
                subscriptions(),
                ask(END).between("2026-02-01", "2026-03-01").asOf("2026-02-20T12:00:00Z"),
                "230");
        expect(seats(), ask("sum(seat at end : n)").asOf("2026-01-31T23:59:59.999999Z"), "1100");
    }

    @Test
    default void bucket_that_is_not_over_is_not_complete() {
        assertThat(
                        incomplete(
                                subscriptions(),
                                months(START, END, "sum(subscription at @2026-02-01 : mrr)")
                                        .between("2026-02-01", "2026-03-01")
                                        .asOf("2026-02-15T12:00:00Z")))
                .containsOnly(Set.of(Incomplete.BUCKET_NOT_OVER));
        assertThat(
                        incomplete(
                                subscriptions(),
                                months(START, END).between("2026-01-10", "2026-02-01")))
                .containsOnly(Set.of(Incomplete.CUT_BY_RANGE));
    }

    // ---- windows and shifts

    @Test
    default void edges_are_those_of_the_window() {
        expect(
                subscriptions(),
                months(
                        START + " over last 2 months",
                        END + " over last 2 months",
                        END + " over all before",
                        START + " over range",
                        END + " over range",
                        END + " over ever",
                        START + " over quarter to date"),
                "2026-01-01 | 0 | 190 | 180 | 180 | 290 | 290 | 180",
                "2026-02-01 | 180 | 250 | 190 | 180 | 290 | 290 | 180",
                "2026-03-01 | 190 | 290 | 250 | 180 | 290 | 290 | 180");
    }

    @Test
    default void during_a_window_is_at_some_time_of_it() {
        expect(
                subscriptions(),
                months(
                        "count(subscription during) over last 2 months",
                        "distinct(subscription during : account) over all before",
                        "distinct(subscription during : account) over all"),
                // December and January: acme, bolt, calm, dyno.
                "2026-01-01 | 4 | 2 | 4",
                // January and February: but for the row of March.
                "2026-02-01 | 7 | 4 | 5",
                "2026-03-01 | 6 | 5 | 5");
    }

    @Test
    default void during_all_begins_with_the_coverage() {
        // bolt left on the day before; acme's first row ends with the first day.
        expect(
                subscriptions("2026-02-01", "2026-07-01"),
                months(
                                "count(subscription during) over all before",
                                "count(subscription during) over all")
                        .between("2026-02-01", "2026-04-01"),
                "2026-02-01 | 0 | 5",
                "2026-03-01 | 5 | 6");
    }

    @Test
    default void window_over_a_ratio_is_over_its_parts_and_its_members() {
        expect(
                revenue(),
                ask("nrr over last 2 months")
                        .grain(Grain.MONTH)
                        .between("2026-03-01", "2026-04-01"),
                // 150 + 50 + 30 of 190.
                "2026-03-01 | 1.21052631579");
    }

    @Test
    default void shifts_move_the_edges() {
        expect(
                revenue(),
                months(
                        "prior(mrr_end)",
                        "prior(mrr_start)",
                        "next(mrr_start)",
                        "next(mrr_end)",
                        "prior(nrr)"),
                "2026-01-01 | 180 | 0 | 190 | 250 | ZERO_BASE",
                "2026-02-01 | 190 | 180 | 250 | 290 | 0.555555555556",
                "2026-03-01 | 250 | 190 | 290 | 290 | 1.21052631579");
        expect(
                revenue(),
                months("next(mrr_start)", "next(mrr_end)").asOf("2026-02-15T12:00:00Z"),
                "2026-01-01 | 190 | NOT_YET",
                "2026-02-01 | NOT_YET | NOT_YET",
                "2026-03-01 | NOT_YET | NOT_YET");
    }

    @Test
    default void instant_of_its_own_is_the_same_in_every_bucket() {
        var question =
                months(
                        "sum(subscription at @2026-02-01 : mrr)",
                        "sum(subscription at @2026-02-02 : mrr) over last 2 months",
                        "prior(sum(subscription at @2026-02-02 : mrr))",
                        "sum(account : sum(subscription at @2026-02-02 : mrr))");
        for (var zone : ZONES) {
            expect(
                    subscriptions(),
                    question.between("2026-02-01", "2026-04-01").zone(zone).totals(),
                    "2026-02-01 | 190 | 240 | 240 | 240",
                    "2026-03-01 | 190 | 240 | 240 | 240",
                    "all | 190 | 240 | 240 | 240");
        }
        expect(
                subscriptions(),
                months(
                                "sum(subscription at @2025-11-30 : mrr)",
                                "sum(subscription at @2025-12-01 : mrr)",
                                "sum(subscription at @2026-02-15 : mrr)",
                                "sum(subscription at @2026-02-16 : mrr)",
                                "sum(subscription at @2026-02-17 : mrr)")
                        .between("2026-02-01", "2026-03-01")
                        .asOf("2026-02-15T12:00:00Z"),
                "2026-02-01 | BEFORE_DATA | 0 | 240 | 240 | NOT_YET");
        expect(
                seats(),
                ask(
                                "sum(seat at @2026-02-01 : n)",
                                "sum(seat at @2026-01-31T23:59:59.999999Z : n)",
                                "sum(seat at @2026-02-01T00:00:00.000001Z : n)")
                        .between("2026-01-01", "2026-03-01"),
                "101 | 1100 | 11");
        expect(
                seats(),
                ask("sum(seat at @2026-02-01 : n)")
                        .zone("Europe/Berlin")
                        .between("2026-01-01", "2026-03-01"),
                "1100");
    }

    // ---- coverage

    @Test
    default void edge_before_the_coverage_is_before_data_and_bucket_after_it_not_yet() {
        var world = subscriptions("2026-02-01", "2026-03-15");
        expect(
                world,
                ask(
                                START,
                                END,
                                "count(subscription during)",
                                "sum(account : sum(subscription at start : mrr))")
                        .grain(Grain.MONTH)
                        .between("2026-01-01", "2026-06-01"),
                // What was valid where the coverage begins is known, also what began before.
                "2026-01-01 | BEFORE_DATA | 190 | BEFORE_DATA | BEFORE_DATA",
                "2026-02-01 | 190 | 250 | 5 | 190",
                "2026-03-01 | 250 | 290 | 4 | 250",
                "2026-04-01 | NOT_YET | NOT_YET | NOT_YET | NOT_YET",
                "2026-05-01 | NOT_YET | NOT_YET | NOT_YET | NOT_YET");
    }

    @Test
    default void edge_inside_the_coverage_is_complete_where_its_bucket_has_ended() {
        var world = subscriptions("2026-01-15", "2026-03-15");
        assertThat(
                        incomplete(
                                world,
                                months(START, END, "count(subscription during)")
                                        .between("2026-01-01", "2026-02-01")))
                .containsExactly(
                        Set.of(Incomplete.BEFORE_COVERAGE),
                        Set.of(),
                        Set.of(Incomplete.BEFORE_COVERAGE));
        assertThat(incomplete(world, months(START, END).between("2026-02-01", "2026-03-01")))
                .containsExactly(Set.of(), Set.of());
        assertThat(incomplete(world, months(START, END).between("2026-03-01", "2026-04-01")))
                .containsExactly(
                        Set.of(Incomplete.BEYOND_COVERAGE), Set.of(Incomplete.BEYOND_COVERAGE));
    }

    // ---- groups, and other aggregates

    @Test
    default void groups_are_those_with_rows_in_some_bucket() {
        expect(
                subscriptions(),
                months("count(subscription at start)", "exists(subscription at end)")
                        .by("account")
                        .between("2026-01-01", "2026-03-01"),
                "2026-01-01 | acme | 1 | true",
                "2026-01-01 | bolt | 1 | false",
                "2026-01-01 | calm | 0 | true",
                "2026-01-01 | dyno | 0 | true",
                "2026-01-01 | edge | 0 | false",
                "2026-02-01 | acme | 1 | true",
                "2026-02-01 | bolt | 0 | false",
                "2026-02-01 | calm | 1 | true",
                "2026-02-01 | dyno | 1 | true",
                "2026-02-01 | edge | 0 | true");
        expect(
                subscriptions(),
                months("count(subscription at end)")
                        .by("account")
                        .between("2026-01-01", "2026-03-01")
                        .sparse(),
                "2026-01-01 | acme | 1",
                "2026-01-01 | calm | 1",
                "2026-01-01 | dyno | 1",
                "2026-02-01 | acme | 1",
                "2026-02-01 | calm | 1",
                "2026-02-01 | dyno | 1",
                "2026-02-01 | edge | 1");
    }

    @Test
    default void every_aggregate_is_over_the_rows_that_are_valid() {
        expect(
                subscriptions(),
                months(
                        "avg(subscription at end : mrr)",
                        "median(subscription at end : mrr)",
                        "min(subscription at end : mrr)",
                        "max(subscription at end : mrr)",
                        "distinct(subscription at end : account)",
                        "share(subscription at end where mrr is not none : mrr >= 60)",
                        "first(subscription at end : mrr)",
                        "last(subscription at end : mrr)"),
                // 100, 50, 40; 150, 50, 30, 20; 150, 60, 50, 30; by when they began.
                "2026-01-01 | 63.3333333333 | 50 | 40 | 100 | 3 | 0.333333333333 | 100 | 40",
                "2026-02-01 | 62.5 | 40 | 20 | 150 | 4 | 0.25 | 50 | 20",
                "2026-03-01 | 72.5 | 55 | 30 | 150 | 4 | 0.5 | 50 | 60");
    }

    @Test
    default void total_over_groups_counts_each_row_once_in_each_bucket() {
        expect(
                subscriptions(),
                months(END, "distinct(subscription at end : mrr)", "avg(subscription at end : mrr)")
                        .by("account.plan")
                        .between("2026-02-01", "2026-04-01")
                        .totals(),
                "2026-02-01 | free | 80 | 2 | 40",
                "2026-02-01 | pro | 150 | 1 | 150",
                "2026-02-01 | none | 20 | 1 | 20",
                "2026-03-01 | free | 80 | 2 | 40",
                "2026-03-01 | pro | 210 | 2 | 105",
                "2026-03-01 | none | 0 | 0 | NO_DATA",
                "2026-02-01 | total | 250 | 4 | 62.5",
                "2026-03-01 | total | 290 | 4 | 72.5",
                "all | free | 80 | 2 | 40",
                "all | pro | 210 | 2 | 105",
                "all | total | 290 | 4 | 72.5");
    }

    @Test
    default void rows_of_no_account_are_in_the_stock_and_of_no_member() {
        expect(
                revenue().fact("subscription", "2026-01-05", null, null, 5),
                ask("mrr_end", "sum(account : mrr_end)", "distinct(subscription at end : account)")
                        .between("2026-01-01", "2026-02-01"),
                "195 | 190 | 3");
    }

    @Test
    default void row_that_another_load_replaced_is_not_valid_any_more() {
        var world =
                events().source(
                                source("subscription")
                                        .date("starts_on")
                                        .date("ends_on")
                                        .account("customer")
                                        .decimal("mrr")
                                        .text("id")
                                        .key("id")
                                        .validity("starts_on", "ends_on")
                                        .coverage("2025-12-01", "2026-07-01"))
                        .fact("subscription", "2026-01-01", null, "acme", 10, "a")
                        .fact("subscription", "2026-01-01", null, "bolt", 20, "b")
                        .nextLoad("subscription")
                        .fact("subscription", "2026-01-01", "2026-02-15", "acme", 10, "a");
        expect(world, months(END), "2026-01-01 | 30", "2026-02-01 | 20", "2026-03-01 | 20");
    }

    @Test
    default void edges_of_bucket_and_window_stand_beside_the_rows() {
        expect(
                subscriptions(),
                months(
                        "sum(subscription at end where starts_on >= bucket.start : mrr)",
                        "sum(subscription at end where starts_on >= window.start : mrr) over last 2 months"),
                "2026-01-01 | 90 | 190",
                "2026-02-01 | 200 | 250",
                "2026-03-01 | 60 | 240");
    }

    @Test
    default void rows_that_are_undecided_are_those_valid_at_any_edge() {
        var undecided =
                "m1 UNDECIDED: In 'm1' a negation is neither true nor false for 1 row of subscription without a value of";
        for (var formula :
                new String[] {
                    "sum(subscription at end where account.plan != 'pro' : mrr)",
                    "sum(subscription at start where account.plan != 'pro' : mrr)"
                }) {
            assertThat(notices(subscriptions(), months(formula)))
                    .singleElement()
                    .asString()
                    .startsWith(undecided);
        }
        assertThat(
                        notices(
                                subscriptions(),
                                months(
                                                "sum(subscription at start where account.plan != 'pro' : mrr)")
                                        .between("2026-01-01", "2026-03-01")))
                .isEmpty();
    }

    @Test
    default void edges_beyond_the_calendar_are_before_all_data() {
        for (var zone : List.of("UTC", "Asia/Tokyo", "America/New_York")) {
            expect(
                    subscriptions(),
                    months(
                                    "prior(sum(subscription at start where account.plan != 'pro' : mrr), 3000 years)",
                                    "prior(count(subscription during where account.plan != 'pro'), 3000 years)",
                                    "next(sum(subscription at end : mrr), 9000 years)",
                                    "sum(subscription at @0001-01-01 : mrr)")
                            .between("2026-01-01", "2026-03-01")
                            .zone(zone),
                    "2026-01-01 | BEFORE_DATA | BEFORE_DATA | NOT_YET | BEFORE_DATA",
                    "2026-02-01 | BEFORE_DATA | BEFORE_DATA | NOT_YET | BEFORE_DATA");
        }
    }

    @Test
    default void conditions_on_members_read_their_stocks() {
        expect(
                revenue(),
                months(
                        "count(account where exists(subscription at end))",
                        "count(account where not exists(subscription during) and exists(subscription during) over all before)",
                        "avg(account : mrr_end)"),
                // Accounts that exist: 4; then 5, of which bolt has left.
                "2026-01-01 | 3 | 0 | 47.5",
                "2026-02-01 | 4 | 1 | 50",
                "2026-03-01 | 4 | 1 | 58");
    }
}
