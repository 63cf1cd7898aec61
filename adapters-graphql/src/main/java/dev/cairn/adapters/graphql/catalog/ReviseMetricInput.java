package dev.cairn.adapters.graphql.catalog;

import dev.cairn.application.port.in.ReviseMetricUseCase.Revision;
import org.jspecify.annotations.Nullable;

/** What is changed of a metric; null: it stays as it is. */
public record ReviseMetricInput(
        String key,
        int expectedVersion,
        @Nullable String formula,
        @Nullable Integer minSample,
        @Nullable Boolean clusteredByAccount,
        @Nullable Boolean validateOnly) {
    Revision toDomain() {
        return new Revision(
                key, expectedVersion, formula, minSample, clusteredByAccount, isCheck());
    }

    boolean isCheck() {
        return validateOnly != null && validateOnly;
    }
}
