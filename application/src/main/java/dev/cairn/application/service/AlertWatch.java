package dev.cairn.application.service;

import dev.cairn.application.port.SubscriptionEnded;
import dev.cairn.application.port.in.SubscribeUseCase;
import dev.cairn.application.port.in.SubscribeUseCase.Update;
import dev.cairn.domain.alert.AlertQuestion;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.model.Alert;
import dev.cairn.domain.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The question of an alert, which is kept answered as for any other subscriber. Where it cannot be answered, it is asked again after a while. */
final class AlertWatch {
    private static final Duration PAUSE = Duration.ofSeconds(30);

    private final Watching watching;
    private final SubscribeUseCase answers;
    private final Seen seen;
    private final Consumer<String> warnings;

    private @Nullable Answers subscribed;
    private @Nullable String lastFailure;
    private @Nullable Instant triedAt;
    private boolean isOver;
    private boolean isToldOfMore;

    /**
     * What is watched.
     *
     * @param lookedAt as {@link dev.cairn.domain.alert.Standing#of}
     */
    record Watching(Alert alert, AnalysisQuery query, String lookedAt) {}

    /** Told each answer, one after another. */
    interface Seen {
        void answer(AlertWatch watch, AnalysisResult answer);

        /** There is none, for another reason than before. */
        void failed(AlertWatch watch, String why);
    }

    /** @param warnings told why there is no answer, once for each reason */
    AlertWatch(Watching watching, SubscribeUseCase answers, Seen seen, Consumer<String> warnings) {
        this.watching = watching;
        this.answers = answers;
        this.seen = seen;
        this.warnings = warnings;
    }

    Watching watching() {
        return watching;
    }

    /** Asks, where nothing is asked now and the last try is a while ago. */
    void again(Instant now) {
        Answers next;
        synchronized (this) {
            boolean isDue = triedAt == null || !now.isBefore(triedAt.plus(PAUSE));
            if (isOver || subscribed != null || !isDue) {
                return;
            }
            triedAt = now;
            next = new Answers();
            subscribed = next;
        }
        answers.subscribe(watching.query(), false, () -> Optional.of(AlertWatcher.ALERTS))
                .subscribe(next);
    }

    /** Asks no more. */
    void end() {
        Answers last;
        synchronized (this) {
            isOver = true;
            last = subscribed;
            subscribed = null;
        }
        if (last != null) {
            last.cancel();
        }
    }

    /** Whether nothing is asked any more. */
    synchronized boolean isOver() {
        return isOver;
    }

    private synchronized boolean isOf(Answers answers) {
        return subscribed == answers;
    }

    private void failed(Answers from, Throwable why) {
        var failure = text(why);
        boolean isNews;
        synchronized (this) {
            if (subscribed != from) {
                return;
            }
            subscribed = null;
            isNews = !failure.equals(lastFailure);
            lastFailure = failure;
        }
        from.cancel();
        if (isNews) {
            warnings.accept(
                    "The alert '%s' of '%s' has no answer to go by; it is asked for again every %d seconds: %s"
                            .formatted(
                                    watching.alert().name(),
                                    watching.alert().watched().of(),
                                    PAUSE.toSeconds(),
                                    failure));
            seen.failed(this, failure);
        }
    }

    private static String text(Throwable why) {
        return why instanceof SubscriptionEnded ended && !ended.problems().isEmpty()
                ? ended.problems().stream().map(Problem::message).collect(Collectors.joining(" "))
                : why.getMessage() == null ? why.getClass().getSimpleName() : why.getMessage();
    }

    private void answered(AnalysisResult answer) {
        boolean isNews;
        synchronized (this) {
            lastFailure = null;
            boolean isMore =
                    answer.hasNextPage()
                            && (watching.query().first() == AlertQuestion.MOST_GROUPS
                                    || watching.query().first() == AlertQuestion.MOST_ACCOUNTS);
            isNews = isMore && !isToldOfMore;
            isToldOfMore = isMore;
        }
        if (isNews) {
            warnings.accept(
                    "What the alert '%s' watches, '%s', has more than %d groups: those after them are not looked at."
                            .formatted(
                                    watching.alert().name(),
                                    watching.alert().watched().of(),
                                    watching.query().first()));
        }
    }

    private final class Answers implements Flow.Subscriber<Update> {
        private volatile Flow.@Nullable Subscription subscription;

        void cancel() {
            var known = subscription;
            if (known != null) {
                known.cancel();
            }
        }

        @Override
        public void onSubscribe(Flow.Subscription to) {
            subscription = to;
            to.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(Update update) {
            if (!isOf(this)) {
                return;
            }
            try {
                seen.answer(AlertWatch.this, update.result());
            } catch (RuntimeException | Error failed) {
                // The answer is not lost: the question is asked again, and what is news is decided
                // from what was kept.
                failed(this, failed);
                return;
            }
            answered(update.result());
        }

        @Override
        public void onError(Throwable why) {
            failed(this, why);
        }

        @Override
        public void onComplete() {
            // It never completes by itself.
        }
    }
}
