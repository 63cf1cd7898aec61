package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.arrayAgg;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.ln;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.when;

import dev.cairn.domain.plan.Aggregation;
import dev.cairn.domain.statistics.Normal;
import java.math.BigDecimal;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/** The time by which a share of rows has ended, where some have not: the product limit of Kaplan and Meier, by logarithms. */
final class SurvivalColumns {
    private static final Field<Double> LASTED =
            field(name("lifetimes", "lasted"), SQLDataType.DOUBLE);
    private static final Field<Boolean> ENDED = field(name("ends", "ended"), SQLDataType.BOOLEAN);

    /** A time that some rows have, how many of them end then, and how many last so long at least. */
    private static final Field<Double> TIME = field(name("times", "time"), SQLDataType.DOUBLE);

    private static final Field<Double> ENDS = field(name("times", "ends"), SQLDataType.DOUBLE);
    private static final Field<Double> AT_RISK =
            field(name("times", "at_risk"), SQLDataType.DOUBLE);

    /** The logarithm of the part that is left after a time; null as long as all are. */
    private static final Field<Double> LEFT = field(name("steps", "left"), SQLDataType.DOUBLE);

    /** Greenwood's sum. */
    private static final Field<Double> SPREAD = field(name("steps", "spread"), SQLDataType.DOUBLE);

    private static final Field<Boolean> IS_LAST =
            field(name("steps", "is_last"), SQLDataType.BOOLEAN);

    private SurvivalColumns() {}

    /**
     * @param ended whether a row has ended, never empty
     * @param rows those of the leaf; null: all
     */
    static Field<?> of(Field<?> value, Field<?> ended, BigDecimal share, @Nullable Condition rows) {
        return first(value, ended, rows, isDown(share));
    }

    /** Where an end of the interval around what is left comes to so little, by logarithms of logarithms. */
    static Field<?> end(
            Aggregation.IntervalEnd end,
            Aggregation.Survival survival,
            Field<?> value,
            Field<?> ended,
            @Nullable Condition rows) {
        double reached = Aggregation.IntervalEnd.reached(survival);
        if (Double.isInfinite(reached)) {
            return DSL.castNull(SQLDataType.DOUBLE);
        }
        var hazard = LEFT.neg();
        Field<Double> error =
                DSL.sqrt(SPREAD)
                        .coerce(SQLDataType.DOUBLE)
                        .div(hazard)
                        .mul(inline(Normal.QUANTILE_975));
        Field<Double> logarithm = ln(hazard).coerce(SQLDataType.DOUBLE);
        var isReached =
                end.upper()
                        ? IS_LAST.isFalse().and(logarithm.sub(error).ge(inline(reached)))
                        : IS_LAST.isTrue().or(logarithm.add(error).ge(inline(reached)));
        return first(value, ended, rows, isReached);
    }

    /** The first time at which some end and a condition holds. */
    private static Field<?> first(
            Field<?> value, Field<?> ended, @Nullable Condition rows, Condition isReached) {
        var counted = rows == null ? value.isNotNull() : rows.and(value.isNotNull());
        var lasted = SqlTypes.approximate(value);
        Field<Boolean> ends = SqlTypes.typed(ended);
        var lifetimes =
                elements(lasted, lasted, ends, counted, "lifetimes", "lasted")
                        .join(elements(ends, lasted, ends, counted, "ends", "ended"))
                        .on(place("ends").eq(place("lifetimes")));
        var times =
                select(
                                LASTED.as("time"),
                                SqlTypes.approximate(count().filterWhere(ENDED)).as("ends"),
                                SqlTypes.approximate(sum(count()).over().orderBy(LASTED.desc()))
                                        .as("at_risk"))
                        .from(lifetimes)
                        .groupBy(LASTED)
                        .asTable("times");
        var left = ln(inline(1.0).sub(ENDS.div(AT_RISK)));
        var steps =
                select(
                                TIME,
                                sum(when(ENDS.lt(AT_RISK), left)).over().orderBy(TIME).as("left"),
                                sum(when(
                                                ENDS.lt(AT_RISK),
                                                ENDS.div(AT_RISK.mul(AT_RISK.sub(ENDS)))))
                                        .over()
                                        .orderBy(TIME)
                                        .as("spread"),
                                ENDS.eq(AT_RISK).as("is_last"))
                        .from(times)
                        .where(ENDS.gt(inline(0.0)))
                        .asTable("steps");
        return field(
                select(min(field(name("steps", "time"), SQLDataType.DOUBLE)))
                        .from(steps)
                        .where(isReached));
    }

    /** Where all that last so long end, none is left. */
    private static Condition isDown(BigDecimal share) {
        double part = BigDecimal.ONE.subtract(share).doubleValue();
        return part == 0
                ? IS_LAST.isTrue()
                : IS_LAST.isTrue()
                        .or(LEFT.le(inline(Math.log(part * (1 + Aggregation.Survival.ROUNDED)))));
    }

    /** What rows count, in the order of their times, each with its place. */
    private static Table<?> elements(
            Field<?> of,
            Field<?> lasted,
            Field<?> ended,
            Condition counted,
            String table,
            String column) {
        return DSL.unnest(arrayAgg(of).orderBy(lasted, ended).filterWhere(counted))
                .withOrdinality()
                .as(name(table), name(column), name("at"));
    }

    private static Field<Long> place(String table) {
        return field(name(table, "at"), SQLDataType.BIGINT);
    }
}
