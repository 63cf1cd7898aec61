package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.rowNumber;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.when;

import dev.cairn.domain.plan.Attempts;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jooq.Field;
import org.jooq.OrderField;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;

/**
 * How the rows of the steps of a sequence follow each other within a unit: by time, then by key.
 *
 * @param areNumbered whether rows are told apart by their number, beside their time
 */
record StepOrder(Attempts attempts, boolean areNumbered) {
    static final String NUMBER = "number";
    static final Table<?> STEP = DSL.table(name("step"));

    private int input(int step) {
        return attempts.steps().get(step).input();
    }

    /** Inputs of which rows of one time follow each other. */
    List<Integer> ordered() {
        if (areNumbered) {
            return IntStream.range(0, attempts.inputs().size()).boxed().toList();
        }
        var inputs = new LinkedHashSet<Integer>();
        for (int step = 1; step < attempts.steps().size(); step++) {
            if (input(step - 1) == input(step)) {
                inputs.add(input(step));
            }
        }
        return List.copyOf(inputs);
    }

    /** The rows with their numbers, by time and then by key. */
    Select<?> numbered(Select<?> rows) {
        if (!areNumbered) {
            return rows;
        }
        var order = new ArrayList<OrderField<?>>();
        order.add(column(StepRows.TIME));
        order.add(column(StepRows.INPUT));
        for (int input : ordered()) {
            order.addAll(keys(input));
        }
        order.add(column("source_key"));
        return select(
                        STEP.asterisk(),
                        rowNumber()
                                .over()
                                .partitionBy(column(unitColumn()))
                                .orderBy(order)
                                .as(NUMBER))
                .from(rows.asTable(STEP.getUnqualifiedName()));
    }

    /** From the last to the first: what stands before a row comes after it, if it is of a step. */
    List<OrderField<?>> backwards(int step, int after) {
        if (input(after) == input(step)) {
            return ofOneTime(input(step)).stream().<OrderField<?>>map(Field::desc).toList();
        }
        return List.of(
                column(StepRows.TIME).desc(),
                when(column(StepRows.INPUT).eq(inline((Object) input(step))), inline(0))
                        .otherwise(inline(1)));
    }

    /** What the rows of an input are ordered by: their time, then their key. */
    private List<Field<Object>> ofOneTime(int input) {
        var order = new ArrayList<Field<Object>>();
        order.add(column(StepRows.TIME));
        order.addAll(keys(input));
        if (!attempts.inputs().get(input).isKeyed()) {
            order.add(column("source_key"));
        }
        return order;
    }

    private List<Field<Object>> keys(int input) {
        return IntStream.range(0, StepRows.key(attempts.inputs().get(input)).size())
                .mapToObj(part -> column(StepRows.keyOf(input, part)))
                .toList();
    }

    Field<Object> unit() {
        return column(unitColumn());
    }

    /** What the rows of an attempt have in common. */
    List<Field<Object>> same() {
        return IntStream.range(0, attempts.steps().getFirst().same().size())
                .mapToObj(at -> column(StepRows.sameOf(at)))
                .toList();
    }

    /** What tells rows apart that are of no attempt together. */
    List<Field<Object>> alike() {
        return Stream.concat(Stream.of(unit()), same().stream()).toList();
    }

    static String unwantedAfter(int without) {
        return "unwanted" + without;
    }

    /** The first time after each row at which there is what an attempt must not have. */
    List<Field<?>> unwanted() {
        return IntStream.range(0, attempts.without().size())
                .<Field<?>>mapToObj(at ->
                        DSL.min(column(StepRows.TIME))
                                .filterWhere(StepPasses.isTrue(STEP, StepRows.unwantedOf(at)))
                                .over()
                                .partitionBy(unit())
                                .orderBy(column(StepRows.TIME).desc())
                                .groupsBetweenUnboundedPreceding()
                                .andPreceding(1)
                                .as(unwantedAfter(at)))
                .toList();
    }

    static Field<Object> column(String column) {
        return field(STEP.getUnqualifiedName().append(column), Object.class);
    }

    String unitColumn() {
        return attempts.per().isUser() ? "user_id" : "account_id";
    }
}
