package dev.cairn.domain.impact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.Measured;
import dev.cairn.domain.analysis.Uncertainty;
import dev.cairn.domain.analysis.Uncertainty.Interval;
import dev.cairn.domain.analysis.Uncertainty.Method;
import dev.cairn.domain.model.Metric.Direction;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A share of rows before and after a change; intervals of each are Wilson's, computed apart. */
class SharesByRowsTest {
    private static Cell.Value share(
            double factor, double count, double rows, double low, double high) {
        double share = count / rows;
        return new Cell.Value(
                new Measured(
                        factor * share,
                        null,
                        null,
                        Math.round(rows),
                        null,
                        List.of(),
                        List.of(),
                        0,
                        null,
                        false,
                        new Uncertainty(
                                factor * share,
                                factor * Math.sqrt(share * (1 - share) / rows),
                                rows,
                                new Interval(factor * low, factor * high, Method.WILSON),
                                null)),
                Set.of());
    }

    /** R. G. Newcombe, Statistics in Medicine 17 (1998), table II, method 10: 48 of 80 and 56 of 70, and as a percentage. */
    @ParameterizedTest
    @CsvSource({"1, 0.0524, 0.3339", "100, 5.24, 33.39"})
    void the_interval_of_their_difference_is_newcombes(double factor, double low, double high) {
        var test =
                RowTest.of(
                        share(factor, 48, 80, 0.490455, 0.700382),
                        share(factor, 56, 70, 0.691834, 0.876953));

        var interval = Objects.requireNonNull(test.interval());
        assertThat(interval.low()).isCloseTo(low, within(5.1e-5 * factor));
        assertThat(interval.high()).isCloseTo(high, within(5.1e-5 * factor));
    }

    /** The Physicians' Health Study, in A. Agresti, "Categorical Data Analysis" (2002), section 3.1: chi-square 25.01. */
    @Test
    void their_test_is_by_the_share_of_both_together() {
        var test =
                RowTest.of(
                        share(1, 104, 11_037, 0.007783, 0.011404),
                        share(1, 189, 11_034, 0.014871, 0.019723));

        assertThat(test.effect().value()).isCloseTo(0.0077, within(5e-5));
        assertThat(Math.pow(test.effect().statistic(), 2)).isCloseTo(25.01, within(5e-3));
    }

    @Test
    void what_an_impact_tells_is_that_interval() {
        var test =
                RowTest.of(
                        share(1, 48, 80, 0.490455, 0.700382), share(1, 56, 70, 0.691834, 0.876953));
        var verdicts = new ImpactVerdicts(false, false, null);

        var effect =
                Objects.requireNonNull(
                        verdicts.of(
                                        ImpactVerdictsTest.column(Direction.HIGHER),
                                        test,
                                        verdicts.p(test),
                                        null,
                                        List.of())
                                .effect());

        assertThat(effect.interval().low()).isCloseTo(0.0524, within(5.1e-5));
        assertThat(effect.interval().high()).isCloseTo(0.3339, within(5.1e-5));
    }
}
