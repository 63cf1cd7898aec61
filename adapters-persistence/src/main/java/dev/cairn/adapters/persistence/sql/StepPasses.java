package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.when;

import dev.cairn.adapters.persistence.sql.BroughtAlong.Lane;
import dev.cairn.domain.plan.Attempts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Name;
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
        Attempts attempts, boolean areNumbered, BroughtAlong along) implements StepSequel<T> {
    private static final String NUMBER = StepOrder.NUMBER;
    private static final Table<?> STEP = StepOrder.STEP;

    StepPasses(Attempts attempts, boolean areNumbered) {
        this(attempts, areNumbered, new BroughtAlong(attempts));
    }

    private List<Lane> lanes() {
        return areNumbered ? List.of(Lane.TIMES, Lane.NUMBERS) : List.of(Lane.TIMES);
    }

    private int count() {
        return attempts.steps().size();
    }

    @Override
    public StepOrder order() {
        return new StepOrder(attempts, areNumbered);
    }

    @Override
    public boolean readsOften() {
        return areNumbered;
    }

    private static Field<Object> column(String column) {
        return StepOrder.column(column);
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
        return lane.word()
                + (isInOrder()
                        ? String.valueOf(open.getFirst() + 1)
                        : open.stream()
                                .map(step -> String.valueOf(step + 1))
                                .collect(Collectors.joining("_")));
    }

    // ---- the passes

    @Override
    public Select<?> rows(Select<?> rowsOfSteps) {
        return order().numbered(rowsOfSteps);
    }

    @Override
    public Select<?> followed(Select<?> rowsOfSteps, Name table) {
        var rows = attempts.without().isEmpty() ? rowsOfSteps : unwanted(rowsOfSteps);
        for (int step = count() - 1; step > 0; step--) {
            var columns = new ArrayList<SelectFieldOrAsterisk>();
            columns.add(STEP.asterisk());
            for (var open : open(count() - step)) {
                for (var lane : lanes()) {
                    columns.add(next(lane, open, step - 1).as(columnOf(lane, open)));
                }
            }
            rows = select(columns).from(rows.asTable(STEP.getUnqualifiedName()));
        }
        return rows;
    }

    private Select<?> unwanted(Select<?> rows) {
        var columns = new ArrayList<SelectFieldOrAsterisk>();
        columns.add(STEP.asterisk());
        columns.addAll(order().unwanted());
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
                along.withoutAfter(number)
                        .forEach(at -> values.add(of(STEP, StepOrder.unwantedAfter(at))));
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

    /** Of the rows after the one at hand the first that one of the open steps may be. */
    private Field<?> next(Lane lane, List<Integer> open, int after) {
        var matches = isOneOf(STEP, nextOf(open));
        for (var same : order().same()) {
            matches = matches.and(same.isNotNull());
        }
        return DSL.min(from(lane, open))
                .filterWhere(matches)
                .over()
                .partitionBy(order().alike())
                .orderBy(order().backwards(open.getFirst(), after))
                .rowsBetweenUnboundedPreceding()
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

    /** When the further steps of an attempt were, as one value: the later an attempt begins, the later they are. */
    Optional<String> timesAsOne() {
        return isInOrder()
                        && !areNumbered
                        && attempts.without().isEmpty()
                        && order().same().isEmpty()
                ? Optional.of(columnOf(Lane.TIMES, open(count() - 1).getFirst()))
                : Optional.empty();
    }

    @Override
    public Condition isBegun(Table<?> table) {
        return isOneOf(table, first());
    }

    @Override
    public Field<T> time(Table<?> table, int number) {
        return number == 0
                ? time(table)
                : ofLater(Lane.TIMES, table, along.place(Lane.TIMES, 1, number));
    }

    @Override
    public Field<Long> row(Table<?> table, int number) {
        return ofLater(Lane.NUMBERS, table, along.place(Lane.NUMBERS, 1, number));
    }

    @Override
    public Field<T> unwanted(Table<?> table, int without) {
        int from = attempts.without().get(without).from() - 1;
        int place = 1 + along.withoutAfter(from).indexOf(without);
        return from == 0
                ? of(table, StepOrder.unwantedAfter(without))
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
