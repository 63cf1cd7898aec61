package dev.cairn.testkit.data;

import dev.cairn.application.port.out.AccountDirectory.Member;
import dev.cairn.application.port.out.FactStore.Fact;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.model.Calendar;
import dev.cairn.domain.model.Link;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.plan.Coverage;
import dev.cairn.domain.time.CalendarDays;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Everything that an answer depends on: definitions, accounts and users as they were loaded, and facts as they were loaded.
 *
 * @param loads in the order they were committed
 */
public record World(Catalog catalog, List<Member> accounts, List<Member> users, List<Load> loads) {
    /** When definitions and members are loaded. */
    static final Instant FIRST_LOADED = Instant.parse("2026-06-01T00:00:00Z");

    public World {
        accounts = List.copyOf(accounts);
        users = List.copyOf(users);
        loads = List.copyOf(loads);
    }

    /**
     * Facts of one source that were loaded together.
     *
     * @param completeUntil what the load said of the source's complete-until; null: nothing
     */
    public record Load(String source, List<Fact> facts, @Nullable LocalDate completeUntil) {
        public Load {
            facts = List.copyOf(facts);
        }
    }

    /** The day on which members are loaded: what held before and does no more is not known of them now. */
    public static LocalDate today() {
        return FIRST_LOADED.atZone(ZoneOffset.UTC).toLocalDate();
    }

    /** When a load is recorded, by its place among the loads: the first at one o'clock, then one an hour. */
    public static Instant recordedAt(int load) {
        return FIRST_LOADED.plus(Duration.ofHours(load + 1L));
    }

    /** The world as it was known at an instant: without the facts that were loaded later, and what was said with them. */
    public World knownAt(Instant instant) {
        return withLoads(
                IntStream.range(0, loads.size())
                        .filter(load -> !recordedAt(load).isAfter(instant))
                        .mapToObj(loads::get)
                        .toList());
    }

    /** The catalogue, with the days that its calendars of rows have in these facts. */
    public Catalog knowingCalendars() {
        var days = new LinkedHashMap<String, CalendarDays>();
        for (var calendar : catalog.all(Calendar.class)) {
            var rows = calendar.rows();
            if (rows != null) {
                var source = source(rows.source());
                days.put(
                        calendar.name(),
                        CalendarDays.of(
                                calendar.name(),
                                rows.names(),
                                inForce(source.name()).stream()
                                        .map(fact -> day(fact, source, rows))
                                        .toList()));
            }
        }
        return catalog.knowing(days);
    }

    private static CalendarDays.Day day(Fact fact, Source source, Calendar.Rows rows) {
        return new CalendarDays.Day(
                (LocalDate)
                        Objects.requireNonNull(
                                values(fact, source, List.of(rows.day())).getFirst()),
                rows.grains().stream()
                        .<@Nullable String>map(grain -> {
                            var values = values(fact, source, grain.fields());
                            return values.contains(null)
                                    ? null
                                    : values.stream()
                                            .map(Object::toString)
                                            .collect(Collectors.joining(" "));
                        })
                        .toList());
    }

    public static WorldBuilder world() {
        return new WorldBuilder();
    }

    public Source source(String name) {
        return catalog.source(name)
                .orElseThrow(() -> new IllegalArgumentException("no source " + name));
    }

    /** Every fact that was ever loaded, whether it still holds or not. */
    public List<Fact> everLoaded(String source) {
        return loads.stream()
                .filter(load -> load.source().equals(source))
                .flatMap(load -> load.facts().stream())
                .toList();
    }

    /**
     * The facts that hold: of equal keys the last one loaded; without keys, of equal facts as many as the load that had most of them.
     */
    public List<Fact> inForce(String source) {
        var inForce = new LinkedHashMap<List<@Nullable Object>, Fact>();
        for (Load load : loads) {
            if (load.source().equals(source)) {
                var occurrences = new LinkedHashMap<Fact, Integer>();
                load.facts().forEach(fact -> inForce.put(identity(fact, occurrences), fact));
            }
        }
        return inForce.values().stream().map(fact -> withAccount(fact, source(source))).toList();
    }

    /** With the account of the row in force that a link leads to, where the source has accounts so. */
    private Fact withAccount(Fact fact, Source source) {
        var via = source.accountLink();
        return via.isEmpty()
                ? fact
                : new Fact(
                        fact.occurred(),
                        fact.key(),
                        parent(fact, source, via.get()).map(Fact::account).orElse(null),
                        fact.user(),
                        fact.values());
    }

    private Optional<Fact> parent(Fact fact, Source source, Link link) {
        var said = values(fact, source, link.fields());
        var parent = source(link.to());
        return said.contains(null)
                ? Optional.empty()
                : inForce(parent.name()).stream()
                        .filter(one -> values(one, parent, parent.key()).equals(said))
                        .findFirst();
    }

    private static List<@Nullable Object> values(Fact fact, Source source, List<String> fields) {
        var values = new ArrayList<@Nullable Object>();
        for (var name : fields) {
            values.add(
                    fact.values().get(source.fields().indexOf(source.field(name).orElseThrow())));
        }
        return values;
    }

    /**
     * A fact as it was known for a time.
     *
     * @param superseded null: it holds
     */
    public record Version(Fact fact, Instant recorded, @Nullable Instant superseded) {}

    /** What was known of each fact of a source, and when; the account that a link leads to is that of now. */
    public List<Version> versions(String source) {
        var earlier = new ArrayList<Version>();
        var current = new LinkedHashMap<List<@Nullable Object>, Version>();
        for (int at = 0; at < loads.size(); at++) {
            var recorded = recordedAt(at);
            if (loads.get(at).source().equals(source)) {
                var occurrences = new LinkedHashMap<Fact, Integer>();
                var loaded = new LinkedHashMap<List<@Nullable Object>, Fact>();
                loads.get(at)
                        .facts()
                        .forEach(fact -> loaded.put(identity(fact, occurrences), fact));
                loaded.forEach((identity, fact) -> {
                    var known = current.get(identity);
                    if (known == null || !known.fact().equals(fact)) {
                        current.put(identity, new Version(fact, recorded, null));
                        if (known != null) {
                            earlier.add(new Version(known.fact(), known.recorded(), recorded));
                        }
                    }
                });
            }
        }
        earlier.addAll(current.values());
        return earlier.stream()
                .map(version ->
                        new Version(
                                withAccount(version.fact(), source(source)),
                                version.recorded(),
                                version.superseded()))
                .toList();
    }

    private static List<@Nullable Object> identity(Fact fact, Map<Fact, Integer> occurrences) {
        return fact.key() != null
                ? Arrays.asList(fact.key())
                : Arrays.asList(fact, occurrences.merge(fact, 1, Integer::sum));
    }

    /** Since when and until when the source is complete; empty where nothing is known of one of the two. */
    public Optional<Coverage> coverage(String name) {
        var source = source(name);
        var days = inForce(name).stream().map(fact -> dayOf(source, fact)).sorted().toList();
        var from =
                (source.coverageFrom() != null || days.isEmpty())
                        ? source.coverageFrom()
                        : days.getFirst();
        var until = completeUntil(source);
        if (until == null && !days.isEmpty()) {
            until = days.getLast().plusDays(1);
        }
        return (from == null || until == null)
                ? Optional.empty()
                : Optional.of(coverage(source, from, until));
    }

    /** The local day of a fact. */
    public LocalDate dayOf(Source source, Fact fact) {
        return fact.occurred().atZone(source.zone()).toLocalDate();
    }

    /** The catalogue, with the first days of the facts of each source that declares none. */
    public Catalog knowingStarts() {
        var starts = new LinkedHashMap<String, Catalog.CoverageStart>();
        for (var source : catalog.all(Source.class)) {
            var first =
                    inForce(source.name()).stream()
                            .map(fact -> dayOf(source, fact))
                            .min(LocalDate::compareTo);
            starts.put(source.name(), new Catalog.CoverageStart(first.orElse(null)));
        }
        return catalog.knowingStarts(starts);
    }

    private @Nullable LocalDate completeUntil(Source source) {
        var said =
                loads.stream()
                        .filter(load -> load.source().equals(source.name()))
                        .map(Load::completeUntil)
                        .filter(Objects::nonNull)
                        .toList();
        return said.isEmpty() ? source.coverageUntil() : said.getLast();
    }

    private static Coverage coverage(Source source, LocalDate from, LocalDate until) {
        var zone = source.zone();
        return new Coverage(
                from,
                from.atStartOfDay(zone).toInstant(),
                until,
                until.atStartOfDay(zone).toInstant());
    }

    /** The same world with other loads. */
    public World withLoads(List<Load> others) {
        return new World(catalog, accounts, users, others);
    }

    World with(Catalog other) {
        return new World(other, accounts, users, loads);
    }

    /** The same world, whose catalogue knows where the coverage of its sources begins. */
    World knowing() {
        return with(knowingStarts());
    }

    /** The names of all sources. */
    public List<String> sources() {
        return catalog.all(Source.class).stream().map(Source::name).toList();
    }

    /** All of it as text, for a report of a failure. */
    public String report() {
        return report(catalog.entries().stream().map(Entry::name).collect(Collectors.joining(" ")));
    }

    /**
     * What matters of it as text, for a report of a failure.
     *
     * @param about definitions are told that are named in it, or in one of them
     */
    public String report(String about) {
        var lines = new ArrayList<String>();
        var told = new StringBuilder(about);
        var left = new ArrayList<>(catalog.entries());
        boolean more = true;
        while (more) {
            var named = left.stream().filter(entry -> told.indexOf(entry.name()) >= 0).toList();
            more = left.removeAll(named);
            for (var entry : named) {
                var definition = entry.definition();
                lines.add(
                        "%s %s: %s"
                                .formatted(definition.kind(), entry.name(), definition.meaning()));
                told.append(definition.meaning());
            }
        }
        accounts.forEach(member -> lines.add("account " + member));
        users.forEach(member -> lines.add("user " + member));
        for (Load load : loads) {
            lines.add("load " + load.source() + " complete until " + load.completeUntil());
            load.facts().forEach(fact -> lines.add("  " + fact));
        }
        return String.join("\n", lines);
    }
}
