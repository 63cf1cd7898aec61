package dev.cairn.application.service;

import dev.cairn.application.port.StoreFailed;
import dev.cairn.application.port.in.SubscribeUseCase;
import dev.cairn.application.port.out.AlertStore;
import dev.cairn.application.service.AlertDecider.Found;
import dev.cairn.application.service.AlertDetails.Answered;
import dev.cairn.application.service.AlertWatch.Watching;
import dev.cairn.domain.alert.AlertQuestion;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.Role;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.model.Alert;
import dev.cairn.domain.planner.Trusting;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Keeps the questions of alerts answered, and keeps what of each answer is news. */
public final class AlertWatcher {
    /** Who asks; so it stands in the audit log. */
    public static final Caller ALERTS = new Caller("alerts", Role.ADMIN, null);

    private final Catalogs catalogs;
    private final SubscribeUseCase answers;
    private final AlertDetails details;
    private final AlertStore store;
    private final AlertDecider decider;
    private final Clock clock;
    private final Duration kept;
    private final Consumer<String> warnings;
    private final Map<String, AlertWatch> watches = new ConcurrentHashMap<>();
    private long seen = -1;
    private Instant forgotten = Instant.MIN;

    /**
     * Where alerts are kept and told.
     *
     * @param channels by which news are to be told
     * @param kept how long what was told is
     */
    public record Telling(AlertStore store, List<String> channels, Duration kept) {
        public Telling {
            channels = List.copyOf(channels);
        }
    }

    /** @param warnings told why an alert has no answer to go by */
    public AlertWatcher(
            Catalogs catalogs,
            SubscribeUseCase answers,
            AlertDetails details,
            Telling telling,
            Clock clock,
            Consumer<String> warnings) {
        this.catalogs = catalogs;
        this.answers = answers;
        this.details = details;
        this.store = telling.store();
        this.decider = new AlertDecider(telling.store(), telling.channels(), clock);
        this.clock = clock;
        this.kept = telling.kept();
        this.warnings = warnings;
    }

    /**
     * Watches the alerts that are defined now, and again those whose question could not be answered. To be called periodically, by one thread.
     *
     * @throws StoreFailed where definitions cannot be read now
     */
    public void look() {
        var catalog = catalogs.current();
        if (catalog.version() != seen) {
            rewatch(catalog);
            seen = catalog.version();
        }
        watches.values().forEach(watch -> watch.again(clock.instant()));
        forget(clock.instant());
    }

    /** Once a day. */
    private void forget(Instant now) {
        if (forgotten.isBefore(now.minus(Duration.ofDays(1)))) {
            store.forget(now.minus(kept));
            forgotten = now;
        }
    }

    private void rewatch(Catalog catalog) {
        var defined = new HashMap<String, Watching>();
        for (var alert : catalog.all(Alert.class)) {
            AlertQuestion.of(alert, catalog)
                    .ifPresent(query ->
                            defined.put(
                                    alert.name(),
                                    new Watching(alert, query, lookedAt(alert, catalog))));
        }
        watches.entrySet()
                .removeIf(watch -> {
                    boolean stays = watch.getValue().watching().equals(defined.get(watch.getKey()));
                    if (!stays) {
                        watch.getValue().end();
                    }
                    return !stays;
                });
        // Those that have ended decide nothing any more.
        store.retain(
                catalog.all(Alert.class).stream()
                        .map(Alert::name)
                        .collect(Collectors.toUnmodifiableSet()));
        var told =
                new AlertWatch.Seen() {
                    @Override
                    public void answer(AlertWatch watch, AnalysisResult answer) {
                        seen(watch, answer);
                    }

                    @Override
                    public void failed(AlertWatch watch, String why) {
                        AlertWatcher.this.failed(watch, why);
                    }
                };
        defined.forEach((name, watching) ->
                watches.computeIfAbsent(
                        name, _ -> new AlertWatch(watching, answers, told, warnings)));
    }

    /** Ends all watching. */
    public void end() {
        watches.values().forEach(AlertWatch::end);
        watches.clear();
    }

    private void seen(AlertWatch watch, AnalysisResult answer) {
        var alert = watch.watching().alert();
        var catalog = catalogs.current();
        var lookedAt = watch.watching().lookedAt();
        if (!lookedAt.equals(lookedAt(alert, catalog))) {
            // It is of another definition by now, or may be: the watch that takes its place asks
            // anew.
            return;
        }
        if (!AlertGroups.isProvisional(alert.watched()) && isBeingCounted(answer)) {
            // It is answered again as soon as it is known which values are of broken data.
            return;
        }
        var groups = AlertGroups.of(alert.watched(), answer);
        decider.decide(
                alert,
                new Found(
                        lookedAt,
                        List.copyOf(groups.keySet()),
                        AlertGroups.waiting(alert.watched(), answer),
                        answer.asOf()),
                (news, known) ->
                        details.of(
                                alert,
                                news,
                                groups,
                                known,
                                new Answered(watch.watching().query(), answer, catalog)),
                watch::isOver);
    }

    private void failed(AlertWatch watch, String why) {
        try {
            decider.failed(watch.watching().alert(), why, watch::isOver);
        } catch (StoreFailed outOfReach) {
            // Then it is in the log alone.
        }
    }

    private static boolean isBeingCounted(AnalysisResult answer) {
        return answer.notices().stream()
                .anyMatch(notice -> notice.code().equals(Trusting.TRUST_PENDING));
    }

    /** With the version of what is watched: who is in a cohort by another rule has not come into it. */
    static String lookedAt(Alert alert, Catalog catalog) {
        return alert.meaning()
                + catalog.entry(alert.watched().of())
                        .map(Entry::version)
                        .map(version -> " version " + version)
                        .orElse("");
    }
}
