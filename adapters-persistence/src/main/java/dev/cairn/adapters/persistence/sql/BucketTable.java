package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Type.Kind;
import java.time.Instant;
import java.time.LocalDate;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** Columns of the common table {@code bucket}: one row per bucket, and one for the whole range. */
final class BucketTable {
    static final Table<?> TABLE = DSL.table(name("bucket"));
    static final Field<Integer> ORDINAL = ordinal(TABLE);
    static final Field<Instant> START = StoreTables.instant(TABLE, "start_at");
    static final Field<Instant> END = StoreTables.instant(TABLE, "end_at");
    static final Field<LocalDate> START_DATE = StoreTables.date(TABLE, "start_date");
    static final Field<LocalDate> END_DATE = StoreTables.date(TABLE, "end_date");

    private BucketTable() {}

    static Field<Integer> ordinal(Table<?> table) {
        return field(table.getUnqualifiedName().append("bucket"), SQLDataType.INTEGER);
    }

    static Field<?> edge(Expr.TimeEdge edge) {
        if (edge.type().kind() == Kind.DATE) {
            return edge.end() ? END_DATE : START_DATE;
        }
        return edge.end() ? END : START;
    }
}
