package dev.cairn.domain.statistics;

/**
 * What a test of means needs to know of a sample.
 *
 * @param size how many values
 * @param mean NaN of none
 * @param variance with size - 1 below; NaN of fewer than two
 */
public record Moments(int size, double mean, double variance) {
    /** In two passes, so that values far from zero lose no digits. */
    public static Moments of(double... values) {
        int size = values.length;
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        double mean = sum / size;
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return new Moments(size, mean, size < 2 ? Double.NaN : squares / (size - 1));
    }

    /** The squared standard error of its mean. */
    public double squaredError() {
        return variance / size;
    }

    public double deviation() {
        return Math.sqrt(variance);
    }
}
