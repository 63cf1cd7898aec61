package dev.cairn.adapters.persistence.schema;

import dev.cairn.application.port.Deadline;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Lets those who look at the same thing at the same time share one look: everybody gets what was seen by one that began after he asked, so never what was there
 * before. Safe for use by several threads.
 */
public final class SharedLook<T> {
    private static final Duration PATIENCE = Duration.ofMillis(50);

    /** For how much longer who shares a look waits for it, before he looks himself. */
    private static final int LONGER = 20;

    private final Supplier<T> look;
    private final Duration patience;
    private One<T> latest = new One<>();

    /** A look that somebody has begun, or is about to. */
    private static final class One<T> {
        private final CompletableFuture<T> seen = new CompletableFuture<>();
        private boolean hasBegun;
    }

    public SharedLook(Supplier<T> look) {
        this(look, PATIENCE);
    }

    /** @param patience for how long at most who looks next waits for who looks now, and begins beside him then */
    SharedLook(Supplier<T> look, Duration patience) {
        this.look = look;
        this.patience = patience;
        latest.hasBegun = true;
        latest.seen.cancel(false);
    }

    /** Under the deadline of this thread; the looking itself fails as it does. */
    public T now() {
        One<T> before;
        One<T> own;
        synchronized (this) {
            before = latest;
            if (before.hasBegun) {
                latest = new One<>();
            }
            own = latest;
        }
        return own == before ? shared(own) : looked(before, own);
    }

    private T looked(One<T> before, One<T> own) {
        try {
            awaitEnd(before.seen);
            begin(own);
            var seen = look.get();
            own.seen.complete(seen);
            return seen;
        } catch (RuntimeException | Error failed) {
            begin(own);
            own.seen.completeExceptionally(failed);
            throw failed;
        }
    }

    /** From now on whoever asks needs another one. */
    private synchronized void begin(One<T> one) {
        one.hasBegun = true;
    }

    /** Where it fails, or does not come in time, it may be for reasons that are that look's own: each has a deadline of its own. */
    private T shared(One<T> other) {
        try {
            return other.seen.get(left(patience.multipliedBy(LONGER)), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException _) {
            return look.get();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return look.get();
        }
    }

    private void awaitEnd(CompletableFuture<?> before) {
        if (before.isDone()) {
            return;
        }
        try {
            before.get(left(patience), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException _) {
            // A failure of another one, or it takes long: this one begins beside it.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static long left(Duration most) {
        return Math.min(Deadline.current().left().toNanos(), most.toNanos());
    }
}
