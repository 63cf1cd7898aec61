package dev.cairn.application.service;

import dev.cairn.application.port.AlertNews;
import dev.cairn.application.port.AlertNews.Reason;
import dev.cairn.application.port.StoreFailed;
import dev.cairn.application.port.out.AlertStore;
import dev.cairn.application.port.out.AlertStore.Next;
import dev.cairn.domain.alert.Standing;
import dev.cairn.domain.model.Alert;
import dev.cairn.domain.model.Alert.Watched;
import dev.cairn.domain.model.Alert.When;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Decides what of all that an alert found is news, and keeps it together with what stands. */
final class AlertDecider {
    private final AlertStore store;
    private final List<String> channels;
    private final Clock clock;

    /** @param channels by which news are to be told */
    AlertDecider(AlertStore store, List<String> channels, Clock clock) {
        this.store = store;
        this.channels = List.copyOf(channels);
        this.clock = clock;
    }

    /**
     * What was found.
     *
     * @param of what was looked at, as {@link Standing#of}
     * @param there all for which the alert stands, in their order
     * @param waiting those of which it cannot be said yet
     * @param asOf what counted as now
     */
    record Found(String of, List<String> there, Set<String> waiting, Instant asOf) {
        Found {
            there = List.copyOf(there);
            waiting = Set.copyOf(waiting);
        }
    }

    /** Says of what is news how it is told. */
    interface Reasons {
        /** @param known what stood before */
        Map<String, Reason> of(List<String> news, Standing known);
    }

    /** What stands of an alert. */
    Standing standing(Alert alert) {
        return store.standing().getOrDefault(alert.name(), Standing.NOTHING);
    }

    /** Keeps why an alert cannot be looked at now; null: it can. */
    void failed(Alert alert, @Nullable String why, BooleanSupplier isOver) {
        if (!Objects.equals(standing(alert).failure(), why)) {
            var _ =
                    store.decide(
                            alert.name(),
                            stood ->
                                    new Next(
                                            isOver.getAsBoolean() ? stood : stood.failed(why),
                                            null),
                            channels);
        }
    }

    /**
     * @param reasons asked before anything is decided, as it may take a while
     * @param isOver whether the alert is another one by now: what takes its place decides
     * @throws StoreFailed where it cannot be kept
     */
    void decide(Alert alert, Found found, Reasons reasons, BooleanSupplier isOver) {
        var at = clock.instant();
        var known = goesOn(alert, found, standing(alert));
        var told =
                reasons.of(
                        found.there().stream()
                                .filter(news(alert, found, known, at)::contains)
                                .limit(AlertNews.MOST_REASONS)
                                .toList(),
                        known);
        var _ =
                store.decide(
                        alert.name(),
                        stood -> {
                            if (isOver.getAsBoolean()) {
                                return new Next(stood, null);
                            }
                            var standing = goesOn(alert, found, stood);
                            var held = held(alert, found, standing);
                            var there = new HashSet<>(found.there());
                            there.addAll(held);
                            long waiting =
                                    found.waiting().stream()
                                            .filter(group -> !stands(alert, group, held))
                                            .count();
                            var next = standing.with(there, (int) waiting, at).by(found.of());
                            var news = news(alert, found, standing, at);
                            return new Next(
                                    next,
                                    news.isEmpty()
                                            ? null
                                            : told(alert, found, news, told, there.size(), at));
                        },
                        channels);
    }

    /** What stands still: of another cohort or other bands, and of what else was watched under the same name, nothing does. */
    private static Standing goesOn(Alert alert, Found found, Standing standing) {
        return switch (alert.watched()) {
            case Watched.Entered _, Watched.BandLeft _ ->
                    found.of().equals(standing.of()) ? standing : Standing.NOTHING;
            case Watched.Groups _, Watched.GuardTripped _, Watched.TrustLost _ -> standing;
        };
    }

    private static AlertNews told(
            Alert alert,
            Found found,
            Set<String> news,
            Map<String, Reason> reasons,
            int standing,
            Instant at) {
        var told =
                found.there().stream()
                        .filter(news::contains)
                        .limit(AlertNews.MOST_REASONS)
                        .map(group -> reasons.getOrDefault(group, AlertDetails.NOTHING))
                        .toList();
        return new AlertNews(
                alert.name(),
                alert.label(),
                alert.owner(),
                kind(alert.watched()),
                alert.watched().of(),
                at,
                found.asOf(),
                told,
                news.size() - told.size(),
                standing,
                see(alert.watched()));
    }

    private static AlertNews.Kind kind(Watched watched) {
        return switch (watched) {
            case Watched.Groups(_, var when, _) ->
                    when == When.MISSED ? AlertNews.Kind.TARGET_MISSED : AlertNews.Kind.GROUP_THERE;
            case Watched.Entered _ -> AlertNews.Kind.COHORT_ENTERED;
            case Watched.BandLeft _ -> AlertNews.Kind.BAND_LEFT;
            case Watched.GuardTripped _ -> AlertNews.Kind.GUARD_TRIPPED;
            case Watched.TrustLost _ -> AlertNews.Kind.TRUST_LOST;
        };
    }

    private static String see(Watched watched) {
        return switch (watched) {
            case Watched.Groups(var of, _, _) -> "cairn ask " + of;
            case Watched.Entered(var of, _) ->
                    "cairn query 'count(account)' --by account --cohort %s --range 'last 1 day'"
                            .formatted(of);
            case Watched.BandLeft(var of, _, _) ->
                    "cairn query %s --by account --range 'last 1 day' --order %s".formatted(of, of);
            case Watched.GuardTripped(var of, var every) ->
                    "cairn guards %s --every %s"
                            .formatted(of, every.name().toLowerCase(Locale.ROOT));
            case Watched.TrustLost(var of, _) -> "cairn trust " + of;
        };
    }

    /** Those that stand although they were not found, as nothing can be said of them now. */
    private static Set<String> held(Alert alert, Found found, Standing standing) {
        var held = new HashSet<>(standing.there().keySet());
        switch (alert.watched()) {
            // Who may have been in it when somebody began to look does not come later.
            case Watched.Entered _ when !found.of().equals(standing.of()) ->
                    held = new HashSet<>(found.waiting());
            case Watched.Groups _, Watched.Entered _, Watched.GuardTripped _, Watched.TrustLost _ ->
                    held.retainAll(found.waiting());
            case Watched.BandLeft _ -> {
                // Who has no value is in no band, and has not come to another one.
                var placed =
                        found.there().stream()
                                .map(AlertGroups::accountOf)
                                .collect(Collectors.toSet());
                held.removeIf(group -> placed.contains(AlertGroups.accountOf(group)));
            }
        }
        return held;
    }

    private static boolean stands(Alert alert, String waiting, Set<String> held) {
        return alert.watched() instanceof Watched.BandLeft
                ? held.stream().anyMatch(group -> AlertGroups.accountOf(group).equals(waiting))
                : held.contains(waiting);
    }

    private static Set<String> news(Alert alert, Found found, Standing standing, Instant at) {
        var news = standing.news(Set.copyOf(found.there()), at);
        return switch (alert.watched()) {
            case Watched.Groups _, Watched.GuardTripped _, Watched.TrustLost _ -> news;
            // Who was in it when somebody began to look has not come.
            case Watched.Entered _ ->
                    found.of().equals(standing.of()) ? news : new TreeSet<String>();
            case Watched.BandLeft(_, var band, _) -> {
                var before = bands(standing);
                news.removeIf(group -> {
                    var left = before.get(AlertGroups.accountOf(group));
                    return left == null || (band != null && !band.equals(left));
                });
                yield found.of().equals(standing.of()) ? news : new TreeSet<String>();
            }
        };
    }

    /** The band that each account is known to be in. */
    static Map<String, String> bands(Standing standing) {
        var bands = new LinkedHashMap<String, String>();
        standing.there()
                .keySet()
                .forEach(group ->
                        bands.put(AlertGroups.accountOf(group), AlertGroups.bandOf(group)));
        return bands;
    }
}
