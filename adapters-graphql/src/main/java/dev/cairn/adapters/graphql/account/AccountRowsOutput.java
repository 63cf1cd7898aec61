package dev.cairn.adapters.graphql.account;

import dev.cairn.adapters.graphql.analysis.AnalysisOutput;
import dev.cairn.adapters.graphql.analysis.CellOutput;
import dev.cairn.domain.overview.AccountMetrics.Refused;
import dev.cairn.domain.overview.RowsOfAccount;
import dev.cairn.domain.overview.RowsOfAccount.RowList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of an account, in lists. */
record AccountRowsOutput(RowsOfAccount rows, boolean hasPreviousPage) {
    public List<RowListOutput> lists() {
        return rows.lists().stream().map(list -> new RowListOutput(list, hasPreviousPage)).toList();
    }

    public List<Refused> refused() {
        return rows.refused();
    }

    /** A list. */
    record RowListOutput(RowList list, boolean hasPreviousPage) {
        public String key() {
            return list.name();
        }

        public String label() {
            return list.label();
        }

        public @Nullable String value() {
            return CellOutput.text(list.value().value().value());
        }

        public AnalysisOutput rows() {
            return new AnalysisOutput(list.question(), list.rows(), hasPreviousPage);
        }
    }
}
