package dev.cairn.application.service;

import dev.cairn.application.port.out.AnalysisExecutor;
import dev.cairn.application.port.out.SqlFace.CalendarTable;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.lowering.ResolvedMetrics;
import dev.cairn.domain.model.Calendar;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.planner.Planned;
import dev.cairn.domain.planner.Planner;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a question reads.
 *
 * @param names of sources and entities with a version
 * @param isOutside whether some of it is in tables that change without Cairn's knowing
 */
record Reads(Set<String> names, boolean isOutside) {
    /** Of a question that has no plan: whatever changes may make it valid. So it is of one that has a floor of trust: what is expected of a source may rest on others. */
    private static Reads any(Catalog catalog) {
        return new Reads(names(catalog.entries().stream()).collect(Collectors.toSet()), false);
    }

    /**
     * By its plan as of now.
     *
     * @param definitions under it
     */
    static Reads of(
            AnalysisQuery query,
            Caller caller,
            ResolvedMetrics metrics,
            Set<Entry> definitions,
            Instant now,
            AnalysisExecutor executor) {
        var planned =
                Planner.plan(query, metrics, caller, now, () -> false, new StartsRead(executor));
        if (!(planned instanceof Planned.Ready ready)
                || ready.trusting().isFloored()
                || !executor.refusals(ready.plan()).isEmpty()) {
            return any(metrics.catalog());
        }
        var statement = executor.prepare(ready.plan());
        var calendars = calendars(definitions).anyMatch(calendar -> calendar.rows() != null);
        boolean areOutside =
                calendars(definitions)
                        .flatMap(calendar -> outside(calendar, metrics.catalog()).stream())
                        .findAny()
                        .isPresent();
        // The periods of a calendar are read before there is a plan.
        var ofPlan = names(metrics.catalog().entries().stream()).filter(statement::reads);
        var ofCalendars = calendars ? names(definitions.stream()) : Stream.<String>of();
        return new Reads(
                Stream.concat(ofPlan, ofCalendars).collect(Collectors.toSet()),
                statement.readsOutside() || areOutside);
    }

    private static Stream<Calendar> calendars(Set<Entry> definitions) {
        return definitions.stream()
                .map(Entry::definition)
                .filter(Calendar.class::isInstance)
                .map(Calendar.class::cast);
    }

    /** The calendars under a question whose rows are in tables that change without Cairn's knowing. */
    static List<CalendarTable> calendarsOutside(Set<Entry> definitions, Catalog catalog) {
        return calendars(definitions)
                .flatMap(calendar -> outside(calendar, catalog).stream())
                .toList();
    }

    private static Optional<CalendarTable> outside(Calendar calendar, Catalog catalog) {
        var rows = calendar.rows();
        return rows == null
                ? Optional.empty()
                : rows.mapped()
                        .or(() -> catalog.source(rows.source()))
                        .filter(source -> source.mapping() != null)
                        .map(source -> new CalendarTable(source, rows));
    }

    private static Stream<String> names(Stream<Entry> entries) {
        var declared =
                entries.map(Entry::definition)
                        .filter(of -> of instanceof Source || of instanceof Entity)
                        .map(of -> of.name());
        // Accounts and users are there where nobody declares them.
        return Stream.concat(declared, Stream.of("account", "user")).distinct();
    }
}
