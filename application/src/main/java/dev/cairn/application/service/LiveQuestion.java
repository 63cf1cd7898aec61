package dev.cairn.application.service;

import dev.cairn.application.port.SubscriptionEnded;
import dev.cairn.application.port.in.AnalyzeUseCase.Outcome;
import dev.cairn.application.port.in.SubscribeUseCase.Cause;
import dev.cairn.application.port.out.Versions;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.trust.SourceTrust;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A question of one caller, all of whose subscriptions to it get the same answers. Knows what its last answer was made of; keeps no answer. */
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
    private Instant notBefore = Instant.MIN;

    /**
     * What an answer is made of.
     *
     * @param versions before it was asked for
     * @param catalog version of the definitions that say what is read
     * @param reads sources and entities whose facts or members are read
     * @param definitions under the question
     * @param outside from when on tables that have no version may have changed; null: none is read
     * @param until from when on time alone may make it another; null: never
     * @param counts of trust that had ended before it was asked for, of each source that it says something of
     */
    record Basis(
            Versions.Known versions,
            long catalog,
            Reads reads,
            Set<Entry> definitions,
            @Nullable Instant outside,
            @Nullable Instant until,
            Map<String, Long> counts) {
        /** Whether a count of trust has ended since, which it may not have waited for. */
        boolean isTrustOther(Map<String, Long> ended) {
            return !counts.equals(counts(counts.keySet(), ended));
        }

        /** Of some sources; 0: none of it has ended. */
        static Map<String, Long> counts(Set<String> sources, Map<String, Long> ended) {
            return sources.stream()
                    .collect(
                            Collectors.toMap(
                                    source -> source, source -> ended.getOrDefault(source, 0L)));
        }
    }

    /** @param caller who subscribed, however often */
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
        notBefore = Instant.MIN;
    }

    /** Whether nobody is left. */
    synchronized boolean remove(Subscriber subscriber) {
        subscribers.remove(subscriber);
        return subscribers.isEmpty();
    }

    synchronized List<Subscriber> subscribers() {
        return List.copyOf(subscribers);
    }

    /**
     * Notes why another answer is needed, as far as the last one tells; before the first there is none that could be outdated.
     *
     * @param counts of trust that have ended, by source
     */
    synchronized void look(Versions.Known versions, Map<String, Long> counts, Instant now) {
        var last = basis;
        if (last == null) {
            return;
        }
        if (last.versions().catalog() != versions.catalog()) {
            causes.add(Cause.DEFINITIONS);
        }
        boolean isOther =
                last.reads().names().stream()
                        .anyMatch(name ->
                                !Objects.equals(
                                        last.versions().data().get(name),
                                        versions.data().get(name)));
        if (isOther || isReached(last.outside(), now) || last.isTrustOther(counts)) {
            causes.add(Cause.DATA);
        }
        if (isReached(last.until(), now)) {
            causes.add(Cause.TIME);
        }
    }

    private static boolean isReached(@Nullable Instant end, Instant now) {
        return end != null && !now.isBefore(end);
    }

    /** What the last answer was made of; null: there is none. */
    synchronized @Nullable Basis basis() {
        return basis;
    }

    /** Whether somebody should answer it now; then nobody else should before {@link #done}. */
    synchronized boolean begin(Instant now) {
        if (isRunning || causes.isEmpty() || subscribers.isEmpty() || now.isBefore(notBefore)) {
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
    synchronized void answered(Basis of) {
        basis = of;
    }

    /** Asks for another answer later, where there was none. */
    synchronized void again(Cause cause) {
        causes.add(cause);
    }

    /** Is not answered again before then, unless somebody else subscribes, or has done so since {@link #due}. */
    synchronized void pause(Instant until) {
        if (!causes.contains(Cause.INITIAL)) {
            notBefore = until;
        }
    }

    /**
     * Gives an outcome to those who were there when it was asked for.
     *
     * @param trust of what it reads; empty where nobody is told it
     */
    static void give(Due due, Cause cause, Outcome outcome, Collection<SourceTrust> trust) {
        switch (outcome) {
            case Outcome.Answered(var result) -> {
                var digest = AnswerDigest.of(result, List.of());
                var withTrust = trust.isEmpty() ? digest : AnswerDigest.of(result, trust);
                due.subscribers()
                        .forEach(to ->
                                to.offer(cause, result, to.isWithTrust() ? withTrust : digest));
            }
            case Outcome.Rejected(var problems) ->
                    due.subscribers().forEach(to -> to.fail(SubscriptionEnded.invalid(problems)));
        }
    }
}
