package dev.cairn.domain.statistics;

/**
 * How much more some units changed than others: what befell all of them alike falls out (D. Card and A. B. Krueger, "Minimum Wages and Employment", American Economic Review 84, 1994). The unit, not the
 * row or the day, is what varies, so that what a unit has in common with itself does not make the interval too narrow (M. Bertrand, E. Duflo and S. Mullainathan, "How Much Should We Trust
 * Differences-in-Differences Estimates?", Quarterly Journal of Economics 119, 2004): each is one change, and both means of changes are compared as Welch does.
 */
public final class DifferenceInDifferences {
    private DifferenceInDifferences() {}

    /**
     * @param treated the change of each unit that had it
     * @param others the change of each that had it not
     */
    public static Estimate of(double[] treated, double[] others) {
        return MeanDifference.welch(Moments.of(others), Moments.of(treated));
    }
}
