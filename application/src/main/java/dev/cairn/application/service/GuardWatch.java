package dev.cairn.application.service;

import dev.cairn.application.port.AnalysisFailed;
import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.in.GuardStandingsUseCase;
import dev.cairn.application.port.in.GuardUseCase;
import dev.cairn.application.port.out.Versions;
import dev.cairn.domain.analysis.AccessScope;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.Role;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.guard.Guard;
import dev.cairn.domain.guard.GuardMoves;
import dev.cairn.domain.guard.GuardQuery;
import dev.cairn.domain.guard.GuardQuery.Cycle;
import dev.cairn.domain.guard.GuardStandings;
import dev.cairn.domain.guard.GuardWindows;
import dev.cairn.domain.model.Calendar;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.Source;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Has guards measured in the background, of all accounts and of each scope that somebody asks within, and keeps how they stand: until a definition changes or a cycle ends, and where facts change, until
 * they are measured anew, but not for long.
 */
public final class GuardWatch implements GuardStandingsUseCase {
    /** Days are cut where the standard cuts them. */
    private static final ZoneId ZONE = ZoneOffset.UTC;

    private static final Cycle CYCLE = Cycle.MONTH;

    /** Of scopes so many are watched at once, those that were asked within last. */
    private static final int MOST_SCOPES = 8;

    /** A scope that nobody asked within for so long is watched no more. */
    private static final Duration ASKED = Duration.ofHours(1);

    /** How long a guard stands of which it is not known that nothing has changed since, at most; and how long one of tables without versions does. */
    private static final Duration OLDEST = Duration.ofMinutes(10);

    /** How many times as long as measuring takes nothing is measured. */
    private static final int REST = 20;

    private final Catalogs catalogs;
    private final GuardUseCase guards;
    private final Versions versions;
    private final Clock clock;
    private final Supplier<Deadline> deadlines;
    private final Consumer<String> warnings;
    private final Map<Optional<AccessScope>, Watched> watched = new ConcurrentHashMap<>();

    /**
     * @param guards that nobody is told of, on threads of their own
     * @param deadlines of one measurement, from now on
     * @param warnings told why guards cannot be measured
     */
    public GuardWatch(
            Catalogs catalogs,
            GuardUseCase guards,
            Versions versions,
            Clock clock,
            Supplier<Deadline> deadlines,
            Consumer<String> warnings) {
        this.catalogs = catalogs;
        this.guards = guards;
        this.versions = versions;
        this.clock = clock;
        this.deadlines = deadlines;
        this.warnings = warnings;
        watched.put(Optional.empty(), new Watched(clock.instant()));
    }

    /**
     * What guards rest on: with an equal one they stand equally.
     *
     * @param today rows wait for their windows to be over
     * @param slot of what has no version
     */
    private record Basis(long catalog, Map<String, Long> data, LocalDate today, long slot) {}

    private record Measured(Basis basis, GuardWindows windows, GuardStandings standings) {}

    /** How guards stand in a scope. */
    private static final class Watched {
        private volatile Instant askedAt;
        private volatile Instant nextAt = Instant.MIN;
        private volatile Instant soundAt = Instant.MIN;
        private volatile @Nullable Measured measured;

        Watched(Instant askedAt) {
            this.askedAt = askedAt;
        }

        /** Also where nobody looks any more it stands no longer. */
        Optional<Measured> at(Instant now) {
            return now.isBefore(soundAt.plus(OLDEST))
                    ? Optional.ofNullable(measured)
                    : Optional.empty();
        }
    }

    @Override
    public GuardStandings standings(Caller caller) {
        var now = clock.instant();
        var scope = Optional.ofNullable(caller.access());
        var of = watched.get(scope);
        if (of == null && watched.size() <= MOST_SCOPES) {
            of = watched.computeIfAbsent(scope, _ -> new Watched(now));
        }
        if (of != null) {
            of.askedAt = now;
        }
        var catalog = catalogs.current();
        var windows = windows(now);
        return Optional.ofNullable(of)
                .flatMap(known -> known.at(now))
                .filter(known -> known.basis().catalog() == catalog.version())
                .filter(known -> known.windows().equals(windows))
                .map(Measured::standings)
                .orElseGet(() -> unknown(catalog, windows));
    }

    private static GuardWindows windows(Instant now) {
        return GuardWindows.by(CYCLE, now.atZone(ZONE).toLocalDate());
    }

    private static GuardStandings unknown(Catalog catalog, GuardWindows windows) {
        var level = new GuardMoves(windows, CYCLE.looks()).level();
        return GuardStandings.of(
                GuardService.pairs(catalog).stream()
                        .map(metric ->
                                Guard.untested(
                                        metric.name(),
                                        String.valueOf(metric.counter()),
                                        Guard.State.NOT_MEASURED,
                                        windows,
                                        level,
                                        "It has not been measured yet with the data and the definitions as they are."))
                        .toList());
    }

    /** Measures what has changed, one scope after another, also where one of them fails. Called every now and then, by one thread at a time. */
    public void look() {
        var now = clock.instant();
        watched.entrySet()
                .removeIf(entry ->
                        entry.getKey().isPresent()
                                && entry.getValue().askedAt.plus(ASKED).isBefore(now));
        var known = versions.now();
        var basis = basis(catalogs.latest(), known, now);
        var failures = new ArrayList<RuntimeException>();
        watched.forEach((scope, of) -> {
            var measured = of.measured;
            if (measured != null && measured.basis().equals(basis)) {
                of.soundAt = now;
            } else if (!now.isBefore(of.nextAt)) {
                try {
                    measure(new Caller("guards", Role.ADMIN, scope.orElse(null)), of, basis);
                } catch (RuntimeException failed) {
                    failures.add(failed);
                }
            }
        });
        if (!failures.isEmpty()) {
            throw failures.getFirst();
        }
    }

    private static Basis basis(Catalog catalog, Versions.Known known, Instant now) {
        boolean hasTables =
                catalog.all(Source.class).stream().anyMatch(source -> source.mapping() != null)
                        || catalog.all(Entity.class).stream()
                                .anyMatch(entity -> entity.mapping() != null)
                        || catalog.all(Calendar.class).stream()
                                .map(Calendar::rows)
                                .anyMatch(rows -> rows != null && rows.mapping() != null);
        return new Basis(
                catalog.version(),
                known.data(),
                now.atZone(ZONE).toLocalDate(),
                hasTables ? now.toEpochMilli() / OLDEST.toMillis() : 0);
    }

    private void measure(Caller caller, Watched of, Basis basis) {
        var begun = clock.instant();
        try {
            var query = new GuardQuery(List.of(), CYCLE, ZONE, begun);
            switch (guards.guards(query, caller, deadlines.get())) {
                case GuardUseCase.Outcome.Watched(var found) -> {
                    of.measured = new Measured(basis, windows(begun), GuardStandings.of(found));
                    of.soundAt = begun;
                }
                case GuardUseCase.Outcome.Rejected(var problems) ->
                        warnings.accept(
                                "Guards cannot be measured: " + problems.getFirst().message());
            }
        } catch (AnalysisFailed failed) {
            warnings.accept(
                    "Guards could not be measured (" + failed.reason() + "), trying again.");
        } finally {
            var ended = clock.instant();
            of.nextAt = ended.plus(Duration.between(begun, ended).multipliedBy(REST));
        }
    }
}
