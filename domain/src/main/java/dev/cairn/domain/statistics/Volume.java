package dev.cairn.domain.statistics;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Periods with far fewer or far more facts than those around them.
 *
 * <p>Counts are taken to 2 sqrt(n + 3/8), which gives a Poisson count a standard deviation of about 1 whatever its mean (F. J. Anscombe, "The
 * transformation of Poisson, binomial and negative-binomial data", Biometrika 35, 1948). Each is compared with the median of its neighbours of the same phase
 * (of days: the same day of the week, {@value #NEIGHBOURS} before and as many after), which neither a trend nor the week moves, nor a broken week among them. The
 * scale is 1.4826 times the median of the absolute distances of all periods, as a modified z-score has it (B. Iglewicz, D. Hoaglin, "How to Detect and Handle
 * Outliers", ASQC 1993; a distance counts for less where there are fewer neighbours, as on the newest days, whose usual count is less sure), and 1 at least, so that counts that vary less than chance are not taken to be exact. A period is odd where it is {@value #FAR} scales away, or {@value #FAR_IN_A_ROW} as one of several in a row,
 * and two fifths or less, or five halves or more, of what its neighbours have, both before and after it: with so many periods, looked at each day, 3.5 and even 5 scales happen by chance.
 */
public final class Volume {
    /** Neighbours on either side. */
    public static final int NEIGHBOURS = 8;

    /** With fewer neighbours in all a period is not judged. */
    public static final int FEWEST = 6;

    /** With fewer before it a period is not judged: how facts begin says little. */
    public static final int FEWEST_BEFORE = 3;

    /** Scales away from which a period is odd by itself. */
    public static final double FAR = 5.5;

    /** Scales away from which periods are odd that follow each other, which chance makes far more seldom. */
    public static final double FAR_IN_A_ROW = 5;

    /** The factor that makes the median of the absolute distances of a normal distribution its standard deviation. */
    private static final double TO_DEVIATION = 1.4826;

    private static final double OF_MEDIAN = Math.PI / 2;
    private static final double[] NONE = {};

    private Volume() {}

    /**
     * What is usual for a period.
     *
     * @param usual median of the neighbours; NaN: too few of them
     * @param far how many scales the count is away from it; negative: fewer; NaN: too few neighbours
     * @param isOdd whether that is more than chance and more than a factor of two and a half
     * @param noneByChance in how many of all these periods chance would leave none, were as many usual in each: periods times exp(-usual / scale^2), the Poisson
     *     probability of zero where counts vary no more than chance, and more than that of a negative binomial count where they do; NaN: too few neighbours
     */
    public record Judged(
            long count, double usual, double far, boolean isOdd, double noneByChance) {}

    /**
     * @param counts of successive periods
     * @param phases after how many periods the pattern repeats: 7 for days, else 1
     * @param leftOut periods that are neither judged nor neighbours
     * @param bound scales away from which a period is odd
     * @return one for each period, in order
     */
    public static List<Judged> judge(List<Long> counts, int phases, BitSet leftOut, double bound) {
        int periods = counts.size();
        double[] all = counts.stream().mapToDouble(Long::doubleValue).toArray();
        var usual = new double[periods];
        var distances = new double[periods];
        var least = new double[periods];
        var greatest = new double[periods];
        for (int at = 0; at < periods; at++) {
            double[] before = neighbours(all, at, -phases, leftOut);
            double[] after = neighbours(all, at, phases, leftOut);
            double[] around = leftOut.get(at) ? NONE : around(before, after);
            usual[at] = median(around);
            distances[at] = (stable(all[at]) - stable(usual[at])) / certainty(around.length);
            // At a step, which is no odd period, only one of both sides is far.
            double sooner = median(before);
            double later = median(after);
            least[at] = least(sooner, later);
            greatest[at] = -least(-sooner, -later);
        }
        double scale = scale(distances);
        long looked = Arrays.stream(usual).filter(Double::isFinite).count();
        var far = Arrays.stream(distances).map(distance -> distance / scale).toArray();
        var odd = new BitSet();
        for (int at = 0; at < periods; at++) {
            long count = counts.get(at);
            if (Math.abs(far[at]) >= bound
                    && (5 * count <= 2 * least[at] || 2 * count >= 5 * greatest[at])) {
                odd.set(at);
            }
        }
        return IntStream.range(0, periods)
                .mapToObj(at ->
                        new Judged(
                                counts.get(at),
                                usual[at],
                                far[at],
                                odd.get(at),
                                looked * Math.exp(-usual[at] / (scale * scale))))
                .toList();
    }

    /** Of as many neighbours on either side, where that makes enough, so that growth does not matter; the first of all have too few before them. */
    private static double[] around(double[] before, double[] after) {
        int each = Math.min(before.length, after.length);
        int most = Math.max(each, FEWEST - each);
        int sooner = Math.min(before.length, most);
        int later = Math.min(after.length, most);
        if (before.length < FEWEST_BEFORE || sooner + later < FEWEST) {
            return NONE;
        }
        double[] neighbours = Arrays.copyOf(before, sooner + later);
        System.arraycopy(after, 0, neighbours, sooner, later);
        return neighbours;
    }

    /** How far a period is from the median of so many by chance, with that of all neighbours as 1: a median of n values has a variance of pi / 2n times theirs. */
    private static double certainty(int neighbours) {
        return Math.sqrt(
                (1 + OF_MEDIAN / Math.max(1, neighbours)) / (1 + OF_MEDIAN / (2 * NEIGHBOURS)));
    }

    /** The nearest first; further ones in place of those that are left out. */
    private static double[] neighbours(double[] counts, int at, int step, BitSet leftOut) {
        var found = new double[NEIGHBOURS];
        int size = 0;
        for (int distance = 1; distance <= 2 * NEIGHBOURS && size < NEIGHBOURS; distance++) {
            int other = at + distance * step;
            if (other >= 0 && other < counts.length && !leftOut.get(other)) {
                found[size++] = counts[other];
            }
        }
        return Arrays.copyOf(found, size);
    }

    /** Of those that are known. */
    private static double least(double one, double other) {
        return Double.isNaN(one) ? other : Double.isNaN(other) ? one : Math.min(one, other);
    }

    private static double stable(double count) {
        return 2 * Math.sqrt(count + 0.375);
    }

    private static double scale(double[] distances) {
        var sizes = Arrays.stream(distances).filter(Double::isFinite).map(Math::abs).toArray();
        return sizes.length == 0 ? 1 : Math.max(1, TO_DEVIATION * median(sizes));
    }

    /** The middle value, of two the mean; NaN of none. */
    private static double median(double[] values) {
        if (values.length == 0) {
            return Double.NaN;
        }
        Arrays.sort(values);
        int half = values.length / 2;
        return values.length % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
    }
}
