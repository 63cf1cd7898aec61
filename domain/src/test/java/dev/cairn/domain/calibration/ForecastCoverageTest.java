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
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How often the interval of a forecast has what came of it. A contract is good or bad; its score shows that with noise, nearly the same 30, 60 and 90 days before, so that the rates of all three are
 * counted of the same contracts.
 */
class ForecastCoverageTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 7, 1);
    private static final List<Integer> DAYS = List.of(30, 60, 90);

    /** Of what an interval is: the open contracts, what they are worth, and the past ones, by the days before. */
    private record Held(boolean ofOpen, boolean ofWorth, List<Boolean> ofPast) {}

    /** The part of the worlds in which each of them holds. */
    private record Coverage(double ofOpen, double ofWorth, List<Double> ofPast) {
        static Coverage over(int worlds, int past, int open) {
            var random = RandomGeneratorFactory.of("L64X128MixRandom").create(20_261_130L + past);
            var held = Stream.generate(() -> held(random, past, open)).limit(worlds).toList();
            return new Coverage(
                    share(held, Held::ofOpen),
                    share(held, Held::ofWorth),
                    IntStream.range(0, DAYS.size())
                            .mapToObj(at -> share(held, one -> one.ofPast().get(at)))
                            .toList());
        }

        private static double share(List<Held> held, Predicate<Held> which) {
            return (double) held.stream().filter(which).count() / held.size();
        }
    }

    @Test
    void intervals_hold_what_they_say_in_some_hundred_worlds() {
        var coverage = Coverage.over(200, 150, 120);
        assertThat(coverage.ofOpen()).isBetween(0.91, 0.99);
        assertThat(coverage.ofWorth()).isBetween(0.91, 0.99);
        assertThat(coverage.ofPast()).allSatisfy(share -> assertThat(share).isBetween(0.91, 0.99));
    }

    /** Few cases beside many open contracts: what is not known of rates is most of the interval. */
    @Test
    @Tag("long")
    void intervals_hold_between_93_and_97_of_a_hundred() {
        for (int[] sizes : new int[][] {{60, 200}, {150, 120}, {400, 150}}) {
            var coverage = Coverage.over(2_000, sizes[0], sizes[1]);
            assertThat(coverage.ofOpen()).as(coverage.toString()).isBetween(0.93, 0.97);
            assertThat(coverage.ofWorth()).as(coverage.toString()).isBetween(0.93, 0.97);
            assertThat(coverage.ofPast())
                    .as(coverage.toString())
                    .allSatisfy(share -> assertThat(share).isBetween(0.93, 0.97));
        }
    }

    private static Held held(RandomGenerator random, int past, int open) {
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
        double worth = 0;
        var now = new TreeMap<String, double[]>();
        for (int i = 0; i < open; i++) {
            var account = "o" + i;
            double quality = random.nextGaussian();
            double value = Math.exp(0.8 * random.nextGaussian());
            now.put(account, new double[] {score(random, quality)});
            due.add(
                    new Term(
                            account,
                            TODAY.plusDays(1 + random.nextInt(90)),
                            null,
                            1,
                            0,
                            0,
                            value,
                            0,
                            0));
            boolean isRenewed = isRenewed(random, quality);
            happened += isRenewed ? 1 : 0;
            worth += isRenewed ? value : 0;
        }
        scores.put(TODAY, now);
        var forecast =
                new RenewalForecaster(QUERY, ScoreBands.at(50, true), TODAY)
                        .forecast(terms, due, scores, null, Instant.EPOCH);
        return new Held(
                holds(requireNonNull(forecast.expected()), happened),
                holds(requireNonNull(forecast.expectedValue()), worth),
                forecast.backTests().stream()
                        .map(test -> holds(test.expected(), test.renewed()))
                        .toList());
    }

    private static boolean holds(RenewalForecast.Expected expected, double happened) {
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
                    new Contracts(
                            Contracts.OF_PACK.rows(),
                            "due_on",
                            "decided_on",
                            "decision in ('renewed', 'lost')",
                            "decision = 'renewed'",
                            "price"),
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
