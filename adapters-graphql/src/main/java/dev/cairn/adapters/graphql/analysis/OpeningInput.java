package dev.cairn.adapters.graphql.analysis;

import dev.cairn.adapters.graphql.analysis.OrderInput.SortOrder;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.MembersQuery;
import dev.cairn.domain.analysis.MembersQuery.By;
import dev.cairn.domain.analysis.MembersQuery.Part;
import org.jspecify.annotations.Nullable;

/** Into what a cell is opened. An explicit null means the same as leaving an argument out. */
public record OpeningInput(
        @Nullable By by,
        @Nullable Part part,
        @Nullable SortOrder order,
        @Nullable Integer first,
        @Nullable String after) {
    /** The cell of a row, by its key, in a column. */
    public MembersQuery of(AnalysisQuery question, String key, String column) {
        var query =
                MembersQuery.of(question, key, column)
                        .by(by == null ? By.ACCOUNT : by)
                        .part(part == null ? Part.VALUE : part)
                        .page(first == null ? MembersQuery.ROWS : first, after);
        return order == SortOrder.ASC ? query.ascending() : query;
    }
}
