package dev.cairn.domain.planner;

import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.plan.AnalysisPlan;
import java.util.List;
import java.util.Set;

/** Which sources a definition or a plan reads, near or far. */
public final class SourcesRead {
    private SourcesRead() {}

    /**
     * By what its formula names, and what that is made of; a source that is read through a link alone is not among them.
     *
     * @return names, in order
     */
    public static List<String> of(String definition, Catalog catalog) {
        return KnownThen.withReferences(Set.of(definition), catalog).stream()
                .filter(name -> catalog.source(name).isPresent())
                .toList();
    }

    /** What a plan reads, as its answer says it. */
    public static Set<String> of(AnalysisPlan plan) {
        return Set.copyOf(KnownThen.sources(plan));
    }
}
