package dev.cairn.application.service;

import dev.cairn.application.port.out.CalendarRows;
import dev.cairn.application.port.out.DefinitionStore;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.lowering.ResolvedMetrics;
import dev.cairn.domain.model.Calendar;
import dev.cairn.domain.time.CalendarDays;
import dev.cairn.domain.trust.Trusts;

/**
 * The catalogue in force, kept in memory. Changes made through this service are seen at once, those made by others through {@link #latest} and after
 * {@link #refresh}, which is called periodically and wherever the catalogue in memory is found to be outdated.
 */
public final class Catalogs {
    private final DefinitionStore store;
    private final CalendarsRead calendars;
    private final Trusts trusts;
    private volatile Catalog current;
    private volatile ResolvedMetrics metrics;
    private volatile ResolvedMetrics exact;

    /** Of calendars without rows. */
    public Catalogs(DefinitionStore store) {
        this(store, CalendarRows.NONE);
    }

    /** Whose sources nobody looks at. */
    public Catalogs(DefinitionStore store, CalendarRows rows) {
        this(store, rows, Trusts.NONE);
    }

    /** @param trusts asked, by questions, how far sources can be trusted */
    public Catalogs(DefinitionStore store, CalendarRows rows, Trusts trusts) {
        this.trusts = trusts;
        this.store = store;
        this.calendars = new CalendarsRead(rows);
        this.current = store.load();
        this.metrics = new ResolvedMetrics(current, trusts);
        this.exact = new ResolvedMetrics(current, trusts.exact());
    }

    public Catalog current() {
        return current;
    }

    /** Who says how far sources can be trusted. */
    Trusts trusts() {
        return trusts;
    }

    /** The catalogue in force now; at the price of one small query. */
    public Catalog latest() {
        refresh();
        return current;
    }

    /** The same for who has just seen its version. */
    Catalog latest(long version) {
        if (version != current.version()) {
            refresh();
        }
        return current;
    }

    /** The metrics of a catalogue. What was resolved of them is kept until another catalogue is asked for, or one of its calendars has other days. */
    ResolvedMetrics metricsOf(Catalog asked) {
        var catalog = calendars.in(asked);
        var kept = metrics;
        if (kept.catalog() != catalog) {
            kept = new ResolvedMetrics(catalog, trusts);
            metrics = kept;
        }
        return kept;
    }

    /** The same for those whose readers see no notice: they wait for counts of the data as it is, so that what is broken is marked. */
    ResolvedMetrics exactMetricsOf(Catalog asked) {
        var catalog = calendars.in(asked);
        var kept = exact;
        if (kept.catalog() != catalog) {
            kept = new ResolvedMetrics(catalog, trusts.exact());
            exact = kept;
        }
        return kept;
    }

    /** A catalogue that is not in force, with the days that are known of its calendars of rows. */
    Catalog knowingDays(Catalog candidate) {
        return candidate.knowingDaysOf(calendars.in(current));
    }

    /** The days of a calendar that is mapped on a table itself, as they are now, whether it is in force or not. */
    CalendarDays daysOf(Calendar mapped) {
        return calendars.mapped(mapped);
    }

    /** Loads the catalogue again if somebody changed it. */
    public void refresh() {
        if (store.version() != current.version()) {
            adopt(store.load());
        }
    }

    /** Takes a catalogue that is newer than the one in memory. */
    synchronized void adopt(Catalog saved) {
        if (saved.version() > current.version()) {
            current = saved;
        }
    }
}
