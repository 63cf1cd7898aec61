package dev.cairn.application.port;

import dev.cairn.domain.plan.Cancellation;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Until when an answer is of use to whoever asked. Set where a request arrives: all waiting counts. It is bound to the thread that
 * works for the request, so that a store sees it too.
 *
 * @param nanoTime a monotonic clock, in nanoseconds
 * @param end on that clock
 */
public record Deadline(LongSupplier nanoTime, long end) {
    /** For work without a limit. */
    public static final Deadline NEVER = new Deadline(() -> 0, Long.MAX_VALUE);

    private static final ThreadLocal<@Nullable Deadline> OF_THREAD = new ThreadLocal<>();

    public static Deadline in(Duration limit, LongSupplier nanoTime) {
        return new Deadline(nanoTime, nanoTime.getAsLong() + limit.toNanos());
    }

    /** The deadline of what this thread works for. */
    public static Deadline current() {
        var known = OF_THREAD.get();
        return known == null ? NEVER : known;
    }

    /** Binds another deadline to this thread: for whoever hands work from thread to thread. */
    public static void bind(Deadline current) {
        if (current.equals(NEVER)) {
            OF_THREAD.remove();
        } else {
            OF_THREAD.set(current);
        }
    }

    /** Does work under this deadline. */
    public <T, E extends Exception> T during(Work<T, E> work) throws E {
        var before = current();
        bind(this);
        try {
            return work.done();
        } finally {
            bind(before);
        }
    }

    /** What there is to do. */
    @FunctionalInterface
    public interface Work<T, E extends Exception> {
        T done() throws E;
    }

    /** Zero where it is over. */
    public Duration left() {
        return Duration.ofNanos(Math.max(0, end - nanoTime.getAsLong()));
    }

    public boolean isOver() {
        return end - nanoTime.getAsLong() <= 0;
    }

    /** @throws Cancellation.Cancelled where it is over */
    public void check() {
        if (isOver()) {
            throw new Cancellation.Cancelled();
        }
    }
}
