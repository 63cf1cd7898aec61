package dev.cairn.application.service;

import dev.cairn.application.port.SubscriptionEnded;
import dev.cairn.application.port.SubscriptionEnded.Reason;
import dev.cairn.application.port.in.SubscribeUseCase.Cause;
import dev.cairn.application.port.in.SubscribeUseCase.Update;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.Caller;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One who subscribed to a question. Keeps at most one answer that is still to be given: a later one takes its place, so that whoever reads slowly costs no more than
 * others. All signals are given one after another, on threads of their own.
 */
final class Subscriber implements Flow.Subscription {
    /** Between two answers. */
    static final Duration PAUSE = Duration.ofSeconds(1);

    private final Flow.Subscriber<? super Update> to;
    private final Caller caller;
    private final boolean withTrust;
    private final Supplier<Optional<Caller>> authority;
    private final Clock clock;
    private final Executor deliveries;
    private final Consumer<Subscriber> gone;

    private long demand;
    private int sequence;
    private boolean isDelivering;
    private boolean isOver;
    private @Nullable Pending pending;
    private @Nullable Throwable failure;
    private @Nullable AnswerDigest given;
    private @Nullable Instant givenAt;

    /** An answer that is still to be given. */
    private record Pending(Cause cause, AnalysisResult answer, AnswerDigest digest) {}

    /**
     * @param caller who subscribed, with the rights of that moment
     * @param withTrust whether trust alone makes another answer
     * @param gone told once, when nothing more is to be given
     */
    Subscriber(
            Flow.Subscriber<? super Update> to,
            Caller caller,
            boolean withTrust,
            Supplier<Optional<Caller>> authority,
            Clock clock,
            Executor deliveries,
            Consumer<Subscriber> gone) {
        this.to = to;
        this.caller = caller;
        this.withTrust = withTrust;
        this.authority = authority;
        this.clock = clock;
        this.deliveries = deliveries;
        this.gone = gone;
    }

    boolean isWithTrust() {
        return withTrust;
    }

    Supplier<Optional<Caller>> authority() {
        return authority;
    }

    /** Takes an answer, in place of one that was not given yet. One of the same value as the last is given only where definitions have changed. */
    synchronized void offer(Cause why, AnalysisResult answer, AnswerDigest digest) {
        // The first answer of another subscription is no first one here.
        var own = why == Cause.INITIAL ? Cause.DATA : why;
        var cause = given == null ? Cause.INITIAL : later(own);
        boolean isNews = cause == Cause.DEFINITIONS || !digest.equals(given);
        pending = isNews ? new Pending(cause, answer, digest) : null;
        deliver();
    }

    /** Of two reasons for one answer the one that says more. */
    private Cause later(Cause why) {
        return pending == null || why.compareTo(pending.cause()) > 0 ? why : pending.cause();
    }

    /** Ends it where there was no answer yet: to wait for the first is of no use. */
    synchronized void failAtFirst(Throwable why) {
        if (given == null && pending == null) {
            fail(why);
        }
    }

    /** Ends it; an answer that was not given yet is not given any more. */
    synchronized void fail(Throwable why) {
        if (failure == null) {
            failure = why;
            deliver();
        }
    }

    /** Ends it where the rights of who subscribed have ended or are others. */
    void review(Optional<Caller> now) {
        if (now.isEmpty()) {
            fail(new SubscriptionEnded(Reason.SIGNED_OUT));
        } else if (!Scoped.of(now.get()).equals(Scoped.of(caller))) {
            fail(new SubscriptionEnded(Reason.OTHER_RIGHTS));
        }
    }

    @Override
    public synchronized void request(long n) {
        if (n <= 0) {
            fail(new IllegalArgumentException("at least one is asked for: " + n));
            return;
        }
        demand = demand + n < 0 ? Long.MAX_VALUE : demand + n;
        deliver();
    }

    /** Whether nothing more is given. */
    synchronized boolean isOver() {
        return isOver;
    }

    @Override
    public void cancel() {
        boolean isFirst;
        synchronized (this) {
            isFirst = !isOver;
            isOver = true;
            pending = null;
        }
        if (isFirst) {
            gone.accept(this);
        }
    }

    /** Gives what can be given now, if nobody does already. */
    synchronized void deliver() {
        if (!isDelivering && isDue()) {
            isDelivering = true;
            deliveries.execute(this::deliverAll);
        }
    }

    private boolean isDue() {
        return !isOver && (failure != null || (pending != null && demand > 0 && hasPaused()));
    }

    private boolean hasPaused() {
        return givenAt == null || !clock.instant().isBefore(givenAt.plus(PAUSE));
    }

    private void deliverAll() {
        while (true) {
            Update next;
            synchronized (this) {
                if (!isDue()) {
                    isDelivering = false;
                    return;
                }
                next = failure == null ? next() : null;
            }
            if (next == null) {
                end();
                return;
            }
            give(next);
        }
    }

    private @Nullable Update next() {
        var answer = pending;
        if (answer == null) {
            return null;
        }
        pending = null;
        demand--;
        given = answer.digest();
        givenAt = clock.instant();
        sequence++;
        return new Update(sequence, answer.cause(), answer.answer());
    }

    /** The rights are looked at as late as can be. */
    private void give(Update update) {
        try {
            review(authority.get());
        } catch (RuntimeException unknown) {
            fail(unknown);
        }
        synchronized (this) {
            if (failure != null || isOver) {
                return;
            }
        }
        to.onNext(update);
    }

    private void end() {
        Throwable why;
        synchronized (this) {
            isOver = true;
            pending = null;
            why = failure;
        }
        gone.accept(this);
        if (why != null) {
            to.onError(why);
        }
    }
}
