package dev.cairn.adapters.graphql.analysis;

import dev.cairn.domain.analysis.AnalysisQuery.OrderBy;
import org.jspecify.annotations.Nullable;

/** An order; up where the way is not said. */
public record OrderInput(String column, @Nullable SortOrder order) {
    OrderBy toDomain() {
        return new OrderBy(column, order == SortOrder.DESC);
    }

    /** Way of an order. */
    public enum SortOrder {
        ASC,
        DESC
    }
}
