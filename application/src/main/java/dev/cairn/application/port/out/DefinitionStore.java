package dev.cairn.application.port.out;

import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.Entry;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Keeps definitions with all their versions. */
public interface DefinitionStore {
    /** All definitions in force, and earlier versions of metrics. */
    Catalog load();

    /** The catalogue's version alone: a cheap way to see whether {@link #load} would return something new. */
    long version();

    /**
     * Puts entries in force and retires names, in one transaction: everything or nothing. Creates or widens the fact tables of sources and
     * the attribute tables of entities among them, and reads what is in them again where a declaration changed. An entry of a name and version that is
     * there already replaces its labels only.
     */
    Saved save(long expectedVersion, Collection<Entry> changed, Set<String> retired);

    /** Returns what {@link #save} would return, and changes nothing. */
    Saved rehearse(long expectedVersion, Collection<Entry> changed, Set<String> retired);

    /**
     * What a changed declaration did to rows that were stored under the one before.
     *
     * @param rows how many hold something else now
     * @param leftOut how many are not there any more, as the source does not take them in
     * @param unread columns of the file that stored rows were read without: they are empty there until the files are imported again
     */
    record Redone(long rows, long leftOut, List<String> unread) {
        public static final Redone NOTHING = new Redone(0, List.of());

        public Redone {
            unread = List.copyOf(unread);
        }

        public Redone(long rows, List<String> unread) {
            this(rows, 0, unread);
        }
    }

    /** What came of it. */
    sealed interface Saved {
        /** @param redone by name of the definition */
        record Done(Catalog catalog, Map<String, Redone> redone) implements Saved {
            public Done {
                redone = Map.copyOf(redone);
            }
        }

        /** Another save came first; nothing was changed. */
        record Conflict() implements Saved {}

        /**
         * What is stored cannot follow new declarations; nothing was changed.
         *
         * @param reasons by name of the definition, in sentences; the last says the way out
         */
        record Refused(Map<String, List<String>> reasons) implements Saved {
            public Refused {
                reasons = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(reasons));
            }
        }
    }
}
