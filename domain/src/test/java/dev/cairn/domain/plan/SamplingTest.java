package dev.cairn.domain.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cairn.domain.analysis.Uncertainty.NoInterval;
import dev.cairn.domain.expression.Expr;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SamplingTest {
    private static final Expr ANY = Expr.number(BigDecimal.ONE);

    private static List<@Nullable Number> numbers(@Nullable Number... numbers) {
        return Arrays.asList(numbers);
    }

    /** Method 3 of table I in R. G. Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17, 1998. */
    @ParameterizedTest
    @CsvSource({
        "81, 263, 0.2553, 0.3662",
        "15, 148, 0.0624, 0.1605",
        "0, 20, 0.0000, 0.1611",
        "1, 29, 0.0061, 0.1718"
    })
    void the_interval_of_a_share_is_that_of_newcombes_table(
            int matching, int all, double low, double high) {
        var interval =
                Objects.requireNonNull(
                        new Sampling.OfShare(ANY, ANY, null, 1, 0)
                                .uncertainty(numbers(matching, all))
                                .interval());

        assertThat(interval.low()).isCloseTo(low, within(5e-5));
        assertThat(interval.high()).isCloseTo(high, within(5e-5));
    }

    /** What is turned around has its ends turned around. */
    @Test
    void a_negative_factor_turns_the_interval() {
        var none = new Sampling.OfShare(ANY, ANY, null, -100, 100).uncertainty(numbers(0, 20));
        var interval = Objects.requireNonNull(none.interval());

        assertThat(interval.low()).isCloseTo(83.89, within(5e-3));
        assertThat(interval.high()).isEqualTo(100);
        assertThat(none.standardError()).isZero();
    }

    /** "Student's" own data: the gain of ten patients in hours of sleep, mean 1.58 and s 1.23 (with n - 1). */
    @Test
    void the_interval_of_a_mean_is_that_of_students_sleep() {
        var gain = new Sampling.OfMean(ANY, ANY, ANY, null, 1);
        var found = gain.uncertainty(numbers(1.58, 1.229995482, 10));
        var interval = Objects.requireNonNull(found.interval());

        assertThat(found.standardError()).isCloseTo(0.3889587, within(1e-6));
        assertThat(interval.low()).isCloseTo(0.7001142, within(1e-6));
        assertThat(interval.high()).isCloseTo(2.4598858, within(1e-6));
    }

    /** Weights 9 and 1 say as much as 100 / 82 rows, weights 1 and 1 as two. */
    @Test
    void a_mean_of_less_than_two_effective_rows_has_no_interval() {
        var mean = new Sampling.OfMean(ANY, ANY, ANY, ANY, 1);

        var few = mean.uncertainty(numbers(7, 3, 10, 82));
        assertThat(few.noInterval()).isEqualTo(NoInterval.TOO_FEW_ROWS);
        assertThat(few.standardError()).isCloseTo(3 / Math.sqrt(100.0 / 82), within(1e-12));
        assertThat(mean.uncertainty(numbers(7, 3, 0.2, 0.02)).interval()).isNotNull();
    }

    @Test
    void one_row_says_nothing_of_how_rows_differ() {
        var found = new Sampling.OfMean(ANY, ANY, ANY, null, 1).uncertainty(numbers(7, null, 1));

        assertThat(found.noInterval()).isEqualTo(NoInterval.TOO_FEW_ROWS);
        assertThat(found.standardError()).isNull();
        assertThat(found.effectiveN()).isEqualTo(1);
    }
}
