package dev.cairn.domain.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Intervals hold what is true as often as they say, of accounts as they are: few large ones, many small ones, and rows of an account that go together. */
class CoverageTest {
    /** Looks at one path: one a day. */
    private static final int DAYS = 60;

    /** What is estimated of one made-up company, and what is true of all such. */
    private record Drawn(Interval interval, double truth) {
        boolean holds() {
            return interval.holds(truth);
        }
    }

    private enum Method {
        WELCH {
            @Override
            Drawn draw(SplittableRandom random) {
                // The mean of exp(normal) is exp(1/2), of which the second group has a tenth more.
                double mean = Math.exp(0.5);
                return new Drawn(
                        MeanDifference.welch(
                                        Moments.of(sizes(random, 400, 1)),
                                        Moments.of(sizes(random, 250, 1.1)))
                                .interval(),
                        0.1 * mean);
            }
        },
        PAIRED {
            @Override
            Drawn draw(SplittableRandom random) {
                return new Drawn(
                        MeanDifference.paired(Moments.of(changes(random, 300, 0.5))).interval(),
                        0.5);
            }
        },
        NEWCOMBE {
            @Override
            Drawn draw(SplittableRandom random) {
                return new Drawn(
                        proportion(random, 150, 0.25).newcombe(proportion(random, 90, 0.1)), 0.15);
            }
        },
        NPS {
            @Override
            Drawn draw(SplittableRandom random) {
                // 50 - 20 less 40 - 25.
                return new Drawn(
                        promoters(random, 150, 0.5, 0.2)
                                .less(promoters(random, 120, 0.4, 0.25))
                                .interval(),
                        15);
            }
        },
        RATIO {
            @Override
            Drawn draw(SplittableRandom random) {
                return new Drawn(ratios(random, 400, 0.3)[0].estimate().interval(), 0.3);
            }
        },
        RATIO_TWICE {
            @Override
            Drawn draw(SplittableRandom random) {
                var both = ratios(random, 400, 0.3);
                return new Drawn(both[1].less(both[0]).interval(), 0.05);
            }
        },
        DIFFERENCE_IN_DIFFERENCES {
            @Override
            Drawn draw(SplittableRandom random) {
                return new Drawn(
                        DifferenceInDifferences.of(
                                        changes(random, 120, 1.5), changes(random, 240, 1))
                                .interval(),
                        0.5);
            }
        },
        CUPED {
            @Override
            Drawn draw(SplittableRandom random) {
                double[][] treated = levels(random, 150, 0.5);
                double[][] others = levels(random, 150, 0);
                return new Drawn(
                        Cuped.of(treated[1], treated[0], others[1], others[0])
                                .difference()
                                .interval(),
                        0.5);
            }
        },
        QUANTILE {
            @Override
            Drawn draw(SplittableRandom random) {
                // The median of exp(normal) is 1.
                return new Drawn(
                        QuantileDifference.of(sizes(random, 200, 1), sizes(random, 160, 1.2), 0.5)
                                .interval(),
                        0.2);
            }
        },
        UPPER_QUANTILE {
            @Override
            Drawn draw(SplittableRandom random) {
                // The quantile at 0.75 of exp(normal) is exp(0.6745).
                return new Drawn(
                        QuantileDifference.of(sizes(random, 200, 1), sizes(random, 160, 1.2), 0.75)
                                .interval(),
                        0.2 * Math.exp(0.674_489_750_196_081_7));
            }
        };

        abstract Drawn draw(SplittableRandom random);
    }

    private static double[] sizes(SplittableRandom random, int accounts, double factor) {
        return random.doubles(accounts)
                .map(_ -> factor * Math.exp(random.nextGaussian()))
                .toArray();
    }

    /** Of accounts whose changes are as large as they are, around a change of all. */
    private static double[] changes(SplittableRandom random, int accounts, double mean) {
        return random.doubles(accounts)
                .map(_ -> mean + Math.exp(random.nextGaussian()) * random.nextGaussian())
                .toArray();
    }

    private static double[][] levels(SplittableRandom random, int accounts, double effect) {
        double[][] values = new double[2][accounts];
        for (int account = 0; account < accounts; account++) {
            double size = Math.exp(0.8 * random.nextGaussian());
            values[0][account] = size * (3 + random.nextGaussian());
            values[1][account] = size * (3 + random.nextGaussian()) + effect;
        }
        return values;
    }

    private static Proportion proportion(SplittableRandom random, int of, double share) {
        return new Proportion(random.doubles(of).filter(drawn -> drawn < share).count(), of);
    }

    private static Promoters promoters(
            SplittableRandom random, int of, double promoting, double detracting) {
        long promoters = 0;
        long detractors = 0;
        for (int answer = 0; answer < of; answer++) {
            double drawn = random.nextDouble();
            promoters += drawn < promoting ? 1 : 0;
            detractors += drawn >= 1 - detracting ? 1 : 0;
        }
        return new Promoters(promoters, of - promoters - detractors, detractors);
    }

    /** Of accounts of many sizes whose rows go together, at two times; the second is 0.05 above the first. */
    private static ClusteredRatio[] ratios(SplittableRandom random, int accounts, double share) {
        double[][] above = new double[2][accounts];
        double[][] below = new double[2][accounts];
        for (int account = 0; account < accounts; account++) {
            int rows = 1 + (int) (10 * Math.exp(0.8 * random.nextGaussian()));
            double own = share + 0.3 * (random.nextDouble() - 0.5);
            for (int time = 0; time < 2; time++) {
                below[time][account] = rows;
                for (int row = 0; row < rows; row++) {
                    above[time][account] += random.nextDouble() < own + 0.05 * time ? 1 : 0;
                }
            }
        }
        return new ClusteredRatio[] {
            ClusteredRatio.of(above[0], below[0]), ClusteredRatio.of(above[1], below[1])
        };
    }

    private static Map<Method, Double> covered(int companies) {
        var covered = new EnumMap<Method, Double>(Method.class);
        for (var method : Method.values()) {
            var random = new SplittableRandom(20_261_130L + method.ordinal());
            int held = 0;
            for (int company = 0; company < companies; company++) {
                held += method.draw(random.split()).holds() ? 1 : 0;
            }
            covered.put(method, (double) held / companies);
        }
        return covered;
    }

    private static void assertCovered(Map<Method, Double> covered, double least, double most) {
        assertThat(covered)
                .as(covered.toString())
                .allSatisfy((method, share) ->
                        assertThat(share).as(method.name()).isBetween(least, most));
    }

    @Test
    void intervals_hold_what_is_true() {
        assertCovered(covered(400), 0.91, 0.985);
    }

    @Test
    @Tag("long")
    void intervals_of_95_percent_hold_what_is_true_in_93_to_97_percent_of_thousands() {
        assertCovered(covered(10_000), 0.93, 0.97);
    }

    /** On every day of the path: what is looked at is all changes so far. */
    private static double heldOnEveryDay(int companies, double effect) {
        var random = new SplittableRandom(7);
        int held = 0;
        for (int company = 0; company < companies; company++) {
            var path = random.split();
            double sum = 0;
            double squares = 0;
            int changes = 0;
            boolean holds = true;
            for (int day = 1; day <= DAYS; day++) {
                for (double change : changes(path, 20, effect)) {
                    sum += change;
                    squares += change * change;
                    changes++;
                }
                double mean = sum / changes;
                double variance = (squares - changes * mean * mean) / (changes - 1);
                holds &=
                        AlwaysValid.interval(
                                        Estimate.normal(mean, Math.sqrt(variance / changes)), 0.5)
                                .holds(effect);
            }
            held += holds ? 1 : 0;
        }
        return (double) held / companies;
    }

    /** The interval of who looks once does not: it is asked of the same paths. */
    private static double missedByWhoLooksOnce(int companies) {
        var random = new SplittableRandom(7);
        int missed = 0;
        for (int company = 0; company < companies; company++) {
            var path = random.split();
            var all = new double[0];
            boolean holds = true;
            for (int day = 1; day <= DAYS; day++) {
                double[] more = changes(path, 20, 0);
                double[] longer = Arrays.copyOf(all, all.length + more.length);
                System.arraycopy(more, 0, longer, all.length, more.length);
                all = longer;
                holds &= MeanDifference.paired(Moments.of(all)).interval().holds(0);
            }
            missed += holds ? 0 : 1;
        }
        return (double) missed / companies;
    }

    @Test
    void the_interval_of_who_looks_every_day_holds_on_every_day() {
        assertThat(heldOnEveryDay(300, 0)).isGreaterThanOrEqualTo(0.95);
        assertThat(missedByWhoLooksOnce(300)).isGreaterThan(0.15);
    }

    @Test
    @Tag("long")
    void the_interval_of_who_looks_every_day_holds_on_every_day_of_thousands_of_paths() {
        double none = heldOnEveryDay(10_000, 0);
        double some = heldOnEveryDay(10_000, 0.4);
        assertThat(none).isGreaterThanOrEqualTo(0.95);
        assertThat(some).isGreaterThanOrEqualTo(0.95);
    }

    /** How often an effect is seen that four of five samples of such a size are to show. */
    private static double seen(int companies) {
        var random = new SplittableRandom(99);
        // The standard error of a difference of means of changes: their variance is exp(2).
        double error = Math.sqrt(Math.exp(2) / 300 + Math.exp(2) / 300);
        double detectable = new Estimate(0, error, 598).detectable();
        int seen = 0;
        for (int company = 0; company < companies; company++) {
            var one = random.split();
            seen +=
                    DifferenceInDifferences.of(changes(one, 300, detectable), changes(one, 300, 0))
                                            .p()
                                    < 0.05
                            ? 1
                            : 0;
        }
        return (double) seen / companies;
    }

    @Test
    void an_effect_that_is_detectable_is_seen_in_four_of_five() {
        assertThat(seen(400)).isBetween(0.74, 0.88);
    }

    @Test
    @Tag("long")
    void an_effect_that_is_detectable_is_seen_in_four_of_five_thousands() {
        assertThat(seen(10_000)).isBetween(0.77, 0.84);
    }
}
