package dev.cairn.domain.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.apache.commons.statistics.inference.ContinuityCorrection;
import org.apache.commons.statistics.inference.MannWhitneyUTest;
import org.apache.commons.statistics.inference.PValueMethod;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AucTest {
    /** Albumin, total protein, K-G score and whether surgery did not help, of 43 patients with all three: DeLong, DeLong and Clarke-Pearson (1988), as printed in "Comparing Receiver Operating Characteristic Curves", SAS/STAT User's Guide, The LOGISTIC Procedure. */
    private static final String PATIENTS =
            """
            3.0 5.8 10 0   3.2 6.3  5 1   3.9 6.8  3 1   2.8 4.8  6 0
            3.2 5.8  3 1   0.9 4.0  5 0   2.5 5.7  8 0   1.6 5.6  5 1
            3.8 5.7  5 1   3.7 6.7  6 1   3.2 5.4  4 1   3.8 6.6  6 1
            4.1 6.6  5 1   3.6 5.7  5 1   4.3 7.0  4 1   3.6 6.7  4 0
            2.3 4.4  6 1   4.2 7.6  4 0   4.0 6.6  6 0   3.5 5.8  6 1
            3.8 6.8  7 1   3.0 4.7  8 0   4.5 7.4  5 1   3.7 7.4  5 1
            3.1 6.6  6 1   4.1 8.2  6 1   4.3 7.0  5 1   4.3 6.5  4 1
            3.2 5.1  5 1   2.6 4.7  6 1   3.3 6.8  6 0   1.7 4.0  7 0
            3.7 6.1  5 1   3.3 6.3  7 1   4.2 7.7  6 1   3.5 6.2  5 1
            2.9 5.7  9 0   2.1 4.8  7 1   2.8 6.2  8 0   4.0 7.0  7 1
            3.3 5.7  6 1   3.7 6.9  5 1   3.6 6.6  5 1
            """;

    private static double[] numbers(int column, int popind) {
        var all = PATIENTS.strip().split("\\s+");
        return IntStream.range(0, all.length / 4)
                .filter(row -> Integer.parseInt(all[row * 4 + 3]) == popind)
                .mapToDouble(row -> Double.parseDouble(all[row * 4 + column]))
                .toArray();
    }

    /** The table "ROC Association Statistics" of the same page: area, standard error and limits of Wald. */
    @ParameterizedTest
    @CsvSource({"0, 0.7366, 0.0927, 0.5549, 0.9182", "1, 0.6478, 0.1000, 0.4518, 0.8439"})
    void areas_and_errors_are_those_of_delongs_patients(
            int column, double area, double error, double low, double high) {
        var auc = Auc.of(Groups.of(numbers(column, 1), numbers(column, 0)));

        assertThat(auc.value()).isCloseTo(area, within(5.1e-5));
        assertThat(auc.error()).isCloseTo(error, within(5.1e-5));
        assertThat(auc.plainLow()).isCloseTo(low, within(5.1e-5));
        assertThat(auc.plainHigh()).isCloseTo(high, within(5.1e-5));
    }

    /** The K-G score is less where surgery helped. */
    @Test
    void an_area_below_a_half_is_the_mirror_of_one_above_it() {
        var auc = Auc.of(Groups.of(numbers(2, 1), numbers(2, 0)));
        var mirrored = Auc.of(Groups.of(numbers(2, 0), numbers(2, 1)));

        assertThat(mirrored.value()).isCloseTo(0.7258, within(5.1e-5));
        assertThat(mirrored.error()).isCloseTo(0.1028, within(5.1e-5));
        assertThat(auc.value()).isCloseTo(1 - mirrored.value(), within(1e-12));
        assertThat(auc.low()).isCloseTo(1 - mirrored.high(), within(1e-12));
        assertThat(auc.strength()).isCloseTo(mirrored.strength(), within(1e-12));
        assertThat(auc.leastStrength()).isCloseTo(mirrored.leastStrength(), within(1e-12));
        assertThat(auc.p()).isCloseTo(mirrored.p(), within(1e-12));
    }

    /** Of the four pairs (1, 1), (1, 3), (2, 1), (2, 3) the first is equal, and in the third alone who succeeded has more: 1.5 of 4. Placements are 1/4, 1/2 and 3/4, 0. */
    @Test
    void equal_values_count_half() {
        var auc = Auc.of(Groups.of(new double[] {2, 1}, new double[] {1, 3}));

        assertThat(auc.value()).isEqualTo(0.375);
        assertThat(auc.error()).isCloseTo(Math.sqrt(0.03125 / 2 + 0.28125 / 2), within(1e-12));
        assertThat(auc.cliffsDelta()).isEqualTo(-0.25);
    }

    /** By hand: of 2, 1 against 1, 3 the variance is (5 - 6/12) / (12 · 4), of four values with one pair of equals. The library's test has the same chance. */
    @Test
    void the_chance_where_both_are_alike_is_that_of_mann_and_whitney() {
        var auc = Auc.of(Groups.of(new double[] {2, 1}, new double[] {1, 3}));
        assertThat(auc.p()).isCloseTo(Normal.twoSided(-0.125 / Math.sqrt(4.5 / 48)), within(1e-12));

        var one = numbers(0, 1);
        var other = numbers(0, 0);
        assertThat(Auc.of(Groups.of(one, other)).p())
                .isCloseTo(
                        MannWhitneyUTest.withDefaults()
                                .with(PValueMethod.ASYMPTOTIC)
                                .with(ContinuityCorrection.DISABLED)
                                .test(one, other)
                                .getPValue(),
                        within(1e-12));
    }

    @Test
    void groups_that_do_not_overlap_have_an_interval_all_the_same() {
        var auc = Auc.of(Groups.of(new double[] {5, 6, 7, 8}, new double[] {1, 2, 3}));

        assertThat(auc.value()).isOne();
        assertThat(auc.high()).isOne();
        assertThat(auc.low()).isBetween(0.5, 0.8);
        assertThat(Auc.of(Groups.of(new double[] {1, 1, 1}, new double[] {1, 1})))
                .satisfies(equal -> {
                    assertThat(equal.value()).isEqualTo(0.5);
                    assertThat(equal.low()).isLessThan(0.2);
                    assertThat(equal.p()).isOne();
                });
    }

    @Test
    void who_has_no_value_is_in_neither_group() {
        var values = new double[] {3, Double.NaN, 1, 2, Double.NaN, 0.0, -0.0};
        var groups = Groups.of(values.length, at -> values[at], at -> at % 2 == 0);

        assertThat(groups.successes()).isEqualTo(3);
        assertThat(groups.rest()).isEqualTo(2);
        assertThat(Auc.of(groups).value()).isEqualTo(3.5 / 6);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Auc.of(Groups.of(new double[] {1}, new double[] {1, 2})));
    }

    /** Counts of events, whole and skewed as accounts are, of which those that succeed have a few times as many: the true area comes from a great many pairs. */
    private static double covered(int runs, int successes, int others, double factor) {
        var random = new SplittableRandom(8);
        DoubleUnaryOperator counts =
                scale -> Math.floor(Math.exp(1.2 * gaussian(random) + Math.log(scale)));
        double above = 0;
        int pairs = 400_000;
        for (int pair = 0; pair < pairs; pair++) {
            double one = counts.applyAsDouble(4 * factor);
            double other = counts.applyAsDouble(4);
            above += one > other ? 1 : one == other ? 0.5 : 0;
        }
        double area = above / pairs;
        int inside = 0;
        for (int run = 0; run < runs; run++) {
            var with =
                    IntStream.range(0, successes)
                            .mapToDouble(_ -> counts.applyAsDouble(4 * factor))
                            .toArray();
            var without =
                    IntStream.range(0, others).mapToDouble(_ -> counts.applyAsDouble(4)).toArray();
            var auc = Auc.of(Groups.of(with, without));
            inside += auc.low() <= area && area <= auc.high() ? 1 : 0;
        }
        return inside / (double) runs;
    }

    private static double gaussian(SplittableRandom random) {
        return Math.sqrt(-2 * Math.log(1 - random.nextDouble()))
                * Math.cos(2 * Math.PI * random.nextDouble());
    }

    /** Of 1,000 runs, 95 % give or take three errors of the simulation itself. */
    @Test
    void an_interval_covers_the_true_area_as_often_as_it_says() {
        assertThat(covered(1_000, 40, 60, 2.5)).isBetween(0.93, 0.97);
    }

    @Tag("long")
    @ParameterizedTest
    @CsvSource({"30, 30, 1", "30, 30, 3", "30, 30, 8", "30, 300, 3", "300, 30, 3", "400, 400, 1.3"})
    void intervals_cover_the_true_area_as_often_as_they_say(
            int successes, int others, double factor) {
        assertThat(covered(5_000, successes, others, factor)).isBetween(0.93, 0.97);
    }
}
