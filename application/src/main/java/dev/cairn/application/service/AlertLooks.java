package dev.cairn.application.service;

import dev.cairn.application.port.AlertNews;
import dev.cairn.application.port.AlertNews.Figure;
import dev.cairn.application.port.AlertNews.Reason;
import dev.cairn.application.port.AnalysisFailed;
import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.StoreFailed;
import dev.cairn.application.port.in.AnalyzeUseCase;
import dev.cairn.application.port.in.GuardUseCase;
import dev.cairn.application.port.in.TrustUseCase;
import dev.cairn.application.port.in.WhyUseCase;
import dev.cairn.application.service.AlertDecider.Found;
import dev.cairn.application.service.AlertWatcher.Telling;
import dev.cairn.domain.alert.TrustWords;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.guard.Guard;
import dev.cairn.domain.guard.GuardQuery;
import dev.cairn.domain.model.Alert;
import dev.cairn.domain.model.Alert.Watched;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.trust.SourceTrust;
import dev.cairn.domain.why.Piece;
import dev.cairn.domain.why.Why;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Looks at guards and at the trust of sources for the alerts of them. A guard is decided once for each cycle, as soon as its data is there: its level allows for no more looks. Trust is looked at
 * again and again, and told where it is lost.
 */
public final class AlertLooks {
    /** Between looks at a guard that cannot be decided yet. */
    private static final Duration GUARDS = Duration.ofMinutes(10);

    /** Between looks where nothing could be said: what fails may have cost a lot. */
    private static final Duration FAILED = Duration.ofMinutes(1);

    /** After which the same failure is told again. */
    private static final Duration TOLD = Duration.ofDays(1);

    /** Between looks at the trust of a source; what was counted is kept while the facts stay as they are. */
    private static final Duration TRUST = Duration.ofSeconds(5);

    private final Catalogs catalogs;
    private final Asked asked;
    private final AlertDecider decider;
    private final Clock clock;
    private final Supplier<Deadline> deadlines;
    private final BiConsumer<String, @Nullable Throwable> warnings;
    private final Map<String, Instant> looked = new HashMap<>();
    private final Map<String, Failure> failures = new HashMap<>();

    /**
     * Why nothing could be said.
     *
     * @param at when it was told
     */
    private record Failure(String why, Instant at) {}

    /** Nothing can be said, for this reason. */
    private static final class Unanswered extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unanswered(List<Problem> problems) {
            super(problems.stream().map(Problem::message).collect(Collectors.joining(" ")));
        }
    }

    /** Who is asked. */
    public record Asked(
            GuardUseCase guards, TrustUseCase trust, WhyUseCase why, AnalyzeUseCase analyses) {}

    /**
     * @param deadlines of one question, from now on
     * @param warnings told why nothing can be said of what an alert watches, once a day for as long as the reason is the same
     */
    public AlertLooks(
            Catalogs catalogs,
            Asked asked,
            Telling telling,
            Clock clock,
            Supplier<Deadline> deadlines,
            BiConsumer<String, @Nullable Throwable> warnings) {
        this.catalogs = catalogs;
        this.asked = asked;
        this.decider = new AlertDecider(telling.store(), telling.channels(), clock);
        this.clock = clock;
        this.deadlines = deadlines;
        this.warnings = warnings;
    }

    /**
     * Looks at what is due. To be called periodically, by one thread; it may take a while.
     *
     * @throws StoreFailed where definitions, or what stands, cannot be read now
     */
    public void look() {
        for (var alert : catalogs.current().all(Alert.class)) {
            switch (alert.watched()) {
                case Watched.Groups _, Watched.Entered _, Watched.BandLeft _ -> {
                    // Their questions are kept answered.
                }
                case Watched.GuardTripped guard -> due(alert, GUARDS, () -> guard(alert, guard));
                case Watched.TrustLost trust ->
                        due(
                                alert,
                                TRUST,
                                () -> {
                                    trust(alert, trust);
                                    return null;
                                });
            }
        }
    }

    /** @param work gives why nothing is decided yet; null: all is */
    private void due(Alert alert, Duration pause, Supplier<@Nullable String> work) {
        var now = clock.instant();
        // Another definition under the same name is looked at at once.
        var of = alert.name() + " " + alert.meaning();
        var last = looked.get(of);
        if (last != null && now.isBefore(last)) {
            return;
        }
        try {
            var undecided = work.get();
            looked.put(of, now.plus(pause));
            failures.remove(alert.name());
            decider.failed(alert, undecided, () -> isOver(alert));
        } catch (StoreFailed outOfReach) {
            // So are alerts, and who watches the database says so.
            throw outOfReach;
        } catch (RuntimeException failed) {
            looked.put(of, now.plus(pause.compareTo(FAILED) > 0 ? pause : FAILED));
            failed(alert, failed, now);
        }
    }

    private void failed(Alert alert, RuntimeException failed, Instant now) {
        var why = said(failed);
        var told = failures.get(alert.name());
        if (told == null || !told.why().equals(why) || !now.isBefore(told.at().plus(TOLD))) {
            failures.put(alert.name(), new Failure(why, now));
            boolean isExpected = failed instanceof Unanswered || failed instanceof AnalysisFailed;
            warnings.accept(
                    "Nothing can be said of '%s', which the alert '%s' watches; it is looked at again: %s"
                            .formatted(alert.watched().of(), alert.name(), why),
                    isExpected ? null : failed);
        }
        decider.failed(alert, why, () -> isOver(alert));
    }

    /** What it says, and what lies under it, each by its first line. */
    private static String said(Throwable failed) {
        return Stream.iterate(failed, Objects::nonNull, Throwable::getCause)
                .map(cause ->
                        cause.getMessage() == null
                                ? cause.getClass().getSimpleName()
                                : cause.getMessage().lines().findFirst().orElse(""))
                .distinct()
                .collect(Collectors.joining(": "));
    }

    /** Whether the alert is another one by now. */
    private boolean isOver(Alert alert) {
        return !catalogs.current().find(alert.name(), Alert.class).equals(Optional.of(alert));
    }

    // ---- guards

    /**
     * Decides the newest cycle that is not decided yet and can be: data that comes by the month reaches over no week that has just ended.
     *
     * @return why the last cycle that has ended is not decided; null: it is
     */
    private @Nullable String guard(Alert alert, Watched.GuardTripped watched) {
        var now = clock.instant();
        var every = GuardQuery.Cycle.valueOf(watched.every().name());
        var lookedAt = AlertWatcher.lookedAt(alert, catalogs.current());
        var decided = decider.standing(alert).of();
        var cycle = every.before(every.start(now.atZone(ZoneOffset.UTC).toLocalDate()));
        String undecided = null;
        for (int back = 0; back < mostBack(every); back++) {
            var of = "%s, cycle from %s".formatted(lookedAt, cycle);
            if (of.equals(decided)) {
                return undecided;
            }
            var guard =
                    measured(
                            new GuardQuery(
                                    List.of(watched.of()), every, ZoneOffset.UTC, now, back));
            if (GuardWords.isDecided(guard)) {
                guard(alert, guard, every.before(cycle), of, now);
                return undecided;
            }
            if (back == 0) {
                undecided =
                        "The cycle from %s is not decided yet. %s"
                                .formatted(cycle, Objects.requireNonNullElse(guard.reason(), ""));
            }
            if (guard.state() == Guard.State.NOT_TESTABLE) {
                return undecided;
            }
            cycle = every.before(cycle);
        }
        return undecided;
    }

    /** Cycles of a quarter. */
    private static int mostBack(GuardQuery.Cycle every) {
        return switch (every) {
            case WEEK -> 13;
            case MONTH -> 3;
            case QUARTER -> 1;
        };
    }

    private Guard measured(GuardQuery query) {
        return switch (asked.guards().guards(query, AlertWatcher.ALERTS, deadlines.get())) {
            case GuardUseCase.Outcome.Rejected(var problems) -> throw new Unanswered(problems);
            case GuardUseCase.Outcome.Watched(var guards) -> guards.getFirst();
        };
    }

    private void guard(Alert alert, Guard guard, LocalDate before, String of, Instant now) {
        var there =
                guard.state() == Guard.State.TRIPPED
                        ? List.of("@" + guard.from())
                        : List.<String>of();
        decider.decide(
                alert,
                new Found(of, there, Set.of(), now),
                (news, _) ->
                        news.stream()
                                .collect(
                                        Collectors.toMap(
                                                one -> one, _ -> reason(guard, before, now))),
                () -> isOver(alert));
    }

    private Reason reason(Guard guard, LocalDate before, Instant now) {
        var metric = why(guard, guard.metric(), before, now);
        var counter = why(guard, guard.counter(), before, now);
        var accounts = counter.map(AlertLooks::moved).orElse(List.of());
        return AlertDetails.reason(
                new AlertNews.Key(
                        "cycle", "%s to %s".formatted(guard.from(), guard.until().minusDays(1))),
                List.of(
                        figure(guard.metric() + " change", guard.metricMove()),
                        figure(guard.counter() + " change", guard.counterMove())),
                GuardWords.why(
                        guard,
                        metric.map(Why::sentence).orElse(null),
                        counter.map(Why::sentence).orElse(null)),
                accounts.stream().limit(AlertDetails.MOST_ACCOUNTS).toList(),
                Math.max(
                        0,
                        (guard.counterMove() == null
                                        ? accounts.size()
                                        : guard.counterMove().accounts())
                                - Math.min(accounts.size(), AlertDetails.MOST_ACCOUNTS)));
    }

    private static Figure figure(String name, Guard.@Nullable Move move) {
        return new Figure(
                name,
                move == null ? null : String.format(Locale.ROOT, "%.4g", move.change()),
                move == null ? "NO_DATA" : null);
    }

    private Optional<Why> why(Guard guard, String metric, LocalDate before, Instant now) {
        try {
            return switch (asked.why()
                    .why(
                            GuardWords.question(guard, metric, before, now),
                            AlertWatcher.ALERTS,
                            deadlines.get())) {
                case WhyUseCase.Outcome.Explained(var why) -> Optional.of(why);
                case WhyUseCase.Outcome.Rejected _ -> Optional.empty();
            };
        } catch (AnalysisFailed tooLong) {
            return Optional.empty();
        }
    }

    /** Those that contributed most to a change, whichever way they went. */
    private static List<String> moved(Why why) {
        return why.whole().members().stream()
                .flatMap(piece -> piece.moved().stream())
                .sorted((one, other) ->
                        Double.compare(Math.abs(contribution(other)), Math.abs(contribution(one))))
                .map(moved -> moved.account().value())
                .filter(Objects::nonNull)
                .map(String::valueOf)
                .distinct()
                .toList();
    }

    private static double contribution(Piece.Moved moved) {
        return moved.contribution() == null ? 0 : moved.contribution();
    }

    // ---- trust

    private void trust(Alert alert, Watched.TrustLost watched) {
        switch (asked.trust().trust(Set.of(watched.of()), AlertWatcher.ALERTS, deadlines.get())) {
            case TrustUseCase.Outcome.Rejected(var problems) -> throw new Unanswered(problems);
            case TrustUseCase.Outcome.Assessed(var sources) ->
                    sources.forEach(source -> trust(alert, watched, source));
        }
    }

    private void trust(Alert alert, Watched.TrustLost watched, SourceTrust source) {
        var grade = source.grade();
        if (grade == null) {
            return;
        }
        var there =
                grade.isBelow(watched.atLeast())
                        ? List.of("=" + source.source())
                        : List.<String>of();
        var now = clock.instant();
        decider.decide(
                alert,
                new Found(alert.meaning(), there, Set.of(), now),
                (news, _) ->
                        news.stream()
                                .collect(
                                        Collectors.toMap(
                                                one -> one, _ -> reason(watched, source, now))),
                () -> isOver(alert));
    }

    private Reason reason(Watched.TrustLost watched, SourceTrust source, Instant now) {
        var accounts = accounts(source, now);
        return AlertDetails.reason(
                new AlertNews.Key("source", source.source()),
                List.of(
                        new Figure("grade", String.valueOf(source.grade()), null),
                        new Figure("at least", watched.atLeast().name(), null)),
                TrustWords.why(source),
                accounts.stream().limit(AlertDetails.MOST_ACCOUNTS).toList(),
                Math.max(0, accounts.size() - AlertDetails.MOST_ACCOUNTS));
    }

    /** Whose facts are touched, those first that had most of them before. */
    private List<String> accounts(SourceTrust source, Instant now) {
        AnalysisQuery query = TrustWords.question(source, now);
        try {
            return switch (asked.analyses().analyze(query, AlertWatcher.ALERTS, deadlines.get())) {
                // Its facts are of no account.
                case AnalyzeUseCase.Outcome.Rejected _ -> List.of();
                case AnalyzeUseCase.Outcome.Answered(var answer) -> accounts(answer);
            };
        } catch (AnalysisFailed tooLong) {
            return List.of();
        }
    }

    private static List<String> accounts(AnalysisResult answer) {
        return answer.rows().stream()
                .map(row -> AlertGroups.account(answer.columns(), row))
                .filter(Objects::nonNull)
                .toList();
    }
}
