package dev.cairn.application.service;

import dev.cairn.application.port.out.DefinitionStore;
import dev.cairn.domain.catalog.Catalog;

/**
 * The catalogue in force, kept in memory. Changes made through this service are seen at once; {@link #refresh} sees those that others made, and is
 * called by a clock outside, never while a question is answered.
 */
public final class Catalogs {
    private final DefinitionStore store;
    private volatile Catalog current;

    public Catalogs(DefinitionStore store) {
        this.store = store;
        this.current = store.load();
    }

    public Catalog current() {
        return current;
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
