package dev.cairn.application.service;

import dev.cairn.application.port.AnalysisFailed;
import dev.cairn.application.port.AnalysisFailed.Reason;
import dev.cairn.domain.analysis.Caller;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;

/**
 * Threads that callers take in turns: after each piece of work the next is that of another caller who waits, however much of the first one's waits. A caller has all but
 * one of several threads at most, so that another who comes finds one; the one caller there is where nobody signs in may have all. What waits is bounded, of one caller
 * and in all.
 */
public final class Turns {
    private final ExecutorService threads;
    private final int atOnce;
    private final Most most;

    /** In the order in which they have their turns. */
    private final Map<String, Line> lines = new LinkedHashMap<>();

    private int running;
    private int waiting;

    /**
     * What waits at most.
     *
     * @param ofOne caller
     * @param inAll not less
     */
    public record Most(int ofOne, int inAll) {
        static final Most ANY = new Most(Integer.MAX_VALUE, Integer.MAX_VALUE);
    }

    /** Of one caller. */
    private static final class Line {
        private final ArrayDeque<FutureTask<?>> waiting = new ArrayDeque<>();
        private int running;
    }

    /** @param atOnce how many threads there are */
    public Turns(ExecutorService threads, int atOnce, Most most) {
        this.threads = threads;
        this.atOnce = atOnce;
        this.most = most;
    }

    /** Threads that nobody has to wait for longer than they make him. */
    static Turns unlimited(ExecutorService threads) {
        return new Turns(threads, Integer.MAX_VALUE, Most.ANY);
    }

    /** What does the work. */
    public ExecutorService threads() {
        return threads;
    }

    /** How many pieces of work wait for their turn. */
    public synchronized int waiting() {
        return waiting;
    }

    /** @throws AnalysisFailed where too much waits already; nothing is done then */
    <T> Future<T> submit(Caller caller, Callable<T> work) {
        var key = caller.name();
        var task =
                new FutureTask<>(work) {
                    @Override
                    protected void done() {
                        if (isCancelled()) {
                            forget(key, this);
                        }
                    }
                };
        synchronized (this) {
            var line = lines.computeIfAbsent(key, _ -> new Line());
            boolean isFree = running < atOnce && line.running < share(caller);
            boolean isFull = line.waiting.size() >= ofOne(caller) || waiting >= most.inAll();
            if (!isFree && isFull) {
                forgetIdle(key, line);
                throw new AnalysisFailed(
                        Reason.TOO_MANY, new RejectedExecutionException("too much waits"));
            }
            line.waiting.add(task);
            waiting++;
        }
        next();
        return task;
    }

    private int share(Caller caller) {
        return share(caller.name());
    }

    private int share(String caller) {
        return atOnce == 1 || caller.equals(Caller.LOCAL.name()) ? atOnce : atOnce - 1;
    }

    private int ofOne(Caller caller) {
        return caller.equals(Caller.LOCAL) ? most.inAll() : most.ofOne();
    }

    /** What has its turn. */
    private record Turn(String caller, FutureTask<?> task) {}

    /** Has done what can be done now. */
    private void next() {
        for (var turn = turn(); turn.isPresent(); turn = turn()) {
            var had = turn.get();
            try {
                threads.execute(() -> {
                    try {
                        had.task().run();
                    } finally {
                        over(had.caller());
                        next();
                    }
                });
            } catch (RejectedExecutionException | OutOfMemoryError stopped) {
                // No memory: for another thread.
                over(had.caller());
                had.task().cancel(false);
                throw stopped;
            }
        }
    }

    private synchronized Optional<Turn> turn() {
        if (running >= atOnce) {
            return Optional.empty();
        }
        for (var each : lines.entrySet()) {
            var line = each.getValue();
            if (line.running < share(each.getKey()) && !line.waiting.isEmpty()) {
                var turn = new Turn(each.getKey(), line.waiting.remove());
                waiting--;
                running++;
                line.running++;
                // The next turn of this caller comes after those of all others.
                lines.remove(turn.caller());
                lines.put(turn.caller(), line);
                return Optional.of(turn);
            }
        }
        return Optional.empty();
    }

    private synchronized void over(String caller) {
        running--;
        var line = Objects.requireNonNull(lines.get(caller));
        line.running--;
        forgetIdle(caller, line);
    }

    private synchronized void forget(String caller, FutureTask<?> cancelled) {
        var line = lines.get(caller);
        if (line != null && line.waiting.remove(cancelled)) {
            waiting--;
            forgetIdle(caller, line);
        }
    }

    private void forgetIdle(String caller, Line line) {
        if (line.running == 0 && line.waiting.isEmpty()) {
            lines.remove(caller);
        }
    }
}
