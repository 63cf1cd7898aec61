package dev.cairn.application.service;

import dev.cairn.domain.fact.FieldReader;
import dev.cairn.domain.fact.Reading;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.plan.Evaluator;
import dev.cairn.domain.plan.Expr;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the cells of a record as the values of fields, and computes those that are computed; the first wrong one refuses the row. */
final class RowReader {
    /** What a record is. */
    sealed interface Row {
        /**
         * @param values one per field, in order
         * @param emptied fields whose value was out of range
         */
        record Typed(List<@Nullable Object> values, List<String> emptied) implements Row {}

        record Refused(String column, String value, String reason) implements Row {}
    }

    /**
     * @param at index of the cell; -1 for a computed field
     * @param formula of a computed field
     */
    private record Column(Field field, FieldReader reader, int at, @Nullable Expr formula) {}

    private final List<Column> columns = new ArrayList<>();
    private final Map<String, Integer> order = new HashMap<>();

    /** @param formulas of the fields that are computed */
    RowReader(List<Field> fields, Map<String, Expr> formulas, ZoneId zone, ImportHeader header) {
        for (var field : fields) {
            var reader = new FieldReader(field, zone);
            int at = field.isRead() ? header.at(field.name()) : -1;
            order.put(field.name(), columns.size());
            columns.add(new Column(field, reader, at, formulas.get(field.name())));
        }
    }

    /** Index of a field among the values. */
    int index(String field) {
        return order.getOrDefault(field, -1);
    }

    Row read(List<String> cells) {
        var values = new ArrayList<@Nullable Object>(columns.size());
        List<String> emptied = List.of();
        for (var column : columns) {
            var name = column.field().name();
            switch (read(column, cells, values)) {
                case Reading.Value(var value) -> values.add(value);
                case Reading.OutOfRange() -> {
                    values.add(null);
                    emptied = emptied.isEmpty() ? new ArrayList<>() : emptied;
                    emptied.add(name);
                }
                case Reading.Wrong(var reason) -> {
                    return new Row.Refused(
                            name, column.formula() == null ? cells.get(column.at()) : "", reason);
                }
            }
        }
        return new Row.Typed(Collections.unmodifiableList(values), emptied);
    }

    private Reading read(Column column, List<String> cells, List<@Nullable Object> values) {
        var formula = column.formula();
        if (formula == null) {
            return column.reader().read(cells.get(column.at()));
        }
        try {
            return column.reader()
                    .fit(Evaluator.evaluate(formula, name -> values.get(index(name))));
        } catch (ArithmeticException failed) {
            return new Reading.Wrong("cannot be computed: " + failed.getMessage());
        }
    }
}
