package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.nullif;

import dev.cairn.domain.plan.Aggregation;
import dev.cairn.domain.plan.Exprs;
import dev.cairn.domain.plan.Leaf;
import dev.cairn.domain.plan.Type.Kind;
import java.math.BigDecimal;
import java.util.Optional;
import org.jooq.AggregateFilterStep;
import org.jooq.Condition;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/** Leaves as columns {@code l0, l1, ...}; null where nothing is left after empty values were skipped, so that branches can be collapsed. */
final class LeafColumns {
    /**
     * PostgreSQL looks for the first rank at or above fraction times rows, in doubles: 0.07 * 100 is more than 7 there. No fraction of a few
     * decimals reaches a whole number so closely from below.
     */
    private static final double JUST_BELOW = 1 - 1e-15;

    private LeafColumns() {}

    static Field<?> of(int index, Leaf leaf) {
        return DSL.field(name("l" + index), type(leaf));
    }

    static DataType<?> type(Leaf leaf) {
        return switch (leaf.aggregation()) {
            case Aggregation.Count _, Aggregation.Distinct _ -> SQLDataType.BIGINT;
            case Aggregation.Exists _ -> SQLDataType.BOOLEAN;
            case Aggregation.Average _ -> SQLDataType.DOUBLE;
            case Aggregation.Percentile(var _, var _, boolean discrete) ->
                    discrete ? SqlTypes.of(valueKind(leaf)) : SQLDataType.DOUBLE;
            case Aggregation.Sum _, Aggregation.Minimum _, Aggregation.Maximum _ ->
                    SqlTypes.of(valueKind(leaf));
        };
    }

    /** The kind of the values that are aggregated; the literal {@code none} is an empty value of what the leaf is. */
    static Kind valueKind(Leaf leaf) {
        var type = Exprs.valueOf(leaf.aggregation()).type();
        if (!type.isWild()) {
            return type.kind();
        }
        return leaf.type().isNumber() ? Kind.DECIMAL : leaf.type().kind();
    }

    /**
     * @param value of each row, as {@link Exprs#valueOf} says
     * @param rows those of the leaf; null: all
     */
    static Field<?> aggregate(Leaf leaf, Field<?> value, @Nullable Condition rows) {
        var kind = valueKind(leaf);
        return switch (leaf.aggregation()) {
            case Aggregation.Count _ ->
                    nullif(of(count(), rows).coerce(SQLDataType.BIGINT), inline(0L));
            case Aggregation.Exists _ -> of(DSL.boolOr(DSL.trueCondition()), rows);
            case Aggregation.Distinct _ ->
                    nullif(
                            of(DSL.countDistinct(value), rows).coerce(SQLDataType.BIGINT),
                            inline(0L));
            case Aggregation.Sum _ -> sum(value, kind, rows);
            case Aggregation.Average _ ->
                    SqlTypes.approximate(sum(value, kind, rows))
                            .div(
                                    nullif(of(count(value), rows), inline(0))
                                            .cast(SQLDataType.DOUBLE));
            case Aggregation.Minimum _ -> SqlTypes.as(kind, of(DSL.min(value), rows));
            case Aggregation.Maximum _ -> SqlTypes.as(kind, of(DSL.max(value), rows));
            case Aggregation.Percentile(var _, var fraction, boolean discrete) ->
                    discrete
                            ? discrete(value, kind, fraction, rows)
                            : continuous(value, fraction, rows);
        };
    }

    /** What it is over nothing, where it is anything. */
    static Optional<Field<Object>> overNothing(Leaf leaf) {
        if (!leaf.zeroOverNothing() || !leaf.aggregation().hasValueOverNothing()) {
            return Optional.empty();
        }
        var type = type(leaf);
        return Optional.of(SqlTypes.typed(type == SQLDataType.BOOLEAN ? inline(false) : inline(0)));
    }

    /** Brings the branches of a cell together, of which one at most has a value. */
    static Field<?> collapse(Field<?> column) {
        return column.getType() == Boolean.class
                ? DSL.boolOr(SqlTypes.<Boolean>typed(column))
                : DSL.max(column);
    }

    /** From the values of cells to that of their total. */
    static Field<?> total(Field<?> column) {
        Field<? extends Number> cells = SqlTypes.typed(column);
        return column.getType() == Long.class
                ? DSL.sum(cells).cast(SQLDataType.BIGINT)
                : DSL.sum(cells);
    }

    /** Whether a total may be made of the cells: exact sums only, doubles would depend on the order. */
    static boolean isTotalOfCells(Leaf leaf) {
        return leaf.aggregation().additive() && type(leaf) != SQLDataType.DOUBLE;
    }

    private static boolean isDouble(Kind kind) {
        return kind == Kind.DOUBLE;
    }

    private static Field<?> sum(Field<?> value, Kind kind, @Nullable Condition rows) {
        var sum = of(DSL.sum(SqlTypes.<Number>typed(value)), rows);
        return isDouble(kind) ? sum.coerce(SQLDataType.DOUBLE) : sum;
    }

    private static Field<?> continuous(
            Field<?> value, BigDecimal fraction, @Nullable Condition rows) {
        return of(
                        DSL.percentileCont(DSL.val(fraction.doubleValue()))
                                .withinGroupOrderBy(SqlTypes.approximate(value)),
                        rows)
                .coerce(SQLDataType.DOUBLE);
    }

    private static Field<?> discrete(
            Field<?> value, Kind kind, BigDecimal fraction, @Nullable Condition rows) {
        var found =
                of(
                        DSL.percentileDisc(DSL.val(fraction.doubleValue() * JUST_BELOW))
                                .withinGroupOrderBy(value),
                        rows);
        return SqlTypes.as(kind, found.coerce(value.getDataType()));
    }

    private static <T> Field<T> of(AggregateFilterStep<T> aggregate, @Nullable Condition rows) {
        return rows == null ? aggregate : aggregate.filterWhere(rows);
    }
}
