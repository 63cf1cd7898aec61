package dev.cairn.domain.impact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.AnalysisResult.Column;
import dev.cairn.domain.analysis.AnalysisResult.Role;
import dev.cairn.domain.analysis.AnalysisResult.ValueType;
import dev.cairn.domain.impact.Impact.Estimand;
import dev.cairn.domain.impact.Impact.OfMetric;
import dev.cairn.domain.impact.Impact.Placebos;
import dev.cairn.domain.impact.Impact.Reason;
import dev.cairn.domain.impact.Impact.Reason.Code;
import dev.cairn.domain.impact.Impact.Side;
import dev.cairn.domain.impact.Impact.Verdict;
import dev.cairn.domain.model.Metric.Direction;
import dev.cairn.domain.statistics.Estimate;
import dev.cairn.domain.statistics.ManyTests;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** By the table of the normal distribution: an effect of 1.960 of its errors has p 0.05, and one of 2.807 has 0.005. */
class ImpactVerdictsTest {
    private static final Side SIDE = new Side(10.0, 12.0, 40, 40);

    private static MetricTest test(double effect, boolean compared) {
        return new MetricTest(
                Estimand.MEAN_OF_ACCOUNTS,
                SIDE,
                compared ? SIDE : null,
                Estimate.normal(effect, 1),
                null,
                null,
                null,
                compared ? Estimate.normal(0.1, 1) : null,
                0.2,
                compared ? (Double) 1.0 : null,
                0,
                true,
                null);
    }

    static Column column(Direction direction) {
        return new Column("x", "X", Role.MEASURE, ValueType.NUMBER, null, null, null, direction);
    }

    private static OfMetric compared(double effect, Direction direction) {
        var verdicts = new ImpactVerdicts(false, true, null);
        var test = test(effect, true);
        return verdicts.of(column(direction), test, verdicts.p(test), null, List.of());
    }

    private static OfMetric alone(double effect, @Nullable Placebos placebos) {
        var verdicts = new ImpactVerdicts(false, false, null);
        var test = test(effect, false);
        return verdicts.of(column(Direction.HIGHER), test, verdicts.p(test), placebos, List.of());
    }

    private static List<Code> codes(OfMetric metric) {
        return metric.reasons().stream().map(Reason::code).toList();
    }

    @Test
    void better_and_worse_are_said_below_one_in_two_hundred() {
        assertThat(compared(2.81, Direction.HIGHER).verdict()).isEqualTo(Verdict.IMPROVED);
        assertThat(compared(-2.81, Direction.HIGHER).verdict()).isEqualTo(Verdict.WORSENED);
        assertThat(compared(2.81, Direction.LOWER).verdict()).isEqualTo(Verdict.WORSENED);
        assertThat(codes(compared(2.81, Direction.HIGHER)))
                .containsExactly(Code.BEYOND_CHANCE, Code.TRENDS_ALIKE);
    }

    @Test
    void what_is_between_one_in_two_hundred_and_one_in_twenty_has_moved_and_says_why() {
        for (double effect : new double[] {1.97, 2.80, -1.97, -2.80}) {
            var found = compared(effect, Direction.HIGHER);

            assertThat(found.verdict()).isEqualTo(Verdict.MOVED);
            assertThat(codes(found))
                    .containsExactly(Code.BEYOND_CHANCE, Code.TRENDS_ALIKE, Code.SUGGESTIVE);
            assertThat(found.reasons().getFirst().message()).contains("1 of 20 ");
            assertThat(found.reasons().getLast().message()).contains("below 0.005");
        }
        assertThat(compared(1.95, Direction.HIGHER).verdict()).isEqualTo(Verdict.NO_EVIDENCE);
    }

    @Test
    void just_at_a_level_is_not_below_it() {
        var verdicts = new ImpactVerdicts(false, true, null);
        var column = column(Direction.HIGHER);
        var test = test(3, true);

        assertThat(verdicts.of(column, test, 0.005, null, List.of()).verdict())
                .isEqualTo(Verdict.MOVED);
        assertThat(verdicts.of(column, test, 0.05, null, List.of()).verdict())
                .isEqualTo(Verdict.NO_EVIDENCE);
        assertThat(verdicts.of(column, test, Math.nextDown(0.005), null, List.of()).verdict())
                .isEqualTo(Verdict.IMPROVED);
    }

    /** p 0.0027 of 3 errors is twice that beside another metric: 0.0054. */
    @Test
    void it_is_the_chance_of_all_metrics_together_that_decides() {
        var verdicts = new ImpactVerdicts(false, true, null);
        var found = test(3, true);
        var adjusted = ManyTests.holm(List.of(verdicts.p(found), verdicts.p(test(0.5, true))));

        assertThat(compared(3, Direction.HIGHER).verdict()).isEqualTo(Verdict.IMPROVED);
        assertThat(
                        verdicts.of(
                                        column(Direction.HIGHER),
                                        found,
                                        adjusted.getFirst(),
                                        null,
                                        List.of())
                                .verdict())
                .isEqualTo(Verdict.MOVED);
    }

    @Test
    void where_no_way_is_good_it_has_moved_however_seldom_that_is() {
        var found = compared(2.5, Direction.NEUTRAL);

        assertThat(found.verdict()).isEqualTo(Verdict.MOVED);
        assertThat(codes(found))
                .containsExactly(Code.BEYOND_CHANCE, Code.TRENDS_ALIKE, Code.NO_DIRECTION);
    }

    /** None of 20 earlier days: 1 / 21 is below 0.05; one of them: 2 / 21 is not. */
    @Test
    void without_a_comparison_both_the_test_and_earlier_days_are_needed() {
        var none = new Placebos(20, 0, 1.0 / 21);

        assertThat(alone(2.81, none).verdict()).isEqualTo(Verdict.IMPROVED);
        assertThat(alone(2.80, none).verdict()).isEqualTo(Verdict.MOVED);
        assertThat(alone(2.81, new Placebos(20, 1, 2.0 / 21)).verdict()).isEqualTo(Verdict.MOVED);
        assertThat(alone(2.81, new Placebos(19, 0, 1.0 / 20)).verdict()).isEqualTo(Verdict.MOVED);
        assertThat(alone(2.81, null).verdict()).isEqualTo(Verdict.MOVED);
    }
}
