package dev.cairn.application.service;

import dev.cairn.application.port.SubscriptionEnded;
import dev.cairn.application.port.in.AnalyzeUseCase.Outcome;
import dev.cairn.application.port.in.SubscribeUseCase.Cause;
import dev.cairn.application.port.out.Versions;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.Caller;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A question that some subscribed to, who all get the same answers. Knows what its last answer was made of; keeps no answer. */
final class LiveQuestion {
    /** What there is to do. */
    record Due(Cause cause, List<Subscriber> subscribers) {
        Due {
            subscribers = List.copyOf(subscribers);
        }
    }

    private final AnalysisQuery query;
    private final Caller caller;
    private final Set<Subscriber> subscribers = new LinkedHashSet<>();
    private final Set<Cause> causes = EnumSet.noneOf(Cause.class);
    private boolean isRunning;
    private @Nullable Basis basis;

    /**
     * What an answer is made of.
     *
     * @param versions before it was asked for
     * @param reads sources and entities whose facts or members are read; null: not known, any may be
     * @param definitions under the question
     * @param until from when on time alone may make it another; null: never
     */
    record Basis(
            Versions.Known versions,
            @Nullable Set<String> reads,
            Set<?> definitions,
            @Nullable Instant until) {}

    /** @param caller one of those who may subscribe: all of the same scope */
    LiveQuestion(AnalysisQuery query, Caller caller) {
        this.query = query;
        this.caller = caller;
    }

    AnalysisQuery query() {
        return query;
    }

    Caller caller() {
        return caller;
    }

    /** Takes one more, who waits for an answer. */
    synchronized void add(Subscriber subscriber) {
        subscribers.add(subscriber);
        causes.add(Cause.INITIAL);
    }

    /** Whether nobody is left. */
    synchronized boolean remove(Subscriber subscriber) {
        subscribers.remove(subscriber);
        return subscribers.isEmpty();
    }

    synchronized List<Subscriber> subscribers() {
        return List.copyOf(subscribers);
    }

    /** Notes why another answer is needed, as far as the last one tells; before the first there is none that could be outdated. */
    synchronized void look(Versions.Known versions, Instant now) {
        var last = basis;
        if (last == null) {
            return;
        }
        if (last.versions().catalog() != versions.catalog()) {
            causes.add(Cause.DEFINITIONS);
        }
        if (!read(last.reads(), last.versions()).equals(read(last.reads(), versions))) {
            causes.add(Cause.DATA);
        }
        if (last.until() != null && !now.isBefore(last.until())) {
            causes.add(Cause.TIME);
        }
    }

    private static Object read(@Nullable Set<String> reads, Versions.Known versions) {
        if (reads == null) {
            return versions.data();
        }
        var read = new ArrayList<Object>();
        reads.stream().sorted().map(versions.data()::get).forEach(read::add);
        return read;
    }

    /** Whether somebody should answer it now; then nobody else should before {@link #done}. */
    synchronized boolean begin() {
        if (isRunning || causes.isEmpty() || subscribers.isEmpty()) {
            return false;
        }
        isRunning = true;
        return true;
    }

    /** What is answered: from now on any further reason is for another answer. */
    synchronized Due due() {
        var most = causes.stream().max(Cause::compareTo).orElse(Cause.INITIAL);
        causes.clear();
        return new Due(most, new ArrayList<>(subscribers));
    }

    /** Whether there is a reason for another answer already. */
    synchronized boolean done() {
        isRunning = false;
        return !causes.isEmpty();
    }

    /** It has been answered, so that from now on it is known what would be another answer. */
    synchronized @Nullable Basis answered(Basis of) {
        var before = basis;
        basis = of;
        return before;
    }

    /** Asks for another answer later, where there was none. */
    synchronized void again(Cause cause) {
        causes.add(cause);
    }

    /** Gives an outcome to those who were there when it was asked for. */
    static void give(Due due, Cause cause, Outcome outcome) {
        switch (outcome) {
            case Outcome.Answered(var result) -> {
                var digest = AnswerDigest.of(result);
                due.subscribers().forEach(to -> to.offer(cause, result, digest));
            }
            case Outcome.Rejected(var problems) ->
                    due.subscribers().forEach(to -> to.fail(SubscriptionEnded.invalid(problems)));
        }
    }
}
