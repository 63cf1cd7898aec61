package dev.cairn.testkit.reference;

import dev.cairn.domain.analysis.SurvivalCurve;
import dev.cairn.domain.statistics.Normal;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How many are left of rows that end, of which for some it is only known that they have not yet (Kaplan and Meier). */
final class Survivors {
    private Survivors() {}

    /** @param ended false: it has lasted so long, and lasts */
    record Lifetime(double lasted, boolean ended, BigDecimal weight) {}

    /** What those that stand under a condition weigh. */
    private static BigDecimal weight(List<Lifetime> lifetimes, Predicate<Lifetime> which) {
        return lifetimes.stream()
                .filter(which)
                .map(Lifetime::weight)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** How many end at each time and how many are last seen then, as text; empty without lifetimes. */
    static Optional<String> table(List<Lifetime> lifetimes, Rules rules) {
        var byTime =
                lifetimes.stream()
                        .collect(
                                Collectors.groupingBy(
                                        Lifetime::lasted, TreeMap::new, Collectors.toList()));
        var rows =
                byTime.entrySet().stream()
                        .limit(SurvivalCurve.MOST_STEPS)
                        .map(of ->
                                "%s %s %s"
                                        .formatted(
                                                of.getKey(),
                                                weight(of.getValue(), Lifetime::ended),
                                                weight(
                                                        of.getValue(),
                                                        one -> rules.isCensored(one.ended()))));
        return byTime.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        Stream.concat(Stream.of(String.valueOf(byTime.size())), rows)
                                .collect(Collectors.joining(";")));
    }

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
            var atRisk = weight(lifetimes, one -> rules.isAtRisk(one.lasted(), one.ended(), time));
            var end = weight(lifetimes, one -> one.ended() && one.lasted() == time);
            left = left.multiply(atRisk.subtract(end)).divide(atRisk, MathContext.DECIMAL128);
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
