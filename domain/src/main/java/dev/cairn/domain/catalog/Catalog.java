package dev.cairn.domain.catalog;

import dev.cairn.domain.model.Alert;
import dev.cairn.domain.model.Baseline;
import dev.cairn.domain.model.Calendar;
import dev.cairn.domain.model.Cohort;
import dev.cairn.domain.model.ConformedDimension;
import dev.cairn.domain.model.Definition;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.Question;
import dev.cairn.domain.model.Scope;
import dev.cairn.domain.model.Slice;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.model.Target;
import dev.cairn.domain.problem.NearestNames;
import dev.cairn.domain.time.CalendarDays;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All definitions in force at one moment; immutable. The entity {@code account} and {@code user} are always there. */
public final class Catalog {
    private final long version;
    private final Map<String, Entry> current;
    private final Map<String, List<Entry>> older;
    private final Map<String, Instant> savedAt;
    private final Map<String, CalendarDays> days;
    private final Map<String, CoverageStart> coverageStarts;

    /**
     * Where the coverage of a source begins by its facts.
     *
     * @param day the local day; null: there are none
     */
    public record CoverageStart(@Nullable LocalDate day) {}

    private Catalog(
            long version,
            Map<String, Entry> current,
            Map<String, List<Entry>> older,
            Map<String, Instant> savedAt,
            Map<String, CalendarDays> days,
            Map<String, CoverageStart> coverageStarts) {
        this.version = version;
        this.current = current;
        this.older = older;
        this.savedAt = Map.copyOf(savedAt);
        this.days = Map.copyOf(days);
        this.coverageStarts = Map.copyOf(coverageStarts);
    }

    /** The same, where it is known which days calendars of rows have. */
    public Catalog knowing(Map<String, CalendarDays> known) {
        return new Catalog(version, current, older, savedAt, known, coverageStarts);
    }

    /** The same, knowing of calendars that are as they are there what is known there. */
    public Catalog knowingDaysOf(Catalog other) {
        var known = new LinkedHashMap<String, CalendarDays>();
        other.days.forEach((name, ofCalendar) -> {
            if (entry(name)
                    .map(Entry::definition)
                    .equals(other.entry(name).map(Entry::definition))) {
                known.put(name, ofCalendar);
            }
        });
        return knowing(known);
    }

    /** The same, where it was looked up where the coverage of sources begins that leave that to their facts. */
    public Catalog knowingStarts(Map<String, CoverageStart> known) {
        return new Catalog(version, current, older, savedAt, days, known);
    }

    /** Where the coverage of a source begins, as declared or as its facts show; empty where it is declared nowhere, and was not looked up. */
    public Optional<CoverageStart> coverageStart(Source source) {
        return source.coverageFrom() == null
                ? Optional.ofNullable(coverageStarts.get(source.name()))
                : Optional.of(new CoverageStart(source.coverageFrom()));
    }

    /** The days of a calendar of rows; empty where nothing was looked up, as where a definition is checked. */
    public Optional<CalendarDays> daysOf(String calendar) {
        return Optional.ofNullable(days.get(calendar));
    }

    public static Catalog empty() {
        return of(0, List.of(), List.of());
    }

    /**
     * @param version grows with every committed change
     * @param current one entry per name
     * @param older earlier versions of metrics, for questions that pin one
     */
    public static Catalog of(long version, Collection<Entry> current, Collection<Entry> older) {
        return of(version, current, older, Map.of());
    }

    /** @param savedAt when the version in force was saved, of definitions of which that is known */
    public static Catalog of(
            long version,
            Collection<Entry> current,
            Collection<Entry> older,
            Map<String, Instant> savedAt) {
        var byName = new TreeMap<String, Entry>();
        for (EntityRef kind : EntityRef.BUILT_IN) {
            var builtIn = new Entity(kind, kind.name(), "", kind.name() + "_key", List.of());
            byName.put(kind.name(), new Entry(builtIn, 0, Map.of()));
        }
        current.forEach(entry -> byName.put(entry.name(), entry));
        var olderByName = new LinkedHashMap<String, List<Entry>>();
        older.forEach(entry ->
                olderByName.merge(
                        entry.name(),
                        List.of(entry),
                        (a, b) -> Stream.concat(a.stream(), b.stream()).toList()));
        return new Catalog(version, byName, olderByName, savedAt, Map.of(), Map.of());
    }

    public long version() {
        return version;
    }

    /** All entries in force, by name. */
    public Collection<Entry> entries() {
        return java.util.Collections.unmodifiableCollection(current.values());
    }

    public Optional<Entry> entry(String name) {
        return Optional.ofNullable(current.get(name));
    }

    /** Whether a name alone means something in a formula; a calendar is named with its grains only, a target, baseline, scope, question or alert never. */
    public boolean isInFormulas(String name) {
        return entry(name)
                .filter(entry -> !(entry.definition() instanceof Calendar))
                .filter(entry -> !(entry.definition() instanceof Target))
                .filter(entry -> !(entry.definition() instanceof Baseline))
                .filter(entry -> !(entry.definition() instanceof Scope))
                .filter(entry -> !(entry.definition() instanceof Question))
                .filter(entry -> !(entry.definition() instanceof Alert))
                .isPresent();
    }

    /** When the version in force of a definition was saved; empty where that is not known. */
    public Optional<Instant> savedAt(String name) {
        return Optional.ofNullable(savedAt.get(name));
    }

    public <D extends Definition> Optional<D> find(String name, Class<D> kind) {
        return entry(name).map(Entry::definition).filter(kind::isInstance).map(kind::cast);
    }

    public <D extends Definition> List<D> all(Class<D> kind) {
        return current.values().stream()
                .map(Entry::definition)
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    public Optional<Source> source(String name) {
        return find(name, Source.class);
    }

    /** The source of that name, or that a slice of that name is of. */
    public Optional<Source> sourceUnder(String name) {
        var seen = new HashSet<String>();
        String under = name;
        while (seen.add(under)) {
            var found = slice(under);
            if (found.isEmpty()) {
                return source(under);
            }
            under = found.get().of();
        }
        return Optional.empty();
    }

    public Optional<Slice> slice(String name) {
        return find(name, Slice.class);
    }

    public Optional<Metric> metric(String name) {
        return find(name, Metric.class);
    }

    public Optional<Cohort> cohort(String name) {
        return find(name, Cohort.class);
    }

    public Optional<Calendar> calendar(String name) {
        return find(name, Calendar.class);
    }

    public Optional<ConformedDimension> conformed(String name) {
        return find(name, ConformedDimension.class);
    }

    public Entity entity(EntityRef kind) {
        return find(kind.name(), Entity.class).orElseThrow();
    }

    /** A metric at a version, old or in force. */
    public Optional<Entry> metricAt(String name, int wanted) {
        return Stream.concat(entry(name).stream(), older.getOrDefault(name, List.of()).stream())
                .filter(entry -> entry.version() == wanted && entry.definition() instanceof Metric)
                .findFirst();
    }

    /** Names of a kind that are near to what was asked for; best first, at most three. */
    public List<String> nearest(String wanted, Class<? extends Definition> kind) {
        return NearestNames.nearest(wanted, names(kind));
    }

    public List<String> names(Class<? extends Definition> kind) {
        return all(kind).stream().map(Definition::name).toList();
    }

    /** This catalogue with other entries in force; what has the same name is replaced. */
    public Catalog with(Collection<Entry> changed, Collection<String> retired) {
        var next = new TreeMap<>(current);
        retired.forEach(next::remove);
        changed.forEach(entry -> next.put(entry.name(), entry));
        return of(
                version,
                next.values(),
                older.values().stream().flatMap(List::stream).toList(),
                savedAt);
    }
}
