package dev.cairn.domain.planner;

import dev.cairn.domain.catalog.Catalog.CoverageStart;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks up where the coverage of sources begins that leave that to their facts. Asked only for questions that are planned otherwise by it. */
@FunctionalInterface
public interface CoverageStarts {
    /** Where there are no facts at all. */
    CoverageStarts NONE = (_, _) -> Map.of();

    /**
     * The local day of the first fact in force of each source that has one.
     *
     * @param knownAt of the facts that were in force then; null: now
     */
    Map<String, LocalDate> of(Set<String> sources, @Nullable Instant knownAt);

    /** The same of each of these sources. */
    default Map<String, CoverageStart> each(Set<String> sources, @Nullable Instant knownAt) {
        var days = of(sources, knownAt);
        var starts = new LinkedHashMap<String, CoverageStart>();
        sources.forEach(source -> starts.put(source, new CoverageStart(days.get(source))));
        return starts;
    }
}
