package dev.cairn.adapters.graphql.analysis;

import dev.cairn.application.port.in.AnalyzeUseCase.Explanation;
import dev.cairn.domain.analysis.AnalysisResult.Column;
import dev.cairn.domain.problem.ProblemDetails;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A dry run. */
public record ExplanationOutput(Explanation explanation, QueryCost cost) {
    public boolean valid() {
        return problems().isEmpty();
    }

    public List<ProblemDetails> problems() {
        return ProblemDetails.of(
                Stream.concat(explanation.problems().stream(), cost.problems().stream()).toList());
    }

    public List<Column> columns() {
        return explanation.columns();
    }

    public List<String> plan() {
        return explanation.steps();
    }

    /** May be larger than an Int. */
    public @Nullable BigDecimal rowsToRead() {
        var rows = explanation.rowsToRead();
        return rows == null ? null : BigDecimal.valueOf(rows);
    }

    public @Nullable String sql() {
        return explanation.sql();
    }
}
