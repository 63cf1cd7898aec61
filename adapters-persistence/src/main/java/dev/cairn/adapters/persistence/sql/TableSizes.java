package dev.cairn.adapters.persistence.sql;

import java.util.Map;
import org.jooq.Name;
import org.jooq.Table;

/**
 * What PostgreSQL expects of tables.
 *
 * @param rows by name of the table
 * @param values how many different ones columns have, by names of the table and the column; negative: as a part of the rows
 */
record TableSizes(Map<String, Double> rows, Map<String, Map<String, Double>> values) {
    static final TableSizes UNKNOWN = new TableSizes(Map.of(), Map.of());

    TableSizes {
        rows = Map.copyOf(rows);
        values = Map.copyOf(values);
    }

    /** 0 where nothing is known. */
    double rows(Table<?> table) {
        return Math.max(0, rows.getOrDefault(table.getName(), 0d));
    }

    /** As many as there are rows where nothing is known. */
    double values(Table<?> table, Name column) {
        double known =
                values.getOrDefault(table.getName(), Map.of())
                        .getOrDefault(String.valueOf(column.last()), -1d);
        return known < 0 ? -known * rows(table) : known;
    }
}
