package dev.cairn.domain.statistics;

/**
 * The area under the ROC curve: the chance that one who succeeded has more than one who did not, both taken at random, of equal values half (D. Bamber, "The area above the ordinal dominance graph and the
 * area below the receiver operating characteristic graph", Journal of Mathematical Psychology 12, 1975). Its error is that of E. R. DeLong, D. M. DeLong and D. L. Clarke-Pearson ("Comparing the Areas under
 * Two or More Correlated Receiver Operating Characteristic Curves: A Nonparametric Approach", Biometrics 44, 1988).
 *
 * @param value from 0 to 1; 0.5: nothing can be told. Below 0.5 those who succeeded have less
 * @param error standard error; 0 where the groups do not overlap
 * @param low of the interval of 95 %
 * @param high of it
 * @param p the chance of a value so far from 0.5 where both groups are of one distribution (H. B. Mann and D. R. Whitney, "On a Test of Whether one of Two Random Variables is Stochastically Larger than the
 *     Other", Annals of Mathematical Statistics 18, 1947, by its normal limit, with the correction for equal values)
 */
public record Auc(double value, double error, double low, double high, double p) {
    /** Where the groups do not overlap, the error of DeLong is 0 and says nothing. */
    private static final double SMALLEST_ERROR = 1e-9;

    private static final int HALVINGS = 60;

    /** @throws IllegalArgumentException of a group of fewer than two */
    public static Auc of(Groups groups) {
        int m = groups.successes();
        int n = groups.rest();
        if (m < 2 || n < 2) {
            throw new IllegalArgumentException("an AUC needs two of each: " + m + ", " + n);
        }
        var ofSucceeded = placements(groups.succeeded(), groups.others());
        double value = mean(ofSucceeded);
        var ofOthers = placements(groups.others(), groups.succeeded());
        double error = Math.sqrt(variance(ofSucceeded) / m + variance(ofOthers) / n);
        double p = alike(value, groups);
        return error < SMALLEST_ERROR
                ? new Auc(value, 0, newcombe(value, m, n, -1), newcombe(value, m, n, 1), p)
                : interval(value, error, p);
    }

    /**
     * Symmetric on the scale of ln(AUC / (1 - AUC)), on which an AUC is closer to normal, and which has no end to cross (M. S. Pepe, "The Statistical Evaluation of Medical Tests for Classification and
     * Prediction", 2003, section 5.2.4). The plain interval, AUC ± 1.96 errors, is {@link #plainLow}.
     */
    private static Auc interval(double value, double error, double p) {
        double logit = Math.log(value / (1 - value));
        double half = Normal.QUANTILE_975 * error / (value * (1 - value));
        return new Auc(value, error, inverse(logit - half), inverse(logit + half), p);
    }

    private static double inverse(double logit) {
        return 1 / (1 + Math.exp(-logit));
    }

    /** The lower end of AUC ± 1.96 errors, as most programs print it. */
    double plainLow() {
        return value - Normal.QUANTILE_975 * error;
    }

    /** The upper end of AUC ± 1.96 errors. */
    double plainHigh() {
        return value + Normal.QUANTILE_975 * error;
    }

    /** Whether all values are the same: none lies above or below any other. */
    public boolean isOfOneValue() {
        return value == 0.5 && error == 0;
    }

    /** How well the groups are told apart, whichever has more: from 0.5. */
    public double strength() {
        return Math.max(value, 1 - value);
    }

    /** The least strength, in the direction of the value, that the interval has; below 0.5 it reaches over to the other direction. */
    public double leastStrength() {
        return value >= 0.5 ? low : 1 - high;
    }

    /** The greatest strength, in either direction, that the interval has. */
    public double greatestStrength() {
        return Math.max(high, 1 - low);
    }

    /** Cliff's delta: the share of pairs in which who succeeded has more, less that in which the other has (N. Cliff, "Dominance statistics", Psychological Bulletin 114, 1993). */
    public double cliffsDelta() {
        return 2 * value - 1;
    }

    private static double alike(double value, Groups groups) {
        double all = groups.size();
        double equal = 0;
        var sorted = groups.all();
        for (int from = 0; from < sorted.length; ) {
            int to = from;
            while (to < sorted.length && sorted[to] == sorted[from]) {
                to++;
            }
            double ties = to - from;
            equal += ties * (ties * ties - 1);
            from = to;
        }
        double pairs = (double) groups.successes() * groups.rest();
        double variance = (all + 1 - equal / (all * (all - 1))) / (12 * pairs);
        return variance <= 0 ? 1 : Normal.twoSided((value - 0.5) / Math.sqrt(variance));
    }

    /** Of each one the share of the others that it lies above, of equal ones half. */
    private static double[] placements(double[] sorted, double[] others) {
        var placements = new double[sorted.length];
        int below = 0;
        int notAbove = 0;
        for (int at = 0; at < sorted.length; at++) {
            while (below < others.length && others[below] < sorted[at]) {
                below++;
            }
            notAbove = Math.max(notAbove, below);
            while (notAbove < others.length && others[notAbove] <= sorted[at]) {
                notAbove++;
            }
            placements[at] = (below + notAbove) / (2.0 * others.length);
        }
        return placements;
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static double variance(double[] values) {
        double mean = mean(values);
        double sum = 0;
        for (double value : values) {
            sum += (value - mean) * (value - mean);
        }
        return sum / (values.length - 1);
    }

    /**
     * An end of the interval for groups that do not overlap: the number from which the value is 1.96 errors away that it would have itself (R. G. Newcombe, "Confidence intervals for an effect size measure
     * based on the Mann-Whitney statistic, part 2", Statistics in Medicine 25, 2006, method 5).
     */
    private static double newcombe(double value, int m, int n, int direction) {
        double inside = value;
        double outside = direction < 0 ? 0 : 1;
        for (int at = 0; at < HALVINGS; at++) {
            double middle = (inside + outside) / 2;
            double error = Math.sqrt(hanley(middle, m, n));
            if (Math.abs(value - middle) <= Normal.QUANTILE_975 * error) {
                inside = middle;
            } else {
                outside = middle;
            }
        }
        return inside;
    }

    /** The variance that an AUC of continuous values has (J. A. Hanley and B. J. McNeil, "The meaning and use of the area under a ROC curve", Radiology 143, 1982), with both sizes taken for their mean as Newcombe does. */
    private static double hanley(double auc, int m, int n) {
        double of = (m + n) / 2.0 - 1;
        return auc
                * (1 - auc)
                * (1 + of * (1 - auc) / (2 - auc) + of * auc / (1 + auc))
                / ((double) m * n);
    }
}
