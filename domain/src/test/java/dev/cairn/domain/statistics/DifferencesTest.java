package dev.cairn.domain.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against published examples, named at each. */
class DifferencesTest {
    /** Hours of sleep gained by two drugs: A. R. Cushny and A. R. Peebles (1905), from "Student" (1908). */
    private static final double[] SLEEP = {0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0};

    private static final double[] MORE_SLEEP = {1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4};

    /** R's documentation of t.test: t = -1.8608, df = 17.776, p-value = 0.07939, interval -3.3654832 to 0.2054832, of the first less the second. */
    @Test
    void welchs_test_of_students_sleep_data() {
        var difference = MeanDifference.welch(Moments.of(SLEEP), Moments.of(MORE_SLEEP));

        assertThat(difference.value()).isCloseTo(1.58, within(1e-12));
        assertThat(difference.statistic()).isCloseTo(1.8608, within(5e-5));
        assertThat(difference.freedom()).isCloseTo(17.776, within(5e-4));
        assertThat(difference.p()).isCloseTo(0.07939, within(5e-6));
        assertThat(difference.interval().low()).isCloseTo(-0.2054832, within(5e-8));
        assertThat(difference.interval().high()).isCloseTo(3.3654832, within(5e-8));
    }

    /** R's documentation of t.test: t = -4.0621, df = 9, p-value = 0.002833, interval -2.4598858 to -0.7001142. */
    @Test
    void paired_test_of_students_sleep_data() {
        double[] gains = new double[SLEEP.length];
        for (int i = 0; i < gains.length; i++) {
            gains[i] = MORE_SLEEP[i] - SLEEP[i];
        }

        var difference = MeanDifference.paired(Moments.of(gains));

        assertThat(difference.statistic()).isCloseTo(4.0621, within(5e-5));
        assertThat(difference.freedom()).isEqualTo(9);
        assertThat(difference.p()).isCloseTo(0.002833, within(5e-7));
        assertThat(difference.interval().low()).isCloseTo(0.7001142, within(5e-8));
        assertThat(difference.interval().high()).isCloseTo(2.4598858, within(5e-8));
    }

    /** R. G. Newcombe, Statistics in Medicine 17 (1998), table II, method 10. */
    @ParameterizedTest
    @CsvSource({
        "56, 70, 48, 80, 0.0524, 0.3339",
        "9, 10, 3, 10, 0.1705, 0.8090",
        "6, 7, 2, 7, 0.0582, 0.8062",
        "5, 56, 0, 29, -0.0381, 0.1926",
        "0, 10, 0, 20, -0.1611, 0.2775",
        "0, 10, 0, 10, -0.2775, 0.2775",
        "10, 10, 0, 20, 0.6791, 1.0000",
        "10, 10, 0, 10, 0.6075, 1.0000"
    })
    void newcombes_interval_of_two_proportions(
            long count, long of, long otherCount, long otherOf, double low, double high) {
        var interval = new Proportion(count, of).newcombe(new Proportion(otherCount, otherOf));

        assertThat(interval.low()).isCloseTo(low, within(5.1e-5));
        assertThat(interval.high()).isCloseTo(high, within(5.1e-5));
    }

    /** The Physicians' Health Study: heart attacks among those who took a placebo and aspirin, in A. Agresti, "Categorical Data Analysis" (2002), section 3.1: a difference of 0.0077, chi-square 25.01. */
    @Test
    void pooled_test_of_two_proportions() {
        var difference = new Proportion(189, 11_034).pooled(new Proportion(104, 11_037));

        assertThat(difference.value()).isCloseTo(0.0077, within(5e-5));
        assertThat(Math.pow(difference.statistic(), 2)).isCloseTo(25.01, within(5e-3));
    }

    /** By hand: of 50 promoters, 30 passives and 20 detractors the score is 30, its variance (0.5 + 0.2 - 0.09) / 100, its error 7.810; of 40, 30 and 30 it is 10, (0.7 - 0.01) / 100, 8.307. */
    @Test
    void difference_of_net_promoter_scores() {
        var difference = new Promoters(50, 30, 20).less(new Promoters(40, 30, 30));

        assertThat(difference.value()).isCloseTo(20, within(1e-12));
        assertThat(difference.error()).isCloseTo(100 * Math.sqrt(0.0061 + 0.0069), within(1e-12));
        assertThat(difference.statistic()).isCloseTo(1.754116, within(1e-6));
    }

    /** By hand: logins 4, 10 and 4 of 2, 4 and 3 users. 18 / 9 is 2; each account is 0, 2 and -2 off, through a mean of 3 users: variance 4/9, error sqrt(4/27). */
    @Test
    void ratio_over_accounts_by_the_delta_method() {
        var ratio = ClusteredRatio.of(new double[] {4, 10, 4}, new double[] {2, 4, 3});

        assertThat(ratio.value()).isEqualTo(2);
        assertThat(ratio.estimate().error()).isCloseTo(Math.sqrt(4 / 27.0), within(1e-12));
        assertThat(ratio.estimate().freedom()).isEqualTo(2);
    }

    @Test
    void mean_of_accounts_of_both_times_is_the_paired_test() {
        double[] ones = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1};

        var difference = ClusteredRatio.of(MORE_SLEEP, ones).less(ClusteredRatio.of(SLEEP, ones));

        assertThat(difference.statistic()).isCloseTo(4.0621, within(5e-5));
        assertThat(difference.p()).isCloseTo(0.002833, within(5e-7));
    }

    /** By hand: the changes 3, 5 and 4 of the treated have the mean 4 and the variance 1, those of the others, 1, 0, 2 and 1, the mean 1 and the variance 2/3: error sqrt(1/3 + 1/6). */
    @Test
    void difference_in_differences_compares_changes() {
        var difference =
                DifferenceInDifferences.of(new double[] {3, 5, 4}, new double[] {1, 0, 2, 1});

        assertThat(difference.value()).isEqualTo(3);
        assertThat(difference.error()).isCloseTo(Math.sqrt(0.5), within(1e-12));
    }

    /** By hand: off their means the treated are -2 0 2 with -1 0 1 before, the others -1 0 1 with -1 0 1: theta is (4 + 2) / (2 + 2). The means differ by 3, those from before by 1. */
    @Test
    void what_was_known_before_is_taken_off() {
        var cuped =
                Cuped.of(
                        new double[] {8, 10, 12},
                        new double[] {2, 3, 4},
                        new double[] {6, 7, 8},
                        new double[] {1, 2, 3});

        assertThat(cuped.theta()).isEqualTo(1.5);
        assertThat(cuped.difference().value()).isCloseTo(1.5, within(1e-12));
        assertThat(cuped.explained()).isCloseTo(36.0 / (4 * 10), within(1e-12));
        assertThat(cuped.difference().error())
                .isCloseTo(Math.sqrt(0.25 / 3 + 0.25 / 3), within(1e-12));
    }

    /** By hand: of 1 to 25 the ranks 13 ± 1.96 · 2.5 are 8 and 18, ten apart: an error of 10 / (2 · 1.96). */
    @Test
    void difference_of_medians_by_the_values_around_them() {
        double[] first = new double[25];
        double[] second = new double[25];
        for (int i = 0; i < 25; i++) {
            first[i] = 25 - i;
            second[i] = 101 + i;
        }

        var difference = QuantileDifference.of(first, second, 0.5);

        assertThat(difference.value()).isEqualTo(100);
        assertThat(difference.error()).isCloseTo(Math.sqrt(2) * 10 / (2 * 1.959964), within(1e-6));
        assertThat(QuantileDifference.of(new double[] {1, 2}, second, 0.5).isTestable()).isFalse();
    }

    /** By hand: with v = 1 and t = 4 the interval is ± sqrt(5 / 4 (2 ln 20 + ln 5)) = 3.082. */
    @Test
    void interval_for_those_who_look_every_day_is_wider() {
        var estimate = Estimate.normal(3, 1);

        var interval = AlwaysValid.interval(estimate, 2);

        assertThat(interval.high() - 3)
                .isCloseTo(Math.sqrt(1.25 * (2 * Math.log(20) + Math.log(5))), within(1e-12));
        assertThat(interval.low()).isLessThan(estimate.interval().low());
    }

    @Test
    void interval_for_those_who_look_every_day_ends_at_zero_where_its_chance_is_5_percent() {
        double half = AlwaysValid.interval(Estimate.normal(0, 1), 2).high();

        assertThat(AlwaysValid.p(Estimate.normal(half, 1), 2)).isCloseTo(0.05, within(1e-12));
        assertThat(AlwaysValid.p(Estimate.normal(0, 1), 2)).isEqualTo(1);
    }

    /** By hand: one standard error above zero a change wins with 84.13 %, and its loss is the density 0.24197 less the tail 0.15866. */
    @Test
    void chance_to_win_and_what_is_lost_by_it() {
        var chance = ChanceToWin.of(Estimate.normal(2, 2));

        assertThat(chance.win()).isCloseTo(0.841345, within(1e-6));
        assertThat(chance.loss()).isCloseTo(2 * (0.2419707 - 0.1586553), within(1e-6));
    }

    /** R. Kohavi, D. Tang and Y. Xu, "Trustworthy Online Controlled Experiments" (2020), chapter 3: 821,588 and 815,482 of a split in halves, p = 1.8e-6. */
    @Test
    void groups_that_are_not_as_they_were_to_be() {
        double p = SampleRatio.p(821_588, 815_482, 0.5);

        assertThat(p).isCloseTo(1.8e-6, within(5e-8)).isLessThan(SampleRatio.ALARM);
    }

    /** J. Cohen, "Statistical Power Analysis" (1988), table 2.4.1: for a power of 80 % and half a standard deviation 64 of each group are needed. */
    @Test
    void the_smallest_effect_that_would_have_been_shown() {
        var estimate = MeanDifference.welch(new Moments(64, 0, 1), new Moments(64, 0, 1));

        assertThat(estimate.detectable()).isCloseTo(0.5, within(0.005));
    }

    @Test
    void nothing_is_tested_where_nothing_differs() {
        var estimate = MeanDifference.paired(Moments.of(2, 2, 2));

        assertThat(estimate.isTestable()).isFalse();
        assertThat(estimate.p()).isNaN();
        assertThat(estimate.interval().low()).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(MeanDifference.paired(Moments.of(2)).isTestable()).isFalse();
    }
}
