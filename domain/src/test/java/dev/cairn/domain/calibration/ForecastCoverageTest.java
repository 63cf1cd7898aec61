package dev.cairn.domain.calibration;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.calibration.CalibrationQuery.Grid;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How often the interval of a forecast has what came of it. A contract is good or bad; its score shows that with noise, nearly the same 30, 60 and 90 days before, so that the rates of all three are
 * counted of the same contracts.
 */
class ForecastCoverageTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 7, 1);
    private static final List<Integer> DAYS = List.of(30, 60, 90);

    @Test
    void intervals_hold_what_they_say_in_some_hundred_worlds() {
        assertThat(coverage(300, 150, 120)).isBetween(0.91, 0.99);
    }

    /** Few cases beside many open contracts: what is not known of rates is most of the interval. */
    @Test
    @Tag("long")
    void intervals_hold_between_93_and_97_of_a_hundred() {
        assertThat(coverage(4_000, 60, 200)).isBetween(0.93, 0.97);
        assertThat(coverage(4_000, 150, 120)).isBetween(0.93, 0.97);
        assertThat(coverage(4_000, 400, 150)).isBetween(0.93, 0.97);
    }

    private static double coverage(int worlds, int past, int open) {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(20_261_130L + past);
        int held = 0;
        for (int world = 0; world < worlds; world++) {
            held += isHeld(random, past, open) ? 1 : 0;
        }
        return (double) held / worlds;
    }

    private static boolean isHeld(RandomGenerator random, int past, int open) {
        var scores = new TreeMap<LocalDate, Map<String, double[]>>();
        var terms = new ArrayList<Term>();
        for (int i = 0; i < past; i++) {
            var account = "p" + i;
            var due = TODAY.minusDays(1 + random.nextInt(600));
            double quality = random.nextGaussian();
            for (int days : DAYS) {
                scores.computeIfAbsent(due.minusDays(days), _ -> new TreeMap<>())
                        .put(account, new double[] {score(random, quality)});
            }
            int renewed = isRenewed(random, quality) ? 1 : 0;
            terms.add(new Term(account, due, due, 1, 1, renewed, 1, 1, renewed));
        }
        var due = new ArrayList<Term>();
        int happened = 0;
        var now = new TreeMap<String, double[]>();
        for (int i = 0; i < open; i++) {
            var account = "o" + i;
            double quality = random.nextGaussian();
            now.put(account, new double[] {score(random, quality)});
            due.add(
                    new Term(
                            account,
                            TODAY.plusDays(1 + random.nextInt(90)),
                            null,
                            1,
                            0,
                            0,
                            1,
                            0,
                            0));
            happened += isRenewed(random, quality) ? 1 : 0;
        }
        scores.put(TODAY, now);
        var expected =
                requireNonNull(
                        new RenewalForecaster(QUERY, ScoreBands.at(50, true), TODAY)
                                .forecast(terms, due, scores, null, Instant.EPOCH)
                                .expected());
        return expected.low() <= happened && happened <= expected.high();
    }

    private static double score(RandomGenerator random, double quality) {
        return 50 + 20 * quality + 5 * random.nextGaussian();
    }

    private static boolean isRenewed(RandomGenerator random, double quality) {
        return random.nextDouble() < 1 / (1 + Math.exp(-1 - 1.5 * quality));
    }

    private static final RenewalForecastQuery QUERY =
            new RenewalForecastQuery(
                    "health",
                    50.0,
                    Contracts.OF_PACK,
                    TODAY,
                    TODAY.plusMonths(3),
                    null,
                    DAYS,
                    Grid.DAY,
                    null,
                    ZoneOffset.UTC,
                    null,
                    false);
}
