package dev.cairn.application.service;

import dev.cairn.application.port.AnalysisFailed;
import dev.cairn.application.port.AnalysisFailed.Reason;
import dev.cairn.application.port.Deadline;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.plan.Cancellation;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The thread pools that questions are answered on. Long computations must not run on the virtual threads of requests: those yield only where they block,
 * so that a few large questions would stop all other requests.
 *
 * @param planning of questions and statements
 * @param small statements expected to be cheap; never wait for large ones
 * @param large all other statements; fewer threads than there are connections to the database
 * @param largeFrom estimated cost from which a statement is large
 */
public record Workers(Turns planning, Turns small, Turns large, long largeFrom) {

    /** Of threads that nobody has to wait for longer than they make him. */
    public Workers(
            ExecutorService planning,
            ExecutorService small,
            ExecutorService large,
            long largeFrom) {
        this(Turns.unlimited(planning), Turns.unlimited(small), Turns.unlimited(large), largeFrom);
    }

    Turns forCost(long cost) {
        return isLarge(cost) ? large : small;
    }

    boolean isLarge(long cost) {
        return cost >= largeFrom;
    }

    /** @throws AnalysisFailed where the time is over before it is done, or too much waits; what has not begun then never does */
    static <T> T done(Turns workers, Caller caller, Deadline deadline, Callable<T> work) {
        var running = workers.submit(caller, () -> deadline.during(work::call));
        try {
            return running.get(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            running.cancel(true);
            throw new AnalysisFailed(Reason.TIMEOUT, late);
        } catch (InterruptedException gone) {
            running.cancel(true);
            Thread.currentThread().interrupt();
            throw new AnalysisFailed(Reason.TIMEOUT, gone);
        } catch (ExecutionException failure) {
            throw switch (failure.getCause()) {
                case Cancellation.Cancelled cancelled ->
                        new AnalysisFailed(Reason.TIMEOUT, cancelled);
                case RuntimeException itself -> itself;
                case null, default -> new IllegalStateException(failure);
            };
        }
    }
}
