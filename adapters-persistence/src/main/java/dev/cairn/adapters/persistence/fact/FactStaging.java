package dev.cairn.adapters.persistence.fact;

import dev.cairn.adapters.persistence.schema.ColumnType;
import dev.cairn.adapters.persistence.schema.FactTable;
import dev.cairn.adapters.persistence.staging.Staging;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Field;
import org.jooq.impl.SQLDataType;

/** The columns of the staging table of a load of facts. */
record FactStaging(Source source) {
    /** When the fact happened; null: the fact of the key is withdrawn. */
    static final Field<Instant> OCCURRED = Staging.column("occurred", SQLDataType.INSTANT);

    /** All columns beside the keys. */
    List<Field<?>> all() {
        var columns = new ArrayList<Field<?>>(List.of(OCCURRED));
        columns.addAll(values());
        return columns;
    }

    /** When the fact happened: an instant, or a date where the source's time is one. */
    Field<?> time() {
        return source.placedBy().type() == DataType.DATE
                ? Staging.column(FactTable.columnOf(source.placing()).last(), SQLDataType.LOCALDATE)
                : OCCURRED;
    }

    /**
     * Columns that name accounts in other roles.
     *
     * @param declared the source as it is in force now
     */
    List<Field<String>> accountRoles(Source declared) {
        return declared.accountRoles().stream()
                .map(role ->
                        Staging.column(FactTable.columnOf(role.name()).last(), SQLDataType.CLOB))
                .toList();
    }

    /** One per field of the source. */
    List<Field<?>> values() {
        return source.fields().stream()
                .<Field<?>>map(field ->
                        Staging.column(
                                FactTable.columnOf(field.name()).last(),
                                ColumnType.of(field.type())))
                .toList();
    }
}
