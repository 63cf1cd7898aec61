package dev.cairn.testkit.data;

import dev.cairn.application.port.out.AccountDirectory.Member;
import dev.cairn.application.port.out.FactStore.Fact;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.model.Calendar;
import dev.cairn.domain.model.Cohort;
import dev.cairn.domain.model.ConformedDimension;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Definition;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Link;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.Parameter;
import dev.cairn.domain.model.Slice;
import dev.cairn.domain.model.Source;
import dev.cairn.testkit.data.World.Load;
import java.time.Instant;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link World} line by line: definitions first, then members and facts. Facts of a source are of one load until {@link #nextLoad}.
 *
 * <pre>{@code
 * world().source(source("event").timestamp("at").account("customer").text("name"))
 *         .fact("event", "2026-01-05T10:00Z", "acme", "login")
 *         .build()
 * }</pre>
 */
public final class WorldBuilder {
    private final Map<String, Definition> definitions = new LinkedHashMap<>();
    private final List<MemberBuilder> members = new ArrayList<>();
    private final List<OpenLoad> loads = new ArrayList<>();

    /** Rows as they were written, until the declaration is known for sure. */
    private record OpenLoad(
            String source, List<@Nullable Object[]> rows, @Nullable LocalDate completeUntil) {}

    WorldBuilder() {}

    public WorldBuilder define(Definition definition) {
        definitions.put(definition.name(), definition);
        return this;
    }

    public WorldBuilder source(SourceBuilder source) {
        return define(source.build());
    }

    public WorldBuilder entity(EntityBuilder entity) {
        return define(entity.build());
    }

    public WorldBuilder slice(String name, String of, String where) {
        return define(new Slice(name, name, "", of, where));
    }

    /** @param yearBegins month and day: 02-01 */
    public WorldBuilder calendar(String name, String yearBegins) {
        var begins = MonthDay.parse("--" + yearBegins);
        return define(new Calendar(name, name, "", begins.getMonthValue(), begins.getDayOfMonth()));
    }

    /**
     * A calendar of rows.
     *
     * @param grains name and fields of each: {@code quarter: year, quarter}
     */
    public WorldBuilder calendarOfRows(String name, String source, String day, String... grains) {
        var periods = new ArrayList<Calendar.Period>();
        for (var grain : grains) {
            var written = List.of(grain.split("[:,] *", -1));
            periods.add(
                    new Calendar.Period(written.getFirst(), written.subList(1, written.size())));
        }
        return define(new Calendar(name, name, "", 0, 0, new Calendar.Rows(source, day, periods)));
    }

    /** @param fields in full */
    public WorldBuilder conformed(String name, String... fields) {
        return define(new ConformedDimension(name, name, "", List.of(fields)));
    }

    public WorldBuilder cohortOf(String name, String... accounts) {
        return define(new Cohort(name, name, "", new Cohort.Members.Accounts(List.of(accounts))));
    }

    public WorldBuilder cohortBy(String name, String rule) {
        return define(new Cohort(name, name, "", new Cohort.Members.Rule(rule)));
    }

    /** A metric of a cell. */
    public WorldBuilder metric(String name, String formula, Parameter... parameters) {
        return metric(name, Metric.Level.CELL, null, formula, parameters);
    }

    public WorldBuilder metric(
            String name,
            Metric.Level level,
            Metric.@Nullable RollUp rollUp,
            String formula,
            Parameter... parameters) {
        return define(metricOf(name, level, rollUp, formula, false).with(List.of(parameters)));
    }

    /** A metric of each member of a declared entity. */
    public WorldBuilder metricOf(
            String entity,
            String name,
            Metric.@Nullable RollUp rollUp,
            String formula,
            Parameter... parameters) {
        return define(
                metricOf(name, Metric.Level.ENTITY, rollUp, formula, false)
                        .with(List.of(parameters))
                        .ofEntity(entity));
    }

    /** A metric of a cell that needs so many observations. */
    public WorldBuilder metric(String name, int least, String formula) {
        return metric(name, Metric.Level.CELL, null, least, formula);
    }

    /** A metric of a cell, of whose rows those of one account may be alike. */
    public WorldBuilder metricByAccount(String name, String formula) {
        return define(
                metricOf(name, Metric.Level.CELL, null, formula, false)
                        .with(new Metric.Sample(null, Metric.Cluster.ACCOUNT)));
    }

    /** A metric whose value in a cell needs so many observations. */
    public WorldBuilder metric(
            String name,
            Metric.Level level,
            Metric.@Nullable RollUp rollUp,
            int least,
            String formula) {
        return define(metricOf(name, level, rollUp, formula, false).with(new Metric.Sample(least)));
    }

    /** A metric of a cell that says nothing rather than 0 over no facts. */
    public WorldBuilder metricEmptyIsNone(String name, String formula) {
        return metric(name, Metric.Level.CELL, null, formula, true);
    }

    public WorldBuilder metric(
            String name,
            Metric.Level level,
            Metric.@Nullable RollUp rollUp,
            String formula,
            boolean emptyIsNone) {
        return define(metricOf(name, level, rollUp, formula, emptyIsNone));
    }

    private static Metric metricOf(
            String name,
            Metric.Level level,
            Metric.@Nullable RollUp rollUp,
            String formula,
            boolean emptyIsNone) {
        return new Metric(
                name,
                name,
                "",
                level,
                rollUp,
                formula,
                null,
                Metric.Direction.NEUTRAL,
                null,
                null,
                null,
                emptyIsNone,
                Metric.Status.PUBLISHED);
    }

    public WorldBuilder member(MemberBuilder member) {
        members.add(member);
        return this;
    }

    /** One value per field of the source, in order. */
    public WorldBuilder fact(String source, @Nullable Object... values) {
        lastLoad(source).rows().add(values);
        return this;
    }

    /** Later facts of the source are of another load. */
    public WorldBuilder nextLoad(String source) {
        loads.add(new OpenLoad(source, new ArrayList<>(), null));
        return this;
    }

    /** Later facts of the source are of another load, which says that the source is complete until a day. */
    public WorldBuilder nextLoad(String source, String completeUntil) {
        loads.add(new OpenLoad(source, new ArrayList<>(), LocalDate.parse(completeUntil)));
        return this;
    }

    private OpenLoad lastLoad(String source) {
        var found = loads.stream().filter(load -> load.source().equals(source)).toList();
        if (found.isEmpty()) {
            nextLoad(source);
            return loads.getLast();
        }
        return found.getLast();
    }

    public World build() {
        var entries =
                definitions.values().stream()
                        .map(definition -> new Entry(definition, 1, Map.of()))
                        .toList();
        var catalog = Catalog.of(1, entries, List.of());
        var built = loads.stream().map(load -> load(load, catalog)).toList();
        var world =
                new World(
                        catalog,
                        members(EntityRef.ACCOUNT, catalog),
                        members(EntityRef.USER, catalog),
                        built);
        return world.with(world.knowingCalendars()).knowing();
    }

    private List<Member> members(EntityRef kind, Catalog catalog) {
        return members.stream()
                .filter(member -> member.kind().equals(kind))
                .map(member -> member.build(catalog.entity(kind)))
                .toList();
    }

    private static Load load(OpenLoad open, Catalog catalog) {
        var source = catalog.source(open.source()).orElseThrow();
        var facts = open.rows().stream().map(row -> fact(source, row)).toList();
        return new Load(open.source(), facts, open.completeUntil());
    }

    /** The fact that a row of the source's file is read as. */
    static Fact fact(Source source, @Nullable Object... row) {
        int written = source.fields().size() - source.made().size();
        if (row.length != written) {
            throw new IllegalArgumentException(
                    "%s takes %d values, got %d".formatted(source.name(), written, row.length));
        }
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (int i = 0; i < row.length; i++) {
            Field field = source.fields().get(i);
            values.put(field.name(), CellValues.read(row[i], field.type(), source.zone()));
        }
        source.links().stream()
                .filter(link -> link.made().isPresent())
                .forEach(link -> values.put(link.keyField(), made(link, values)));
        var key =
                source.key().isEmpty()
                        ? null
                        : source.key().stream()
                                .map(values::get)
                                .map(String::valueOf)
                                .collect(Collectors.joining("\u001f"));
        return new Fact(
                occurred(source, values),
                key,
                text(source.accountField(), values),
                text(source.userField(), values),
                new ArrayList<>(values.values()));
    }

    /** A key of which a part is missing is none. */
    private static @Nullable String made(Link link, Map<String, @Nullable Object> values) {
        var parts = new ArrayList<@Nullable Object>();
        link.fields().forEach(field -> parts.add(values.get(field)));
        return parts.contains(null) ? null : JoinedKey.of(parts);
    }

    private static Instant occurred(Source source, Map<String, @Nullable Object> values) {
        var time = Objects.requireNonNull(values.get(source.placing()), "a fact has a time");
        return source.placedBy().type() == DataType.DATE
                ? ((LocalDate) time).atStartOfDay(source.zone()).toInstant()
                : (Instant) time;
    }

    private static @Nullable String text(
            @Nullable String field, Map<String, @Nullable Object> values) {
        var value = field == null ? null : values.get(field);
        return value == null ? null : value.toString();
    }
}
