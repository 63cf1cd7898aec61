package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.arrayAgg;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.greatest;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.least;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.nullif;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.sqrt;
import static org.jooq.impl.DSL.sum;

import dev.cairn.domain.expression.Type.Kind;
import dev.cairn.domain.plan.Aggregation;
import java.math.BigDecimal;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/** Percentiles and standard deviations of rows that count for their weight, exact up to the last division. */
final class WeightedColumns {
    private static final Table<?> RANKED = DSL.table(name("ranked"));
    private static final Field<BigDecimal> VALUE = numeric("value");
    private static final Field<BigDecimal> WEIGHT = numeric("weight");

    /** Of the weights up to a value, its own included. */
    private static final Field<BigDecimal> UNTIL = numeric("until");

    private static final Field<BigDecimal> WEIGHTS = numeric("weights");
    private static final Field<BigDecimal> SQUARES = numeric("squares");

    private final Field<BigDecimal> value;
    private final Field<BigDecimal> weight;
    private final Condition counted;

    private WeightedColumns(Field<?> value, Field<?> weight, @Nullable Condition rows) {
        this.value = exact(value);
        this.weight = exact(weight);
        var present = value.isNotNull().and(weight.isNotNull());
        this.counted = rows == null ? present : rows.and(present);
    }

    /**
     * @param kind of the value
     * @param rows those of the leaf; null: all
     */
    static Field<?> of(
            Aggregation made,
            Field<?> value,
            Kind kind,
            Field<?> weight,
            @Nullable Condition rows) {
        var columns = new WeightedColumns(value, weight, rows);
        return made instanceof Aggregation.Percentile(_, var fraction, boolean discrete)
                ? discrete
                        ? SqlTypes.as(kind, columns.discrete(fraction))
                        : SqlTypes.approximate(columns.continuous(fraction))
                : SqlTypes.approximate(columns.deviation());
    }

    private static Field<BigDecimal> numeric(String column) {
        return DSL.field(RANKED.getUnqualifiedName().append(column), SQLDataType.NUMERIC);
    }

    /** Of doubles the shortest decimals that read back as them. */
    static Field<BigDecimal> exact(Field<?> number) {
        return number.getType() == Double.class
                ? number.cast(SQLDataType.CLOB).cast(SQLDataType.NUMERIC)
                : number.cast(SQLDataType.NUMERIC);
    }

    private Field<BigDecimal> sumOf(Field<BigDecimal> number) {
        return sum(number).filterWhere(counted);
    }

    private Field<? extends Number> deviation() {
        var weights = sumOf(weight);
        var values = sumOf(weight.mul(value));
        var distances = weights.mul(sumOf(weight.mul(value).mul(value))).sub(values.mul(values));
        return sqrt(
                distances.div(
                        nullif(
                                weights.mul(weights).sub(sumOf(weight.mul(weight))),
                                inline(BigDecimal.ZERO))));
    }

    /** The values in order, each with the weights up to it and of all. */
    private Table<?> ranked() {
        var values = elements(value, "values", "value");
        var weights = elements(weight, "weights", "weight");
        var place = place("values");
        var eachValue = DSL.field(name("values", "value"), SQLDataType.NUMERIC);
        var eachWeight = DSL.field(name("weights", "weight"), SQLDataType.NUMERIC);
        return select(
                        eachValue,
                        eachWeight,
                        sum(eachWeight).over().orderBy(place).as("until"),
                        sum(eachWeight).over().as("weights"),
                        sum(eachWeight.mul(eachWeight)).over().as("squares"))
                .from(values.join(weights).on(place("weights").eq(place)))
                .asTable(RANKED.getName());
    }

    /** What rows count, in the order of values and weights, each with its place. An array is gone through once: to read one by its place is to go through all before it. */
    private Table<?> elements(Field<BigDecimal> of, String table, String column) {
        return DSL.unnest(arrayAgg(of).orderBy(value, weight).filterWhere(counted))
                .withOrdinality()
                .as(name(table), name(column), name("at"));
    }

    private static Field<Long> place(String table) {
        return DSL.field(name(table, "at"), SQLDataType.BIGINT);
    }

    /** How much of the interval between two ranks the weights up to a sum cover, times the sum of squares. */
    private static Field<BigDecimal> covered(Field<BigDecimal> until, BigDecimal fraction) {
        var from = inline(fraction).mul(WEIGHTS.mul(WEIGHTS).sub(SQUARES));
        return least(greatest(until.mul(WEIGHTS).sub(from), inline(BigDecimal.ZERO)), SQUARES);
    }

    private Field<? extends Number> continuous(BigDecimal fraction) {
        var part = covered(UNTIL, fraction).sub(covered(UNTIL.sub(WEIGHT), fraction));
        return field(select(sum(VALUE.mul(part)).div(max(SQUARES))).from(ranked()));
    }

    private Field<BigDecimal> discrete(BigDecimal fraction) {
        return field(
                select(min(VALUE)).from(ranked()).where(UNTIL.ge(inline(fraction).mul(WEIGHTS))));
    }
}
