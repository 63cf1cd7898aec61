package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.arrayAgg;
import static org.jooq.impl.DSL.concat;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.ln;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.when;

import dev.cairn.domain.analysis.SurvivalCurve;
import dev.cairn.domain.plan.Aggregation;
import dev.cairn.domain.statistics.Normal;
import java.math.BigDecimal;
import java.util.List;
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

    private static final Field<BigDecimal> WEIGHT =
            field(name("weights", "weight"), SQLDataType.NUMERIC);

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

    private final Field<Double> lasted;
    private final Field<Boolean> ended;
    private final @Nullable Field<BigDecimal> weight;
    private final Condition counted;

    private SurvivalColumns(
            Field<?> value, Field<?> ended, @Nullable Field<?> weight, @Nullable Condition rows) {
        this.lasted = SqlTypes.approximate(value);
        this.ended = SqlTypes.typed(ended);
        this.weight = weight == null ? null : WeightedColumns.exact(weight);
        var present =
                weight == null ? value.isNotNull() : value.isNotNull().and(weight.isNotNull());
        this.counted = rows == null ? present : rows.and(present);
    }

    /**
     * @param ended whether a row has ended, never empty
     * @param weight null: rows count alike
     * @param rows those of the leaf; null: all
     */
    static SurvivalColumns of(
            Field<?> value, Field<?> ended, @Nullable Field<?> weight, @Nullable Condition rows) {
        return new SurvivalColumns(value, ended, weight, rows);
    }

    /** The first time by which so many have ended. */
    Field<?> until(BigDecimal share) {
        return first(isDown(share));
    }

    /** Where an end of the interval around what is left comes to so little, by logarithms of logarithms. */
    Field<?> end(Aggregation.IntervalEnd end, Aggregation.Survival survival) {
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
        return first(
                end.upper()
                        ? IS_LAST.isFalse().and(logarithm.sub(error).ge(inline(reached)))
                        : IS_LAST.isTrue().or(logarithm.add(error).ge(inline(reached))));
    }

    /** An {@link Aggregation.LifeTable}. */
    Field<?> table() {
        var rows =
                select(
                                LASTED.as("time"),
                                total(DSL.condition(ENDED)).as("ends"),
                                total(DSL.not(DSL.condition(ENDED))).as("lasting"),
                                DSL.rowNumber().over().orderBy(LASTED).as("at"))
                        .from(lifetimes())
                        .groupBy(LASTED)
                        .asTable("times");
        Field<String> row =
                concat(
                        TIME.cast(SQLDataType.CLOB),
                        inline(" "),
                        ENDS.cast(SQLDataType.CLOB),
                        inline(" "),
                        field(name("times", "lasting")).cast(SQLDataType.CLOB));
        return field(
                select(
                                concat(
                                        count().cast(SQLDataType.CLOB),
                                        inline(";"),
                                        DSL.stringAgg(row, inline(";"))
                                                .orderBy(TIME)
                                                .filterWhere(
                                                        place("times")
                                                                .le(
                                                                        (long)
                                                                                SurvivalCurve
                                                                                        .MOST_STEPS))))
                        .from(rows)
                        .having(count().gt(0)));
    }

    /** The first time at which some end and a condition holds. */
    private Field<?> first(Condition isReached) {
        var times =
                select(
                                LASTED.as("time"),
                                SqlTypes.approximate(total(DSL.condition(ENDED))).as("ends"),
                                SqlTypes.approximate(
                                                sum(total(DSL.trueCondition()))
                                                        .over()
                                                        .orderBy(LASTED.desc()))
                                        .as("at_risk"))
                        .from(lifetimes())
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

    /** How many lifetimes there are for which a condition holds, or what they weigh. */
    private Field<? extends Number> total(Condition which) {
        return weight == null
                ? count().filterWhere(which)
                : DSL.coalesce(sum(WEIGHT).filterWhere(which), inline(BigDecimal.ZERO));
    }

    /** Where all that last so long end, none is left. */
    private static Condition isDown(BigDecimal share) {
        double part = BigDecimal.ONE.subtract(share).doubleValue();
        return part == 0
                ? IS_LAST.isTrue()
                : IS_LAST.isTrue()
                        .or(LEFT.le(inline(Math.log(part * (1 + Aggregation.Survival.ROUNDED)))));
    }

    private Table<?> lifetimes() {
        var both =
                elements(lasted, "lifetimes", "lasted")
                        .join(elements(ended, "ends", "ended"))
                        .on(place("ends").eq(place("lifetimes")));
        return weight == null
                ? both
                : both.join(elements(weight, "weights", "weight"))
                        .on(place("weights").eq(place("lifetimes")));
    }

    /** What rows count, in the order of their times, each with its place. */
    private Table<?> elements(Field<?> of, String table, String column) {
        var order =
                weight == null ? List.of(lasted, ended) : List.<Field<?>>of(lasted, ended, weight);
        return DSL.unnest(arrayAgg(of).orderBy(order).filterWhere(counted))
                .withOrdinality()
                .as(name(table), name(column), name("at"));
    }

    private static Field<Long> place(String table) {
        return field(name(table, "at"), SQLDataType.BIGINT);
    }
}
