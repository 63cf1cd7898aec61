package dev.cairn.testkit.fault;

import dev.cairn.domain.analysis.Measured;
import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.plan.Aggregation;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Answer;
import dev.cairn.domain.plan.Answer.Row;
import dev.cairn.domain.plan.Merge;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** Answers as a careless adapter would give them. */
final class BrokenAnswers {
    private BrokenAnswers() {}

    static Answer distinctIsAddedUpInTotals(AnalysisPlan plan, Answer answer) {
        return ofCells(
                plan,
                answer,
                (leaf, values) -> leaf instanceof Aggregation.Distinct ? sum(values) : null);
    }

    static Answer averagesAreAveragedInTotals(AnalysisPlan plan, Answer answer) {
        return ofCells(
                plan,
                answer,
                (leaf, values) ->
                        leaf instanceof Aggregation.Average
                                ? sum(values).doubleValue() / Math.max(1, values.size())
                                : null);
    }

    static Answer ratiosAreAveragedInTotals(AnalysisPlan plan, Answer answer) {
        return eachTotal(
                answer,
                (row, cells) -> {
                    var values = new ArrayList<>(row.values());
                    for (int i = 0; i < values.size(); i++) {
                        if (plan.outputs().get(i).denominator() != null) {
                            var numbers = numbers(cells, i);
                            double mean = sum(numbers).doubleValue() / Math.max(1, numbers.size());
                            values.set(i, new Measured(mean, null, null, null, null));
                        }
                    }
                    return new Row(row.kind(), row.bucket(), row.keys(), values);
                });
    }

    static Answer totalsAreOfTheCellsThatHavingLeft(AnalysisPlan plan, Answer answer) {
        return ofCells(
                plan,
                answer,
                (leaf, values) ->
                        leaf.merge() == Merge.SUMS && !(leaf instanceof Aggregation.Average)
                                ? sum(values)
                                : null);
    }

    static Answer rankIsOfWhatHavingLeft(AnalysisPlan plan, Answer answer) {
        var rows = new ArrayList<Row>();
        for (var row : answer.rows()) {
            var values = new ArrayList<>(row.values());
            for (int i = 0; i < values.size(); i++) {
                if (plan.outputs().get(i).value() instanceof Expr.Rank
                        && values.get(i).value() instanceof BigDecimal rank) {
                    int output = i;
                    long before =
                            answer.rows().stream()
                                    .filter(other ->
                                            other.kind() == row.kind()
                                                    && other.bucket() == row.bucket())
                                    .map(other -> other.values().get(output).value())
                                    .filter(other ->
                                            other instanceof BigDecimal least
                                                    && least.compareTo(rank) < 0)
                                    .count();
                    values.set(
                            i,
                            new Measured(BigDecimal.valueOf(1 + before), null, null, null, null));
                }
            }
            rows.add(new Row(row.kind(), row.bucket(), row.keys(), values));
        }
        return new Answer(
                rows,
                answer.hasMore(),
                answer.coverage(),
                answer.tallies(),
                answer.engine(),
                answer.catalogVersion());
    }

    private static Answer ofCells(
            AnalysisPlan plan,
            Answer answer,
            BiFunction<Aggregation, List<BigDecimal>, Number> total) {
        return eachTotal(
                answer,
                (row, cells) -> {
                    var values = new ArrayList<>(row.values());
                    for (int i = 0; i < values.size(); i++) {
                        if (plan.outputs().get(i).value() instanceof Expr.LeafValue(var leaf, _)) {
                            var other =
                                    total.apply(
                                            plan.leaves().get(leaf).aggregation(),
                                            numbers(cells, i));
                            values.set(
                                    i,
                                    other == null
                                            ? values.get(i)
                                            : new Measured(other, null, null, null, null));
                        }
                    }
                    return new Row(row.kind(), row.bucket(), row.keys(), values);
                });
    }

    private static Answer eachTotal(Answer answer, BiFunction<Row, List<Row>, Row> change) {
        var cells = answer.rows().stream().filter(row -> row.kind() == RowKind.CELL).toList();
        return eachRow(
                answer,
                row ->
                        row.kind() == RowKind.CELL
                                ? row
                                : change.apply(
                                        row,
                                        cells.stream()
                                                .filter(cell -> isBeneath(cell, row))
                                                .toList()));
    }

    private static boolean isBeneath(Row cell, Row total) {
        return (!total.kind().hasTime() || cell.bucket() == total.bucket())
                && (!total.kind().hasGroups() || cell.keys().equals(total.keys()));
    }

    private static List<BigDecimal> numbers(List<Row> cells, int output) {
        return cells.stream()
                .map(cell -> cell.values().get(output).value())
                .filter(Number.class::isInstance)
                .map(value -> new BigDecimal(value.toString()))
                .toList();
    }

    private static BigDecimal sum(List<BigDecimal> values) {
        return values.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    static Answer totalsAreMissing(AnalysisPlan plan, Answer answer) {
        var cells = answer.rows().stream().filter(row -> row.kind() == RowKind.CELL).toList();
        return withRows(answer, cells);
    }

    static Answer totalsComeFirst(AnalysisPlan plan, Answer answer) {
        var rows = new ArrayList<Row>();
        answer.rows().stream().filter(row -> row.kind() != RowKind.CELL).forEach(rows::add);
        answer.rows().stream().filter(row -> row.kind() == RowKind.CELL).forEach(rows::add);
        return withRows(answer, rows);
    }

    static Answer thereIsNeverMore(AnalysisPlan plan, Answer answer) {
        return new Answer(
                answer.rows(),
                false,
                answer.coverage(),
                answer.tallies(),
                answer.engine(),
                answer.catalogVersion());
    }

    static Answer coverageIsNotTold(AnalysisPlan plan, Answer answer) {
        return new Answer(
                answer.rows(),
                answer.hasMore(),
                Map.of(),
                answer.tallies(),
                answer.engine(),
                answer.catalogVersion());
    }

    static Answer partsAreNotTold(AnalysisPlan plan, Answer answer) {
        return eachValue(
                answer,
                one ->
                        new Measured(
                                one.value(),
                                null,
                                null,
                                one.sampleSize(),
                                one.absence(),
                                one.contributions(),
                                one.missingRates(),
                                one.pending(),
                                one.pendingCompleted(),
                                one.beginsBeforeData(),
                                one.uncertainty()));
    }

    static Answer sampleIsNotTold(AnalysisPlan plan, Answer answer) {
        return eachValue(
                answer,
                one ->
                        new Measured(
                                one.value(),
                                one.numerator(),
                                one.denominator(),
                                null,
                                one.absence(),
                                one.contributions(),
                                one.missingRates(),
                                one.pending(),
                                one.pendingCompleted(),
                                one.beginsBeforeData(),
                                one.uncertainty()));
    }

    static Answer pendingIsNotTold(AnalysisPlan plan, Answer answer) {
        return eachValue(
                answer,
                one ->
                        new Measured(
                                one.value(),
                                one.numerator(),
                                one.denominator(),
                                one.sampleSize(),
                                one.absence(),
                                one.contributions(),
                                one.missingRates(),
                                0,
                                null,
                                one.beginsBeforeData(),
                                one.uncertainty()));
    }

    static Answer everythingIsADouble(AnalysisPlan plan, Answer answer) {
        return eachValue(
                answer,
                one ->
                        one.value() instanceof BigDecimal exact
                                ? new Measured(
                                        exact.doubleValue(),
                                        one.numerator(),
                                        one.denominator(),
                                        one.sampleSize(),
                                        null,
                                        one.contributions(),
                                        one.missingRates(),
                                        one.pending(),
                                        one.pendingCompleted(),
                                        one.beginsBeforeData(),
                                        one.uncertainty())
                                : one);
    }

    private static Answer eachValue(Answer answer, UnaryOperator<Measured> change) {
        return eachRow(
                answer,
                row ->
                        new Row(
                                row.kind(),
                                row.bucket(),
                                row.keys(),
                                row.values().stream().map(change).toList()));
    }

    private static Answer withRows(Answer answer, List<Row> rows) {
        return new Answer(
                rows,
                answer.hasMore(),
                answer.coverage(),
                answer.tallies(),
                answer.engine(),
                answer.catalogVersion());
    }

    private static Answer eachRow(Answer answer, UnaryOperator<Row> change) {
        var rows = answer.rows().stream().map(change).toList();
        return withRows(answer, rows);
    }

    static Answer undecidedRowsAreNotTold(AnalysisPlan plan, Answer answer) {
        return new Answer(
                answer.rows(),
                answer.hasMore(),
                answer.coverage(),
                answer.tallies().stream().map(_ -> 0L).toList(),
                answer.engine(),
                answer.catalogVersion());
    }
}
