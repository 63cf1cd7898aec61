package dev.cairn.adapters.graphql.analysis;

import dev.cairn.domain.analysis.AnalysisQuery.TopGroups;
import org.jspecify.annotations.Nullable;

/** The groups to show; the others are one too unless it is said that they are not. */
public record TopInput(int groups, @Nullable String by, @Nullable Boolean other) {
    TopGroups toDomain() {
        return new TopGroups(groups, by, other == null || other);
    }
}
