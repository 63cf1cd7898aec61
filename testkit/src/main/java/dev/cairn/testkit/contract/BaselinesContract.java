package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.askMetrics;
import static dev.cairn.testkit.data.EntityBuilder.accounts;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.analysis.Comparison;
import dev.cairn.domain.model.Baseline;
import dev.cairn.domain.model.Metric.Direction;
import dev.cairn.domain.model.Target.ScopeKey;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.WorldBuilder;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Values beside the baselines that were kept of their metrics, by hand arithmetic. */
public interface BaselinesContract extends ExecutorContract {
    /** booked is the sum of the {@link Standings#amounts amounts}: 3, 20, 40, in all 63. mean is their average: 1.5, 10, 20, in all 10.5. */
    private WorldBuilder amounts() {
        return Standings.amounts(events())
                .define(Standings.metric("booked", "sum(event.amount)", Direction.HIGHER))
                .define(Standings.metric("mean", "avg(event.amount)", Direction.HIGHER));
    }

    /** Kept of the first version of its metric at the start of June. */
    private static Baseline baseline(
            String name, String metric, String value, String from, String until) {
        return new Baseline(
                name,
                name,
                "",
                metric,
                1,
                new BigDecimal(value),
                null,
                null,
                LocalDate.parse(from),
                LocalDate.parse(until),
                ZoneId.of("UTC"),
                List.of(),
                false,
                Instant.parse("2026-06-01T00:00:00Z"),
                null);
    }

    private static Baseline of(Baseline baseline, boolean level, String... keys) {
        return new Baseline(
                baseline.name(),
                baseline.label(),
                "",
                baseline.metric(),
                baseline.metricVersion(),
                baseline.value(),
                12L,
                new BigDecimal("0.25"),
                baseline.from(),
                baseline.until(),
                baseline.zone(),
                Stream.of(keys)
                        .map(key -> key.split("=", -1))
                        .map(key -> new ScopeKey(key[0], key[1]))
                        .toList(),
                level,
                baseline.kept(),
                null);
    }

    private static Baseline kept(Baseline baseline, @Nullable Integer version, String zone) {
        return new Baseline(
                baseline.name(),
                baseline.label(),
                "",
                baseline.metric(),
                version,
                baseline.value(),
                null,
                null,
                baseline.from(),
                baseline.until(),
                ZoneId.of(zone),
                baseline.scope(),
                baseline.level(),
                baseline.kept(),
                null);
    }

    private static Question quarter(String... metrics) {
        var asked = askMetrics(metrics).between("2026-01-01", "2026-04-01");
        return new Question(asked.query().withBaselines(true), asked.caller(), asked.now());
    }

    /** That the question has these rows; doubles to four places, what is empty as a hyphen. */
    private void expectStandings(WorldBuilder world, Question question, String... rows) {
        assertThat(Standings.lines(result(world, question))).containsExactly(rows);
    }

    @Test
    default void a_baseline_stands_beside_every_time_as_long_that_does_not_begin_before_it() {
        var world = amounts().define(baseline("b", "booked", "16", "2026-02-01", "2026-03-01"));
        // 20 - 16 = 4, 4 / 16; 40 - 16 = 24, 24 / 16. January is before it, and a quarter is
        // longer.
        expectStandings(
                world,
                quarter("booked").grain(Grain.MONTH).totals(),
                "2026-01-01 | 3 | - | - | -",
                "2026-02-01 | 20 | 16 | 4 | 0.25",
                "2026-03-01 | 40 | 16 | 24 | 1.5",
                "- | 63 | - | - | -");
        // As many days (28) as February has, and one more.
        expectStandings(
                world,
                quarter("booked").between("2026-02-05", "2026-03-05"),
                "28 | 16 | 12 | 0.75");
        expectStandings(
                world, quarter("booked").between("2026-02-05", "2026-03-06"), "28 | - | - | -");
    }

    @Test
    default void whole_months_are_as_long_whatever_their_days() {
        var world = amounts().define(baseline("b", "mean", "-2", "2025-10-01", "2026-01-01"));
        // A last quarter of 92 days, and a first of 90: 10.5 - -2 = 12.5, 12.5 / 2.
        expectStandings(world, quarter("mean"), "10.5 | -2 | 12.5 | 6.25");
        expectStandings(
                world, quarter("mean").between("2026-01-01", "2026-03-01"), "5.75 | - | - | -");
    }

    @Test
    default void a_level_is_as_long_as_any() {
        var world =
                amounts()
                        .define(of(baseline("b", "mean", "2", "2026-01-01", "2026-01-08"), true))
                        .define(baseline("m", "mean", "8", "2026-01-01", "2026-02-01"));
        // One that is as long goes before: 1.5 - 8, 10 - 8, 20 - 8; in all 10.5 - 2.
        expectStandings(
                world,
                quarter("mean").grain(Grain.MONTH).totals(),
                "2026-01-01 | 1.5 | 8 | -6.5 | -0.8125",
                "2026-02-01 | 10 | 8 | 2 | 0.25",
                "2026-03-01 | 20 | 8 | 12 | 1.5",
                "- | 10.5 | 2 | 8.5 | 4.25");
        // Of an hour too, which is of no days.
        expectStandings(
                world,
                quarter("mean").betweenInstants("2026-02-10T10:00:00Z", "2026-02-10T11:00:00Z"),
                "4 | 2 | 2 | 1");
    }

    @Test
    default void a_baseline_is_of_exactly_its_rows() {
        var world =
                amounts()
                        .define(baseline("all", "booked", "70", "2026-01-01", "2026-04-01"))
                        .define(
                                of(
                                        baseline("pro", "booked", "10", "2026-01-01", "2026-04-01"),
                                        false,
                                        "account.plan=pro"))
                        .define(
                                of(
                                        baseline(
                                                "bolt", "booked", "64", "2026-01-01", "2026-04-01"),
                                        false,
                                        "account=bolt"));
        // acme, of pro: 15 - 10; bolt, of free: 48; 63 - 70 = -7, -7 / 70.
        expectStandings(
                world,
                quarter("booked").by("account.plan").totals(),
                "free | 48 | - | - | -",
                "pro | 15 | 10 | 5 | 0.5",
                "TOTAL | 63 | 70 | -7 | -0.1");
        // Of the account acme there is none, though all of pro is acme's; 48 - 64 = -16, -16 / 64.
        expectStandings(
                world,
                quarter("booked").by("account"),
                "acme | 15 | - | - | -",
                "bolt | 48 | 64 | -16 | -0.25");
        // Filtered to what it is of, however that is written; and to something else.
        expectStandings(
                world,
                quarter("booked").filter("account.plan", Operator.IN, "pro"),
                "15 | 10 | 5 | 0.5");
        expectStandings(
                world,
                quarter("booked").filter("event.name", Operator.IN, "a", "b"),
                "63 | - | - | -");
    }

    @Test
    default void rows_by_an_attribute_as_of_another_time_are_others() {
        // acme was free until March: by what it was then, free has 7 + 48 = 55 and pro 8; by what
        // it
        // is now, pro has 7 + 8 = 15.
        var pro = baseline("pro", "booked", "4", "2026-01-01", "2026-04-01");
        var world =
                events().entity(accounts().text("plan").history())
                        .member(account("acme").held(null, "2026-03-01").with("plan", "free"))
                        .member(account("acme").held("2026-03-01", null).with("plan", "pro"))
                        .member(account("bolt").held(null, null).with("plan", "free"))
                        .fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "a", 7)
                        .fact("event", "2026-03-02T10:00:00Z", "acme", "ann", "a", 8)
                        .fact("event", "2026-02-28T10:00:00Z", "bolt", "bob", "a", 48)
                        .define(Standings.metric("booked", "sum(event.amount)", Direction.HIGHER))
                        .define(of(pro, false, "account.plan=pro"));
        expectStandings(
                world,
                quarter("booked").by("account.plan"),
                "free | 55 | - | - | -",
                "pro | 8 | 4 | 4 | 1");
        expectStandings(
                world,
                quarter("booked").by("account.plan as of now"),
                "free | 48 | - | - | -",
                "pro | 15 | - | - | -");
    }

    @Test
    default void who_sees_fewer_rows_has_no_baseline_of_more_and_is_told_no_value() {
        var world = amounts().define(baseline("all", "booked", "70", "2026-01-01", "2026-04-01"));
        var scoped = quarter("booked").scope("account.plan = 'pro'");
        // No columns of it either, which would say that there is one.
        expectStandings(world, scoped, "15");
        // Not even of which rows it is: that may be an account that he does not see.
        assertThat(notices(world, scoped))
                .filteredOn(notice -> notice.startsWith("booked "))
                .containsExactly(
                        "booked NO_BASELINE: No baseline of 'booked' was kept that values can be compared with.");
    }

    @Test
    default void what_was_known_before_a_baseline_was_kept_has_none() {
        var world = amounts().define(baseline("b", "booked", "70", "2026-01-01", "2026-04-01"));
        expectStandings(
                world, quarter("booked").asOf("2026-06-01T00:00:00Z"), "63 | 70 | -7 | -0.1");
        var before = quarter("booked").asOf("2026-05-31T23:59:59Z");
        expectStandings(world, before, "63 | - | - | -");
        assertThat(notices(world, before))
                .contains(
                        "booked NO_BASELINE: No baseline of 'booked' was kept that values can be compared with.");
        // Facts had not been recorded either.
        var known = quarter("booked");
        expectStandings(
                world,
                new Question(
                        known.query()
                                .withAsOf(Instant.parse("2026-06-30T00:00:00Z"))
                                .withKnownAt(Instant.parse("2026-05-31T23:59:59Z")),
                        known.caller(),
                        known.now()),
                "0 | - | - | -");
    }

    @Test
    default void one_of_another_version_of_its_metric_is_told_and_not_compared_with() {
        var b = baseline("b", "booked", "70", "2026-01-01", "2026-04-01");
        var world = amounts().define(kept(b, 2, "UTC"));
        expectStandings(world, quarter("booked"), "63 | - | - | -");
        assertThat(notices(world, quarter("booked")))
                .contains(
                        "booked BASELINE_REDEFINED: 'b' was kept of version 2 of 'booked', which is at version 1: values are not compared with it. Keep it anew, or remove it.");
        // What came from elsewhere is of no version.
        expectStandings(
                amounts().define(kept(b, null, "UTC")), quarter("booked"), "63 | 70 | -7 | -0.1");
        // Days of another zone are other days.
        expectStandings(
                amounts().define(kept(b, 1, "Asia/Tokyo")), quarter("booked"), "63 | - | - | -");
        expectStandings(
                amounts().define(kept(b, 1, "Z")), quarter("booked"), "63 | 70 | -7 | -0.1");
    }

    @Test
    default void of_none_or_nothing_there_is_no_part() {
        var world =
                amounts()
                        .define(baseline("b", "booked", "0", "2026-01-01", "2026-02-01"))
                        .define(baseline("m", "mean", "5", "2026-01-01", "2026-02-01"));
        // 3 - 0, of 0 no part; of what time has not reached no difference.
        expectStandings(
                world, quarter("booked").between("2026-01-01", "2026-02-01"), "3 | 0 | 3 | -");
        expectStandings(
                world, quarter("mean").between("2026-04-01", "2026-05-01"), "NOT_YET | 5 | - | -");
    }

    @Test
    default void columns_of_a_time_compared_with_and_formulas_made_up_have_no_baseline() {
        var world = amounts().define(baseline("b", "mean", "8", "2026-01-01", "2026-02-01"));
        expectStandings(
                world,
                quarter("mean")
                        .between("2026-02-01", "2026-03-01")
                        .comparedTo(new Comparison.Previous()),
                "10 | 8 | 2 | 0.25 | 1.5");
        var made = Question.ask("avg(event.amount)");
        expectStandings(
                world,
                new Question(made.query().withBaselines(true), made.caller(), made.now()),
                "1.5");
        expect(world, askMetrics("mean"), "1.5");
    }

    @Test
    default void the_answer_says_which_baselines_it_used_and_why_none_is() {
        var world =
                amounts().define(of(baseline("b", "mean", "8", "2026-01-01", "2026-02-01"), false));
        assertThat(notices(world, quarter("mean", "booked").between("2026-02-01", "2026-03-01")))
                .contains(
                        "mean BASELINES: The baselines of 'mean': b (8 of 12, standard error 0.25 for the company, from 2026-01-01 until 2026-02-01, kept 2026-06-01T00:00:00Z).",
                        "booked NO_BASELINE: No baseline of 'booked' was kept that values can be compared with.");
        assertThat(notices(world, quarter("mean")))
                .contains(
                        "mean NO_BASELINE: No baseline of 'mean' stands beside these values. It stands beside those of exactly its rows, of a time as long (or of any, if it is a level) that does not begin before it, in its time zone: b (for the company, from 2026-01-01 until 2026-02-01).");
    }

    @Test
    default void a_total_with_test_accounts_is_of_other_rows() {
        var world =
                events().entity(accounts().test("is_test"))
                        .member(account("acme").with("is_test", false))
                        .member(account("trial").with("is_test", true))
                        .fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "a", 8)
                        .fact("event", "2026-01-05T10:00:00Z", "trial", "bob", "a", 7)
                        .define(Standings.metric("booked", "sum(event.amount)", Direction.HIGHER))
                        .define(baseline("all", "booked", "4", "2026-01-01", "2026-04-01"));
        expectStandings(world, quarter("booked"), "8 | 4 | 4 | 1");
        // 8 + 7, as a key that names the mark asks for those that it marks.
        expectStandings(
                world,
                quarter("booked").by("account.is_test").totals(),
                "false | 8 | - | - | -",
                "true | 7 | - | - | -",
                "TOTAL | 15 | - | - | -");
    }
}
