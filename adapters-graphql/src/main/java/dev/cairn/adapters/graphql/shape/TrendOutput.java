package dev.cairn.adapters.graphql.shape;

import dev.cairn.adapters.graphql.analysis.AnalysisOutput;
import dev.cairn.adapters.graphql.analysis.CellOutput;
import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.shape.Trend;
import dev.cairn.domain.shape.TrendAnswer;
import dev.cairn.domain.shape.TrendAnswer.Period;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Metrics beside another time, as typed clients see them. */
record TrendOutput(ShapeAnswer answer, TrendAnswer trend) {
    public List<PeriodOutput> periods() {
        return trend.periods().stream().map(this::period).toList();
    }

    public AnalysisOutput table() {
        return answer.table();
    }

    private PeriodOutput period(Period period) {
        var row = period.row();
        return new PeriodOutput(
                row.key(),
                row.kind(),
                answer.time(row),
                answer.groups(row),
                answer.cell(Trend.COMPARED_WITH, period.comparedWith(), row.key()),
                IntStream.range(0, trend.columns().size())
                        .mapToObj(at -> metric(period, at))
                        .toList());
    }

    private TrendMetricOutput metric(Period period, int at) {
        var column = trend.columns().get(at);
        var metric = period.metrics().get(at);
        var key = period.row().key();
        return new TrendMetricOutput(
                column,
                answer.cell(column, metric.value(), key),
                answer.cell(column + ".compared", metric.compared(), key),
                answer.cell(column + ".difference", metric.difference(), null),
                answer.cell(column + ".change", metric.change(), null));
    }

    /** A period and group, or a total. */
    public record PeriodOutput(
            @Nullable String key,
            RowKind kind,
            @Nullable CellOutput start,
            List<CellOutput> groups,
            CellOutput comparedWith,
            List<TrendMetricOutput> metrics) {}

    /** A metric at both times. */
    public record TrendMetricOutput(
            String column,
            CellOutput value,
            CellOutput compared,
            CellOutput difference,
            CellOutput change) {}
}
