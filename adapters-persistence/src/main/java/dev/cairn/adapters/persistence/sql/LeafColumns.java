package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.nullif;

import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.expression.Type.Kind;
import dev.cairn.domain.plan.Aggregation;
import dev.cairn.domain.plan.Leaf;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jooq.AggregateFilterStep;
import org.jooq.AggregateFunction;
import org.jooq.Condition;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.SortField;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/**
 * Leaves as columns {@code l0, l1, ...}; null where nothing is left after empty values were skipped, so that branches can be collapsed. Until
 * then an average is two columns, its sum and the number of its values, so that totals can be made of cells.
 */
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

    /** The columns of a leaf before it is one value. */
    static List<Field<?>> parts(int index, Leaf leaf) {
        var parts = new ArrayList<Field<?>>();
        if (leaf.aggregation() instanceof Aggregation.Average) {
            parts.add(DSL.field(name("l" + index), SqlTypes.of(sumKind(leaf))));
            parts.add(DSL.field(name("n" + index), SQLDataType.BIGINT));
        } else {
            parts.add(of(index, leaf));
        }
        if (leaf.inUnits()) {
            parts.add(outside(index));
        }
        if (leaf.mayLackRate()) {
            parts.add(gaps(index));
        }
        return parts;
    }

    /** Why units of rows are not known; {@link AgedRows#KNOWN} where some unit is, whether a leaf takes a row in it or not. */
    static Field<String> outside(int index) {
        return DSL.field(name("y" + index), SQLDataType.CLOB);
    }

    /** For want of which rates a leaf has no value, as {@link RateGaps} has it; the last of its parts. */
    static Field<String> gaps(int index) {
        return DSL.field(name("x" + index), SQLDataType.CLOB);
    }

    static Field<String> gaps(Table<?> table, int index) {
        return StoreTables.text(table, gaps(index).getName());
    }

    /** Aggregates under the names of the parts. */
    static List<Field<?>> named(int index, Leaf leaf, List<Field<?>> aggregates) {
        var columns = parts(index, leaf);
        return IntStream.range(0, columns.size())
                .<Field<?>>mapToObj(part -> aggregates.get(part).as(columns.get(part)))
                .toList();
    }

    /** The value of a leaf from its parts. */
    static Field<Object> value(Leaf leaf, List<Field<?>> parts) {
        return SqlTypes.typed(
                leaf.aggregation() instanceof Aggregation.Average
                        ? SqlTypes.approximate(parts.get(0)).div(SqlTypes.approximate(parts.get(1)))
                        : parts.getFirst());
    }

    private static Kind sumKind(Leaf leaf) {
        return valueKind(leaf) == Kind.DOUBLE ? Kind.DOUBLE : Kind.DECIMAL;
    }

    static DataType<?> type(Leaf leaf) {
        return switch (leaf.aggregation()) {
            case Aggregation.Count _, Aggregation.Distinct _ -> SQLDataType.BIGINT;
            case Aggregation.Exists _, Aggregation.OfWindow _ -> SQLDataType.BOOLEAN;
            case Aggregation.Average _, Aggregation.StandardDeviation _, Aggregation.Survival _ ->
                    SQLDataType.DOUBLE;
            case Aggregation.IntervalEnd(Aggregation.Survival _, _) -> SQLDataType.DOUBLE;
            case Aggregation.Percentile(var _, var _, boolean discrete) ->
                    ofPercentile(leaf, discrete);
            case Aggregation.Weighted(Aggregation.Percentile(var _, var _, boolean discrete), _) ->
                    ofPercentile(leaf, discrete);
            case Aggregation.LifeTable _, Aggregation.Weighted(Aggregation.LifeTable _, _) ->
                    SQLDataType.CLOB;
            case Aggregation.Weighted _, Aggregation.ClusteredError _ -> SQLDataType.DOUBLE;
            case Aggregation.Sum _,
                    Aggregation.IntervalEnd _,
                    Aggregation.Minimum _,
                    Aggregation.Maximum _,
                    Aggregation.First _,
                    Aggregation.Last _ ->
                    SqlTypes.of(valueKind(leaf));
        };
    }

    private static DataType<?> ofPercentile(Leaf leaf, boolean discrete) {
        return discrete ? SqlTypes.of(valueKind(leaf)) : SQLDataType.DOUBLE;
    }

    /** The kind of the values that are aggregated; the literal {@code none} is an empty value of what the leaf is. */
    static Kind valueKind(Leaf leaf) {
        var type = leaf.aggregation().value().type();
        if (!type.isWild()) {
            return type.kind();
        }
        return leaf.type().isNumber() ? Kind.DECIMAL : leaf.type().kind();
    }

    /**
     * One aggregate per part.
     *
     * @param value of each row, as {@link Exprs#valueOf} says
     * @param order of the rows, for aggregates that have one; for weighted ones the weight, for clustered ones the cluster too, for survival whether each has ended, after the weight
     * @param rows those of the leaf; null: all
     */
    static List<Field<?>> aggregates(
            Leaf leaf, Field<?> value, List<Field<?>> order, @Nullable Condition rows) {
        var kind = valueKind(leaf);
        return switch (leaf.aggregation()) {
            case Aggregation.Count _ -> List.of(counted(of(count(), rows)));
            case Aggregation.Exists _ -> List.of(of(DSL.boolOr(DSL.trueCondition()), rows));
            case Aggregation.OfWindow _ ->
                    throw new IllegalArgumentException("of no rows: " + leaf.aggregation());
            case Aggregation.Distinct _ -> List.of(counted(of(DSL.countDistinct(value), rows)));
            case Aggregation.Sum _ -> List.of(sum(value, kind, rows));
            case Aggregation.Average _ ->
                    List.of(sum(value, kind, rows), counted(of(count(value), rows)));
            case Aggregation.Minimum _ -> List.of(SqlTypes.as(kind, of(DSL.min(value), rows)));
            case Aggregation.Maximum _ -> List.of(SqlTypes.as(kind, of(DSL.max(value), rows)));
            case Aggregation.Percentile(var _, var fraction, boolean discrete) ->
                    List.of(
                            discrete
                                    ? discrete(value, kind, fraction, rows)
                                    : continuous(value, fraction, rows));
            case Aggregation.StandardDeviation _ -> List.of(deviation(value, kind, rows));
            case Aggregation.Weighted(Aggregation.Survival(_, _, var share), _) ->
                    List.of(
                            SurvivalColumns.of(value, order.getLast(), order.getFirst(), rows)
                                    .until(share));
            case Aggregation.Weighted(Aggregation.LifeTable _, _) ->
                    List.of(
                            SurvivalColumns.of(value, order.getLast(), order.getFirst(), rows)
                                    .table());
            case Aggregation.Weighted(var of, _) ->
                    List.of(WeightedColumns.of(of, value, kind, order.getFirst(), rows));
            case Aggregation.ClusteredError _ ->
                    List.of(ClusterColumns.of(value, order.get(0), order.get(1), rows));
            case Aggregation.Survival(_, _, var share) ->
                    List.of(SurvivalColumns.of(value, order.getFirst(), null, rows).until(share));
            case Aggregation.LifeTable _ ->
                    List.of(SurvivalColumns.of(value, order.getFirst(), null, rows).table());
            case Aggregation.IntervalEnd end ->
                    List.of(
                            switch (end.of()) {
                                case Aggregation.Percentile of ->
                                        atRank(end, of, value, kind, rows);
                                case Aggregation.Survival of ->
                                        SurvivalColumns.of(value, order.getFirst(), null, rows)
                                                .end(end, of);
                                default -> throw new IllegalArgumentException("no ends: " + end);
                            });
            case Aggregation.First _ -> List.of(first(value, kind, ascending(order, value), rows));
            case Aggregation.Last _ -> List.of(first(value, kind, descending(order, value), rows));
        };
    }

    private static Field<Long> counted(Field<Integer> count) {
        return nullif(count.coerce(SQLDataType.BIGINT), inline(0L));
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
    static AggregateFunction<?> collapse(Field<?> column) {
        return column.getType() == Boolean.class
                ? DSL.boolOr(SqlTypes.<Boolean>typed(column))
                : DSL.max(column);
    }

    /** From the parts of cells to those of their total. */
    static List<Field<?>> totals(int index, Leaf leaf) {
        return parts(index, leaf).stream()
                .<Field<?>>map(
                        part -> part.equals(gaps(index)) ? RateGaps.ofAll(part) : total(leaf, part))
                .toList();
    }

    private static Field<?> total(Leaf leaf, Field<?> part) {
        return switch (leaf.aggregation().merge()) {
            case SUMS -> sumOf(SqlTypes.typed(part));
            case EXTREMES -> extreme(leaf, part);
            case WHOLE ->
                    throw new IllegalArgumentException("no total of cells: " + leaf.aggregation());
        };
    }

    private static Field<?> extreme(Leaf leaf, Field<?> part) {
        if (part.getType() == Boolean.class) {
            return DSL.boolOr(SqlTypes.<Boolean>typed(part));
        }
        return leaf.aggregation() instanceof Aggregation.Minimum ? DSL.min(part) : DSL.max(part);
    }

    private static Field<?> sumOf(Field<? extends Number> part) {
        return part.getType() == Long.class
                ? DSL.sum(part).cast(SQLDataType.BIGINT)
                : DSL.sum(part);
    }

    private static Field<?> sum(Field<?> value, Kind kind, @Nullable Condition rows) {
        var sum = of(DSL.sum(SqlTypes.<Number>typed(value)), rows);
        return kind == Kind.DOUBLE ? sum.coerce(SQLDataType.DOUBLE) : sum;
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

    /**
     * Exact; of doubles the shortest decimals that read back as them, so that large ones do not cancel. The root is taken of the variance, which
     * has 16 digits or more: PostgreSQL's own deviation has no more decimals than the variance, which for large values are none.
     */
    private static Field<?> deviation(Field<?> value, Kind kind, @Nullable Condition rows) {
        Field<? extends Number> exact =
                kind == Kind.DOUBLE
                        ? value.cast(SQLDataType.CLOB).cast(SQLDataType.NUMERIC)
                        : SqlTypes.typed(value);
        return SqlTypes.approximate(DSL.sqrt(of(DSL.varSamp(exact), rows)));
    }

    private static Field<?> first(
            Field<?> value, Kind kind, List<SortField<?>> order, @Nullable Condition rows) {
        return at(inline(1), value, kind, order, rows);
    }

    /** There is none below the first. */
    private static Field<?> atRank(
            Aggregation.IntervalEnd end,
            Aggregation.Percentile percentile,
            Field<?> value,
            Kind kind,
            @Nullable Condition rows) {
        Field<Double> values = SqlTypes.approximate(of(count(value), rows));
        var ranks = end.ranks(percentile);
        var rank =
                DSL.floor(
                                values.mul(DSL.val(ranks.perRow()))
                                        .sub(
                                                DSL.val(ranks.perRoot())
                                                        .mul(
                                                                DSL.sqrt(values)
                                                                        .coerce(
                                                                                SQLDataType
                                                                                        .DOUBLE)))
                                        .add(DSL.val(ranks.constant())))
                        .cast(SQLDataType.INTEGER)
                        .add(inline(1));
        return at(rank, value, kind, List.of(end.upper() ? value.desc() : value.asc()), rows);
    }

    private static Field<?> at(
            Field<Integer> place,
            Field<?> value,
            Kind kind,
            List<SortField<?>> order,
            @Nullable Condition rows) {
        var present = rows == null ? value.isNotNull() : rows.and(value.isNotNull());
        // Without the binding of its type, which has none for arrays.
        var all = DSL.arrayAgg(value.coerce(SQLDataType.OTHER)).orderBy(order).filterWhere(present);
        return SqlTypes.as(kind, DSL.arrayGet(all, place).coerce(value.getDataType()));
    }

    private static List<SortField<?>> ascending(List<Field<?>> order, Field<?> value) {
        return Stream.concat(order.stream(), Stream.of(value))
                .<SortField<?>>map(Field::asc)
                .toList();
    }

    private static List<SortField<?>> descending(List<Field<?>> order, Field<?> value) {
        return Stream.concat(order.stream(), Stream.of(value))
                .<SortField<?>>map(Field::desc)
                .toList();
    }

    private static <T> Field<T> of(AggregateFilterStep<T> aggregate, @Nullable Condition rows) {
        return rows == null ? aggregate : aggregate.filterWhere(rows);
    }
}
