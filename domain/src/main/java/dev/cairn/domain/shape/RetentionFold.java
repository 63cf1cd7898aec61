package dev.cairn.domain.shape;

import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.AnalysisResult.Column;
import dev.cairn.domain.analysis.AnalysisResult.Row;
import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.model.Metric.MetricUnit;
import dev.cairn.domain.shape.RetentionMatrix.Cohort;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;

/** The rows of an answer as a matrix, and its averages. */
final class RetentionFold {
    private final Retention asked;
    private final AnalysisResult answer;
    private final Columns columns;

    private RetentionFold(Retention asked, AnalysisResult answer) {
        this.asked = asked;
        this.answer = answer;
        this.columns = new Columns(answer);
    }

    static RetentionMatrix of(Retention asked, AnalysisResult answer) {
        return new RetentionFold(asked, answer).matrix();
    }

    private RetentionMatrix matrix() {
        var cohorts = answer.rows().stream().map(this::cohort).toList();
        var averages = averages(cohorts);
        var rows = new ArrayList<>(answer.rows());
        averages.forEach(average -> rows.add(average.row()));
        var table =
                new AnalysisResult(
                        answer.columns().stream().map(this::asShare).toList(),
                        rows,
                        answer.hasNextPage(),
                        answer.cursor(),
                        answer.asOf(),
                        answer.knownAt(),
                        answer.notices(),
                        answer.sources());
        return new RetentionMatrix(asked.columns(), cohorts, averages, table);
    }

    /** Values divided by values are shares, too. */
    private Column asShare(Column column) {
        return indexOf(column.key()) < 0
                ? column
                : new Column(
                        column.key(),
                        column.label(),
                        column.role(),
                        column.valueType(),
                        MetricUnit.RATIO,
                        null,
                        column.metric(),
                        column.direction(),
                        column.attributesAsOf());
    }

    private Cohort cohort(Row row) {
        return new Cohort(
                row,
                columns.value(row, Retention.SIZE),
                asked.columns().stream()
                        .map(bracket -> columns.value(row, bracket.column()))
                        .toList());
    }

    private List<Cohort> averages(List<Cohort> cohorts) {
        var groups = new LinkedHashMap<List<GroupValue>, List<Cohort>>();
        for (var cohort : cohorts) {
            groups.computeIfAbsent(cohort.row().group(), _ -> new ArrayList<>()).add(cohort);
        }
        var averages = new ArrayList<Cohort>();
        if (!asked.frame().groupBy().isEmpty()) {
            groups.forEach((group, of) ->
                    averages.add(
                            average(
                                    RowKind.TOTAL_OVER_TIME,
                                    columns.withoutTime(columns.keys(of.getFirst().row())),
                                    group,
                                    of)));
        }
        if (!cohorts.isEmpty()) {
            averages.add(
                    average(
                            RowKind.GRAND_TOTAL,
                            columns.ofAll(cohorts.getFirst().row()),
                            Collections.nCopies(
                                    cohorts.getFirst().row().group().size(), GroupValue.TOTAL),
                            cohorts));
        }
        return averages;
    }

    private Cohort average(RowKind kind, List<Cell> keys, List<GroupValue> group, List<Cohort> of) {
        var size = Sums.of(of.stream().map(Cohort::size).toList());
        var ages = new ArrayList<Cell.Value>();
        for (int at = 0; at < asked.columns().size(); at++) {
            int age = at;
            ages.add(
                    Sums.ratio(
                            of.stream().map(cohort -> cohort.ages().get(age)).toList(),
                            !(asked.ages() instanceof Retention.Ages.OnOrAfter)));
        }
        var values = new ArrayList<Cell.Value>();
        for (var column : columns.measures()) {
            values.add(column.equals(Retention.SIZE) ? size : ages.get(indexOf(column)));
        }
        return new Cohort(new Row(kind, Columns.joined(keys, values), group), size, ages);
    }

    private int indexOf(String column) {
        var keys = asked.columns().stream().map(Retention.Bracket::column).toList();
        return keys.indexOf(column);
    }
}
