package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.partitionBy;
import static org.jooq.impl.DSL.rank;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.toChar;
import static org.jooq.impl.DSL.when;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.expression.Type.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;

/** The places of cells among the groups of their bucket: columns {@code rank0, rank1, ...} beside what is known of the cells. */
final class RankColumns {
    /** All digits in which doubles are compared. */
    private static final String DIGITS = "9." + "9".repeat(Expr.Rank.DIGITS - 1) + "EEEE";

    private final Map<Expr.Rank, Field<Long>> columns;

    private RankColumns(Map<Expr.Rank, Field<Long>> columns) {
        this.columns = columns;
    }

    /** @param read all expressions of a cell */
    static RankColumns in(Collection<Expr> read) {
        var columns = new LinkedHashMap<Expr.Rank, Field<Long>>();
        read.forEach(expr ->
                Exprs.any(
                        expr,
                        part -> {
                            if (part instanceof Expr.Rank rank && !columns.containsKey(rank)) {
                                columns.put(
                                        rank,
                                        field(name("rank" + columns.size()), SQLDataType.BIGINT));
                            }
                            return false;
                        }));
        return new RankColumns(columns);
    }

    boolean areNeeded() {
        return !columns.isEmpty();
    }

    Field<Long> of(Expr.Rank rank) {
        return Objects.requireNonNull(columns.get(rank));
    }

    Select<?> beside(Table<?> known, RowColumns cell) {
        var values = columns.keySet().stream().map(Expr.Rank::value).toList();
        var common = CommonValues.beside(known, cell, values);
        var selected = new ArrayList<Field<?>>();
        columns.forEach((rank, column) -> selected.add(place(rank, common.exprs()).as(column)));
        return select(known.asterisk()).select(selected).from(common.from());
    }

    private static Field<Long> place(Expr.Rank rank, ExprCompiler exprs) {
        var value = exprs.field(rank.value());
        var among =
                rank().over(
                                partitionBy(Layout.KIND, Layout.BUCKET)
                                        .orderBy(compared(rank, value).desc().nullsLast()));
        return when(Layout.HAS_GROUP.and(value.isNotNull()), among.coerce(SQLDataType.BIGINT));
    }

    private static Field<?> compared(Expr.Rank rank, Field<?> value) {
        return rank.value().type().kind() == Kind.DOUBLE
                ? toChar(SqlTypes.approximate(value), DIGITS).cast(SQLDataType.NUMERIC)
                : value;
    }
}
