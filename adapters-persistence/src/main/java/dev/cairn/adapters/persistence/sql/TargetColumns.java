package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.castNull;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.when;

import dev.cairn.domain.model.Target.Goal;
import dev.cairn.domain.planner.FlatColumn.Aim;
import dev.cairn.domain.planner.FlatColumn.Aimed;
import dev.cairn.domain.standing.Attainment;
import dev.cairn.domain.standing.TargetStatus;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Function;
import org.jooq.CaseConditionStep;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/**
 * How a value stands to its target, computed of the row as {@link Attainment} computes it of an answer.
 *
 * @param place which of the targets is the row's, from 1; 0: none
 * @param actual null where there is no value
 * @param mayChange whether the value may still become another
 */
record TargetColumns(
        Field<Integer> place, List<Aim> targets, Field<Double> actual, Condition mayChange) {
    Field<?> of(Aimed.Part part) {
        return switch (part) {
            case LEAST -> each(SQLDataType.NUMERIC, aim -> number(least(aim.goal())));
            case MOST ->
                    each(
                            SQLDataType.NUMERIC,
                            aim ->
                                    number(
                                            aim.goal() instanceof Goal.Between(_, var most)
                                                    ? most
                                                    : null));
            case ATTAINMENT -> each(SQLDataType.DOUBLE, this::ratio);
            case PROGRESS -> each(SQLDataType.DOUBLE, this::progress);
            case STATUS -> each(SQLDataType.CLOB, this::status);
        };
    }

    private <T> Field<T> each(org.jooq.DataType<T> type, Function<Aim, Field<T>> ofTarget) {
        if (targets.isEmpty()) {
            return castNull(type);
        }
        CaseConditionStep<T> cases = when(place.eq(inline(1)), ofTarget.apply(targets.getFirst()));
        for (int at = 1; at < targets.size(); at++) {
            cases = cases.when(place.eq(inline(at + 1)), ofTarget.apply(targets.get(at)));
        }
        return cases;
    }

    private static BigDecimal least(Goal goal) {
        return switch (goal) {
            case Goal.Reach(var value) -> value;
            case Goal.Between(var least, _) -> least;
        };
    }

    private static Field<BigDecimal> number(@Nullable BigDecimal number) {
        return DSL.val(number, SQLDataType.NUMERIC);
    }

    private static Field<Double> constant(BigDecimal number) {
        return DSL.inline(number).cast(SQLDataType.DOUBLE);
    }

    private Field<Double> ratio(Aim aim) {
        return switch (aim.goal()) {
            case Goal.Reach(var value) -> aim.upward() ? ratio(value) : ratioOfLess(value);
            case Goal.Between(var least, var most) ->
                    when(atLeast(actual, constant(least)).not(), ratio(least))
                            .when(atLeast(constant(most), actual), inline(1d))
                            .when(actual.isNotNull(), ratioOfLess(most));
        };
    }

    private Field<Double> ratio(BigDecimal target) {
        return target.signum() > 0 ? actual.div(constant(target)) : castNull(SQLDataType.DOUBLE);
    }

    private Field<Double> ratioOfLess(BigDecimal target) {
        return target.signum() > 0
                ? when(actual.gt(0d), constant(target).div(actual))
                : castNull(SQLDataType.DOUBLE);
    }

    private Field<Double> progress(Aim aim) {
        var begun = aim.baseline();
        return begun != null && aim.goal() instanceof Goal.Reach(var value)
                ? actual.sub(constant(begun)).div(constant(value).sub(constant(begun)))
                : castNull(SQLDataType.DOUBLE);
    }

    private static boolean isOnAWay(Aim aim) {
        return aim.baseline() != null && aim.goal() instanceof Goal.Reach;
    }

    private Condition reached(Aim aim) {
        return switch (aim.goal()) {
            case Goal.Reach(var value) ->
                    aim.upward()
                            ? atLeast(actual, constant(value))
                            : atLeast(constant(value), actual);
            case Goal.Between(var least, var most) ->
                    atLeast(actual, constant(least)).and(atLeast(constant(most), actual));
        };
    }

    private static Condition atLeast(Field<Double> one, Field<Double> other) {
        return one.ge(other.sub(DSL.abs(other).mul(inline(Attainment.ALIKE))));
    }

    private Field<String> status(Aim aim) {
        var part = isOnAWay(aim) ? progress(aim) : ratio(aim);
        var below = when(atLeast(part, constant(aim.near())), word(TargetStatus.NEAR));
        return when(mayChange, word(TargetStatus.NOT_YET))
                .when(actual.isNull(), castNull(SQLDataType.CLOB))
                .when(reached(aim), word(TargetStatus.MET))
                .otherwise(
                        aim.dueLater()
                                ? word(TargetStatus.NOT_YET)
                                : below.otherwise(word(TargetStatus.MISSED)));
    }

    private static Field<String> word(TargetStatus status) {
        return inline(status.name()).cast(SQLDataType.CLOB);
    }
}
