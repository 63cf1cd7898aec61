package dev.cairn.application.service;

import dev.cairn.application.port.TableChanged;
import dev.cairn.application.port.out.CalendarRows;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.model.Calendar;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.time.CalendarDays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Adds to a catalogue which days its calendars of rows have. They are read again where the catalogue or the rows changed. */
final class CalendarsRead {
    private final CalendarRows rows;
    private volatile @Nullable Read last;

    CalendarsRead(CalendarRows rows) {
        this.rows = rows;
    }

    /**
     * What was read.
     *
     * @param versions of the rows of each calendar
     */
    private record Read(Catalog of, Map<String, Long> versions, Catalog knowing) {}

    /** The same catalogue where it has no such calendar. */
    Catalog in(Catalog catalog) {
        var versions = new LinkedHashMap<String, Long>();
        var unread = new LinkedHashMap<String, CalendarDays>();
        for (var calendar : catalog.all(Calendar.class)) {
            var ofRows = calendar.rows();
            if (ofRows != null) {
                source(ofRows, catalog)
                        .ifPresent(source -> {
                            try {
                                versions.put(calendar.name(), rows.dataVersion(source, ofRows));
                            } catch (TableChanged late) {
                                unread.put(calendar.name(), broken(late));
                            }
                        });
            }
        }
        if (catalog.all(Calendar.class).stream().allMatch(calendar -> calendar.rows() == null)) {
            return catalog;
        }
        var known = last;
        if (known != null && known.of() == catalog && known.versions().equals(versions)) {
            return known.knowing();
        }
        var read = new Read(catalog, versions, catalog.knowing(days(catalog, unread)));
        if (unread.isEmpty()) {
            last = read;
        }
        return read.knowing();
    }

    /** @param unread those whose rows were not to be had */
    private Map<String, CalendarDays> days(Catalog catalog, Map<String, CalendarDays> unread) {
        var days = new LinkedHashMap<>(unread);
        for (var calendar : catalog.all(Calendar.class)) {
            var ofRows = calendar.rows();
            if (ofRows != null && !unread.containsKey(calendar.name())) {
                days.put(
                        calendar.name(),
                        source(ofRows, catalog)
                                .map(source -> days(calendar, source, ofRows))
                                .orElseGet(() ->
                                        new CalendarDays.Broken(
                                                "there is no source '%s'"
                                                        .formatted(ofRows.source()))));
            }
        }
        return days;
    }

    private static Optional<Source> source(Calendar.Rows of, Catalog catalog) {
        return of.mapped().or(() -> catalog.source(of.source()));
    }

    /** The days of a calendar that is mapped itself, as they are now; of another none is known. */
    CalendarDays mapped(Calendar calendar) {
        var of = Objects.requireNonNull(calendar.rows());
        return days(calendar, of.mapped().orElseThrow(), of);
    }

    /** Of rows in a table that is not as it was declared none is known, and why. */
    private CalendarDays days(Calendar calendar, Source source, Calendar.Rows of) {
        try {
            var days = rows.days(source, of);
            return days.isEmpty() && of.mapping() != null
                    ? new CalendarDays.Broken(
                            "its table %s has no rows".formatted(of.mapping().text()))
                    : CalendarDays.of(calendar.name(), of.names(), days);
        } catch (TableChanged changed) {
            return broken(changed);
        }
    }

    /** As part of a sentence. */
    private static CalendarDays broken(TableChanged changed) {
        var said = changed.said();
        return new CalendarDays.Broken(
                said.endsWith(".") ? said.substring(0, said.length() - 1) : said);
    }
}
