package dev.cairn.adapters.graphql.http;

import dev.cairn.application.port.Kept;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/** How much one caller asks at once, and in a minute, over HTTP and over sockets. */
public final class CallerPace {
    /** Whoever has not asked for longest is forgotten first, as one who has not asked yet. */
    private static final long MOST_KNOWN = 10_000;

    private static final long MINUTE = Duration.ofMinutes(1).toNanos();
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final int atOnce;
    private final int perMinute;
    private final LongSupplier nanoTime;
    private final Kept<String, Asked> callers = new Kept<>(MOST_KNOWN, _ -> 1);

    /**
     * @param atOnce requests of one caller that are not answered yet, at most
     * @param perMinute on average; a minute's at once
     * @param nanoTime a monotonic clock
     */
    public CallerPace(int atOnce, int perMinute, LongSupplier nanoTime) {
        this.atOnce = atOnce;
        this.perMinute = perMinute;
        this.nanoTime = nanoTime;
    }

    /** Of callers who may ask as much as they like. */
    public static CallerPace any() {
        return new CallerPace(Integer.MAX_VALUE, Integer.MAX_VALUE, System::nanoTime);
    }

    /** Whether something may begin. */
    public sealed interface Turn {
        /** It has begun; to be told once when it is over, further calls do nothing. */
        record Now(Runnable over) implements Turn {}

        /** It may not, and what to tell the caller. */
        record Later(long seconds, String message) implements Turn {}
    }

    /** Asks for a turn of a caller, by name. */
    public Turn begin(String caller) {
        var asked = asked(caller);
        long wait = asked.begin();
        if (wait > 0) {
            return new Turn.Later(
                    wait,
                    "One caller sends at most %d requests at once (cairn.callers.at-once) and %d in a minute (cairn.callers.per-minute). Ask again in %d s."
                            .formatted(atOnce, perMinute, wait));
        }
        var isOver = new AtomicBoolean();
        return new Turn.Now(() -> {
            if (isOver.compareAndSet(false, true)) {
                asked.end();
            }
        });
    }

    private synchronized Asked asked(String caller) {
        return callers.find(caller)
                .orElseGet(() -> {
                    var first = new Asked();
                    callers.put(caller, first);
                    return first;
                });
    }

    /** What one caller asked. */
    private final class Asked {
        private int running;

        /** When all that was asked would have been asked at an even pace. */
        private long paidUntil = nanoTime.getAsLong();

        /** Seconds to wait; 0: it may begin. */
        synchronized long begin() {
            long now = nanoTime.getAsLong();
            long paid = Math.max(0, paidUntil - now) + MINUTE / perMinute;
            if (paid > MINUTE) {
                return Math.ceilDiv(paid - MINUTE, SECOND);
            }
            if (running >= atOnce) {
                return 1;
            }
            running++;
            paidUntil = now + paid;
            return 0;
        }

        synchronized void end() {
            running--;
        }
    }
}
