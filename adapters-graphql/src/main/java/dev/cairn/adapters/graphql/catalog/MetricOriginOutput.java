package dev.cairn.adapters.graphql.catalog;

import dev.cairn.domain.catalog.Departure;
import dev.cairn.domain.catalog.Entry;
import java.util.List;
import java.util.Optional;

/** The pack that defines a metric of a key. */
public record MetricOriginOutput(
        String pack, String packVersion, boolean isOverridden, List<Departure> departures) {
    public MetricOriginOutput {
        departures = List.copyOf(departures);
    }

    static Optional<MetricOriginOutput> of(Entry entry) {
        var origin = entry.origin();
        return origin == null
                ? Optional.empty()
                : Optional.of(
                        new MetricOriginOutput(
                                origin.pack(),
                                origin.version(),
                                !entry.isOfPack(),
                                Departure.of(entry)));
    }
}
