package dev.cairn.domain.model;

import org.jspecify.annotations.Nullable;

/**
 * A table or view of the same database whose rows are those of a source: none of them is copied. Its columns are those of the fields ({@link Field#column}).
 *
 * @param schema that the table is in, as the database writes it
 * @param version a column whose greatest value changes with every change of the rows; null: they may have changed at any time
 * @param completeUntil a column of dates or timestamps: the rows are complete until the local day of its greatest value; null: as a source says otherwise
 */
public record Mapping(
        String schema, String table, @Nullable String version, @Nullable String completeUntil) {
    /** One that says nothing of its rows. */
    public Mapping(String schema, String table) {
        this(schema, table, null, null);
    }

    /** As definitions write it. */
    public String text() {
        return schema + "." + table;
    }

    String meaning() {
        return " table %s version %s complete until %s".formatted(text(), version, completeUntil);
    }
}
