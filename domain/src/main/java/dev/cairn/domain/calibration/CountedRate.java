package dev.cairn.domain.calibration;

import dev.cairn.domain.statistics.BetaBinomial;
import java.util.List;
import java.util.Set;

/**
 * A rate that was counted, and open contracts that have it.
 *
 * @param contracts that it was counted of
 * @param weight how much the contracts that have it count in all: their number, or what they are worth
 */
record CountedRate(BetaBinomial chance, Set<String> contracts, double weight) {
    CountedRate {
        contracts = Set.copyOf(contracts);
    }

    /**
     * What the variance of the sum has besides that of each rate: rates that are counted of the same contracts, 30 and 60 days before they were due, go together. Of two means of n and m cases that
     * share k of them the correlation is k / sqrt(n m).
     */
    static double shared(List<CountedRate> rates) {
        double shared = 0;
        for (int one = 0; one < rates.size(); one++) {
            for (int other = one + 1; other < rates.size(); other++) {
                shared += 2 * rates.get(one).covariance(rates.get(other));
            }
        }
        return shared;
    }

    private double covariance(CountedRate other) {
        long both = contracts.stream().filter(other.contracts::contains).count();
        return both == 0
                ? 0
                : weight
                        * other.weight
                        * both
                        / Math.sqrt((double) contracts.size() * other.contracts.size())
                        * Math.sqrt(chance.variance() * other.chance.variance());
    }
}
