package dev.cairn.application.service;

import dev.cairn.application.port.out.AnalysisExecutor;
import dev.cairn.domain.planner.CoverageStarts;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks up for one question where the coverage of sources begins, and tells afterwards whether that is still so. */
final class StartsRead implements CoverageStarts {
    private final AnalysisExecutor executor;
    private final Map<String, LocalDate> known = new HashMap<>();
    private final Set<String> sources = new HashSet<>();
    private @Nullable Instant then;

    StartsRead(AnalysisExecutor executor) {
        this.executor = executor;
    }

    @Override
    public Map<String, LocalDate> of(Set<String> wanted, @Nullable Instant knownAt) {
        var starts = executor.coverageStarts(wanted, knownAt);
        sources.addAll(wanted);
        known.putAll(starts);
        then = knownAt;
        return starts;
    }

    /** Whether nothing was looked up. */
    boolean isEmpty() {
        return sources.isEmpty();
    }

    /** What was planned by it holds. */
    boolean isCurrent() {
        return isEmpty() || executor.coverageStarts(sources, then).equals(known);
    }
}
