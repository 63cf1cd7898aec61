package dev.cairn.domain.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class GammaGammaTest {
    private static final GammaGamma CDNOW = new GammaGamma(6.25, 3.74, 15.44);

    /** p = q = gamma = 1, one purchase of 1: f = Γ(2) / (Γ(1) Γ(1)) · 1 / (1 + 1)^2 = 1/4. */
    @Test
    void the_likelihood_is_that_of_the_note_by_hand() {
        var one = new Spending.Counted(new Spending(1, 1), 2);
        assertThat(new GammaGamma(1, 1, 1).logLikelihood(List.of(one)))
                .isCloseTo(2 * Math.log(0.25), within(1e-12));
    }

    /** The mean of a new customer's purchases is 6.25 · 15.44 / 2.74 = 35.2190; that of customer 1, two of 22.35, is 6.25 · (15.44 + 44.70) / 15.24 = 24.664. */
    @Test
    void what_is_expected_lies_between_what_was_seen_and_the_mean_of_all() {
        assertThat(CDNOW.expectedMean(null)).isCloseTo(35.2190, within(0.0001));
        assertThat(CDNOW.expectedMean(new Spending(2, 22.35))).isCloseTo(24.6637, within(0.0001));
        assertThat(CDNOW.expectedMean(new Spending(1_000_000, 22.35)))
                .isCloseTo(22.35, within(0.001));
    }

    @Test
    void there_is_no_mean_where_it_is_infinite() {
        var wide = new GammaGamma(0.5, 0.4, 10);
        assertThat(wide.expectedMean(null)).isNull();
        // p x + q = 0.5 + 0.4 < 1; with two purchases 1.4 > 1: 0.5 · (10 + 60) / 0.4.
        assertThat(wide.expectedMean(new Spending(1, 30))).isNull();
        assertThat(wide.expectedMean(new Spending(2, 30))).isCloseTo(87.5, within(1e-9));
    }

    @Test
    void the_density_of_a_mean_is_one_in_all() {
        double sum = 0;
        double step = 0.001;
        for (double log = -12; log < 16; log += step) {
            double mean = Math.exp(log);
            sum +=
                    step
                            * mean
                            * Math.exp(
                                    CDNOW.logLikelihood(
                                            List.of(
                                                    new Spending.Counted(
                                                            new Spending(3, mean), 1))));
        }
        assertThat(sum).isCloseTo(1, within(1e-9));
    }
}
