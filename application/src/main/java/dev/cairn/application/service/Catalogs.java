package dev.cairn.application.service;

import dev.cairn.application.port.out.DefinitionStore;
import dev.cairn.domain.catalog.Catalog;

/**
 * The catalogue in force, kept in memory. Changes made through this service are seen at once, those made by others through {@link #latest} and after
 * {@link #refresh}, which is called periodically and wherever the catalogue in memory is found to be outdated.
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

    /** The catalogue in force now; at the price of one small query. */
    public Catalog latest() {
        refresh();
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
