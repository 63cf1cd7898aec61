package dev.cairn.adapters.graphql.shape;

import dev.cairn.adapters.graphql.analysis.AnalysisOutput;
import dev.cairn.adapters.graphql.analysis.CellOutput;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.AskedMetric;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.AnalysisResult.Role;
import dev.cairn.domain.analysis.AnalysisResult.Row;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What all answers in a fixed shape have.
 *
 * @param query that the question stands for
 */
record ShapeAnswer(AnalysisQuery query, AnalysisResult result) {
    AnalysisOutput table() {
        return new AnalysisOutput(query, result, false);
    }

    /** Whose cells are not opened. */
    AnalysisOutput tableWithoutKeys() {
        var rows =
                result.rows().stream()
                        .map(row -> new Row(row.kind(), row.cells(), row.group()))
                        .toList();
        return new AnalysisOutput(
                query,
                new AnalysisResult(
                        result.columns(),
                        rows,
                        result.hasNextPage(),
                        result.cursor(),
                        result.asOf(),
                        result.knownAt(),
                        result.notices(),
                        result.sources()),
                false);
    }

    List<FormulaOutput> formulas() {
        return query.metrics().stream().map(FormulaOutput::of).toList();
    }

    CellOutput cell(String column, Cell.Value value, @Nullable String rowKey) {
        return new CellOutput(column, value, query, rowKey);
    }

    @Nullable CellOutput time(Row row) {
        return keys(row, Role.TIME).stream().findFirst().orElse(null);
    }

    List<CellOutput> groups(Row row) {
        return keys(row, Role.DIMENSION);
    }

    private List<CellOutput> keys(Row row, Role role) {
        var columns = result.columns();
        return IntStream.range(0, columns.size())
                .filter(at -> columns.get(at).role() == role)
                .mapToObj(at ->
                        new CellOutput(
                                columns.get(at).key(), row.cells().get(at), query, row.key()))
                .toList();
    }

    /** A formula of the language. */
    public record FormulaOutput(String column, String formula) {
        private static FormulaOutput of(AskedMetric metric) {
            var column = Objects.requireNonNullElse(metric.as(), "");
            return switch (metric.metric()) {
                case MetricReference.Inline(var formula) -> new FormulaOutput(column, formula);
                case MetricReference.ByKey(var key) -> new FormulaOutput(column, key);
                case MetricReference.Pinned(var key, var version) ->
                        new FormulaOutput(column, key + "@" + version);
            };
        }
    }
}
