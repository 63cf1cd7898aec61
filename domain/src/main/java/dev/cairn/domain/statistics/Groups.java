package dev.cairn.domain.statistics;

import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;

/** The values of those that succeeded and of the others, each sorted. No value is NaN: who has none is of neither. */
public final class Groups {
    private final double[] succeeded;
    private final double[] others;

    private Groups(double[] succeeded, double[] others) {
        this.succeeded = sorted(succeeded);
        this.others = sorted(others);
    }

    private static double[] sorted(double[] values) {
        // Two zeros are one number.
        var copy = Arrays.stream(values).map(value -> value == 0 ? 0.0 : value).toArray();
        Arrays.sort(copy);
        return copy;
    }

    /** Both in any order. */
    public static Groups of(double[] succeeded, double[] others) {
        return new Groups(present(succeeded), present(others));
    }

    private static double[] present(double[] values) {
        return Arrays.stream(values).filter(value -> !Double.isNaN(value)).toArray();
    }

    /**
     * @param size how many there are, each having a place from 0
     * @param value of a place; NaN: it has none
     * @param succeeded whether one did; who has no value is not asked about
     */
    public static Groups of(int size, IntToDoubleFunction value, IntPredicate succeeded) {
        var with = new double[size];
        var without = new double[size];
        int successes = 0;
        int rest = 0;
        for (int at = 0; at < size; at++) {
            double number = value.applyAsDouble(at);
            if (Double.isNaN(number)) {
                continue;
            }
            if (succeeded.test(at)) {
                with[successes++] = number;
            } else {
                without[rest++] = number;
            }
        }
        return new Groups(Arrays.copyOf(with, successes), Arrays.copyOf(without, rest));
    }

    public int successes() {
        return succeeded.length;
    }

    /** How many did not succeed. */
    public int rest() {
        return others.length;
    }

    public int size() {
        return succeeded.length + others.length;
    }

    /** In order. */
    double[] succeeded() {
        return succeeded;
    }

    /** In order. */
    double[] others() {
        return others;
    }

    /** All values, in order. */
    double[] all() {
        var all = Arrays.copyOf(succeeded, size());
        System.arraycopy(others, 0, all, succeeded.length, others.length);
        Arrays.sort(all);
        return all;
    }
}
