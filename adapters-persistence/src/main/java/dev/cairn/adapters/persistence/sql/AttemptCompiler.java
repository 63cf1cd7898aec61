package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.when;

import dev.cairn.domain.plan.Attempts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** All attempts at a sequence, with what came of each: when its steps were, and what is read of their rows. */
final class AttemptCompiler<T extends Comparable<? super T>> {
    private static final Table<?> FACT = DSL.table(name("fact"));
    private static final String ENDS = "ends";
    private static final String OVER = "over_at";

    private final Attempts attempts;
    private final DerivedTables.Read read;
    private final Frame frame;
    private final TimeScale<T> scale;
    private final StepSequel<T> sequel;

    private AttemptCompiler(
            Attempts attempts, DerivedTables.Read read, Frame frame, TimeScale<T> scale) {
        this.attempts = attempts;
        this.read = read;
        this.frame = frame;
        this.scale = scale;
        this.sequel = StepSequel.of(attempts, !read.later().isEmpty());
    }

    static AttemptCompiler<?> of(Attempts attempts, DerivedTables.Read read, Frame frame) {
        return of(attempts, read, frame, TimeScale.of(attempts.typeOfTimes().kind()));
    }

    private static <T extends Comparable<? super T>> AttemptCompiler<T> of(
            Attempts attempts, DerivedTables.Read read, Frame frame, TimeScale<T> scale) {
        return new AttemptCompiler<>(attempts, read, frame, scale);
    }

    /** The rows of all steps. */
    Select<?> steps() {
        return sequel.rows(
                new StepRows<>(attempts, read, frame, scale, sequel.order().ordered()).all());
    }

    /** Whether the rows of the steps are read more than once. */
    boolean readsOften() {
        return sequel.readsOften();
    }

    /**
     * All attempts that begin in what is read.
     *
     * @param steps {@link #steps}
     * @param rowsOfSteps the table of the same, where they are read more than once
     */
    Select<?> all(Select<?> steps, Name rowsOfSteps) {
        var ended = ended(sequel.followed(steps, rowsOfSteps), sequel.isBegun(FACT));
        for (int step : laterSteps()) {
            ended = besideRow(ended, step, DSL.table(rowsOfSteps).as(nameOf(step)));
        }
        var columns = outcome();
        timesAsOne().ifPresent(times -> columns.add(column(times).as(times)));
        return select(columns).from(ended).where(isWanted());
    }

    /** With when the span of each is over. */
    private Table<?> ended(Select<?> begun, Condition isBegun) {
        var first = attempts.inputs().getFirst();
        var end = List.of(attempts.end().at(), attempts.end().instant());
        var common =
                CommonValues.beside(
                        begun.asTable(FACT.getUnqualifiedName()),
                        new FactRows.Columns(first.source()),
                        end);
        return select(
                        FACT.asterisk(),
                        common.exprs().field(attempts.end().at()).as(ENDS),
                        common.exprs().field(attempts.end().instant()).as(OVER))
                .from(common.from())
                .where(isBegun)
                .asTable(FACT.getUnqualifiedName());
    }

    // ---- the first attempts

    /**
     * The column that says of each attempt when its further steps were; empty where more than times is read, or the first attempt is not the one with the least of
     * it. The row that follows a later row is no earlier one: so of the attempts of a unit the first has the least times, and they can be had without a look
     * at which attempt it is.
     */
    Optional<String> timesAsOne() {
        return read.areTimesAlone()
                        && attempts.choice() == Attempts.Choice.FIRST
                        && sequel instanceof StepPasses<?> passes
                ? passes.timesAsOne()
                : Optional.empty();
    }

    /**
     * What comes of the first attempts.
     *
     * @param tried all attempts, with their times and with what tells their cells apart
     * @param cell that
     */
    Select<?> first(Table<?> tried, List<Field<?>> cell) {
        var times = timesAsOne().orElseThrow();
        var columns = new ArrayList<Field<?>>(cell);
        if (!attempts.per().isUser()) {
            columns.add(DSL.castNull(SQLDataType.BIGINT).as("user_id"));
        }
        columns.add(DSL.castNull(SQLDataType.UUID).as("source_key"));
        for (var field : read.fields()) {
            var column = DerivedTables.columnOf(field);
            columns.add(
                    (field.equals(attempts.inputs().getFirst().time())
                                    ? least(tried, column)
                                    : StepRows.none(field))
                            .as(column));
        }
        columns.add(least(tried, DerivedTables.columnOf(attempts.started())).as(StepRows.TIME));
        columns.add(least(tried, times).as(times));
        var first = select(columns).from(tried).groupBy(cell);
        var outcome = outcome();
        cell.stream()
                .filter(column ->
                        outcome.stream().noneMatch(of -> of.getName().equals(column.getName())))
                .forEach(column -> outcome.add(column(column.getName()).as(column.getName())));
        return select(outcome).from(ended(first, DSL.noCondition()));
    }

    private static Field<Object> least(Table<?> table, String column) {
        return DSL.min(field(table.getUnqualifiedName().append(column), Object.class));
    }

    private static Field<Object> column(String column) {
        return field(FACT.getUnqualifiedName().append(column), Object.class);
    }

    // ---- rows of later steps

    /** Numbers of those of which fields are read, from 1. */
    private List<Integer> laterSteps() {
        return read.later().stream()
                .map(field -> attempts.later(field).orElseThrow().step())
                .distinct()
                .sorted()
                .toList();
    }

    private static Name nameOf(int step) {
        return name(Attempts.link(step));
    }

    private Table<?> besideRow(Table<?> attempt, int step, Table<?> rows) {
        var number = field(rows.getUnqualifiedName().append(StepOrder.NUMBER), SQLDataType.BIGINT);
        return attempt.leftJoin(rows)
                .on(number.eq(sequel.row(FACT, step - 1)))
                .and(isInSpan(sequel.time(FACT, step - 1)))
                .and(
                        StoreTables.id(rows, sequel.order().unitColumn())
                                .eq(StoreTables.id(FACT, sequel.order().unitColumn())));
    }

    // ---- what comes of each

    /** Whether nothing lies in it that must not. */
    private Condition isWanted() {
        Condition wanted = DSL.noCondition();
        var steps = times();
        for (int at = 0; at < attempts.without().size(); at++) {
            var none = attempts.without().get(at);
            var first = sequel.unwanted(FACT, at);
            var until = steps.get(none.to() - 1);
            var lies =
                    when(steps.get(none.from() - 1).isNull(), inline(false))
                            .when(until.isNotNull(), field(first.lt(until)))
                            .otherwise(field(isInSpan(first)));
            wanted = wanted.andNot(DSL.condition(coalesce(lies, inline(false))));
        }
        return wanted;
    }

    /** When each step was, the first included; empty where it was not reached in time. */
    private List<Field<T>> times() {
        return IntStream.range(0, attempts.steps().size())
                .mapToObj(step -> {
                    var at = sequel.time(FACT, step);
                    return step == 0 ? at : when(isInSpan(at), at);
                })
                .toList();
    }

    private List<Field<?>> outcome() {
        var columns = new ArrayList<Field<?>>();
        for (var kept : Stream.of("account_id", "user_id", "source_key").toList()) {
            columns.add(field(FACT.getUnqualifiedName().append(kept)).as(kept));
        }
        for (var field : read.fields()) {
            var column = DerivedTables.columnOf(field);
            columns.add(field(FACT.getUnqualifiedName().append(column)).as(column));
        }
        for (var field : read.later()) {
            var column = DerivedTables.columnOf(field);
            int step = attempts.later(field).orElseThrow().step();
            columns.add(field(nameOf(step).append(column)).as(column));
        }
        var steps = times();
        Field<Integer> reached =
                steps.subList(1, steps.size()).stream()
                        .map(at -> when(at.isNotNull(), inline(1)).otherwise(inline(0)))
                        .reduce(inline(1), Field::add);
        columns.add(steps.getFirst().as(DerivedTables.columnOf(attempts.started())));
        columns.add(
                reached.cast(SQLDataType.BIGINT).as(DerivedTables.columnOf(Attempts.reached())));
        columns.add(
                field(steps.getLast().isNotNull())
                        .as(DerivedTables.columnOf(Attempts.completed())));
        columns.add(
                coalesce(field(isPending()), inline(false))
                        .as(DerivedTables.columnOf(Attempts.pending())));
        for (int step = 0; step < steps.size(); step++) {
            columns.add(steps.get(step).as(DerivedTables.columnOf(attempts.at(step + 1))));
        }
        return columns;
    }

    private Field<T> ends() {
        return SqlTypes.typed(
                field(
                        FACT.getUnqualifiedName().append(ENDS),
                        SqlTypes.of(attempts.typeOfTimes().kind())));
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
