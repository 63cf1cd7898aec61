package dev.cairn.domain.statistics;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * How likely a change is for the better after what was seen, nothing being known before (a flat prior), and the effect taken as normal around its estimate: of proportions and means of some dozens of
 * units that is near, of fewer it is too sure (A. Gelman and others, "Bayesian Data Analysis", 2013, section 4.1; the loss by C. Stucchio, "Bayesian A/B Testing at VWO", 2015).
 *
 * @param win that the effect is above zero, 0 to 1
 * @param loss what is lost on average by keeping the change, in the unit of the effect: its shortfall below zero times the chance of it; at least 0
 */
public record ChanceToWin(double win, double loss) {
    /** @param estimate of an effect that is good above zero; it can be tested */
    public static ChanceToWin of(Estimate estimate) {
        var standard = NormalDistribution.of(0, 1);
        double z = estimate.statistic();
        double below = standard.survivalProbability(z);
        return new ChanceToWin(
                standard.cumulativeProbability(z),
                Math.max(0, estimate.error() * (standard.density(z) - z * below)));
    }
}
