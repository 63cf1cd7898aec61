package dev.cairn.application.port.out;

import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.Entry;
import java.util.Collection;
import java.util.Set;

/** Keeps definitions with all their versions. */
public interface DefinitionStore {
    /** All definitions in force, and earlier versions of metrics. */
    Catalog load();

    /** The catalogue's version alone: cheap, to see whether {@link #load} would give something new. */
    long version();

    /**
     * Puts entries in force and retires names, in one transaction: everything or nothing. Creates or widens the fact tables of sources and
     * the attribute tables of entities among them. An entry of a name and version that is there already replaces its labels only.
     */
    Saved save(long expectedVersion, Collection<Entry> changed, Set<String> retired);

    /** What came of it. */
    sealed interface Saved {
        record Done(Catalog catalog) implements Saved {}

        /** Somebody else saved meanwhile; nothing was changed. */
        record Conflict() implements Saved {}

        /** A table with facts cannot take the new declaration; nothing was changed. */
        record Refused(String name, String reason) implements Saved {}
    }
}
