package dev.cairn.adapters.graphql.catalog;

import dev.cairn.application.port.in.ReviseMetricUseCase.Revision;
import org.jspecify.annotations.Nullable;

/** Another formula for a metric. */
public record ReviseMetricInput(
        String key, int expectedVersion, String formula, @Nullable Boolean validateOnly) {
    Revision toDomain() {
        return new Revision(key, expectedVersion, formula, isCheck());
    }

    boolean isCheck() {
        return validateOnly != null && validateOnly;
    }
}
