package dev.cairn.application.service;

import dev.cairn.application.port.out.DefinitionStore;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.Entry;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Definitions in memory, without their earlier versions. */
final class MemoryStore implements DefinitionStore {
    private Catalog catalog;

    MemoryStore(Catalog catalog) {
        this.catalog = catalog;
    }

    @Override
    public Catalog load() {
        return catalog;
    }

    @Override
    public long version() {
        return catalog.version();
    }

    @Override
    public Saved save(long expectedVersion, Collection<Entry> changed, Set<String> retired) {
        if (expectedVersion != catalog.version()) {
            return new Saved.Conflict();
        }
        catalog =
                Catalog.of(
                        expectedVersion + 1, catalog.with(changed, retired).entries(), List.of());
        return new Saved.Done(catalog, Map.of());
    }

    @Override
    public Saved rehearse(long expectedVersion, Collection<Entry> changed, Set<String> retired) {
        return expectedVersion == catalog.version()
                ? new Saved.Done(catalog, Map.of())
                : new Saved.Conflict();
    }
}
