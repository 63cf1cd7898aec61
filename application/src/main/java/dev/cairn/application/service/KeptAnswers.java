package dev.cairn.application.service;

import dev.cairn.application.port.AnalysisFailed;
import dev.cairn.application.port.AnalysisFailed.Reason;
import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.Kept;
import dev.cairn.application.port.out.AnalysisExecutor.State;
import dev.cairn.domain.plan.Answer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * Answers, by what they rest on. That is looked at after a question arrives and before its statement is sent: an answer that is found for it holds whatever was
 * committed when the question arrived, and one that is made for it may be newer, never older. For the same reason a question may take the answer that is just being made
 * for another, if it rests on the same. Safe for use by several threads.
 */
public final class KeptAnswers {
    private static final long BYTES_OF_ANY = 1_000;

    private final long most;
    private final Kept<State, Answer> kept;
    private final ConcurrentMap<State, CompletableFuture<Answer>> running =
            new ConcurrentHashMap<>();
    private final LongAdder found = new LongAdder();
    private final LongAdder shared = new LongAdder();
    private final LongAdder computed = new LongAdder();
    private final LongAdder together = new LongAdder();

    /** @param most bytes that answers take, about; 0: each question is answered by itself */
    public KeptAnswers(long most) {
        this.most = most;
        this.kept = new Kept<>(most, KeptAnswers::bytes);
    }

    /**
     * How questions were answered since the start.
     *
     * @param found that an answer was kept of
     * @param shared that took the answer of another one that was just being computed
     * @param computed that were computed; those whose answers cannot be kept are not counted
     * @param together that were computed with others of their request by one statement, whether or not they can be kept
     * @param bytes that are kept now, about
     */
    public record Counts(long found, long shared, long computed, long together, long bytes) {}

    public Counts counts() {
        return new Counts(found.sum(), shared.sum(), computed.sum(), together.sum(), kept.weight());
    }

    boolean isOn() {
        return most > 0;
    }

    /** An answer that is kept, or that is being computed and is there in time. */
    Optional<Answer> find(State state, Deadline deadline) {
        var known = kept.find(state);
        if (known.isPresent()) {
            found.increment();
            return known;
        }
        var other = running.get(state);
        return other == null ? Optional.empty() : joined(other, deadline);
    }

    /** For those whose turn it is: another one may have computed it while they waited. */
    Answer computed(State state, Deadline deadline, Supplier<Answer> compute) {
        var known = find(state, deadline);
        if (known.isPresent()) {
            return known.get();
        }
        var own = new CompletableFuture<Answer>();
        var other = running.putIfAbsent(state, own);
        if (other != null) {
            return joined(other, deadline).orElseGet(compute);
        }
        computed.increment();
        try {
            var answer = compute.get();
            kept.put(state, answer);
            own.complete(answer);
            return answer;
        } catch (RuntimeException | Error failed) {
            own.completeExceptionally(failed);
            throw failed;
        } finally {
            running.remove(state, own);
        }
    }

    /**
     * Several at once, for those whose turn it is.
     *
     * @param states of each; empty for one that is not kept
     * @param compute gives the answer of each
     * @return empty where one of them is known by now, or is just being computed for another question: then each is better asked for by itself
     */
    Optional<List<Answer>> computed(List<Optional<State>> states, Supplier<List<Answer>> compute) {
        var own = new LinkedHashMap<State, CompletableFuture<Answer>>();
        try {
            for (var state : states) {
                if (state.isPresent() && !own.containsKey(state.get())) {
                    var future = new CompletableFuture<Answer>();
                    if (kept.find(state.get()).isPresent()
                            || running.putIfAbsent(state.get(), future) != null) {
                        return Optional.empty();
                    }
                    own.put(state.get(), future);
                }
            }
            var answers = compute.get();
            for (int at = 0; at < answers.size(); at++) {
                var answer = answers.get(at);
                states.get(at)
                        .ifPresent(state -> {
                            kept.put(state, answer);
                            Objects.requireNonNull(own.get(state)).complete(answer);
                        });
            }
            together.add(answers.size());
            return Optional.of(answers);
        } finally {
            own.forEach((state, future) -> {
                future.cancel(false);
                running.remove(state, future);
            });
        }
    }

    /** Empty where it failed for a reason that may be that question's own: each has a deadline of its own. */
    private Optional<Answer> joined(CompletableFuture<Answer> other, Deadline deadline) {
        try {
            var answer = other.get(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
            shared.increment();
            return Optional.of(answer);
        } catch (TimeoutException late) {
            throw new AnalysisFailed(Reason.TIMEOUT, late);
        } catch (InterruptedException gone) {
            Thread.currentThread().interrupt();
            throw new AnalysisFailed(Reason.TIMEOUT, gone);
        } catch (ExecutionException | CancellationException _) {
            return Optional.empty();
        }
    }

    private static long bytes(Map.Entry<State, Answer> entry) {
        return BYTES_OF_ANY
                + entry.getKey().bytes()
                + entry.getValue().rows().stream().mapToLong(Answer.Row::bytes).sum();
    }
}
