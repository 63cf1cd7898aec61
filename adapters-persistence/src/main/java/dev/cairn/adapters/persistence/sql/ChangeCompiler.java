package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.lag;
import static org.jooq.impl.DSL.lateral;
import static org.jooq.impl.DSL.lead;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.rowNumber;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.when;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.plan.Changes;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * All changes. Each row is added where it begins and taken away where it ends; what that comes to at each time of a unit, and all that came before, are the sums
 * before and after. A loss and the start that follows it are neighbours: looking at both says whether they are one. So each row is looked at once.
 */
final class ChangeCompiler<T extends Comparable<? super T>> {
    private static final Field<BigDecimal> STEP = number("step");
    private static final Field<BigDecimal> BEFORE = number("value_before");
    private static final Field<BigDecimal> AFTER = number("value_after");

    /** What there was before the change that precedes. */
    private static final Field<BigDecimal> BEFORE_LAST = number("value_before_last");

    private static final Field<Integer> PLACE = field(name("place"), SQLDataType.INTEGER);
    private static final Field<Long> NO_USER = DSL.castNull(SQLDataType.BIGINT);
    private static final BigDecimal NOTHING = BigDecimal.ZERO;

    private final Changes changes;
    private final Frame frame;
    private final TimeScale<T> scale;
    private final Field<T> at;
    private final Field<T> ends;
    private final Field<T> lastEnds;
    private final Field<T> next;
    private final List<Field<?>> units;

    private ChangeCompiler(Changes changes, Frame frame, TimeScale<T> scale) {
        this.changes = changes;
        this.frame = frame;
        this.scale = scale;
        this.at = time("at");
        this.ends = time("ends");
        this.lastEnds = time("last_ends");
        this.next = time("next_at");
        this.units =
                Stream.of("account_id", "user_id")
                        .limit(changes.per().isUser() ? 2 : 1)
                        .<Field<?>>map(id -> field(name(id), SQLDataType.BIGINT))
                        .toList();
    }

    static Select<?> changes(Changes changes, Frame frame) {
        return all(changes, frame, TimeScale.of(changes.at().type().kind()));
    }

    private static <T extends Comparable<? super T>> Select<?> all(
            Changes changes, Frame frame, TimeScale<T> scale) {
        return new ChangeCompiler<>(changes, frame, scale).all();
    }

    // ---- the changes

    private Select<?> all() {
        var before =
                changes.gap() == null ? BEFORE : when(isRegained(), BEFORE_LAST).otherwise(BEFORE);
        var columns = new ArrayList<Field<?>>(units);
        if (!changes.per().isUser()) {
            columns.add(NO_USER.as("user_id"));
        }
        columns.add(DSL.castNull(SQLDataType.UUID).as("source_key"));
        columns.add(at.as(DerivedTables.columnOf(changes.at())));
        columns.add(amount(before, changes.before()));
        columns.add(amount(AFTER, changes.after()));
        columns.add(amount(AFTER.minus(before), changes.delta()));
        columns.add(kind(before).as(DerivedTables.columnOf(Changes.kind())));
        return select(columns)
                .from(besideNeighbours().asTable("change"))
                .where(before.ne(AFTER), changes.gap() == null ? DSL.noCondition() : isLasting());
    }

    private static Field<?> amount(Field<BigDecimal> value, Expr.Field field) {
        return value.cast(SqlTypes.ofColumn(field.type().kind())).as(DerivedTables.columnOf(field));
    }

    private static Field<String> kind(Field<BigDecimal> before) {
        return when(PLACE.eq(inline(1)), text(Changes.Kind.NEW))
                .when(before.eq(inline(NOTHING)), text(Changes.Kind.REACTIVATION))
                .when(AFTER.eq(inline(NOTHING)), text(Changes.Kind.CHURN))
                .when(AFTER.gt(before), text(Changes.Kind.EXPANSION))
                .otherwise(text(Changes.Kind.CONTRACTION))
                .collate(ExprCompiler.BY_CODE_POINT);
    }

    private static Field<String> text(Changes.Kind kind) {
        return inline(kind.text());
    }

    /** A start that follows a loss within the gap. */
    private Condition isRegained() {
        return BEFORE.eq(inline(NOTHING)).and(at.lt(lastEnds));
    }

    /** All but a loss that a start follows within the gap. */
    private Condition isLasting() {
        return AFTER.ne(inline(NOTHING)).or(next.isNull()).or(next.ge(ends)).or(ends.isNull());
    }

    // ---- the times of a unit

    /** Each time with what precedes and follows it. */
    private Select<?> besideNeighbours() {
        var columns = new ArrayList<Field<?>>(units);
        columns.addAll(List.of(at, BEFORE, AFTER));
        columns.add(rowNumber().over().partitionBy(units).orderBy(at).as(PLACE));
        if (changes.gap() != null) {
            columns.add(ends);
            columns.add(lag(BEFORE).over().partitionBy(units).orderBy(at).as(BEFORE_LAST));
            columns.add(lag(ends).over().partitionBy(units).orderBy(at).as(lastEnds));
            columns.add(lead(at).over().partitionBy(units).orderBy(at).as(next));
        }
        return select(columns).from(running().asTable("value"));
    }

    /** Each time with the sums before and after it. */
    private Select<?> running() {
        var columns = new ArrayList<Field<?>>(units);
        columns.add(at);
        if (changes.gap() != null) {
            columns.add(ends);
        }
        var after =
                sum(STEP)
                        .over()
                        .partitionBy(units)
                        .orderBy(at)
                        .rowsBetweenUnboundedPreceding()
                        .andCurrentRow();
        columns.add(after.minus(STEP).as(BEFORE));
        columns.add(after.as(AFTER));
        return select(columns).from(steps().asTable("step"));
    }

    /** What the rows that begin and end at a time come to. */
    private Select<?> steps() {
        var columns = new ArrayList<Field<?>>(units);
        columns.add(at);
        columns.add(sum(STEP).as(STEP));
        if (changes.gap() != null) {
            columns.add(max(ends).as(ends));
        }
        var groups = new ArrayList<Field<?>>(units);
        groups.add(at);
        return select(columns)
                .from(edges().asTable("edge"))
                .where(at.lt(scale.value(scale.asOf(frame.time()))))
                .groupBy(groups)
                .having(sum(STEP).ne(inline(NOTHING)));
    }

    // ---- the rows

    /** Each row where it begins and where it ends; one that ends when it begins, or sooner, is never in force. */
    private Select<?> edges() {
        var from = changes.rows().time();
        var read = new ArrayList<>(changes.expressions().toList());
        Stream.of(from, changes.until())
                .flatMap(time -> Stream.ofNullable(changes.endOfGap(time)))
                .forEach(read::add);
        var rows = DerivedTables.facts(changes.rows().source(), read, frame);
        var common = CommonValues.beside(rows.from(), rows.columns(), read);
        var exprs = common.exprs();
        Field<BigDecimal> value = SqlTypes.exact(exprs.field(changes.value()));
        Field<T> begins = SqlTypes.typed(exprs.field(from));
        Field<T> until = SqlTypes.typed(exprs.field(changes.until()));
        var columns = new ArrayList<Field<?>>();
        columns.add(FactRows.ACCOUNT.as("account_id"));
        if (changes.per().isUser()) {
            columns.add(FactRows.USER.as("user_id"));
        }
        columns.addAll(List.of(at, STEP));
        if (changes.gap() != null) {
            columns.add(ends);
        }
        return select(columns)
                .from(common.from())
                .crossJoin(lateral(edgesOfRow(begins, until, value, exprs)))
                .where(
                        rows.where(),
                        isOfUnit(),
                        exprs.condition(changes.rows().where()),
                        value.isNotNull(),
                        begins.lt(scale.value(scale.asOf(frame.time()))),
                        until.isNull().or(until.gt(begins)),
                        at.isNotNull());
    }

    private Table<?> edgesOfRow(
            Field<T> begins, Field<T> until, Field<BigDecimal> value, ExprCompiler exprs) {
        var atBegin = changes.endOfGap(changes.rows().time());
        var atEnd = changes.endOfGap(changes.until());
        Name[] names =
                Stream.of("edge_of_row", "at", "step", "ends").map(DSL::name).toArray(Name[]::new);
        if (atBegin == null || atEnd == null) {
            return DSL.values(DSL.row(begins, value), DSL.row(until, value.neg()))
                    .as(names[0], names[1], names[2]);
        }
        return DSL.values(
                        DSL.row(begins, value, SqlTypes.<T>typed(exprs.field(atBegin))),
                        DSL.row(until, value.neg(), SqlTypes.<T>typed(exprs.field(atEnd))))
                .as(names[0], names[1], names[2], names[3]);
    }

    private Condition isOfUnit() {
        return changes.per().isUser()
                ? FactRows.USER.isNotNull()
                : FactRows.ACCOUNT.ne(inline(StoreTables.NO_ACCOUNT));
    }

    private Field<T> time(String column) {
        return SqlTypes.typed(field(name(column), SqlTypes.of(changes.at().type().kind())));
    }

    private static Field<BigDecimal> number(String column) {
        return field(name(column), SQLDataType.NUMERIC);
    }
}
