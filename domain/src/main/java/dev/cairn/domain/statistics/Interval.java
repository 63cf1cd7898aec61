package dev.cairn.domain.statistics;

/** From low to high, both in; in the unit of what it is an interval of. An end may be infinite. */
public record Interval(double low, double high) {
    public Interval {
        if (!(low <= high)) {
            throw new IllegalArgumentException("an interval from " + low + " to " + high);
        }
    }

    public boolean holds(double value) {
        return low <= value && value <= high;
    }
}
