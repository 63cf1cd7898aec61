package dev.cairn.application.service;

import dev.cairn.application.port.StoreFailed;
import dev.cairn.application.port.TableChanged;
import dev.cairn.application.port.out.AnalysisExecutor;
import dev.cairn.application.port.out.SqlFace;
import dev.cairn.application.port.out.SqlFace.CalendarTable;
import dev.cairn.application.port.out.SqlFace.View;
import dev.cairn.domain.analysis.AccessScope;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.Role;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.lowering.AccessRule;
import dev.cairn.domain.model.Question;
import dev.cairn.domain.model.Scope;
import dev.cairn.domain.plan.Cancellation;
import dev.cairn.domain.planner.Planned;
import dev.cairn.domain.planner.Planner;
import dev.cairn.domain.planner.Trusting;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.question.QuestionText;
import dev.cairn.domain.trust.SourceTrust;
import dev.cairn.domain.trust.Trusts;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Publishes saved questions as views: one for each question and each scope that has a role, and one of all accounts where a role is given that. A view is published again when something under it
 * has changed; until then it has no rows. For one thread.
 */
public final class SqlFaceService {
    /** When it is tried again what could not be published. */
    private static final Duration AGAIN = Duration.ofMinutes(1);

    /** How long a view has rows that reads tables which change without a version; it is published again after half of that. */
    private static final Duration OUTSIDE = Duration.ofMinutes(1);

    private static final String FLOORED =
            "It reads a metric that asks for trusted data ('trust'), whose values may be withheld at any moment; ask it over the API.";

    private final Catalogs catalogs;
    private final AnalysisExecutor executor;
    private final SqlFace face;
    private final Clock clock;
    private final DayOfWeek weekStarts;
    private final Readers readers;
    private final Map<String, Basis> known = new HashMap<>();
    private @Nullable Set<String> kept;
    private @Nullable Map<String, String> refused;

    /**
     * Roles of the database.
     *
     * @param ofScopes by the names of scopes
     * @param unscoped who sees all accounts; null: nobody does
     */
    public record Readers(Map<String, String> ofScopes, @Nullable String unscoped) {
        public Readers {
            ofScopes = Map.copyOf(ofScopes);
        }
    }

    /**
     * What a view is made of.
     *
     * @param trusting how its sources stood; null where it is not published
     * @param refusal why it is not published; empty where it is
     */
    private record Basis(
            Map<String, String> state,
            @Nullable Instant until,
            @Nullable Trusting trusting,
            String refusal) {
        boolean holds(Map<String, String> now, Instant at) {
            return (until == null || at.isBefore(until)) && state.equals(part(now, state.keySet()));
        }

        /** Counts come after the facts that they are of. */
        boolean isMarked(Catalog catalog, Trusts trusts) {
            return trusting == null || trusting.isCurrent(catalog, trusts);
        }
    }

    /** @param weekStarts the first day of a week, unless a question says another */
    public SqlFaceService(
            Catalogs catalogs,
            AnalysisExecutor executor,
            SqlFace face,
            Clock clock,
            DayOfWeek weekStarts,
            Readers readers) {
        this.catalogs = catalogs;
        this.executor = executor;
        this.face = face;
        this.clock = clock;
        this.weekStarts = weekStarts;
        this.readers = readers;
    }

    /**
     * Publishes again what has to be. To be called periodically.
     *
     * @return views that are not published, and why; a scope that names its caller, and one that is not defined, stands for all its views
     * @throws StoreFailed where the store cannot be reached
     */
    public Map<String, String> look() {
        var state = face.state();
        var now = clock.instant();
        catalogs.refresh();
        var catalog = catalogs.current();
        var trusts = trusts(catalog);
        var refusals = new TreeMap<String, String>();
        var wanted = new HashSet<String>();
        for (var question : catalog.all(Question.class)) {
            if (readers.unscoped() != null) {
                wanted.add(question.name());
                look(question, question.name(), readers.unscoped(), null, state, now, trusts);
            }
        }
        for (var reader : new TreeMap<>(readers.ofScopes()).entrySet()) {
            var scope = catalog.find(reader.getKey(), Scope.class);
            refused(reader.getKey(), scope)
                    .ifPresentOrElse(
                            why -> refusals.put(reader.getKey(), why),
                            () -> {
                                for (var question : catalog.all(Question.class)) {
                                    var name = question.name() + "__" + reader.getKey();
                                    var access = new AccessScope(scope.orElseThrow().where());
                                    if (wanted.add(name)) {
                                        look(
                                                question,
                                                name,
                                                reader.getValue(),
                                                access,
                                                state,
                                                now,
                                                trusts);
                                    } else {
                                        refusals.put(name, "Another view has this name.");
                                    }
                                }
                            });
        }
        known.keySet().retainAll(wanted);
        keep();
        known.forEach((name, basis) -> {
            if (!basis.refusal().isEmpty()) {
                refusals.putIfAbsent(name, basis.refusal());
            }
        });
        if (!refusals.equals(refused)) {
            face.refuse(refusals);
            refused = Map.copyOf(refusals);
        }
        return refusals;
    }

    /** How the sources of all views stand, each looked at once. */
    private Trusts trusts(Catalog catalog) {
        var asked = catalogs.metricsOf(catalog).trusts();
        var sources = new TreeSet<String>();
        known.values()
                .forEach(basis -> {
                    if (basis.trusting() != null) {
                        sources.addAll(basis.trusting().standings().keySet());
                    }
                });
        var found = sources.isEmpty() ? Map.<String, SourceTrust>of() : asked.soon(sources);
        return names -> {
            var of = new TreeMap<String, SourceTrust>();
            names.forEach(name ->
                    Optional.ofNullable(found.get(name)).ifPresent(one -> of.put(name, one)));
            return of.size() == names.size() ? of : asked.soon(names);
        };
    }

    private void keep() {
        var published = new HashSet<String>();
        known.forEach((name, basis) -> {
            if (basis.refusal().isEmpty()) {
                published.add(name);
            }
        });
        if (!published.equals(kept)) {
            face.keep(published);
            kept = published;
        }
    }

    private static Optional<String> refused(String name, Optional<Scope> scope) {
        if (scope.isEmpty()) {
            return Optional.of("There is no access scope '%s'.".formatted(name));
        }
        return AccessRule.claimsIn(scope.get().where()).isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "The access scope '%s' is of whoever asks (caller.%s), and a role of the database is nobody."
                                .formatted(
                                        name,
                                        AccessRule.claimsIn(scope.get().where()).stream()
                                                .sorted()
                                                .findFirst()
                                                .orElseThrow()));
    }

    private void look(
            Question question,
            String name,
            String role,
            @Nullable AccessScope access,
            Map<String, String> state,
            Instant now,
            Trusts trusts) {
        var last = known.get(name);
        if (last == null || !last.holds(state, now) || !last.isMarked(catalogs.current(), trusts)) {
            var caller = new Caller("sql:" + role, Role.VIEWER, access);
            try {
                known.put(name, published(question, name, role, caller, state, now));
            } catch (TableChanged changed) {
                known.put(name, none(state, changed.problems(), now));
            }
        }
    }

    private Basis published(
            Question question,
            String name,
            String role,
            Caller caller,
            Map<String, String> state,
            Instant now) {
        var asked = QuestionText.read(question.asked()).query();
        var query =
                (asked.weekStarts() == null ? asked.withWeekStarts(weekStarts) : asked)
                        .withTotals(false);
        var catalog = catalogs.current();
        var definitions = DefinitionsUnder.of(query, catalog);
        // Said before they are read, so that none of them is of rows that came later.
        var calendars = said(Reads.calendarsOutside(definitions, catalog));
        var metrics = catalogs.metricsOf(catalog);
        var starts = new StartsRead(executor);
        var planned = Planner.plan(query, metrics, caller, now, Cancellation.NEVER, starts);
        return switch (planned) {
            case Planned.Rejected(var problems) -> none(state, problems, now);
            case Planned.Ready ready -> {
                var refusals = executor.refusals(ready.plan(), caller);
                yield refusals.isEmpty()
                        ? published(
                                view(question, name, role, query, ready, calendars),
                                Reads.of(query, caller, metrics, definitions, now, executor),
                                SubscribeService.until(query, now),
                                state,
                                now)
                        : none(state, refusals, now);
            }
        };
    }

    private Map<CalendarTable, String> said(List<CalendarTable> calendars) {
        var said = new HashMap<CalendarTable, String>();
        var texts = face.said(calendars);
        for (int at = 0; at < calendars.size(); at++) {
            said.put(calendars.get(at), texts.get(at));
        }
        return said;
    }

    /** Of no state yet. */
    private static View view(
            Question question,
            String name,
            String role,
            AnalysisQuery query,
            Planned.Ready ready,
            Map<CalendarTable, String> calendars) {
        return new View(
                name,
                role,
                ready,
                query.zone(),
                question.asked().first(),
                Map.of(),
                calendars,
                null);
    }

    private Basis published(
            View made,
            Reads reads,
            @Nullable Instant ended,
            Map<String, String> state,
            Instant now) {
        if (made.plan().trusting().isFloored()) {
            return new Basis(state, now.plus(AGAIN), null, FLOORED);
        }
        var names = new HashSet<>(reads.names());
        names.add(SqlFace.DEFINITIONS);
        var under = part(state, names);
        var until = reads.isOutside() ? earlier(ended, now.plus(OUTSIDE)) : ended;
        var again = reads.isOutside() ? earlier(ended, now.plus(OUTSIDE.dividedBy(2))) : ended;
        var refusal = face.publish(made.under(under, until));
        return refusal.isEmpty()
                ? new Basis(under, again, made.plan().trusting(), "")
                : new Basis(under, now.plus(AGAIN), null, refusal.get());
    }

    private static Instant earlier(@Nullable Instant one, Instant other) {
        return one != null && one.isBefore(other) ? one : other;
    }

    /** Looked at again when anything has changed. */
    private static Basis none(
            Map<String, String> state, Collection<Problem> problems, Instant now) {
        return new Basis(state, now.plus(AGAIN), null, problems.iterator().next().message());
    }

    /** Of names of which nothing was written yet, empty: that changes when it is. */
    private static Map<String, String> part(Map<String, String> state, Set<String> names) {
        var part = new TreeMap<String, String>();
        names.forEach(name -> part.put(name, state.getOrDefault(name, "")));
        return part;
    }
}
