package dev.cairn.domain.statistics;

import org.apache.commons.statistics.inference.KolmogorovSmirnovTest;
import org.apache.commons.statistics.inference.PValueMethod;

/**
 * The greatest distance between the distributions of both groups.
 *
 * @param distance from 0 to 1: at the value where they differ most, the share of one group that is not above it, less that of the other
 * @param p the chance of such a distance where both are of one distribution; of equal values it is on the safe side
 */
public record KolmogorovSmirnov(double distance, double p) {
    /** Up to so many pairs the chance is exact; of more it is that of the limit. */
    private static final long EXACT = 250_000;

    /** @throws IllegalArgumentException of a group of fewer than two */
    public static KolmogorovSmirnov of(Groups groups) {
        var method =
                (long) groups.successes() * groups.rest() <= EXACT
                        ? PValueMethod.EXACT
                        : PValueMethod.ASYMPTOTIC;
        var result =
                KolmogorovSmirnovTest.withDefaults()
                        .with(method)
                        .test(groups.succeeded(), groups.others());
        return new KolmogorovSmirnov(result.getStatistic(), result.getPValue());
    }
}
