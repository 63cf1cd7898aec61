package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.select;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.formula.Formula.Comparator;
import dev.cairn.domain.plan.Attempts;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * The rows of all steps of a sequence as one table: of which unit and when each is, which steps it may be, and what its attempt is to have from its first row.
 *
 * @param ordered inputs of which rows of one time follow each other
 */
record StepRows<T extends Comparable<? super T>>(
        Attempts attempts,
        DerivedTables.Read read,
        Frame frame,
        TimeScale<T> scale,
        List<Integer> ordered) {
    static final String TIME = "at";
    static final String INPUT = "input";

    /** The rows of every input. */
    Select<?> all() {
        return StatementCompiler.union(
                IntStream.range(0, attempts.inputs().size())
                        .<Select<?>>mapToObj(this::input)
                        .toList());
    }

    /** What is read of an input, with its rows' matches. */
    private Select<?> input(int index) {
        var input = attempts.inputs().get(index);
        var exprs = attempts.expressions(index).toList();
        var rows = DerivedTables.facts(input.source(), exprs, frame);
        var common = CommonValues.beside(rows.from(), rows.columns(), exprs);
        Field<T> time = SqlTypes.typed(common.exprs().field(input.time()));
        var columns = new ArrayList<Field<?>>();
        columns.add(inline(index).as(INPUT));
        columns.add(FactRows.ACCOUNT.as("account_id"));
        columns.add(FactRows.USER.as("user_id"));
        columns.add(FactRows.SOURCE_KEY.as("source_key"));
        columns.add(time.as(TIME));
        columns.addAll(ofFirst(index, rows.columns()));
        columns.addAll(ofLater(index, rows.columns()));
        for (int step = 0; step < attempts.steps().size(); step++) {
            var of = attempts.steps().get(step);
            if (of.input() == index) {
                columns.add(field(common.exprs().condition(of.where())).as(matchOf(step)));
            } else {
                columns.add(inline(false).as(matchOf(step)));
            }
        }
        for (int at = 0; at < attempts.without().size(); at++) {
            var none = attempts.without().get(at);
            var matches =
                    none.input() == index
                            ? common.exprs().condition(none.where())
                            : DSL.falseCondition();
            columns.add(field(matches).as(unwantedOf(at)));
        }
        columns.addAll(same(index, common.exprs()));
        columns.addAll(keys(index, common.exprs()));
        return select(columns)
                .from(common.from())
                .where(
                        attempts.order() == Attempts.Order.STRICT
                                ? DSL.noCondition()
                                : isRead(index, common.exprs()),
                        common.exprs().condition(input.where()),
                        rows.where(),
                        isOfUnit(),
                        isInReach(time));
    }

    /** Whether a row of an input is of any step, or one that an attempt must not have. It keeps few rows, and is asked first. */
    private Condition isRead(int index, ExprCompiler exprs) {
        var conditions =
                Stream.concat(
                                attempts.steps().stream()
                                        .filter(step -> step.input() == index)
                                        .map(Attempts.Step::where),
                                attempts.without().stream()
                                        .filter(none -> none.input() == index)
                                        .map(Attempts.Without::where))
                        .toList();
        return oneOf(conditions)
                .map(exprs::condition)
                .orElseGet(() ->
                        conditions.stream()
                                .map(exprs::condition)
                                .reduce(DSL.falseCondition(), Condition::or));
    }

    /** Conditions that ask one field for one value each, as one condition: PostgreSQL takes it to be as cheap as one of them. */
    private static Optional<Expr> oneOf(List<Expr> conditions) {
        var fields = new LinkedHashSet<Expr.Field>();
        var values = new ArrayList<Expr.Literal>();
        for (var condition : conditions) {
            if (!(condition
                            instanceof
                            Expr.Compare(var comparator, Expr.Field field, Expr.Literal value))
                    || comparator != Comparator.EQUAL
                    || value.value() == null) {
                return Optional.empty();
            }
            fields.add(field);
            values.add(value);
        }
        return fields.size() == 1
                ? Optional.of(new Expr.In(fields.getFirst(), values))
                : Optional.empty();
    }

    private Condition isOfUnit() {
        return attempts.per().isUser()
                ? FactRows.USER.isNotNull()
                : FactRows.ACCOUNT.ne(inline(StoreTables.NO_ACCOUNT));
    }

    /** Of no attempt that begins in what is read is a row before it, or after the longest span; what is at as-of or later is not there yet. */
    private Condition isInReach(Field<T> time) {
        var longest = DerivedTables.atLeast(attempts.end().at());
        return scale.isWithin(
                time,
                read.from(),
                longest == null ? null : read.until().plus(longest),
                frame.time());
    }

    /** The fields of the row that begins an attempt. */
    private List<Field<?>> ofFirst(int index, RowColumns columns) {
        return read.fields().stream()
                .<Field<?>>map(field -> {
                    var column = DerivedTables.columnOf(field);
                    return index == 0 ? columns.field(field).as(column) : none(field).as(column);
                })
                .toList();
    }

    /** The fields of rows of later steps. */
    private List<Field<?>> ofLater(int index, RowColumns columns) {
        return read.later().stream()
                .<Field<?>>map(field -> {
                    var later = attempts.later(field).orElseThrow();
                    boolean isHere = attempts.steps().get(later.step() - 1).input() == index;
                    return (isHere ? columns.field(later.field()) : none(field))
                            .as(DerivedTables.columnOf(field));
                })
                .toList();
    }

    /**
     * No value, of the type that a value has where there is one: PostgreSQL reads a union whose parts differ in a type by way of each part's whole rows. Texts
     * are ordered by code point, as columns are.
     */
    static Field<?> none(Expr of) {
        var kind = of.type().kind();
        if (kind == Type.Kind.TEXT) {
            return DSL.castNull(SQLDataType.CLOB).collate(ExprCompiler.BY_CODE_POINT);
        }
        DataType<?> type = of instanceof Expr.Field ? SqlTypes.ofColumn(kind) : SqlTypes.of(kind);
        return DSL.castNull(type);
    }

    static String unwantedOf(int without) {
        return "r" + without;
    }

    static String matchOf(int step) {
        return "m" + (step + 1);
    }

    static String sameOf(int at) {
        return "same" + at;
    }

    private List<Field<?>> same(int index, ExprCompiler exprs) {
        var first = attempts.steps().getFirst().same();
        var of =
                attempts.steps().stream()
                        .filter(step -> step.input() == index)
                        .findFirst()
                        .map(Attempts.Step::same);
        return IntStream.range(0, first.size())
                .<Field<?>>mapToObj(at ->
                        of.<Field<?>>map(same -> exprs.field(same.get(at)))
                                .orElseGet(() -> none(first.get(at)))
                                .as(sameOf(at)))
                .toList();
    }

    /** What orders the rows of an input that are of one time. */
    static List<Expr> key(Attempts.Input input) {
        return input.key().stream().filter(key -> !key.equals(input.time())).toList();
    }

    static String keyOf(int input, int part) {
        return "k%d_%d".formatted(input, part);
    }

    /** Of the rows of one input what orders those of one time; of the others nothing. */
    private List<Field<?>> keys(int index, ExprCompiler exprs) {
        var keys = new ArrayList<Field<?>>();
        for (int input : ordered) {
            var key = key(attempts.inputs().get(input));
            for (int part = 0; part < key.size(); part++) {
                keys.add(
                        (input == index ? exprs.field(key.get(part)) : none(key.get(part)))
                                .as(keyOf(input, part)));
            }
        }
        return keys;
    }
}
