package dev.cairn.testkit.reference;

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
}
