package dev.cairn.domain.statistics;

/**
 * Takes off what was to be expected of each unit by what is known of it from before (A. Deng, Y. Xu, R. Kohavi and T. Walker, "Improving the Sensitivity of Online Controlled Experiments by Utilizing
 * Pre-Experiment Data", WSDM 2013): y - theta (x - mean of x), theta being the covariance of both through the variance of x within the groups. The difference of both groups stays what it is on
 * average, and its variance is less by the squared correlation.
 *
 * @param difference of the adjusted means, those with the change less the others, compared as Welch does
 * @param theta how much of the covariate is taken off; 0 where it does not vary
 * @param explained the part of the variance within the groups that it takes off, 0 to 1: the squared correlation
 */
public record Cuped(Estimate difference, double theta, double explained) {
    /**
     * @param treated values of the units that had the change
     * @param before of the same units, from before it
     * @param others values of those that had it not
     * @param othersBefore of the same units, from before it
     */
    public static Cuped of(
            double[] treated, double[] before, double[] others, double[] othersBefore) {
        double mean = Moments.of(before).mean();
        double othersMean = Moments.of(othersBefore).mean();
        var sums = new Sums();
        sums.add(treated, Moments.of(treated).mean(), before, mean);
        sums.add(others, Moments.of(others).mean(), othersBefore, othersMean);
        double theta = sums.ofCovariate > 0 ? sums.ofBoth / sums.ofCovariate : 0;
        return new Cuped(
                MeanDifference.welch(
                        adjusted(others, othersBefore, theta), adjusted(treated, before, theta)),
                theta,
                sums.ofValue > 0 ? theta * sums.ofBoth / sums.ofValue : 0);
    }

    /** The mean of the covariate is the same for both groups, and falls out of their difference. */
    private static Moments adjusted(double[] values, double[] covariate, double theta) {
        double[] adjusted = new double[values.length];
        for (int unit = 0; unit < adjusted.length; unit++) {
            adjusted[unit] = values[unit] - theta * covariate[unit];
        }
        return Moments.of(adjusted);
    }

    /** Sums of squares and products around the means of each group. */
    private static final class Sums {
        private double ofValue;
        private double ofCovariate;
        private double ofBoth;

        void add(double[] values, double mean, double[] covariate, double covariateMean) {
            for (int unit = 0; unit < values.length; unit++) {
                double off = values[unit] - mean;
                double covariateOff = covariate[unit] - covariateMean;
                ofValue += off * off;
                ofCovariate += covariateOff * covariateOff;
                ofBoth += off * covariateOff;
            }
        }
    }
}
