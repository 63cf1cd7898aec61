package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.when;

import dev.cairn.adapters.persistence.sql.BroughtAlong.Lane;
import dev.cairn.domain.plan.Attempts;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.SelectFieldOrAsterisk;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * What follows each row of the steps of a sequence. The rows are one table, ordered by time within a unit; for each the next of a step is the least among
 * those after it, of the last step first, so that each brings what is read of the steps behind it along: as many passes as there are further steps, none of
 * which looks at a row twice. Where steps may be reached in any order, a pass looks for each set of as many steps that are still open.
 *
 * @param areNumbered whether rows are told apart by their number, beside their time
 */
record StepPasses<T extends Comparable<? super T>>(
        Attempts attempts, boolean areNumbered, BroughtAlong along) {
    private static final String NUMBER = StepOrder.NUMBER;
    private static final Table<?> STEP = StepOrder.STEP;

    StepPasses(Attempts attempts, boolean areNumbered) {
        this(
                attempts,
                areNumbered || attempts.order() == Attempts.Order.STRICT,
                new BroughtAlong(attempts));
    }

    private List<Lane> lanes() {
        return areNumbered ? List.of(Lane.TIMES, Lane.NUMBERS) : List.of(Lane.TIMES);
    }

    private int count() {
        return attempts.steps().size();
    }

    private int input(int step) {
        return attempts.steps().get(step).input();
    }

    StepOrder order() {
        return new StepOrder(attempts, areNumbered, returning());
    }

    private static Field<Object> column(String column) {
        return StepOrder.column(column);
    }

    private Field<Object> unit() {
        return column(unitColumn());
    }

    String unitColumn() {
        return order().unitColumn();
    }

    // ---- which steps are open

    private boolean isInOrder() {
        return attempts.order() != Attempts.Order.UNORDERED;
    }

    /** The sets of steps of which as many as that are open at some time. */
    private List<List<Integer>> open(int many) {
        var all = IntStream.range(0, count()).boxed().toList();
        if (isInOrder()) {
            return List.of(all.subList(count() - many, count()));
        }
        return IntStream.range(0, 1 << count())
                .filter(set -> Integer.bitCount(set) == many)
                .mapToObj(set -> all.stream().filter(step -> ((set >> step) & 1) == 1).toList())
                .toList();
    }

    /** Those of the open steps that may be reached next. */
    private List<Integer> nextOf(List<Integer> open) {
        return isInOrder() ? open.subList(0, 1) : open;
    }

    private static List<Integer> without(List<Integer> open, int step) {
        return open.stream().filter(other -> other != step).toList();
    }

    /** Whether a row is one of some steps. */
    private static Condition isOneOf(Table<?> table, List<Integer> steps) {
        return steps.stream()
                .map(step -> isTrue(table, StepRows.matchOf(step)))
                .reduce(DSL.falseCondition(), Condition::or);
    }

    /** What goes with the step that a row is, of those that may be reached next: the first of them that it may be. */
    private <V> Field<V> ofStep(Table<?> table, List<Integer> steps, IntFunction<Field<V>> value) {
        if (steps.size() == 1) {
            return value.apply(steps.getFirst());
        }
        var cases =
                when(
                        isTrue(table, StepRows.matchOf(steps.getFirst())),
                        value.apply(steps.getFirst()));
        for (int step : steps.subList(1, steps.size())) {
            cases = cases.when(isTrue(table, StepRows.matchOf(step)), value.apply(step));
        }
        return cases;
    }

    private String columnOf(Lane lane, List<Integer> open) {
        int returning = returning();
        return returning > 0 && open.getFirst() == lastOfSource(returning) + 1
                ? "returned_" + lane.word()
                : plainOf(lane, open);
    }

    private String plainOf(Lane lane, List<Integer> open) {
        return lane.word()
                + (isInOrder()
                        ? String.valueOf(open.getFirst() + 1)
                        : open.stream()
                                .map(step -> String.valueOf(step + 1))
                                .collect(Collectors.joining("_")));
    }

    private static String anewOf(Lane lane) {
        return "anew_" + lane.word();
    }

    static String unwantedAfter(int without) {
        return "unwanted" + without;
    }

    // ---- the passes

    /** Rows of all steps, each with what is read of the steps that follow it. */
    Select<?> followed(Select<?> rowsOfSteps) {
        var rows = attempts.without().isEmpty() ? rowsOfSteps : unwanted(rowsOfSteps);
        int returning = returning();
        int from = returning == 0 ? -1 : lastOfSource(returning);
        for (int step = count() - 1; step > 0; step--) {
            var columns = new ArrayList<SelectFieldOrAsterisk>();
            columns.add(STEP.asterisk());
            for (var open : open(count() - step)) {
                for (var lane : lanes()) {
                    columns.add(following(lane, open, step).as(plainOf(lane, open)));
                    if (step == returning && from >= 0) {
                        columns.add(next(lane, open, from).as(anewOf(lane)));
                    }
                }
            }
            rows = select(columns).from(rows.asTable(STEP.getUnqualifiedName()));
            if (step == from + 1 && from >= 0) {
                rows = returned(rows, step, returning);
            }
        }
        return rows;
    }

    /** With the first time after each row that a row is of which an attempt must not have. */
    private Select<?> unwanted(Select<?> rows) {
        var columns = new ArrayList<SelectFieldOrAsterisk>();
        columns.add(STEP.asterisk());
        for (int at = 0; at < attempts.without().size(); at++) {
            columns.add(
                    DSL.min(time(STEP))
                            .filterWhere(isTrue(STEP, StepRows.unwantedOf(at)))
                            .over()
                            .partitionBy(unit())
                            .orderBy(column(StepRows.TIME).desc())
                            .groupsBetweenUnboundedPreceding()
                            .andPreceding(1)
                            .as(unwantedAfter(at)));
        }
        return select(columns).from(rows.asTable(STEP.getUnqualifiedName()));
    }

    /** The step whose rows are of a source that rows of another were of in between; none: 0. */
    private int returning() {
        return IntStream.range(2, count())
                .filter(step -> lastOfSource(step) >= 0 && lastOfSource(step) < step - 1)
                .findFirst()
                .orElse(0);
    }

    /** The last step before one whose rows are of the same source; none: negative. */
    private int lastOfSource(int step) {
        return IntStream.iterate(step - 1, at -> at >= 0, at -> at - 1)
                .filter(at -> input(at) == input(step))
                .findFirst()
                .orElse(-1);
    }

    /**
     * Where the rows of another source in between are all of one time, a row that comes back to the first source is after the last of its own: by the time alone
     * it could be that one itself.
     */
    private Select<?> returned(Select<?> rows, int step, int returning) {
        var open = open(count() - step).getFirst();
        Field<T> last =
                along.part(
                        Lane.TIMES,
                        STEP,
                        plainOf(Lane.TIMES, open),
                        step,
                        along.place(Lane.TIMES, step, returning - 1));
        var columns = new ArrayList<SelectFieldOrAsterisk>();
        columns.add(STEP.asterisk());
        for (var lane : lanes()) {
            var values = along.parts(lane, STEP, plainOf(lane, open), step, returning);
            values.addAll(along.parts(lane, STEP, anewOf(lane), returning, count()));
            columns.add(
                    when(last.eq(time(STEP)), BroughtAlong.together(values))
                            .otherwise(
                                    SqlTypes.typed(
                                            field(
                                                    STEP.getUnqualifiedName()
                                                            .append(plainOf(lane, open)))))
                            .as(columnOf(lane, open)));
        }
        return select(columns).from(rows.asTable(STEP.getUnqualifiedName()));
    }

    static Condition isTrue(Table<?> table, String column) {
        return DSL.condition(field(table.getUnqualifiedName().append(column), SQLDataType.BOOLEAN));
    }

    /** What is brought along of a row that one of the open steps may be; then the same of the steps after it. */
    private Field<?> from(Lane lane, List<Integer> open) {
        return ofStep(STEP, nextOf(open), step -> SqlTypes.typed(from(lane, open, step)));
    }

    private Field<?> from(Lane lane, List<Integer> open, int step) {
        int number = count() - open.size();
        var values = new ArrayList<Field<?>>();
        switch (lane) {
            case TIMES -> {
                values.add(time(STEP));
                along.withoutAfter(number).forEach(at -> values.add(of(STEP, unwantedAfter(at))));
            }
            case NUMBERS -> values.add(column(NUMBER));
        }
        if (open.size() > 1) {
            values.addAll(
                    along.parts(
                            lane, STEP, columnOf(lane, without(open, step)), number + 1, count()));
        }
        return values.size() == 1 ? values.getFirst() : BroughtAlong.together(values);
    }

    private Field<?> following(Lane lane, List<Integer> open, int step) {
        var next = next(lane, open, step - 1);
        return attempts.order() == Attempts.Order.STRICT
                ? when(isUninterrupted(open, step), SqlTypes.<Object>typed(next))
                : next;
    }

    /** Of the rows after the one at hand the first that one of the open steps may be. */
    private Field<?> next(Lane lane, List<Integer> open, int after) {
        var units = new ArrayList<Field<?>>(List.of(unit()));
        var matches = isOneOf(STEP, nextOf(open));
        for (int at = 0; at < attempts.steps().getFirst().same().size(); at++) {
            units.add(column(StepRows.sameOf(at)));
            matches = matches.and(column(StepRows.sameOf(at)).isNotNull());
        }
        return DSL.min(from(lane, open))
                .filterWhere(matches)
                .over()
                .partitionBy(units)
                .orderBy(order().backwards(open.getFirst(), after))
                .rowsBetweenUnboundedPreceding()
                .andPreceding(1);
    }

    // ---- strictly

    /** Whether no row that is read lies between the one at hand and the next of a step. */
    private Condition isUninterrupted(List<Integer> open, int step) {
        int here = input(step - 1);
        int there = input(step);
        Field<T> found = ofNext(Lane.TIMES, open, step);
        var uninterrupted = DSL.noCondition();
        for (int input = 0; input < attempts.inputs().size(); input++) {
            if (input != there) {
                Field<T> first = first(time(STEP), input, input == here);
                uninterrupted = uninterrupted.and(first.isNull().or(first.ge(found)));
            }
        }
        var number = field(STEP.getUnqualifiedName().append(NUMBER), SQLDataType.BIGINT);
        var isFirst =
                first(number, there, there == here).eq(this.<Long>ofNext(Lane.NUMBERS, open, step));
        return uninterrupted.and(here == there ? isFirst : found.eq(time(STEP)).or(isFirst));
    }

    private <V> Field<V> ofNext(Lane lane, List<Integer> open, int step) {
        var next = next(lane, open, step - 1);
        return along.size(lane, step) == 1
                ? SqlTypes.typed(next)
                : SqlTypes.typed(
                        DSL.arrayGet(next.coerce(SQLDataType.OTHER.getArrayDataType()), inline(1))
                                .coerce(along.typeOf(lane)));
    }

    /** The least of the rows of an input after the one at hand: those of its own input at the same time by their key, of others none of the same time. */
    private <V> Field<V> first(Field<V> value, int input, boolean isOwn) {
        var rows =
                DSL.min(value)
                        .filterWhere(column(StepRows.INPUT).eq(inline((Object) input)))
                        .over()
                        .partitionBy(unit());
        return isOwn
                ? rows.orderBy(column(NUMBER).desc())
                        .rowsBetweenUnboundedPreceding()
                        .andPreceding(1)
                : rows.orderBy(column(StepRows.TIME).desc())
                        .groupsBetweenUnboundedPreceding()
                        .andPreceding(1);
    }

    private Field<T> time(Table<?> table) {
        return of(table, StepRows.TIME);
    }

    private Field<T> of(Table<?> table, String column) {
        return SqlTypes.typed(
                field(table.getUnqualifiedName().append(column), along.typeOf(Lane.TIMES)));
    }

    // ---- what is read of a row that begins an attempt

    private List<Integer> first() {
        return nextOf(IntStream.range(0, count()).boxed().toList());
    }

    Condition isBegun(Table<?> table) {
        return isOneOf(table, first());
    }

    /** When the step of a number, from 0, was; its own time for the first. */
    Field<T> time(Table<?> table, int number) {
        return number == 0
                ? time(table)
                : ofLater(Lane.TIMES, table, along.place(Lane.TIMES, 1, number));
    }

    /** The number of the row which is the step of a number after the first. */
    Field<Long> row(Table<?> table, int number) {
        return ofLater(Lane.NUMBERS, table, along.place(Lane.NUMBERS, 1, number));
    }

    /** The first time after a step at which there is what an attempt must not have from there on. */
    Field<T> unwanted(Table<?> table, int without) {
        int from = attempts.without().get(without).from() - 1;
        int place = 1 + along.withoutAfter(from).indexOf(without);
        return from == 0
                ? of(table, unwantedAfter(without))
                : ofLater(Lane.TIMES, table, along.place(Lane.TIMES, 1, from) + place);
    }

    private <V> Field<V> ofLater(Lane lane, Table<?> table, int at) {
        var all = IntStream.range(0, count()).boxed().toList();
        return ofStep(
                table,
                first(),
                step -> along.part(lane, table, columnOf(lane, without(all, step)), 1, at));
    }
}
