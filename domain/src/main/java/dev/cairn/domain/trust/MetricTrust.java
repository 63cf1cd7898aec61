package dev.cairn.domain.trust;

import dev.cairn.domain.model.Grade;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How far the data under a metric can be trusted.
 *
 * @param sources that it reads, near or far, in the order of names
 */
public record MetricTrust(String metric, List<SourceTrust> sources) {
    public MetricTrust {
        sources = List.copyOf(sources);
    }

    /** The worst grade of its sources; null: nothing is expected of any, so nothing is known. */
    public @Nullable Grade worst() {
        return sources.stream()
                .map(SourceTrust::grade)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }
}
