package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.greatest;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.when;

import dev.cairn.domain.plan.Attempts;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.Select;
import org.jooq.SelectFieldOrAsterisk;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * What follows each row that begins an attempt, step by step. The rows are numbered within their unit, by time, source and key, and each says the number of the
 * next row of each step. Of one source that is the first after the row of its own that was the last step of it; of rows of another source it is one of its
 * time or later. Of both numbers the greater is the row of the step, which is joined by it; strictly, if no row lies between.
 */
record StepJoins<T extends Comparable<? super T>>(Attempts attempts) implements StepSequel<T> {
    private static final Table<?> STEP = StepOrder.STEP;
    private static final Table<?> FACT = DSL.table(name("fact"));
    private static final String FIRST_OF_TIME = "first_of_time";
    private static final String LAST_OF_TIME = "last_of_time";
    private static final String TIME_BEFORE = "time_before";

    @Override
    public StepOrder order() {
        return new StepOrder(attempts, true);
    }

    @Override
    public boolean readsOften() {
        return true;
    }

    private int input(int step) {
        return attempts.steps().get(step).input();
    }

    private boolean isStrict() {
        return attempts.order() == Attempts.Order.STRICT;
    }

    /** The next row of a step after one of its own source. */
    private static String afterOf(int step) {
        return "after" + (step + 1);
    }

    /** The next row of a step at the time of a row of another source, or later. */
    private static String fromOf(int step) {
        return "from" + (step + 1);
    }

    // ---- the rows

    @Override
    public Select<?> rows(Select<?> rowsOfSteps) {
        var columns = new ArrayList<SelectFieldOrAsterisk>();
        columns.add(STEP.asterisk());
        for (int step = 1; step < attempts.steps().size(); step++) {
            if (StepSequel.lastOfSource(attempts, step) >= 0) {
                columns.add(
                        next(step)
                                .orderBy(StepOrder.column(StepOrder.NUMBER).desc())
                                .rowsBetweenUnboundedPreceding()
                                .andPreceding(1)
                                .as(afterOf(step)));
            }
            if (input(step - 1) != input(step)) {
                columns.add(
                        next(step)
                                .orderBy(StepOrder.column(StepRows.TIME).desc())
                                .rangeBetweenUnboundedPreceding()
                                .andCurrentRow()
                                .as(fromOf(step)));
            }
        }
        columns.addAll(order().unwanted());
        if (isStrict()) {
            columns.addAll(neighbours());
        }
        return select(columns)
                .from(order().numbered(rowsOfSteps).asTable(STEP.getUnqualifiedName()));
    }

    /** Of the rows that have the same in common with those that have it at all. */
    private org.jooq.WindowOrderByStep<Long> next(int step) {
        var matches = StepPasses.isTrue(STEP, StepRows.matchOf(step));
        for (var same : order().same()) {
            matches = matches.and(same.isNotNull());
        }
        return DSL.min(number(STEP)).filterWhere(matches).over().partitionBy(order().alike());
    }

    /** What tells whether a row lies between two others. */
    private List<Field<?>> neighbours() {
        var time = StepOrder.column(StepRows.TIME);
        var ofTime = List.of(order().unit(), time, StepOrder.column(StepRows.INPUT));
        return List.of(
                DSL.min(number(STEP)).over().partitionBy(ofTime).as(FIRST_OF_TIME),
                DSL.max(number(STEP)).over().partitionBy(ofTime).as(LAST_OF_TIME),
                DSL.max(time(STEP))
                        .over()
                        .partitionBy(order().unit())
                        .orderBy(time)
                        .groupsBetweenUnboundedPreceding()
                        .andPreceding(1)
                        .as(TIME_BEFORE));
    }

    // ---- the steps

    @Override
    public Select<?> followed(Select<?> rows, Name table) {
        var columns = new ArrayList<SelectFieldOrAsterisk>();
        columns.add(FACT.asterisk());
        Table<?> joined = DSL.table(table).as(FACT.getUnqualifiedName());
        for (int step = 1; step < attempts.steps().size(); step++) {
            var row = row(step);
            joined =
                    joined.leftJoin(DSL.table(table).as(row.getUnqualifiedName()))
                            .on(unitOf(row).eq(unitOf(FACT)))
                            .and(number(row).eq(numberOfNext(step)))
                            .and(isStrict() ? isUninterrupted(step) : DSL.noCondition());
            columns.add(time(row).as(timeOf(step)));
            columns.add(number(row).as(numberOf(step)));
        }
        for (int at = 0; at < attempts.without().size(); at++) {
            int from = attempts.without().get(at).from() - 1;
            if (from > 0) {
                columns.add(of(row(from), StepOrder.unwantedAfter(at)).as(unwantedOf(at)));
            }
        }
        return select(columns).from(joined).where(isBegun(FACT));
    }

    private static Table<?> row(int step) {
        return step == 0 ? FACT : DSL.table(name(Attempts.link(step + 1)));
    }

    private static String timeOf(int step) {
        return "next" + (step + 1);
    }

    private static String numberOf(int step) {
        return StepOrder.NUMBER + (step + 1);
    }

    private static String unwantedOf(int without) {
        return "later_" + StepOrder.unwantedAfter(without);
    }

    private Field<Long> numberOfNext(int step) {
        int own = StepSequel.lastOfSource(attempts, step);
        if (own == step - 1) {
            return number(row(own), afterOf(step));
        }
        var from = number(row(step - 1), fromOf(step));
        if (own < 0) {
            return from;
        }
        var after = number(row(own), afterOf(step));
        return when(after.isNotNull().and(from.isNotNull()), greatest(after, from));
    }

    /** Nothing lies between rows of two sources at one time; and what is at the time of a row, of another source, lies neither before nor after it. */
    private Condition isUninterrupted(int step) {
        var here = row(step - 1);
        var there = row(step);
        var isOfOneTime = time(there).eq(time(here));
        var isNeighbour =
                number(here)
                        .eq(number(here, LAST_OF_TIME))
                        .and(number(there).eq(number(there, FIRST_OF_TIME)))
                        .and(of(there, TIME_BEFORE).eq(time(here)));
        return (input(step - 1) == input(step)
                        ? isOfOneTime.and(number(there).eq(number(here).add(1L)))
                        : isOfOneTime)
                .or(isNeighbour);
    }

    // ---- columns

    private Field<Object> unitOf(Table<?> table) {
        return field(table.getUnqualifiedName().append(order().unitColumn()), Object.class);
    }

    private static Field<Long> number(Table<?> table) {
        return number(table, StepOrder.NUMBER);
    }

    private static Field<Long> number(Table<?> table, String column) {
        return field(table.getUnqualifiedName().append(column), SQLDataType.BIGINT);
    }

    private Field<T> time(Table<?> table) {
        return of(table, StepRows.TIME);
    }

    private Field<T> of(Table<?> table, String column) {
        return SqlTypes.typed(
                field(
                        table.getUnqualifiedName().append(column),
                        SqlTypes.of(attempts.typeOfTimes().kind())));
    }

    // ---- what is read of a row that begins an attempt

    @Override
    public Condition isBegun(Table<?> table) {
        return StepPasses.isTrue(table, StepRows.matchOf(0));
    }

    @Override
    public Field<T> time(Table<?> table, int number) {
        return of(table, number == 0 ? StepRows.TIME : timeOf(number));
    }

    @Override
    public Field<Long> row(Table<?> table, int number) {
        return number(table, numberOf(number));
    }

    @Override
    public Field<T> unwanted(Table<?> table, int without) {
        boolean isOfFirst = attempts.without().get(without).from() == 1;
        return of(table, isOfFirst ? StepOrder.unwantedAfter(without) : unwantedOf(without));
    }
}
