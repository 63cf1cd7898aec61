package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.lead;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.when;

import dev.cairn.domain.plan.Attempts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.OrderField;
import org.jooq.Select;
import org.jooq.SelectFieldOrAsterisk;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * All attempts at a sequence. The rows of all steps are one table, ordered by time within a unit; for each row the next of a step is the least among those
 * after it, of the last step first, so that each brings the times of the steps behind it along: as many passes as there are further steps, none of which
 * looks at a row twice.
 */
final class AttemptCompiler<T extends Comparable<? super T>> {
    private static final Table<?> STEP = DSL.table(name("step"));
    private static final Table<?> FACT = DSL.table(name("fact"));
    private static final String ENDS = "ends";
    private static final String OVER = "over_at";
    private static final String ANEW = "anew";
    private static final String RETURNED = "returned";

    private final Attempts attempts;
    private final AttemptTables.Read read;
    private final Frame frame;
    private final TimeScale<T> scale;

    private AttemptCompiler(
            Attempts attempts, AttemptTables.Read read, Frame frame, TimeScale<T> scale) {
        this.attempts = attempts;
        this.read = read;
        this.frame = frame;
        this.scale = scale;
    }

    /** All attempts that begin in what is read. */
    static Select<?> attempts(Attempts attempts, AttemptTables.Read read, Frame frame) {
        return attempts(attempts, read, frame, TimeScale.of(attempts.typeOfTimes().kind()));
    }

    private static <T extends Comparable<? super T>> Select<?> attempts(
            Attempts attempts, AttemptTables.Read read, Frame frame, TimeScale<T> scale) {
        return new AttemptCompiler<>(attempts, read, frame, scale).all();
    }

    // ---- their order

    private boolean isStrict() {
        return attempts.order() == Attempts.Order.STRICT;
    }

    /** Inputs of which rows of one time follow each other. */
    private List<Integer> ordered() {
        var inputs = new LinkedHashSet<Integer>();
        for (int step = 1; step < attempts.steps().size(); step++) {
            int input = attempts.steps().get(step).input();
            if (attempts.steps().get(step - 1).input() == input) {
                inputs.add(input);
            }
        }
        if (returning() > 0) {
            inputs.add(attempts.steps().get(returning()).input());
        }
        return List.copyOf(inputs);
    }

    /** From the last to the first: what stands before a row comes after it, if it is of a step. */
    private List<OrderField<?>> backwards(int step, int after) {
        int before = attempts.steps().get(after).input();
        int input = attempts.steps().get(step).input();
        if (before == input) {
            return ofOneTime(input).stream().<OrderField<?>>map(Field::desc).toList();
        }
        return List.of(
                column(StepRows.TIME).desc(),
                when(column(StepRows.INPUT).eq(inline((Object) input)), inline(0))
                        .otherwise(inline(1)));
    }

    /** What the rows of an input are ordered by: their time, then their key. */
    private List<Field<Object>> ofOneTime(int input) {
        var order = new ArrayList<Field<Object>>();
        order.add(column(StepRows.TIME));
        if (attempts.inputs().get(input).key().isEmpty()) {
            order.add(column("source_key"));
        }
        for (int part = 0; part < StepRows.key(attempts.inputs().get(input)).size(); part++) {
            order.add(column(StepRows.keyOf(input, part)));
        }
        return order;
    }

    private static Field<Object> column(String column) {
        return field(STEP.getUnqualifiedName().append(column), Object.class);
    }

    // ---- what comes of each

    private static String nextOf(int step) {
        return "next" + (step + 1);
    }

    private static String unwantedAfter(int without) {
        return "unwanted" + without;
    }

    /** The rows of all steps, each with the times of the steps that follow it. */
    private Select<?> followed() {
        Select<?> rows = new StepRows<>(attempts, read, frame, scale, ordered()).all();
        if (!attempts.without().isEmpty()) {
            rows = unwanted(rows);
        }
        int returning = returning();
        int from = returning == 0 ? -1 : lastOfSource(returning);
        for (int step = attempts.steps().size() - 1; step > 0; step--) {
            var columns = new ArrayList<SelectFieldOrAsterisk>();
            columns.add(STEP.asterisk());
            columns.add((isStrict() ? following(step) : next(step, step - 1)).as(nextOf(step)));
            if (step == returning && from >= 0) {
                columns.add(next(step, from).as(ANEW));
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
        return IntStream.range(2, attempts.steps().size())
                .filter(step -> lastOfSource(step) >= 0 && lastOfSource(step) < step - 1)
                .findFirst()
                .orElse(0);
    }

    /** The last step before one whose rows are of the same source; none: negative. */
    private int lastOfSource(int step) {
        return IntStream.iterate(step - 1, at -> at >= 0, at -> at - 1)
                .filter(at ->
                        attempts.steps().get(at).input() == attempts.steps().get(step).input())
                .findFirst()
                .orElse(-1);
    }

    /**
     * Where the rows of another source in between are all of one time, a row that comes back to the first source is after the last of its own: by the time alone
     * it could be that one itself.
     */
    private Select<?> returned(Select<?> rows, int step, int returning) {
        var sooner = parts(STEP, nextOf(step), step, step, returning);
        var anew = new ArrayList<>(sooner);
        anew.addAll(parts(STEP, ANEW, returning, returning, attempts.steps().size()));
        var last = part(STEP, nextOf(step), size(step), place(step, returning - 1));
        var columns = new ArrayList<SelectFieldOrAsterisk>();
        columns.add(STEP.asterisk());
        columns.add(
                when(last.eq(time(STEP)), together(anew))
                        .otherwise(
                                SqlTypes.typed(
                                        field(STEP.getUnqualifiedName().append(nextOf(step)))))
                        .as(RETURNED));
        return select(columns).from(rows.asTable(STEP.getUnqualifiedName()));
    }

    private Field<Object> unit() {
        return column(attempts.per().isUser() ? "user_id" : "account_id");
    }

    private static Condition isTrue(Table<?> table, String column) {
        return DSL.condition(field(table.getUnqualifiedName().append(column), SQLDataType.BOOLEAN));
    }

    /** Of a row that a step may be its time, and what else is read from there on; then the same of the steps after it. */
    private Field<?> from(int step) {
        var values = new ArrayList<Field<T>>();
        values.add(time(STEP));
        for (int without : withoutAfter(step)) {
            values.add(of(STEP, unwantedAfter(without)));
        }
        if (step + 1 < attempts.steps().size()) {
            values.addAll(
                    parts(STEP, columnOf(step + 1), step + 1, step + 1, attempts.steps().size()));
        }
        return values.size() == 1 ? values.getFirst() : together(values);
    }

    /** Of the rows after the one at hand the first that a step may be. */
    private Field<?> next(int step, int after) {
        var units = new ArrayList<Field<?>>(List.of(unit()));
        var matches = isTrue(STEP, StepRows.matchOf(step));
        for (int at = 0; at < attempts.steps().getFirst().same().size(); at++) {
            units.add(column(StepRows.sameOf(at)));
            matches = matches.and(column(StepRows.sameOf(at)).isNotNull());
        }
        return DSL.min(from(step))
                .filterWhere(matches)
                .over()
                .partitionBy(units)
                .orderBy(backwards(step, after))
                .rowsBetweenUnboundedPreceding()
                .andPreceding(1);
    }

    /** Strictly the very next row, if that may be the step. */
    private Field<?> following(int step) {
        var order = ofOneTime(0);
        Condition isSame = DSL.noCondition();
        for (int at = 0; at < attempts.steps().getFirst().same().size(); at++) {
            var same = column(StepRows.sameOf(at));
            isSame = isSame.and(same.eq(lead(same).over().partitionBy(unit()).orderBy(order)));
        }
        var matching = when(isTrue(STEP, StepRows.matchOf(step)), from(step));
        var following = lead(matching).over().partitionBy(unit()).orderBy(order);
        return attempts.steps().getFirst().same().isEmpty() ? following : when(isSame, following);
    }

    /** What an attempt must not have after a step. */
    private List<Integer> withoutAfter(int step) {
        return IntStream.range(0, attempts.without().size())
                .filter(at -> attempts.without().get(at).from() == step + 1)
                .boxed()
                .toList();
    }

    /** How many times are read of a step and those after it. */
    private int size(int step) {
        return place(step, attempts.steps().size());
    }

    /** Where those of a step begin among those that are read from another on. */
    private int place(int from, int step) {
        return IntStream.range(from, step).map(at -> 1 + withoutAfter(at).size()).sum();
    }

    /** The times of some steps, of those that are read from one on. */
    private List<Field<T>> parts(Table<?> table, String column, int from, int first, int end) {
        return IntStream.range(place(from, first), place(from, end))
                .mapToObj(at -> part(table, column, size(from), at))
                .toList();
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

    /** The time of a step after a row. */
    private Field<T> reached(Table<?> table, int step) {
        return part(table, columnOf(1), size(1), place(1, step));
    }

    /** Where the times of a step and those after it stand. */
    private String columnOf(int pass) {
        int returning = returning();
        return returning > 0 && pass == lastOfSource(returning) + 1 ? RETURNED : nextOf(pass);
    }

    /** Without the binding of their type, which has none for arrays. */
    private static <T> Field<Object[]> together(List<Field<T>> times) {
        return DSL.array(times.stream().map(time -> time.coerce(SQLDataType.OTHER)).toList());
    }

    /** One of several times. */
    private Field<T> part(Table<?> table, String column, int size, int at) {
        var name = table.getUnqualifiedName().append(column);
        var type = SqlTypes.of(attempts.typeOfTimes().kind());
        return size == 1
                ? SqlTypes.typed(field(name, type))
                : SqlTypes.typed(
                        DSL.arrayGet(
                                        field(name, SQLDataType.OTHER.getArrayDataType()),
                                        inline(at + 1))
                                .coerce(type));
    }

    private Select<?> all() {
        var first = attempts.inputs().getFirst();
        var columns = new FactRows.Columns(first.source());
        var end = List.of(attempts.end().at(), attempts.end().instant());
        var begun = isTrue(FACT, StepRows.matchOf(0));
        var common =
                CommonValues.beside(followed().asTable(FACT.getUnqualifiedName()), columns, end);
        var ended =
                select(
                                FACT.asterisk(),
                                common.exprs().field(attempts.end().at()).as(ENDS),
                                common.exprs().field(attempts.end().instant()).as(OVER))
                        .from(common.from())
                        .where(begun)
                        .asTable(FACT.getUnqualifiedName());
        return select(outcome()).from(ended).where(isWanted());
    }

    /** Whether nothing lies in it that must not. */
    private Condition isWanted() {
        Condition wanted = DSL.noCondition();
        var steps = times();
        for (int at = 0; at < attempts.without().size(); at++) {
            var none = attempts.without().get(at);
            int from = none.from() - 1;
            var place = 1 + withoutAfter(from).indexOf(at);
            var first =
                    from == 0
                            ? of(FACT, unwantedAfter(at))
                            : part(FACT, columnOf(1), size(1), place(1, from) + place);
            var until = steps.get(none.to() - 1);
            var lies =
                    when(steps.get(from).isNull(), inline(false))
                            .when(until.isNotNull(), field(first.lt(until)))
                            .otherwise(field(isInSpan(first)));
            wanted = wanted.andNot(DSL.condition(coalesce(lies, inline(false))));
        }
        return wanted;
    }

    /** When each step was, the first included; empty where it was not reached in time. */
    private List<Field<T>> times() {
        var steps = new ArrayList<Field<T>>();
        steps.add(time(FACT));
        for (int step = 1; step < attempts.steps().size(); step++) {
            var at = reached(FACT, step);
            steps.add(when(isInSpan(at), at));
        }
        return steps;
    }

    private List<Field<?>> outcome() {
        var columns = new ArrayList<Field<?>>();
        for (var kept : Stream.of("account_id", "user_id", "source_key").toList()) {
            columns.add(field(FACT.getUnqualifiedName().append(kept)).as(kept));
        }
        for (var field : read.fields()) {
            var column = AttemptRows.columnOf(field);
            columns.add(field(FACT.getUnqualifiedName().append(column)).as(column));
        }
        var steps = times();
        Field<Integer> reached =
                steps.subList(1, steps.size()).stream()
                        .map(at -> when(at.isNotNull(), inline(1)).otherwise(inline(0)))
                        .reduce(inline(1), Field::add);
        columns.add(time(FACT).as(AttemptRows.columnOf(attempts.started())));
        columns.add(reached.cast(SQLDataType.BIGINT).as(AttemptRows.columnOf(Attempts.reached())));
        columns.add(
                field(steps.getLast().isNotNull()).as(AttemptRows.columnOf(Attempts.completed())));
        columns.add(
                coalesce(field(isPending()), inline(false))
                        .as(AttemptRows.columnOf(Attempts.pending())));
        for (int step = 0; step < steps.size(); step++) {
            columns.add(steps.get(step).as(AttemptRows.columnOf(attempts.at(step + 1))));
        }
        return columns;
    }

    private Field<T> ends() {
        return of(FACT, ENDS);
    }

    private Condition isInSpan(Field<T> at) {
        return attempts.inclusive() ? at.le(ends()) : at.lt(ends());
    }

    /** What is at the end of the span belongs to it where that is inclusive. */
    private Condition isPending() {
        Field<Instant> over = field(FACT.getUnqualifiedName().append(OVER), SQLDataType.INSTANT);
        var asOf = SqlTypes.instant(frame.asOf());
        var pending = attempts.inclusive() ? over.ge(asOf) : over.gt(asOf);
        for (var input : attempts.inputs()) {
            Field<T> until =
                    field(
                            select(scale.until(CoverageTables.COVERAGE))
                                    .from(CoverageTables.COVERAGE)
                                    .where(CoverageTables.SOURCE.eq(input.source())));
            pending = pending.or(attempts.inclusive() ? ends().ge(until) : ends().gt(until));
        }
        return pending;
    }
}
