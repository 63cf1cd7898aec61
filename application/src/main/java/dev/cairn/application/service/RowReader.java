package dev.cairn.application.service;

import dev.cairn.domain.expression.Evaluator;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.fact.FieldReader;
import dev.cairn.domain.fact.PointDoubt;
import dev.cairn.domain.fact.Reading;
import dev.cairn.domain.model.Field;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the cells of a record as the values of fields, and computes those that are computed. */
final class RowReader {
    /**
     * What a record is.
     *
     * @param values one per field, in order; null also where the cell is wrong, or is computed from wrong ones
     * @param emptied fields whose value was out of range
     * @param wrong all cells that refuse the row; none: it can be taken in
     * @param wanted what the condition on rows says of it; of a row that is not wanted nothing is wrong
     */
    record Row(
            List<@Nullable Object> values, List<String> emptied, List<Wrong> wrong, Wanted wanted) {
        /** The row with more that is wrong with it. */
        Row with(List<Wrong> more) {
            return more.isEmpty()
                    ? this
                    : new Row(
                            values,
                            emptied,
                            Stream.concat(wrong.stream(), more.stream()).toList(),
                            wanted);
        }

        Row leftOut(Wanted why) {
            return new Row(values, List.of(), List.of(), why);
        }

        static Row refused(Wrong wrong) {
            return new Row(List.of(), List.of(), List.of(wrong), Wanted.YES);
        }
    }

    /** Whether the source takes a row in. */
    enum Wanted {
        YES,
        NO,
        /** The condition is empty for it, and so it is not taken in. */
        UNDECIDED
    }

    /**
     * Why a row is refused.
     *
     * @param column empty where it is the whole row
     * @param value what stood there
     */
    record Wrong(String column, String value, String reason) {}

    /**
     * @param at index of the cell; -1 for a computed field
     * @param formula of a computed field
     */
    private record Column(Field field, FieldReader reader, int at, @Nullable Expr formula) {}

    private final List<Column> columns = new ArrayList<>();
    private final Map<String, Integer> order = new HashMap<>();
    private final @Nullable Expr where;
    private final Set<String> readByWhere;

    /**
     * @param formulas of the fields that are computed
     * @param where true of the rows that are wanted; null: all are
     */
    RowReader(
            List<Field> fields,
            Map<String, Expr> formulas,
            @Nullable Expr where,
            ZoneId zone,
            ImportHeader header) {
        this.where = where;
        this.readByWhere = where == null ? Set.of() : Exprs.fieldsIn(where);
        for (var field : fields) {
            var reader = new FieldReader(field, zone);
            int at = field.isRead() ? header.at(field.column()) : -1;
            order.put(field.name(), columns.size());
            columns.add(new Column(field, reader, at, formulas.get(field.name())));
        }
    }

    /** Index of a field among the values. */
    int index(String field) {
        return order.getOrDefault(field, -1);
    }

    /** What the numbers of each column read so far say about their points, by its name in the file. */
    Map<String, PointDoubt> pointDoubts() {
        var doubts = new TreeMap<String, PointDoubt>();
        columns.forEach(
                column -> doubts.put(column.field().column(), column.reader().pointDoubt()));
        return doubts;
    }

    /** Name in the file of a field's column; of a computed field, its own name. */
    String column(String field) {
        return columns.get(index(field)).field().column();
    }

    boolean isComputed(String field) {
        return columns.get(index(field)).formula() != null;
    }

    Row read(List<@Nullable String> cells) {
        var values = new ArrayList<@Nullable Object>(columns.size());
        List<String> emptied = List.of();
        List<Wrong> wrong = List.of();
        var unknown = new HashSet<String>();
        for (var column : columns) {
            var field = column.field();
            if (column.formula() != null && !wrong.isEmpty()) {
                values.add(null);
                unknown.add(field.name());
                continue;
            }
            switch (read(column, cells, values)) {
                case Reading.Value(var value) -> values.add(value);
                case Reading.OutOfRange() -> {
                    values.add(null);
                    emptied = emptied.isEmpty() ? new ArrayList<>() : emptied;
                    emptied.add(field.name());
                }
                case Reading.Wrong(var reason) -> {
                    values.add(null);
                    unknown.add(field.name());
                    wrong = wrong.isEmpty() ? new ArrayList<>() : wrong;
                    wrong.add(
                            new Wrong(
                                    field.column(),
                                    column.formula() == null ? text(cells, column.at()) : "",
                                    reason));
                }
            }
        }
        var row = new Row(Collections.unmodifiableList(values), emptied, wrong, Wanted.YES);
        return where == null || !Collections.disjoint(readByWhere, unknown)
                ? row
                : judged(where, row);
    }

    /** What is wrong with a row that nobody wants is of no concern. */
    private Row judged(Expr condition, Row row) {
        try {
            return switch (evaluate(condition, row.values())) {
                case null -> row.leftOut(Wanted.UNDECIDED);
                case Boolean holds when holds -> row;
                default -> row.leftOut(Wanted.NO);
            };
        } catch (ArithmeticException failed) {
            var reason = "the condition on rows cannot be computed: " + failed.getMessage();
            return row.with(List.of(new Wrong("", "", reason)));
        }
    }

    private @Nullable Object evaluate(Expr formula, List<@Nullable Object> values) {
        return Evaluator.evaluate(formula, name -> values.get(index(name)));
    }

    /** Null where there is no value, and where the column was met behind this record only. */
    private static @Nullable String cell(List<@Nullable String> cells, int at) {
        return at >= 0 && at < cells.size() ? cells.get(at) : null;
    }

    /** What stands in a cell; the empty text where that is nothing. */
    static String text(List<@Nullable String> cells, int at) {
        return Objects.requireNonNullElse(cell(cells, at), "");
    }

    private Reading read(
            Column column, List<@Nullable String> cells, List<@Nullable Object> values) {
        var formula = column.formula();
        if (formula == null) {
            return column.reader().read(cell(cells, column.at()));
        }
        try {
            return column.reader().fit(evaluate(formula, values));
        } catch (ArithmeticException failed) {
            return new Reading.Wrong("cannot be computed: " + failed.getMessage());
        }
    }
}
