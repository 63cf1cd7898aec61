package dev.cairn.domain.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RankBelowTest {
    /** The chance that at most so many of n values lie below the percentile. */
    private static double atMost(long below, long values, double fraction) {
        return BinomialDistribution.of((int) values, fraction).cumulativeProbability((int) below);
    }

    /** The greatest rank at which the value is above the percentile in 2.5 of 100 samples at most. */
    private static long exact(long values, double fraction) {
        long rank = 0;
        while (rank < values && atMost(rank, values, fraction) <= 0.025) {
            rank++;
        }
        return rank;
    }

    @ParameterizedTest
    @ValueSource(
            doubles = {0.001, 0.01, 0.05, 0.1, 0.25, 0.4, 0.5, 0.6, 0.75, 0.9, 0.95, 0.99, 0.999})
    void a_rank_is_never_above_the_binomial_one_and_one_below_it_at_most(double fraction) {
        var below = RankBelow.of(fraction);
        IntStream.concat(IntStream.rangeClosed(1, 400), IntStream.of(1000, 1001, 5000))
                .forEach(values ->
                        assertThat(Math.max(0, below.in(values)))
                                .as("of %d values", values)
                                .isBetween(
                                        Math.max(0, exact(values, fraction) - 1),
                                        exact(values, fraction)));
    }

    /** Ranks of published tables of the interval of a median (W. J. Conover, "Practical Nonparametric Statistics", table A3: the greatest below 2.5 %). */
    @ParameterizedTest
    @CsvSource({
        "5, 0", "6, 1", "8, 1", "9, 2", "11, 2", "12, 3", "15, 4", "20, 6", "25, 8", "100, 40"
    })
    void ranks_of_a_median_are_those_of_the_table(long values, long rank) {
        assertThat(Math.max(0, RankBelow.of(0.5).in(values))).isEqualTo(rank);
    }

    @Test
    void there_is_no_rank_below_the_least_and_none_above_the_greatest() {
        assertThat(RankBelow.of(0).in(1_000_000)).isLessThan(1);
        assertThat(RankBelow.of(0.1).in(10)).isLessThan(1);
    }
}
