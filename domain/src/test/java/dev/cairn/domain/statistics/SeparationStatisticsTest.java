package dev.cairn.domain.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What stands beside an AUC. */
class SeparationStatisticsTest {
    private static double[] from(int first, int last) {
        return IntStream.rangeClosed(first, last).asDoubleStream().toArray();
    }

    /** At 2 three of four of the one and none of the other are not above it; of the 35 ways to choose four of seven, by hand, 4 of 35 go as far. */
    @Test
    void the_distance_of_kolmogorov_and_smirnov_is_the_greatest_between_both_distributions() {
        var separate = KolmogorovSmirnov.of(Groups.of(from(1, 4), from(5, 7)));
        assertThat(separate.distance()).isOne();
        assertThat(separate.p()).isCloseTo(2.0 / 35, within(1e-12));

        var overlapping =
                KolmogorovSmirnov.of(
                        Groups.of(new double[] {1, 2, 2, 5}, new double[] {3, 4, 5, 6}));
        assertThat(overlapping.distance()).isEqualTo(0.75);
    }

    /** Of the limit, sqrt(nm/(n+m)) D = 1.36 has a chance of 5 % (N. Smirnov, "Table for Estimating the Goodness of Fit of Empirical Distributions", Annals of Mathematical Statistics 19, 1948). */
    @Test
    void of_many_the_chance_of_a_distance_is_that_of_the_limit() {
        int n = 2_000;
        int shift = (int) Math.round(1.358 * Math.sqrt(2.0 / n) * n);

        var far = KolmogorovSmirnov.of(Groups.of(from(1, n), from(1 + shift, n + shift)));

        assertThat(far.distance()).isEqualTo(shift / (double) n);
        assertThat(far.p()).isCloseTo(0.05, within(0.002));
    }

    /** Twenty values, of which the highest four succeed, and one in the middle: tenths of two. */
    @Test
    void a_tenth_has_its_share_of_successes() {
        var succeeded = new double[] {9, 17, 18, 19, 20};
        var others = IntStream.rangeClosed(1, 16).filter(i -> i != 9).asDoubleStream().toArray();

        var tenths = Lift.byTenth(Groups.of(succeeded, others));

        assertThat(tenths).hasSize(10);
        assertThat(tenths.get(9).rate()).isOne();
        assertThat(tenths.get(9).lift()).isEqualTo(4);
        assertThat(tenths.get(4).successes()).isOne();
        assertThat(tenths.get(4).lift()).isEqualTo(2);
        assertThat(tenths.getFirst().lift()).isZero();
    }

    /** Of twenty, the first fifteen have the same value, of which three succeed: each of the first seven tenths has 2 · 3/15 of a success, and the eighth the half of it. */
    @Test
    void equal_values_are_spread_over_the_tenths_that_they_lie_in() {
        var succeeded = new double[] {0, 0, 0};
        var others =
                DoubleStream.concat(
                                DoubleStream.generate(() -> 0).limit(12),
                                DoubleStream.of(1, 2, 3, 4, 5))
                        .toArray();

        var tenths = Lift.byTenth(Groups.of(succeeded, others));

        assertThat(tenths.subList(0, 7))
                .allSatisfy(tenth -> assertThat(tenth.successes()).isCloseTo(0.4, within(1e-12)));
        assertThat(tenths.get(7).successes()).isCloseTo(0.2, within(1e-12));
        assertThat(tenths.get(8).successes()).isZero();
        assertThat(tenths.stream().mapToDouble(Lift::successes).sum()).isCloseTo(3, within(1e-12));
    }

    /** Between the two in the middle; a quarter of the way from 1 to 4 lies at 1.75. */
    @Test
    void quantiles_lie_between_values() {
        var pair = Distribution.of(Groups.of(new double[] {4, 1, 3, 2}, new double[] {5}));

        assertThat(pair.succeeded().median()).isEqualTo(2.5);
        assertThat(pair.succeeded().p25()).isEqualTo(1.75);
        assertThat(pair.succeeded().mean()).isEqualTo(2.5);
        assertThat(pair.others().p95()).isEqualTo(5);
        assertThat(pair.edges()).hasSize(21);
        assertThat(pair.succeeded().bins().stream().mapToDouble(bin -> bin).sum()).isOne();
        assertThat(pair.others().bins().getLast()).isOne();
        assertThat(Distribution.of(Groups.of(new double[0], new double[] {1, 1})).others().bins())
                .containsExactly(1.0);
    }

    /** By hand: (0.3 - 0.5) ln(0.3/0.5) + (0.7 - 0.5) ln(0.7/0.5) = 0.10217 + 0.06729. */
    @Test
    void stability_is_the_symmetric_divergence_of_shares() {
        assertThat(Stability.divergence(new long[] {50, 50}, new long[] {30, 70}))
                .isCloseTo(0.16946, within(1e-5));
        assertThat(Stability.divergence(new long[] {30, 70}, new long[] {50, 50}))
                .isCloseTo(0.16946, within(1e-5));
        assertThat(Stability.index(from(1, 100), from(1, 100))).isZero();
        assertThat(Stability.index(from(1, 100), from(41, 140))).isGreaterThan(Stability.SHIFTED);
        assertThat(Stability.index(new double[0], from(1, 3))).isNaN();
    }

    /** Of two samples of 60 of one distribution the index is 9 (1/60 + 1/60) = 0.3 on average, above the 0.25 of another one. */
    @Test
    void few_values_are_seldom_taken_for_another_distribution() {
        var random = new SplittableRandom(8);
        int above = 0;
        int shifted = 0;
        for (int run = 0; run < 400; run++) {
            double index =
                    Stability.index(random.doubles(60).toArray(), random.doubles(60).toArray());
            above += index > Stability.SHIFTED ? 1 : 0;
            shifted += Stability.isShifted(index, 60, 60) ? 1 : 0;
        }
        assertThat(above).isGreaterThan(200);
        assertThat(shifted).isLessThan(40);
        assertThat(Stability.isShifted(0.3, 1000, 1000)).isTrue();
        assertThat(Stability.isShifted(0.2, 1000, 1000)).isFalse();
        assertThat(Stability.isShifted(Double.NaN, 0, 60)).isFalse();
    }

    /** Half of all are 0: the first five tenths are one. None of the later are 0, which counts as half of one. */
    @Test
    void tenths_of_equal_values_are_one() {
        var earlier =
                DoubleStream.concat(
                                DoubleStream.generate(() -> 0).limit(51),
                                Arrays.stream(from(1, 49)))
                        .toArray();

        assertThat(Stability.index(earlier, earlier)).isZero();
        assertThat(Stability.index(earlier, from(1, 49))).isFinite().isGreaterThan(1);
    }

    /** The fifteen chances of section 4.1 of Benjamini and Hochberg (1995), of which Holm's procedure finds three at 5 %. */
    @Test
    void chances_of_many_tests_are_corrected_as_holm_does() {
        var chances =
                List.of(
                        0.0278, 0.0001, 0.0095, 0.0019, 0.0004, 0.0201, 1.0, 0.0298, 0.0344, 0.0459,
                        0.3240, 0.4262, 0.5719, 0.6528, 0.7590);

        var holm = ManyTests.holm(chances);

        assertThat(holm.stream().filter(p -> p <= 0.05)).hasSize(3);
        assertThat(holm.get(1)).isCloseTo(15 * 0.0001, within(1e-12));
        assertThat(holm.get(3)).isCloseTo(13 * 0.0019, within(1e-12));
        assertThat(holm.get(6)).isOne();
    }

    @Test
    void what_was_not_tested_is_not_counted() {
        assertThat(ManyTests.holm(List.of(0.02, Double.NaN, 0.03)))
                .containsExactly(0.04, Double.NaN, 0.04);
    }
}
