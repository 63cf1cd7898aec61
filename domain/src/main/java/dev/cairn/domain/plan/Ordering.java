package dev.cairn.domain.plan;

/**
 * One term of the order of cell rows; what has no value comes last either way.
 *
 * @param withoutRateFirst cells whose output has no value for want of a rate of exchange come before all others
 */
public record Ordering(By by, boolean descending, boolean withoutRateFirst) {
    public Ordering(By by, boolean descending) {
        this(by, descending, false);
    }

    /** What is ordered by. */
    public sealed interface By {
        record Time() implements By {}

        /** @param index of the group key; values first, then no value, then no account */
        record Key(int index) implements By {
            public Key {
                if (index < 0) {
                    throw new IllegalArgumentException("a key of the plan: " + index);
                }
            }
        }

        record Value(int output) implements By {
            public Value {
                if (output < 0) {
                    throw new IllegalArgumentException("an output of the plan: " + output);
                }
            }
        }
    }
}
