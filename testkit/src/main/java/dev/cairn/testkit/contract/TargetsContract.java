package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.askMetrics;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.analysis.Comparison;
import dev.cairn.domain.model.Metric.Direction;
import dev.cairn.domain.model.Target;
import dev.cairn.domain.model.Target.Goal;
import dev.cairn.domain.model.Target.Holds;
import dev.cairn.domain.model.Target.ScopeKey;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.WorldBuilder;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Values beside the targets of their metrics, by hand arithmetic. */
public interface TargetsContract extends ExecutorContract {
    /** booked is the sum of the {@link Standings#amounts amounts}, more is better: 3, 20, 40, in all 63. mean is their average, less is better: 1.5, 10, 20, in all 10.5. */
    private WorldBuilder amounts() {
        return Standings.amounts(events())
                .define(Standings.metric("booked", "sum(event.amount)", Direction.HIGHER))
                .define(Standings.metric("mean", "avg(event.amount)", Direction.LOWER))
                .define(
                        Standings.metric(
                                "crashes", "count(event where name = 'crash')", Direction.LOWER));
    }

    private static Target target(
            String name, String metric, String value, String from, @Nullable String until) {
        return target(name, metric, new Goal.Reach(new BigDecimal(value)), from, until, null, null);
    }

    private static Target target(
            String name,
            String metric,
            Goal goal,
            String from,
            @Nullable String until,
            @Nullable Holds holds,
            @Nullable Grain each) {
        return new Target(
                name,
                name,
                "",
                metric,
                goal,
                LocalDate.parse(from),
                until == null ? null : LocalDate.parse(until),
                List.of(),
                holds,
                each,
                null,
                Target.NEAR);
    }

    private static Target of(Target target, String... keys) {
        var scope =
                List.of(keys).stream()
                        .map(key -> key.split("=", -1))
                        .map(key -> new ScopeKey(key[0], key[1]))
                        .toList();
        return new Target(
                target.name(),
                target.label(),
                "",
                target.metric(),
                target.goal(),
                target.from(),
                target.until(),
                scope,
                target.holds(),
                target.each(),
                target.baseline(),
                target.near());
    }

    private static Target near(Target target, @Nullable String baseline, String near) {
        return new Target(
                target.name(),
                target.label(),
                "",
                target.metric(),
                target.goal(),
                target.from(),
                target.until(),
                target.scope(),
                target.holds(),
                target.each(),
                baseline == null ? null : new BigDecimal(baseline),
                new BigDecimal(near));
    }

    private static Question quarter(String... metrics) {
        var asked = askMetrics(metrics).between("2026-01-01", "2026-04-01");
        return new Question(asked.query().withTargets(true), asked.caller(), asked.now());
    }

    /** That the question has these rows; doubles to four places, what is empty as a hyphen. */
    private void expectStandings(WorldBuilder world, Question question, String... rows) {
        assertThat(Standings.lines(result(world, question))).containsExactly(rows);
    }

    @Test
    default void an_amount_is_of_exactly_its_period_and_amounts_that_tile_a_bucket_add_up() {
        var world =
                amounts()
                        .define(target("january", "booked", "4", "2026-01-01", "2026-02-01"))
                        .define(target("february", "booked", "16", "2026-02-01", "2026-03-01"))
                        .define(target("march", "booked", "42", "2026-03-01", "2026-04-01"));
        // 3 / 4, 20 / 16, 40 / 42; of the quarter 63 / (4 + 16 + 42).
        expectStandings(
                world,
                quarter("booked").grain(Grain.MONTH),
                "2026-01-01 | 3 | 4 | 0.75 | MISSED",
                "2026-02-01 | 20 | 16 | 1.25 | MET",
                "2026-03-01 | 40 | 42 | 0.9524 | NEAR");
        expectStandings(world, quarter("booked"), "63 | 62 | 1.0161 | MET");
        expectStandings(
                world,
                quarter("booked").grain(Grain.QUARTER),
                "2026-01-01 | 63 | 62 | 1.0161 | MET");
        // Days of a month, and a month and a day, have no target.
        expectStandings(
                world, quarter("booked").between("2026-01-01", "2026-01-31"), "1 | - | - | -");
        expectStandings(
                world, quarter("booked").between("2026-01-01", "2026-03-02"), "23 | - | - | -");
        // A year that only its first quarter has targets for.
        expectStandings(
                world, quarter("booked").between("2026-01-01", "2027-01-01"), "63 | - | - | -");
    }

    @Test
    default void an_amount_of_each_month_is_of_whole_months_however_many() {
        var world =
                amounts()
                        .define(
                                target(
                                        "monthly",
                                        "booked",
                                        new Goal.Reach(new BigDecimal("20")),
                                        "2026-01-01",
                                        null,
                                        null,
                                        Grain.MONTH));
        expectStandings(
                world,
                quarter("booked").grain(Grain.MONTH).totals(),
                "2026-01-01 | 3 | 20 | 0.15 | MISSED",
                "2026-02-01 | 20 | 20 | 1 | MET",
                "2026-03-01 | 40 | 20 | 2 | MET",
                "- | 63 | 60 | 1.05 | MET");
        expectStandings(
                world, quarter("booked").between("2026-01-15", "2026-02-15"), "6 | - | - | -");
    }

    /** In January acme has events, in February and March both: 1, 2, 2, and 2 in the quarter. */
    @Test
    default void what_is_counted_over_members_is_a_level_unless_an_amount_is_said() {
        var world =
                amounts()
                        .define(
                                Standings.metric(
                                        "active",
                                        "count(account where exists(event))",
                                        Direction.HIGHER));
        var months = quarter("active").grain(Grain.MONTH).totals();
        expectStandings(
                world.define(target("t", "active", "2", "2026-01-01", "2026-04-01")),
                months,
                "2026-01-01 | 1 | 2 | 0.5 | MISSED",
                "2026-02-01 | 2 | 2 | 1 | MET",
                "2026-03-01 | 2 | 2 | 1 | MET",
                "- | 2 | 2 | 1 | MET");
        expectStandings(
                world.define(amount("t", "active", "2026-01-01", "2026-04-01")),
                months,
                "2026-01-01 | 1 | - | - | -",
                "2026-02-01 | 2 | - | - | -",
                "2026-03-01 | 2 | - | - | -",
                "- | 2 | 6 | 0.3333 | MISSED");
        expectStandings(
                world.define(
                        target(
                                "t",
                                "active",
                                new Goal.Reach(new BigDecimal("1")),
                                "2026-01-01",
                                null,
                                null,
                                Grain.MONTH)),
                months,
                "2026-01-01 | 1 | 1 | 1 | MET",
                "2026-02-01 | 2 | 1 | 2 | MET",
                "2026-03-01 | 2 | 1 | 2 | MET",
                "- | 2 | - | - | -");
    }

    @Test
    default void what_does_not_add_up_has_no_sum_of_amounts() {
        var world =
                amounts()
                        .define(amount("january", "mean", "2026-01-01", "2026-02-01"))
                        .define(amount("february", "mean", "2026-02-01", "2026-03-01"));
        expectStandings(
                world,
                quarter("mean").between("2026-01-01", "2026-03-01").grain(Grain.MONTH).totals(),
                "2026-01-01 | 1.5 | 6 | 4 | MET",
                "2026-02-01 | 10 | 6 | 0.6 | MISSED",
                "- | 5.75 | - | - | -");
    }

    private static Target amount(String name, String metric, String from, String until) {
        return target(
                name, metric, new Goal.Reach(new BigDecimal("6")), from, until, Holds.AMOUNT, null);
    }

    @Test
    default void a_level_holds_for_each_bucket_within_its_period_and_the_narrowest_scope_wins() {
        var world =
                amounts()
                        .define(target("all", "mean", "12", "2026-01-01", "2026-04-01"))
                        .define(
                                near(
                                        of(
                                                target(
                                                        "pro",
                                                        "mean",
                                                        "3",
                                                        "2026-01-01",
                                                        "2026-04-01"),
                                                "account.plan=pro"),
                                        null,
                                        "0.8"));
        // acme: 15 / 4 = 3.75, 3 / 3.75; bolt: 48 / 2 = 24, 12 / 24; together 63 / 6 = 10.5, 12 /
        // 10.5.
        expectStandings(
                world,
                quarter("mean").by("account.plan").totals(),
                "free | 24 | 12 | 0.5 | MISSED",
                "pro | 3.75 | 3 | 0.8 | NEAR",
                "TOTAL | 10.5 | 12 | 1.1429 | MET");
        expectStandings(
                world,
                quarter("mean").by("account").filter("account.plan", Operator.IN, "pro"),
                "acme | 3.75 | 3 | 0.8 | NEAR");
        expectStandings(
                world, quarter("mean").where("account.plan = 'pro'"), "3.75 | 3 | 0.8 | NEAR");
        // Beyond the period on either side there is none.
        expectStandings(
                world, quarter("mean").between("2025-12-31", "2026-02-01"), "1.5 | - | - | -");
        expectStandings(
                world, quarter("mean").between("2026-03-01", "2026-04-02"), "20 | - | - | -");
    }

    @Test
    default void an_amount_is_of_exactly_its_rows() {
        var world =
                amounts()
                        .define(target("all", "booked", "50", "2026-01-01", "2026-04-01"))
                        .define(
                                of(
                                        target("pro", "booked", "30", "2026-01-01", "2026-04-01"),
                                        "account.plan=pro"))
                        .define(
                                of(
                                        target(
                                                "acme_q1",
                                                "booked",
                                                "15",
                                                "2026-01-01",
                                                "2026-04-01"),
                                        "account=acme"));
        expectStandings(
                world,
                quarter("booked").by("account.plan").totals(),
                "free | 48 | - | - | -",
                "pro | 15 | 30 | 0.5 | MISSED",
                "TOTAL | 63 | 50 | 1.26 | MET");
        expectStandings(
                world,
                quarter("booked").by("account"),
                "acme | 15 | 15 | 1 | MET",
                "bolt | 48 | - | - | -");
        // Some rows of the company are not the company, and those of a plan that are left by
        // another condition not the plan's.
        expectStandings(world, quarter("booked").where("account.plan = 'free'"), "48 | - | - | -");
        expectStandings(
                world, quarter("booked").where("account.plan = 'pro'"), "15 | 30 | 0.5 | MISSED");
        expectStandings(
                world,
                quarter("booked").where("account.plan = 'pro' and event.name = 'a'"),
                "11 | - | - | -");
        expectStandings(world, quarter("booked").cohortBy("plan = 'pro'"), "15 | - | - | -");
        expectStandings(world, quarter("booked").scope("plan = 'pro'"), "15 | - | - | -");
    }

    @Test
    default void who_sees_some_accounts_is_told_of_targets_of_the_company_alone() {
        var world = amounts().define(target("all_mean", "mean", "15", "2026-01-01", null));
        // acme alone: 15 / 4.
        expectStandings(world, quarter("mean").scope("plan = 'pro'"), "3.75 | 15 | 4 | MET");
        var bolt = target("bolt_mean", "mean", "20", "2026-01-01", null);
        var ofBolt = world.define(of(bolt, "account=bolt"));
        // bolt: 48 / 2.
        expectStandings(
                ofBolt, quarter("mean").where("account = 'bolt'"), "24 | 20 | 0.8333 | MISSED");
        // Whether bolt has a target is told neither by who sees bolt nor by who does not.
        expectStandings(
                ofBolt,
                quarter("mean").where("account = 'bolt'").scope("plan = 'pro'"),
                "NO_DATA | 15 | - | -");
        expectStandings(
                ofBolt,
                quarter("mean").by("account").scope("plan = 'free'"),
                "bolt | 24 | 15 | 0.625 | MISSED");
    }

    @Test
    default void two_targets_of_which_none_is_narrower_are_none() {
        var world =
                amounts()
                        .define(
                                of(
                                        target("pro", "mean", "3", "2026-01-01", null),
                                        "account.plan=pro"))
                        .define(
                                of(
                                        target("named_a", "mean", "4", "2026-01-01", null),
                                        "event.name=a"));
        expectStandings(
                world,
                quarter("mean").by("account.plan", "event.name"),
                "free | a | 16 | 4 | 0.25 | MISSED",
                "free | b | 32 | - | - | -",
                "pro | a | 3.6667 | - | - | -",
                "pro | b | 4 | 3 | 0.75 | MISSED");
    }

    @Test
    default void an_amount_is_nothing_to_a_bucket_that_the_range_cuts() {
        var world =
                amounts()
                        .define(
                                target(
                                        "monthly",
                                        "booked",
                                        new Goal.Reach(BigDecimal.TWO),
                                        "2026-01-01",
                                        "2027-01-01",
                                        null,
                                        Grain.MONTH));
        // January from the tenth on: only the 2 of its last day. Of March one day less: without the
        // 32.
        expectStandings(
                world,
                quarter("booked").grain(Grain.MONTH).between("2026-01-10", "2026-03-31"),
                "2026-01-01 | 2 | - | - | -",
                "2026-02-01 | 20 | 2 | 10 | MET",
                "2026-03-01 | 8 | - | - | -");
    }

    @Test
    default void what_may_still_change_is_not_yet_met_or_missed() {
        var world =
                amounts()
                        .define(
                                target(
                                        "monthly",
                                        "booked",
                                        new Goal.Reach(new BigDecimal("2")),
                                        "2026-01-01",
                                        null,
                                        null,
                                        Grain.MONTH));
        expectStandings(
                world,
                quarter("booked").grain(Grain.MONTH).asOf("2026-02-20T00:00:00Z"),
                "2026-01-01 | 3 | 2 | 1.5 | MET",
                "2026-02-01 | 4 | 2 | 2 | NOT_YET",
                "2026-03-01 | NOT_YET | 2 | - | NOT_YET");
    }

    @Test
    default void an_interval_is_met_at_both_its_ends() {
        var interval = new Goal.Between(new BigDecimal("3"), new BigDecimal("20"));
        var world =
                amounts()
                        .define(
                                target(
                                        "band",
                                        "booked",
                                        interval,
                                        "2026-01-01",
                                        null,
                                        Holds.LEVEL,
                                        null));
        // 20 / 40 of the most; of February 10 alone 4; of January 5 to 30 1 / 3 of the least.
        expectStandings(
                world,
                quarter("booked").grain(Grain.MONTH),
                "2026-01-01 | 3 | 3 | 20 | 1 | MET",
                "2026-02-01 | 20 | 3 | 20 | 1 | MET",
                "2026-03-01 | 40 | 3 | 20 | 0.5 | MISSED");
        expectStandings(
                world,
                quarter("booked").between("2026-01-01", "2026-01-31"),
                "1 | 3 | 20 | 0.3333 | MISSED");
    }

    @Test
    default void a_way_from_a_baseline_is_due_when_the_period_ends() {
        var target = target("way", "mean", "2", "2026-01-01", "2026-04-01");
        var world = amounts().define(near(target, "10", "0.9"));
        // (1.5 - 10) / (2 - 10), (10 - 10) / -8, (20 - 10) / -8; 2 / 1.5, 2 / 10, 2 / 20.
        expectStandings(
                world,
                quarter("mean").grain(Grain.MONTH),
                "2026-01-01 | 1.5 | 2 | 1.3333 | 1.0625 | MET",
                "2026-02-01 | 10 | 2 | 0.2 | 0 | NOT_YET",
                "2026-03-01 | 20 | 2 | 0.1 | -1.25 | MISSED");
    }

    @Test
    default void a_target_of_zero_has_no_attainment_and_is_met_or_missed() {
        var none =
                target(
                        "none",
                        "crashes",
                        new Goal.Reach(BigDecimal.ZERO),
                        "2026-01-01",
                        null,
                        null,
                        Grain.MONTH);
        expectStandings(amounts().define(none), quarter("crashes"), "0 | 0 | - | MET");
        expectStandings(
                amounts()
                        .define(none)
                        .fact("event", "2026-03-02T10:00:00Z", "acme", "ann", "crash", 1),
                quarter("crashes"),
                "1 | 0 | - | MISSED");
    }

    @Test
    default void columns_of_a_time_compared_with_and_formulas_made_up_have_no_target() {
        var world = amounts().define(target("all", "mean", "12", "2026-01-01", null));
        expectStandings(
                world,
                quarter("mean")
                        .between("2026-02-01", "2026-03-01")
                        .comparedTo(new Comparison.Previous()),
                "10 | 12 | 1.2 | MET | 1.5");
        var made = Question.ask("avg(event.amount)");
        expectStandings(
                world,
                new Question(made.query().withTargets(true), made.caller(), made.now()),
                "1.5");
        expect(world, Question.askMetrics("mean"), "1.5");
    }

    @Test
    default void the_answer_says_which_targets_it_used_and_why_none_is() {
        var world = amounts().define(target("all", "mean", "12", "2026-01-01", null));
        assertThat(notices(world, quarter("mean", "booked")))
                .contains(
                        "mean TARGETS: The targets of 'mean': all (12 or less for the company, from 2026-01-01; near from 0.9 of it).",
                        "booked NO_TARGET: Metric 'booked' has no target.");
        assertThat(notices(world, quarter("mean").between("2025-12-01", "2026-04-01")))
                .contains(
                        "mean NO_TARGET: No target of 'mean' is for these rows and times. A level holds for buckets within its period, an amount for exactly its rows and its time: all (12 or less for the company, from 2026-01-01; near from 0.9 of it).");
    }
}
