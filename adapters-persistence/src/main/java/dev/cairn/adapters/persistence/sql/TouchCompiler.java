package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.firstValue;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.select;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.plan.Touches;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.OrderField;
import org.jooq.Select;
import org.jooq.SelectFieldOrAsterisk;
import org.jooq.Table;
import org.jooq.WindowBeforeOverStep;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * All touches. The rows of both sides are one table, ordered by time within a unit. The time of the earlier row of a later one is the greatest of the earlier
 * ones so far: one pass. Where more is read of the earlier row, they are counted too, which numbers them and what follows each; it is that of the first of its
 * number: a second pass.
 */
final class TouchCompiler<T extends Comparable<? super T>> {
    private static final Table<?> SIDE = DSL.table(name("side"));
    private static final Table<?> NUMBERED = DSL.table(name("numbered"));
    private static final Table<?> PAIR = DSL.table(name("pair"));
    private static final String TIME = "at";
    private static final String IS_LATER = "is_later";
    private static final String NUMBER = "number";
    private static final String EARLIER_AT = "latest_earlier_at";
    private static final List<String> IDS = List.of("account_id", "user_id", "source_key");

    private final Touches touches;
    private final DerivedTables.Read read;
    private final Frame frame;
    private final TimeScale<T> scale;
    private final boolean isOfOneSource;

    private TouchCompiler(
            Touches touches, DerivedTables.Read read, Frame frame, TimeScale<T> scale) {
        this.touches = touches;
        this.read = read;
        this.frame = frame;
        this.scale = scale;
        this.isOfOneSource =
                touches.later().rows().source().equals(touches.earlier().rows().source());
    }

    /** Those that stand in what is read. */
    static Select<?> touches(Touches touches, DerivedTables.Read read, Frame frame) {
        return touches(touches, read, frame, TimeScale.of(touches.typeOfTimes().kind()));
    }

    private static <T extends Comparable<? super T>> Select<?> touches(
            Touches touches, DerivedTables.Read read, Frame frame, TimeScale<T> scale) {
        return new TouchCompiler<>(touches, read, frame, scale).all();
    }

    private Select<?> all() {
        var columns = new ArrayList<Field<?>>();
        Stream.concat(IDS.stream(), carried().stream().map(DerivedTables::columnOf))
                .forEach(column -> columns.add(column(PAIR, column).as(column)));
        var pairs = paired().asTable(PAIR.getUnqualifiedName());
        var earlierAt = time(PAIR, DerivedTables.columnOf(touches.earlierAt()));
        var isPair = isTrue(PAIR, IS_LATER).and(earlierAt.isNotNull());
        if (touches.end() == null) {
            return select(columns).from(pairs).where(isPair);
        }
        var end = List.of(touches.end());
        var common = CommonValues.beside(pairs, ofEarlierTime(earlierAt), end);
        return select(columns)
                .from(common.from())
                .where(
                        isPair,
                        time(PAIR, TIME)
                                .lt(SqlTypes.<T>typed(common.exprs().field(touches.end()))));
    }

    /** What the end of the span is reckoned from. */
    private RowColumns ofEarlierTime(Field<T> earlierAt) {
        return new RowColumns() {
            @Override
            public Field<?> field(Expr.Field field) {
                return field.equals(touches.earlier().rows().time())
                        ? earlierAt
                        : RowColumns.super.field(field);
            }
        };
    }

    /** What is read of touches: fields of the row that they stand at, and their own. */
    private List<Expr.Field> carried() {
        return Stream.of(
                        read.fields().stream(),
                        read.later().stream(),
                        Stream.of(touches.earlierAt(), touches.laterAt()))
                .flatMap(fields -> fields)
                .distinct()
                .toList();
    }

    // ---- both rows as one

    /** Each later row beside what is read of the earlier row of its number. */
    private Select<?> paired() {
        var columns = new ArrayList<Field<?>>();
        Stream.of(IS_LATER, TIME)
                .forEach(column -> columns.add(column(NUMBERED, column).as(column)));
        IDS.forEach(id -> columns.add(id(id).as(id)));
        for (var field : carried()) {
            var column = DerivedTables.columnOf(field);
            var timeOfSide = column(NUMBERED, isOfLater(field) ? TIME : EARLIER_AT);
            columns.add((isTime(field) ? timeOfSide : ofSide(column, isOfLater(field))).as(column));
        }
        return select(columns).from(numbered().asTable(NUMBERED.getUnqualifiedName()));
    }

    /** Whether a field is the time of its side, which is told without a second pass. */
    private boolean isTime(Expr.Field field) {
        var side = isOfLater(field) ? touches.later() : touches.earlier();
        return fieldOf(field, side).equals(side.rows().time());
    }

    /** Rows of one account are of that account, and those of one user of that user too; what nobody asks for is left out. */
    private Field<?> id(String column) {
        boolean isOfUnit =
                column.equals("account_id") || (column.equals("user_id") && touches.per().isUser());
        if (touches.isAtLater() || isOfUnit) {
            return column(NUMBERED, column);
        }
        if (read.areToldApart()) {
            return ofEarlier(column);
        }
        return column.equals("user_id")
                ? DSL.castNull(SQLDataType.BIGINT)
                : DSL.castNull(SQLDataType.UUID);
    }

    private Field<Object> ofSide(String column, boolean isOfLater) {
        return isOfLater ? column(NUMBERED, column) : ofEarlier(column);
    }

    /** Whether more than the time is read of the earlier row. */
    private boolean areNumbered() {
        return (!touches.isAtLater() && read.areToldApart())
                || carried().stream().anyMatch(field -> !isOfLater(field) && !isTime(field));
    }

    private Field<Object> ofEarlier(String column) {
        var units = units(NUMBERED);
        units.add(column(NUMBERED, NUMBER));
        return firstValue(column(NUMBERED, column))
                .over()
                .partitionBy(units)
                .orderBy(order(NUMBERED));
    }

    /** Whether a field is of the later row. */
    private boolean isOfLater(Expr.Field field) {
        if (field.equals(touches.earlierAt())) {
            return false;
        }
        return field.equals(touches.laterAt())
                || (field.source().equals(Touches.SOURCE) != touches.isAtLater());
    }

    /** The rows of both sides, with when the latest of the earlier ones up to each was; and how many there are up to it, where that is asked for. */
    private Select<?> numbered() {
        var isEarlier = DSL.not(isTrue(SIDE, IS_LATER));
        var columns = new ArrayList<SelectFieldOrAsterisk>(List.of(SIDE.asterisk()));
        var order = isOfOneSource || areNumbered() ? order(SIDE) : times(SIDE);
        if (areNumbered()) {
            columns.add(soFar(count().filterWhere(isEarlier), order).as(NUMBER));
        }
        columns.add(soFar(max(time(SIDE, TIME)).filterWhere(isEarlier), order).as(EARLIER_AT));
        return select(columns)
                .from(
                        StatementCompiler.union(
                                        List.of(
                                                side(touches.earlier(), false),
                                                side(touches.later(), true)))
                                .asTable(SIDE.getUnqualifiedName()));
    }

    private <V> Field<V> soFar(WindowBeforeOverStep<V> aggregate, List<OrderField<?>> order) {
        return aggregate
                .over()
                .partitionBy(units(SIDE))
                .orderBy(order)
                .rowsBetweenUnboundedPreceding()
                .andCurrentRow();
    }

    private List<Field<?>> units(Table<?> table) {
        var units = new ArrayList<Field<?>>();
        units.add(column(table, touches.per().isUser() ? "user_id" : "account_id"));
        for (int at = 0; at < touches.later().same().size(); at++) {
            units.add(column(table, StepRows.sameOf(at)));
        }
        return units;
    }

    /** Of one source its key decides, and no row is before itself; of two an earlier row at the same time is before a later one. */
    private List<OrderField<?>> order(Table<?> table) {
        var order =
                new ArrayList<OrderField<?>>(
                        isOfOneSource ? List.of(column(table, TIME)) : times(table));
        var earlier = touches.earlier().rows();
        for (int part = 0; part < StepRows.key(earlier).size(); part++) {
            order.add(column(table, StepRows.keyOf(0, part)));
        }
        if (!earlier.isKeyed()) {
            order.add(column(table, "source_key"));
        }
        if (isOfOneSource) {
            order.add(column(table, IS_LATER).desc());
        }
        return order;
    }

    /** Of two sources it does not matter for the time of the earlier row which of those of that time it is. */
    private static List<OrderField<?>> times(Table<?> table) {
        return List.of(column(table, TIME), column(table, IS_LATER));
    }

    // ---- the rows of a side

    private Select<?> side(Touches.Side side, boolean isLater) {
        var input = side.rows();
        var exprs = side.expressions().toList();
        var rows = DerivedTables.facts(input.source(), exprs, frame);
        var common = CommonValues.beside(rows.from(), rows.columns(), exprs);
        Field<T> time = SqlTypes.typed(common.exprs().field(input.time()));
        var columns = new ArrayList<Field<?>>();
        columns.add(inline(isLater).as(IS_LATER));
        columns.add(FactRows.ACCOUNT.as("account_id"));
        columns.add(FactRows.USER.as("user_id"));
        columns.add(FactRows.SOURCE_KEY.as("source_key"));
        columns.add(time.as(TIME));
        for (var field : carried().stream().filter(field -> !isTime(field)).toList()) {
            columns.add(
                    (isOfLater(field) == isLater
                                    ? rows.columns().field(fieldOf(field, side))
                                    : StepRows.none(field))
                            .as(DerivedTables.columnOf(field)));
        }
        Condition hasSame = DSL.noCondition();
        for (int at = 0; at < side.same().size(); at++) {
            var same = common.exprs().field(side.same().get(at));
            hasSame = hasSame.and(same.isNotNull());
            columns.add(same.as(StepRows.sameOf(at)));
        }
        columns.addAll(keys(isLater, common.exprs()));
        return select(columns)
                .from(common.from())
                .where(
                        common.exprs().condition(input.where()),
                        rows.where(),
                        isOfUnit(),
                        isInReach(time),
                        hasSame);
    }

    /** A field that a touch has, as the facts of a side have it. */
    private static Expr.Field fieldOf(Expr.Field field, Touches.Side side) {
        var rows = side.rows();
        if (!field.source().equals(Touches.SOURCE)) {
            return field;
        }
        int dot = field.name().indexOf('.');
        return dot < 0
                ? rows.time()
                : new Expr.Field(rows.source(), field.name().substring(dot + 1), field.type());
    }

    /** Of the earlier rows what orders those of one time; of the later ones where they are of the same source. */
    private List<Field<?>> keys(boolean isLater, ExprCompiler exprs) {
        var keys = new ArrayList<Field<?>>();
        var key = StepRows.key(touches.earlier().rows());
        for (int part = 0; part < key.size(); part++) {
            keys.add(
                    (isLater && !isOfOneSource
                                    ? StepRows.none(key.get(part))
                                    : exprs.field(key.get(part)))
                            .as(StepRows.keyOf(0, part)));
        }
        return keys;
    }

    private Condition isOfUnit() {
        return touches.per().isUser()
                ? FactRows.USER.isNotNull()
                : FactRows.ACCOUNT.ne(inline(StoreTables.NO_ACCOUNT));
    }

    /** What is further from all that is asked for than the span is no side of it; what is at as-of or later is not there yet. */
    private Condition isInReach(Field<T> time) {
        var span = touches.end() == null ? null : DerivedTables.atLeast(touches.end());
        var from = read.from();
        if (touches.isAtLater()) {
            from = from == null || span == null ? null : from.minus(span);
            return scale.isWithin(time, from, read.until(), frame.time());
        }
        return scale.isWithin(
                time, from, span == null ? null : read.until().plus(span), frame.time());
    }

    // ---- columns

    private static Field<Object> column(Table<?> table, String column) {
        return field(table.getUnqualifiedName().append(column), Object.class);
    }

    private static Condition isTrue(Table<?> table, String column) {
        return DSL.condition(field(table.getUnqualifiedName().append(column), SQLDataType.BOOLEAN));
    }

    private Field<T> time(Table<?> table, String column) {
        Type.Kind kind = touches.typeOfTimes().kind();
        return SqlTypes.typed(field(table.getUnqualifiedName().append(column), SqlTypes.of(kind)));
    }
}
