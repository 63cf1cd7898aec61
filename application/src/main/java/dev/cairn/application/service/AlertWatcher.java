package dev.cairn.application.service;

import dev.cairn.application.port.AlertNews;
import dev.cairn.application.port.AlertNews.Reason;
import dev.cairn.application.port.AnalysisFailed;
import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.StoreFailed;
import dev.cairn.application.port.in.AnalyzeUseCase;
import dev.cairn.application.port.in.SubscribeUseCase;
import dev.cairn.application.port.out.AlertStore;
import dev.cairn.application.port.out.AlertStore.Next;
import dev.cairn.application.service.AlertGroups.Group;
import dev.cairn.domain.alert.Standing;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.MembersQuery;
import dev.cairn.domain.analysis.Role;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.model.Alert;
import dev.cairn.domain.model.Question;
import dev.cairn.domain.question.QuestionText;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Keeps the questions of alerts answered, and keeps what of each answer is news. */
public final class AlertWatcher {
    /** Who asks; so it stands in the audit log. */
    public static final Caller ALERTS = new Caller("alerts", Role.ADMIN, null);

    /** Groups that are told one by one; a question of more has its first groups watched. */
    static final int MOST_GROUPS = 1_000;

    /** Told of each group of several accounts. */
    private static final int MOST_ACCOUNTS = 10;

    /** Groups whose accounts are told: each is a question of its own. */
    private static final int MOST_OPENED = 10;

    /** How long is kept what was told. */
    private static final Duration KEPT = Duration.ofDays(400);

    private final Catalogs catalogs;
    private final SubscribeUseCase answers;
    private final AnalyzeUseCase analyses;
    private final AlertStore store;
    private final List<String> channels;
    private final Clock clock;
    private final Supplier<Deadline> deadlines;
    private final Consumer<String> warnings;
    private final Map<String, AlertWatch> watches = new ConcurrentHashMap<>();
    private long seen = -1;
    private Instant forgotten = Instant.MIN;

    /**
     * @param channels by which news are to be told
     * @param deadlines of one question, from now on
     * @param warnings told why the question of an alert has no answer
     */
    public AlertWatcher(
            Catalogs catalogs,
            SubscribeUseCase answers,
            AnalyzeUseCase analyses,
            AlertStore store,
            List<String> channels,
            Clock clock,
            Supplier<Deadline> deadlines,
            Consumer<String> warnings) {
        this.catalogs = catalogs;
        this.answers = answers;
        this.analyses = analyses;
        this.store = store;
        this.channels = List.copyOf(channels);
        this.clock = clock;
        this.deadlines = deadlines;
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
            store.forget(now.minus(KEPT));
            forgotten = now;
        }
    }

    private void rewatch(Catalog catalog) {
        var defined = new HashMap<String, Alert>();
        catalog.all(Alert.class).forEach(alert -> defined.put(alert.name(), alert));
        watches.values()
                .removeIf(watch -> {
                    var alert = defined.get(watch.alert().name());
                    boolean stays =
                            alert != null
                                    && alert.equals(watch.alert())
                                    && watch.query().equals(query(alert, catalog));
                    if (!stays) {
                        watch.end();
                    }
                    return !stays;
                });
        // Those that have ended decide nothing any more.
        store.retain(Set.copyOf(defined.keySet()));
        for (var alert : defined.values()) {
            watches.computeIfAbsent(
                    alert.name(),
                    _ ->
                            new AlertWatch(
                                    alert, query(alert, catalog), answers, this::seen, warnings));
        }
    }

    private static AnalysisQuery query(Alert alert, Catalog catalog) {
        var question = catalog.find(alert.question(), Question.class).orElseThrow();
        var query = QuestionText.read(question.asked()).query();
        return query.page(Math.min(query.first(), MOST_GROUPS), null)
                .withTotals(false)
                .withKeys(true)
                .withTargets(query.targets() || alert.when() == Alert.When.MISSED);
    }

    /** Ends all watching. */
    public void end() {
        watches.values().forEach(AlertWatch::end);
        watches.clear();
    }

    private void seen(AlertWatch watch, AnalysisResult answer) {
        var alert = watch.alert();
        var groups = AlertGroups.of(alert, answer);
        var waiting = AlertGroups.waiting(alert, answer);
        var at = clock.instant();
        var known = store.standing().getOrDefault(alert.name(), Standing.NOTHING);
        var accounts = accounts(known.news(groups.keySet(), at), groups, watch.query());
        var _ =
                store.decide(
                        alert.name(),
                        standing -> {
                            if (watch.isOver()) {
                                // What took its place has decided, or will.
                                return new Next(standing, null);
                            }
                            var held = new HashSet<>(standing.there().keySet());
                            held.retainAll(waiting);
                            var there = new HashSet<>(groups.keySet());
                            there.addAll(held);
                            return new Next(
                                    standing.with(there, waiting.size() - held.size(), at),
                                    news(alert, groups, standing, accounts, answer, at));
                        },
                        channels);
    }

    private static @Nullable AlertNews news(
            Alert alert,
            Map<String, Group> groups,
            Standing standing,
            Map<String, List<String>> accounts,
            AnalysisResult answer,
            Instant at) {
        var news = standing.news(groups.keySet(), at);
        if (news.isEmpty()) {
            return null;
        }
        var reasons =
                groups.entrySet().stream()
                        .filter(group -> news.contains(group.getKey()))
                        .limit(AlertNews.MOST_REASONS)
                        .map(group ->
                                new Reason(
                                        group.getValue().keys(),
                                        group.getValue().figures(),
                                        accounts.getOrDefault(group.getKey(), List.of())))
                        .toList();
        return new AlertNews(
                alert.name(),
                alert.label(),
                alert.owner(),
                alert.question(),
                at,
                answer.asOf(),
                reasons,
                news.size() - reasons.size(),
                groups.size());
    }

    /** Of each group that is news: the account that it is, or those that give most of its first figure. */
    private Map<String, List<String>> accounts(
            Set<String> news, Map<String, Group> groups, AnalysisQuery query) {
        return groups.entrySet().stream()
                .filter(group -> news.contains(group.getKey()))
                .limit(AlertNews.MOST_REASONS)
                .collect(
                        Collectors.toMap(
                                Map.Entry::getKey,
                                group -> accounts(group.getValue(), query, news.size())));
    }

    private List<String> accounts(Group group, AnalysisQuery query, int news) {
        if (group.account() != null) {
            return List.of(group.account());
        }
        if (group.rowKey() == null || group.measure() == null || news > MOST_OPENED) {
            return List.of();
        }
        var opened =
                MembersQuery.of(query, group.rowKey(), group.measure()).page(MOST_ACCOUNTS, null);
        try {
            return switch (analyses.members(opened, ALERTS, deadlines.get())) {
                // What is no sum over accounts has none behind it.
                case AnalyzeUseCase.Outcome.Rejected _ -> List.of();
                case AnalyzeUseCase.Outcome.Answered(var members) ->
                        members.rows().stream()
                                .map(row -> AlertGroups.account(members.columns(), row))
                                .filter(Objects::nonNull)
                                .toList();
            };
        } catch (AnalysisFailed tooLong) {
            // The alert is told all the same, without accounts.
            return List.of();
        }
    }
}
