package dev.cairn.testkit.reference;

import dev.cairn.domain.statistics.Normal;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Optional;

/** How many are left of rows that end, of which for some it is only known that they have not yet (Kaplan and Meier). */
final class Survivors {
    private Survivors() {}

    /** @param ended false: it has lasted so long, and lasts */
    record Lifetime(double lasted, boolean ended) {}

    /** The first time at which some end and no more are left than what is not the share. */
    static Optional<Double> timeUntil(List<Lifetime> lifetimes, BigDecimal share, Rules rules) {
        var left = BigDecimal.ONE;
        var times =
                lifetimes.stream()
                        .filter(Lifetime::ended)
                        .map(Lifetime::lasted)
                        .distinct()
                        .sorted()
                        .toList();
        for (double time : times) {
            long atRisk =
                    lifetimes.stream()
                            .filter(one -> rules.isAtRisk(one.lasted(), one.ended(), time))
                            .count();
            long end =
                    lifetimes.stream().filter(one -> one.ended() && one.lasted() == time).count();
            left =
                    left.multiply(BigDecimal.valueOf(atRisk - end))
                            .divide(BigDecimal.valueOf(atRisk), MathContext.DECIMAL128);
            if (rules.isDown(left, share)) {
                return Optional.of(time);
            }
        }
        return Optional.empty();
    }

    /** The first time at which the end of an interval around the part that is left is no more than what is not the share. */
    static Optional<Double> endOfTime(
            List<Lifetime> lifetimes, BigDecimal share, boolean upper, Rules rules) {
        double wanted = 1 - share.doubleValue();
        if (wanted == 0) {
            return Optional.empty();
        }
        double left = 1;
        double spread = 0;
        var times =
                lifetimes.stream()
                        .filter(Lifetime::ended)
                        .map(Lifetime::lasted)
                        .distinct()
                        .sorted()
                        .toList();
        for (double time : times) {
            double atRisk =
                    lifetimes.stream()
                            .filter(one -> rules.isAtRisk(one.lasted(), one.ended(), time))
                            .count();
            double end =
                    lifetimes.stream().filter(one -> one.ended() && one.lasted() == time).count();
            left *= (atRisk - end) / atRisk;
            if (left == 0) {
                return upper ? Optional.empty() : Optional.of(time);
            }
            spread += rules.greenwood(atRisk, end);
            double error = Normal.QUANTILE_975 * Math.sqrt(spread) / -Math.log(left);
            double bound =
                    Math.exp(-Math.exp(Math.log(-Math.log(left)) + (upper ? -error : error)));
            if (bound <= wanted) {
                return Optional.of(time);
            }
        }
        return Optional.empty();
    }
}
