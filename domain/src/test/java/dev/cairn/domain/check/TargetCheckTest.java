package dev.cairn.domain.check;

import static dev.cairn.domain.catalog.Shop.shop;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.Metric.Direction;
import dev.cairn.domain.model.Target;
import dev.cairn.domain.model.Target.Goal;
import dev.cairn.domain.model.Target.Holds;
import dev.cairn.domain.model.Target.ScopeKey;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.time.Grain;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TargetCheckTest {
    private static final Goal FORTY = new Goal.Reach(new BigDecimal("40"));

    private static Metric metric(String name, Direction direction) {
        return new Metric(
                name,
                name,
                "",
                Metric.Level.CELL,
                null,
                "count(event)",
                null,
                direction,
                null,
                null,
                null,
                false,
                Metric.Status.PUBLISHED);
    }

    private static Target target(String name, String metric, Goal goal) {
        return target(name, metric, goal, "2026-01-01", "2027-01-01", null, null, null);
    }

    private static Target target(
            String name,
            String metric,
            Goal goal,
            String from,
            @Nullable String until,
            @Nullable Holds holds,
            @Nullable Grain each,
            @Nullable String baseline,
            ScopeKey... scope) {
        return new Target(
                name,
                name,
                "",
                metric,
                goal,
                LocalDate.parse(from),
                until == null ? null : LocalDate.parse(until),
                List.of(scope),
                holds,
                each,
                baseline == null ? null : new BigDecimal(baseline),
                Target.NEAR);
    }

    private static List<String> told(Target target, Target... others) {
        var shop =
                shop().define(metric("up", Direction.HIGHER))
                        .define(metric("down", Direction.LOWER))
                        .define(metric("either", Direction.NEUTRAL))
                        .define(target);
        for (var other : others) {
            shop.define(other);
        }
        return DefinitionChecker.check(shop.build(), new Entry(target, 1, Map.of()), Place.of("t"))
                .problems()
                .stream()
                .map(problem ->
                        "%s %s: %s"
                                .formatted(
                                        problem.code(),
                                        String.join(".", problem.place().path()),
                                        problem.message()))
                .toList();
    }

    @Test
    void a_scope_is_short() {
        var keys = new ScopeKey[11];
        Arrays.fill(keys, new ScopeKey("no.such", "pro"));
        assertThat(
                        told(
                                target(
                                        "t",
                                        "up",
                                        FORTY,
                                        "2026-01-01",
                                        null,
                                        null,
                                        Grain.MONTH,
                                        null,
                                        keys)))
                .containsExactly("LIMIT t.for: A target is of at most 10 dimensions, not 11.");
    }

    @Test
    void a_target_of_a_metric_with_a_direction_is_sound() {
        assertThat(told(target("t", "up", FORTY))).isEmpty();
        assertThat(
                        told(
                                target(
                                        "t",
                                        "up",
                                        FORTY,
                                        "2026-01-01",
                                        null,
                                        null,
                                        Grain.MONTH,
                                        null,
                                        new ScopeKey("account.plan", "pro"))))
                .isEmpty();
    }

    @Test
    void metric_and_scope_are_known() {
        assertThat(told(target("t", "upp", FORTY)))
                .containsExactly("UNKNOWN_METRIC t.metric: No metric 'upp'. Did you mean 'up'?");
        assertThat(
                        told(
                                target(
                                        "t",
                                        "up",
                                        FORTY,
                                        "2026-01-01",
                                        null,
                                        Holds.LEVEL,
                                        null,
                                        null,
                                        new ScopeKey("account.plam", "pro"))))
                .containsExactly(
                        "UNKNOWN_DIMENSION t.for.account.plam: No dimension 'account.plam'; a scope names each by its full name, for example account.plan. Did you mean 'account.plan'?");
    }

    @Test
    void a_period_begins_before_it_ends_and_an_amount_has_an_end() {
        assertThat(told(target("t", "up", FORTY, "2026-02-01", "2026-02-01", null, null, null)))
                .containsExactly(
                        "BAD_RANGE t.until: The period ends (2026-02-01, out) before it starts (2026-02-01, in).");
        assertThat(told(target("t", "up", FORTY, "2026-02-01", null, Holds.AMOUNT, null, null)))
                .containsExactly(
                        "MISSING t.until: An amount is of a period that ends: say until when, or of each of which units it is (each: month).");
        assertThat(
                        told(
                                target(
                                        "t",
                                        "up",
                                        FORTY,
                                        "2026-02-01",
                                        null,
                                        Holds.LEVEL,
                                        Grain.HOUR,
                                        null)))
                .hasSize(2)
                .anyMatch(problem -> problem.startsWith("BAD_VALUE t.each"))
                .anyMatch(problem -> problem.startsWith("INCOMPATIBLE t.each"));
    }

    @Test
    void which_side_is_good_is_known() {
        assertThat(told(target("t", "either", FORTY)))
                .containsExactly(
                        "INCOMPATIBLE t.value: Metric 'either' does not say whether more or less is better, so nothing says which side of 40 is good. Give it a direction, or say what is good: between: [LEAST, MOST].");
        assertThat(told(target("t", "either", new Goal.Between(BigDecimal.ONE, BigDecimal.TEN))))
                .isEmpty();
        assertThat(told(target("t", "up", new Goal.Between(BigDecimal.TEN, BigDecimal.ONE))))
                .containsExactly("BAD_VALUE t.between: It is from the least to the most: [1, 10].");
    }

    @Test
    void a_way_from_a_baseline_leads_somewhere_better() {
        assertThat(fromBaseline("up", "30")).isEmpty();
        assertThat(fromBaseline("either", "50")).isEmpty();
        assertThat(fromBaseline("up", "40"))
                .containsExactly(
                        "BAD_VALUE t.baseline: The target equals its baseline (40): there is no way between them to be gone.");
        assertThat(fromBaseline("down", "30"))
                .containsExactly(
                        "INCOMPATIBLE t.baseline: From 30 to 40 the metric would become worse: of 'down' less is better.");
    }

    private static List<String> fromBaseline(String metric, String baseline) {
        return told(
                target(
                        "t",
                        metric,
                        FORTY,
                        "2026-01-01",
                        "2027-01-01",
                        Holds.LEVEL,
                        null,
                        baseline));
    }

    @Test
    void two_targets_of_the_same_rows_do_not_overlap() {
        var next = target("s", "up", FORTY, "2027-01-01", null, Holds.LEVEL, null, null);
        assertThat(told(target("t", "up", FORTY), next)).isEmpty();
        var pro =
                target(
                        "s",
                        "up",
                        FORTY,
                        "2026-01-01",
                        null,
                        Holds.LEVEL,
                        null,
                        null,
                        new ScopeKey("account.plan", "pro"));
        assertThat(told(target("t", "up", FORTY), pro)).isEmpty();
        var late = target("s", "up", FORTY, "2026-12-31", null, Holds.LEVEL, null, null);
        assertThat(told(target("t", "up", FORTY), late))
                .containsExactly(
                        "CONFLICT t.from: 't' (from 2026-01-01 until 2027-01-01) and 's' (from 2026-12-31) are both targets of 'up' for the company, and their periods overlap. End one where the other begins, or say of which rows each is ('for').");
    }
}
