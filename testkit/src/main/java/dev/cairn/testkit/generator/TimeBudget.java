package dev.cairn.testkit.generator;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How long a run of generated cases may take. A build sets it for each run, as {@code -Dtest.budget} in seconds: on a machine that is far slower than usual a run
 * ends when its time is over, but never before a quarter of its cases. Without it, and where it is 0, a run has all its cases. Either way it says how many it had.
 */
public final class TimeBudget {
    /** One of so many cases is run however long it takes. */
    private static final int FLOOR = 4;

    private final Duration time;
    private final LongSupplier nanoTime;

    TimeBudget(Duration time, LongSupplier nanoTime) {
        this.time = time;
        this.nanoTime = nanoTime;
    }

    public static TimeBudget ofBuild() {
        return new TimeBudget(
                Duration.ofSeconds(Long.getLong("test.budget", 0L)), System::nanoTime);
    }

    /** What is done with the number of a case. */
    @FunctionalInterface
    public interface Work<E extends Exception> {
        void with(long number) throws E;
    }

    /**
     * Runs cases in the order of their numbers.
     *
     * @param run what it is called where it says how many there were
     * @param first the number of the first case
     * @param many how many there are where the time lasts
     * @return how many there were
     */
    public <E extends Exception> int each(String run, long first, int many, Work<E> work) throws E {
        long begun = nanoTime.getAsLong();
        int least = Math.ceilDiv(many, FLOOR);
        int ran = 0;
        while (ran < many && (ran < least || !isOver(begun))) {
            work.with(first + ran);
            ran++;
        }
        System.out.printf(
                "%s: %d of %d cases in %d s%s%n",
                run,
                ran,
                many,
                since(begun).toSeconds(),
                ran < many ? ", which was all its time (-Dtest.budget)" : "");
        return ran;
    }

    private boolean isOver(long begun) {
        return time.isPositive() && since(begun).compareTo(time) >= 0;
    }

    private Duration since(long begun) {
        return Duration.ofNanos(nanoTime.getAsLong() - begun);
    }
}
