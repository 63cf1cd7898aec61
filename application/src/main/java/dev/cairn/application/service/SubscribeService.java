package dev.cairn.application.service;

import dev.cairn.application.port.AnalysisFailed;
import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.StoreFailed;
import dev.cairn.application.port.SubscriptionEnded;
import dev.cairn.application.port.SubscriptionEnded.Reason;
import dev.cairn.application.port.in.AnalyzeUseCase;
import dev.cairn.application.port.in.SubscribeUseCase;
import dev.cairn.application.port.out.AnalysisExecutor;
import dev.cairn.application.port.out.Versions;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.AskedRange;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.time.BusinessCalendar;
import dev.cairn.domain.time.Grain;
import dev.cairn.domain.trust.SourceTrust;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps questions answered. One look at all versions, taken periodically and only while somebody is subscribed, serves all of them; a question is asked again only where
 * something under it has changed, and once for all subscriptions of one caller: cursors are of who asked, and so is the audit log.
 */
public final class SubscribeService implements SubscribeUseCase {
    /** How long an answer stands that rests on tables which change without a version. */
    private static final Duration OUTSIDE = Duration.ofSeconds(30);

    /** How long a question that took too long is left alone: asked again with each look, it would always run. */
    private static final Duration AFTER_TIMEOUT = Duration.ofMinutes(1);

    private final Catalogs catalogs;
    private final AnalysisExecutor executor;
    private final AnalyzeUseCase analyses;
    private final Versions versions;
    private final Clock clock;
    private final Threads threads;
    private final Supplier<Deadline> deadlines;
    private final Map<Asked, LiveQuestion> questions = new ConcurrentHashMap<>();

    /** What is answered once. */
    private record Asked(AnalysisQuery query, Caller by) {}

    /**
     * Where work is done.
     *
     * @param answers as many at a time as may be asked again at once; callers take turns, so that nobody waits for all large questions of another
     * @param deliveries one after another for each subscriber; they may block
     */
    public record Threads(Turns answers, Executor deliveries) {}

    /**
     * @param executor says what a question reads
     * @param deadlines of one answer, from now on
     */
    public SubscribeService(
            Catalogs catalogs,
            AnalysisExecutor executor,
            AnalyzeUseCase analyses,
            Versions versions,
            Clock clock,
            Threads threads,
            Supplier<Deadline> deadlines) {
        this.catalogs = catalogs;
        this.executor = executor;
        this.analyses = analyses;
        this.versions = versions;
        this.clock = clock;
        this.threads = threads;
        this.deadlines = deadlines;
    }

    @Override
    public Flow.Publisher<Update> subscribe(
            AnalysisQuery query, boolean withTrust, Supplier<Optional<Caller>> authority) {
        return to -> {
            var caller = authority.get();
            if (caller.isEmpty()) {
                refuse(to);
            } else {
                start(query, caller.get(), withTrust, authority, to);
            }
        };
    }

    private static void refuse(Flow.Subscriber<? super Update> to) {
        to.onSubscribe(
                new Flow.Subscription() {
                    @Override
                    public void request(long n) {
                        // Nothing is given.
                    }

                    @Override
                    public void cancel() {
                        // Nothing has begun.
                    }
                });
        to.onError(new SubscriptionEnded(Reason.SIGNED_OUT));
    }

    private void start(
            AnalysisQuery query,
            Caller caller,
            boolean withTrust,
            Supplier<Optional<Caller>> authority,
            Flow.Subscriber<? super Update> to) {
        var asked = new Asked(query, caller);
        var subscriber =
                new Subscriber(
                        to,
                        caller,
                        withTrust,
                        authority,
                        clock,
                        threads.deliveries(),
                        gone -> leave(asked, gone));
        to.onSubscribe(subscriber);
        var question =
                questions.compute(
                        asked,
                        (_, known) -> {
                            var live = known == null ? new LiveQuestion(query, caller) : known;
                            live.add(subscriber);
                            return live;
                        });
        if (subscriber.isOver()) {
            // It left before it was there to be found.
            leave(asked, subscriber);
        }
        begin(question);
    }

    private void leave(Asked asked, Subscriber gone) {
        questions.computeIfPresent(asked, (_, question) -> question.remove(gone) ? null : question);
    }

    /** How many questions are kept answered. */
    public int questions() {
        return questions.size();
    }

    /**
     * Looks whether anything has changed, and has answered again what that concerns. To be called periodically, by one thread.
     *
     * @throws StoreFailed where that cannot be seen now
     */
    public void look() {
        if (questions.isEmpty()) {
            return;
        }
        var known = versions.now();
        var now = clock.instant();
        var counts = counts();
        for (var question : questions.values()) {
            question.look(known, counts, now);
            begin(question);
            question.subscribers().forEach(Subscriber::deliver);
        }
    }

    /** Counts of trust that have ended, by source. */
    private Map<String, Long> counts() {
        return catalogs.trusts().ended();
    }

    /** Ends the subscriptions of those whose rights have ended or are others now. Each authority is asked once, however many subscriptions it stands behind. */
    public void review() {
        var rights = new IdentityHashMap<Supplier<Optional<Caller>>, Optional<Caller>>();
        for (var question : questions.values()) {
            for (var subscriber : question.subscribers()) {
                subscriber.review(rights.computeIfAbsent(subscriber.authority(), Supplier::get));
            }
        }
    }

    private void begin(LiveQuestion question) {
        if (question.begin(clock.instant())) {
            var _ =
                    threads.answers()
                            .submit(question.caller(), Executors.callable(() -> answer(question)));
        }
    }

    private void answer(LiveQuestion question) {
        var due = question.due();
        boolean isAnswered = true;
        try {
            answer(question, due);
        } catch (StoreFailed outOfReach) {
            isAnswered = false;
            later(question, due, outOfReach);
        } catch (AnalysisFailed failed) {
            switch (failed.reason()) {
                case TOO_MANY -> {
                    isAnswered = false;
                    later(question, due, failed);
                }
                case TIMEOUT, STILL_RECORDED -> {
                    isAnswered = false;
                    question.pause(clock.instant().plus(AFTER_TIMEOUT));
                    later(question, due, failed);
                }
                case NUMBER_OUT_OF_RANGE, TOO_LARGE, ANSWER_TOO_LARGE ->
                        due.subscribers().forEach(subscriber -> subscriber.fail(failed));
            }
        } catch (RuntimeException | Error failed) {
            due.subscribers().forEach(subscriber -> subscriber.fail(failed));
        }
        if (question.done() && isAnswered) {
            begin(question);
        }
    }

    /** With the next look, as those who have an answer already can wait. */
    private static void later(
            LiveQuestion question, LiveQuestion.Due due, RuntimeException failure) {
        due.subscribers().forEach(subscriber -> subscriber.failAtFirst(failure));
        question.again(due.cause());
    }

    private void answer(LiveQuestion question, LiveQuestion.Due due) {
        var known = versions.now();
        if (catalogs.current().version() != known.catalog()) {
            catalogs.refresh();
        }
        var catalog = catalogs.current();
        var asked = clock.instant();
        var definitions = DefinitionsUnder.of(question.query(), catalog);
        var last = question.basis();
        var reads =
                last != null && last.catalog() == catalog.version()
                        ? last.reads()
                        : reads(question, catalog, definitions, asked);
        var counts = counts();
        var outcome = analyses.analyze(question.query(), question.caller(), deadlines.get());
        question.answered(
                new LiveQuestion.Basis(
                        known,
                        catalog.version(),
                        reads,
                        definitions,
                        reads.isOutside() ? asked.plus(OUTSIDE) : null,
                        until(question.query(), asked),
                        LiveQuestion.Basis.counts(sources(outcome), counts)));
        LiveQuestion.give(due, cause(due, last, definitions), outcome, trust(due, outcome));
    }

    /** Of what is read, where somebody is told it. */
    private Collection<SourceTrust> trust(LiveQuestion.Due due, AnalyzeUseCase.Outcome outcome) {
        return due.subscribers().stream().anyMatch(Subscriber::isWithTrust)
                ? catalogs.trusts().soon(sources(outcome)).values()
                : List.of();
    }

    private static Set<String> sources(AnalyzeUseCase.Outcome outcome) {
        return switch (outcome) {
            case AnalyzeUseCase.Outcome.Answered(var result) -> result.sources();
            case AnalyzeUseCase.Outcome.Rejected _ -> Set.of();
        };
    }

    /** Definitions count where some of those under the question have changed. */
    private static Cause cause(
            LiveQuestion.Due due, LiveQuestion.@Nullable Basis last, Set<Entry> definitions) {
        if (last != null && !last.definitions().equals(definitions)) {
            return Cause.DEFINITIONS;
        }
        return due.cause() == Cause.DEFINITIONS ? Cause.DATA : due.cause();
    }

    private Reads reads(
            LiveQuestion question, Catalog catalog, Set<Entry> definitions, Instant now) {
        return Reads.of(
                question.query(),
                question.caller(),
                catalogs.metricsOf(catalog),
                definitions,
                now,
                executor);
    }

    /** When the local day ends, or the hour where hours are asked for: what is asked of a moment that is said stays as it is. */
    static @Nullable Instant until(AnalysisQuery query, Instant now) {
        if (query.asOf() != null || query.knownAt() != null) {
            return null;
        }
        var calendar = new BusinessCalendar(query.zone());
        return asksForHours(query)
                ? calendar.hourStart(now).plus(Duration.ofHours(1))
                : calendar.startOf(calendar.dateOf(now).plusDays(1));
    }

    private static boolean asksForHours(AnalysisQuery query) {
        return query.grain() == Grain.HOUR
                || (query.range() instanceof AskedRange.Last(_, var grain) && grain == Grain.HOUR);
    }
}
