package dev.cairn.domain.standing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cairn.domain.analysis.Uncertainty;
import dev.cairn.domain.analysis.Uncertainty.Interval;
import dev.cairn.domain.analysis.Uncertainty.Method;
import dev.cairn.domain.analysis.Uncertainty.NoInterval;
import dev.cairn.domain.model.Baseline;
import dev.cairn.domain.standing.BaselineTest.Verdict;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BaselineDifferenceTest {
    private static Baseline baseline(double value, @Nullable Double error, long n) {
        return new Baseline(
                "before",
                "Before",
                "",
                "sleep",
                1,
                BigDecimal.valueOf(value),
                n,
                error == null ? null : BigDecimal.valueOf(error),
                LocalDate.parse("2026-01-01"),
                LocalDate.parse("2026-04-01"),
                ZoneOffset.UTC,
                List.of(),
                false,
                Instant.EPOCH,
                null);
    }

    private static Uncertainty now(double value, double error, double n) {
        return new Uncertainty(
                value,
                error,
                n,
                new Interval(value - 2 * error, value + 2 * error, Method.STUDENT),
                null);
    }

    /** Student's sleep data, as R's documentation of t.test has it: means 0.75 and 2.33 of ten each, t = 1.8608, df = 17.776, p = 0.07939. */
    @Test
    void a_value_is_tested_against_a_baseline_as_welch_does() {
        var test =
                BaselineTest.of(
                        baseline(0.75, Math.sqrt(3.200556 / 10), 10),
                        now(2.33, Math.sqrt(4.009 / 10), 10),
                        true);

        assertThat(test.difference().value()).isCloseTo(1.58, within(1e-12));
        assertThat(test.difference().freedom()).isCloseTo(17.776, within(5e-4));
        assertThat(test.difference().p()).isCloseTo(0.07939, within(5e-6));
        assertThat(test.verdict()).isEqualTo(Verdict.NO_EVIDENCE);
    }

    /** 3.182 is Student's quantile of 3 degrees of freedom: 400 rows of four accounts are four observations. With that of the rows p were 0.005. */
    @Test
    void rows_of_few_accounts_are_as_few_observations() {
        var now =
                new Uncertainty(
                        14.0,
                        1.0,
                        200.0,
                        new Interval(14 - 3.182446, 14 + 3.182446, Method.CLUSTERED),
                        null);

        var test = BaselineTest.of(baseline(10, 1.0, 400), now, true);

        // t = 4 / sqrt(2) = 2.828 of (1 + 1)² / (1 / 3 + 1 / 3) = 6 degrees of freedom: between the
        // table's 2.447 (5 %) and 3.143 (2 %).
        assertThat(test.difference().freedom()).isCloseTo(6, within(1e-3));
        assertThat(test.difference().p()).isBetween(0.02, 0.05);
    }

    @Test
    void beyond_chance_it_has_moved() {
        assertThat(BaselineTest.of(baseline(10, 1.0, 400), now(14, 1, 400), true).verdict())
                .isEqualTo(Verdict.MOVED);
    }

    @Test
    void what_lacks_an_error_is_not_tested_and_says_why() {
        assertThat(BaselineTest.of(baseline(10, null, 400), now(14, 1, 400), true).lacking())
                .contains("no standard error was kept with 'before'");
        assertThat(
                        BaselineTest.of(
                                        baseline(10, 1.0, 400),
                                        Uncertainty.none(NoInterval.NOT_A_MEAN),
                                        true)
                                .lacking())
                .contains("NOT_A_MEAN");
        var open = BaselineTest.of(baseline(10, 1.0, 400), now(14, 1, 400), false);
        assertThat(open.lacking()).contains("may still change");
        assertThat(open.verdict()).isEqualTo(Verdict.NOT_ENOUGH_DATA);
    }
}
