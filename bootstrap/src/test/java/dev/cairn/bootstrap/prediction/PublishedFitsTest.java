package dev.cairn.bootstrap.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cairn.application.port.Deadline;
import dev.cairn.application.service.PredictionFits;
import dev.cairn.domain.prediction.BetaGeometric;
import dev.cairn.domain.prediction.Fit;
import dev.cairn.domain.prediction.GammaGamma;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The models fitted to the CDNOW sample, calibrated to 1997-09-30 in weeks, have the parameters that the papers publish. */
class PublishedFitsTest {
    private static CdnowSample sample;

    @BeforeAll
    static void read() {
        sample = CdnowSample.read();
    }

    static void assertEstimates(Fit<?> fit, List<Double> published, Offset<Double> offset) {
        assertThat(fit.converged()).isTrue();
        for (int i = 0; i < published.size(); i++) {
            assertThat(fit.estimates().get(i).value())
                    .as(fit.estimates().get(i).name())
                    .isCloseTo(published.get(i), offset);
            assertThat(fit.estimates().get(i).standardError()).isNotNull().isPositive();
        }
    }

    /** Fader, Hardie and Lee (2005), table 2: r = .243, alpha = 4.414, a = .793, b = 2.426, LL = -9582.4. */
    @Test
    void purchases_are_fitted_as_published() {
        var histories = sample.histories();
        var fit = PredictionFits.buying(histories, Deadline.NEVER);
        assertEstimates(fit, List.of(0.243, 4.414, 0.793, 2.426), within(0.001));
        assertThat(fit.customers()).isEqualTo(2357);
        assertThat(fit.logLikelihood())
                .isCloseTo(-9582.4, within(0.05))
                .isGreaterThanOrEqualTo(
                        new BetaGeometric(0.243, 4.414, 0.793, 2.426).logLikelihood(histories));
    }

    /** Fader and Hardie (2013), note 25: p = 6.25, q = 3.74, gamma = 15.44 for the 946 who bought again; LL = -4055.92 as CLVTools has it. */
    @Test
    void values_are_fitted_as_published() {
        var spendings = sample.spendings();
        var fit = PredictionFits.spending(spendings, Deadline.NEVER);
        assertEstimates(fit, List.of(6.25, 3.74, 15.44), within(0.005));
        assertThat(fit.customers()).isEqualTo(946);
        assertThat(fit.logLikelihood())
                .isCloseTo(-4055.9177, within(0.0005))
                .isGreaterThanOrEqualTo(new GammaGamma(6.25, 3.74, 15.44).logLikelihood(spendings));
    }
}
