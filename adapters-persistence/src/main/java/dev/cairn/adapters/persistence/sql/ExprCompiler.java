package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.castNull;
import static org.jooq.impl.DSL.collation;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.nullif;
import static org.jooq.impl.DSL.when;

import dev.cairn.application.port.Deadline;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Expr.InPeriods.Part;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.expression.Type.Kind;
import dev.cairn.domain.formula.Formula.Comparator;
import dev.cairn.domain.formula.Formula.Operator;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jooq.CaseConditionStep;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * An expression over columns. SQL's own logic is three-valued and its operators are empty over an empty operand, as the plan's are; what
 * differs (division by zero, least and greatest, the domain of functions) is said in the statement. Compiling a large one takes seconds, so it is given
 * up where the {@link Deadline} of whoever asked is over.
 */
final class ExprCompiler {
    /** By code point; columns have it, what is made of literals alone has not. */
    static final org.jooq.Collation BY_CODE_POINT = collation("C");

    private static final int FEW = 5;

    private final RowColumns columns;
    private final CommonValues common;
    private final CallCompiler calls;

    /** Made by {@link CommonValues}, which knows what is computed already. */
    ExprCompiler(RowColumns columns, CommonValues common) {
        this.columns = columns;
        this.common = common;
        this.calls = new CallCompiler(this);
    }

    Field<?> field(Expr expr) {
        Deadline.current().check();
        return switch (expr) {
            case Expr.Literal literal -> literal(literal, literal.type().kind());
            case Expr.Field field -> columns.field(field);
            case Expr.Linked linked -> columns.linked(linked);
            case Expr.Attribute attribute -> columns.attribute(attribute);
            case Expr.Key(var entity) -> columns.key(entity);
            case Expr.Start(var entity, var zone) ->
                    when(
                            DSL.not(columns.lacks(entity)),
                            Existence.startDate(entity, LocalTimes.in(ZoneId.of(zone))));
            case Expr.InPeriods(var date, var periods, var part) ->
                    part == Part.BEGINNING
                            ? PeriodColumns.beginning(
                                    SqlTypes.typed(as(Kind.INTEGER, date)), periods)
                            : PeriodColumns.of(SqlTypes.typed(as(Kind.DATE, date)), periods, part);
            case Expr.LeafValue leaf -> columns.leaf(leaf);
            case Expr.Rank rank -> columns.rank(rank);
            case Expr.TimeEdge edge -> columns.edge(edge);
            case Expr.Arithmetic arithmetic -> arithmetic(arithmetic);
            case Expr.Negate(var operand) -> number(operand, operand.type().kind()).neg();
            case Expr.Case choice -> choice(choice);
            case Expr.Call call -> calls.call(call);
            case Expr.Convert convert -> converted(convert);
            case Expr.Common value ->
                    common.column(value)
                            .<Field<?>>map(column -> column)
                            .orElseGet(() -> field(value.value()));
            case Expr.Share(var matching, var rows) -> quotient(field(matching), field(rows));
            case Expr.Compare _, Expr.Is _, Expr.And _, Expr.Or _, Expr.Not _, Expr.In _ ->
                    DSL.field(condition(expr));
        };
    }

    Condition condition(Expr expr) {
        Deadline.current().check();
        return switch (expr) {
            case Expr.Literal(var value, var _) when value instanceof Boolean truth ->
                    truth ? DSL.trueCondition() : DSL.falseCondition();
            case Expr.Literal _ -> DSL.condition(castNull(SQLDataType.BOOLEAN));
            case Expr.Compare(var comparator, var left, var right) ->
                    compare(comparator, left, right);
            case Expr.Is(var left, var right) -> is(left, right);
            case Expr.And(var left, var right) -> condition(left).and(condition(right));
            case Expr.Or(var left, var right) -> condition(left).or(condition(right));
            case Expr.Not(var operand) -> DSL.not(condition(operand));
            case Expr.In(var operand, var values) -> in(operand, values);
            case Expr.Common value ->
                    common.column(value)
                            .map(column -> DSL.condition(SqlTypes.<Boolean>typed(column)))
                            .orElseGet(() -> condition(value.value()));
            case Expr.Field _,
                    Expr.Linked _,
                    Expr.Attribute _,
                    Expr.Key _,
                    Expr.Start _,
                    Expr.InPeriods _,
                    Expr.LeafValue _,
                    Expr.TimeEdge _,
                    Expr.Arithmetic _,
                    Expr.Negate _,
                    Expr.Case _,
                    Expr.Call _,
                    Expr.Convert _,
                    Expr.Share _,
                    Expr.Rank _ ->
                    DSL.condition(SqlTypes.<Boolean>typed(field(expr)));
        };
    }

    /** As a kind; the literal {@code none} becomes an empty value of it. */
    Field<?> as(Kind kind, Expr expr) {
        if (expr.type().isWild() && expr instanceof Expr.Literal) {
            return castNull(SqlTypes.of(kind));
        }
        return SqlTypes.as(kind, field(expr));
    }

    /** The same, but whole numbers as they are stored: what is made of a {@code bigint} is as exact, and quicker. */
    Field<?> stored(Kind kind, Expr expr) {
        if (kind != Kind.INTEGER) {
            return as(kind, expr);
        }
        if (isEmpty(expr)) {
            return castNull(SQLDataType.BIGINT);
        }
        var field = field(expr);
        return field.getType() == Long.class ? field : SqlTypes.as(kind, field);
    }

    /** A number to calculate with. */
    Field<? extends Number> number(Expr expr, Kind kind) {
        return kind == Kind.DOUBLE
                ? SqlTypes.approximate(as(Kind.DOUBLE, expr))
                : SqlTypes.exact(as(Kind.DECIMAL, expr));
    }

    /** The kind in which values meet: double if one is, otherwise that of the first that has one. */
    static Kind meeting(List<? extends Expr> operands) {
        var kinds =
                operands.stream()
                        .map(Expr::type)
                        .filter(type -> !type.isWild())
                        .map(Type::kind)
                        .toList();
        if (kinds.contains(Kind.DOUBLE)) {
            return Kind.DOUBLE;
        }
        if (kinds.contains(Kind.DECIMAL)) {
            return Kind.DECIMAL;
        }
        return kinds.isEmpty() ? Kind.TEXT : kinds.getFirst();
    }

    private static Field<?> literal(Expr.Literal literal, Kind kind) {
        return switch (literal.value()) {
            case null -> castNull(SqlTypes.of(kind));
            case String text -> DSL.val(text, SQLDataType.CLOB).collate(BY_CODE_POINT);
            case BigDecimal number when kind == Kind.INTEGER && fits(number) ->
                    DSL.val(number.longValue());
            case BigDecimal number -> DSL.val(number);
            case Instant instant -> SqlTypes.instant(instant);
            case LocalDate date -> SqlTypes.date(date);
            case Object other -> DSL.val(other);
        };
    }

    static boolean fits(BigDecimal number) {
        return number.stripTrailingZeros().scale() <= 0
                && number.toBigInteger().bitLength() < Long.SIZE;
    }

    private Field<?> arithmetic(Expr.Arithmetic arithmetic) {
        var operands = List.of(arithmetic.left(), arithmetic.right());
        if (arithmetic.operator() == Operator.DIVIDE) {
            return quotient(
                    as(Kind.DOUBLE, arithmetic.left()), as(Kind.DOUBLE, arithmetic.right()));
        }
        if (WholeNumbers.isBounded(arithmetic)) {
            return reckoned(
                    arithmetic.operator(), whole(arithmetic.left()), whole(arithmetic.right()));
        }
        var kind = arithmetic.type().kind() == Kind.DOUBLE ? Kind.DOUBLE : meeting(operands);
        return reckoned(
                arithmetic.operator(),
                number(arithmetic.left(), kind),
                number(arithmetic.right(), kind));
    }

    private Field<Long> whole(Expr expr) {
        return SqlTypes.typed(field(expr));
    }

    private static Field<? extends Number> reckoned(
            Operator operator, Field<? extends Number> left, Field<? extends Number> right) {
        return switch (operator) {
            case ADD -> left.add(right);
            case SUBTRACT -> left.sub(right);
            case MULTIPLY -> left.mul(right);
            case DIVIDE -> throw new IllegalArgumentException("a quotient");
        };
    }

    /**
     * Whether there is no value. Where one is there exactly if its operands are, they are asked: what is made of them need not be made only to see
     * that it is there. Doubles are made all the same, as one beyond them ends the question.
     */
    private Condition isNone(Expr expr) {
        return switch (expr) {
            case Expr.Literal(var value, var _) ->
                    value == null ? DSL.trueCondition() : DSL.falseCondition();
            case Expr.Call call when CallCompiler.hasValueOfAny(call.function()) ->
                    isAnyNone(call.arguments());
            case Expr.Arithmetic(var operator, var left, var right, var type)
                    when operator != Operator.DIVIDE && type.kind() != Kind.DOUBLE ->
                    isAnyNone(List.of(left, right));
            case Expr.Negate(var operand) -> isNone(operand);
            default -> field(expr).isNull();
        };
    }

    private Condition isAnyNone(List<Expr> operands) {
        return operands.stream()
                .filter(operand -> !isPresent(operand))
                .map(this::isNone)
                .reduce(Condition::or)
                .orElse(DSL.falseCondition());
    }

    private static boolean isPresent(Expr expr) {
        return expr instanceof Expr.Literal(var value, var _) && value != null;
    }

    /** Null where there is no rate: {@link RateGaps} tells that from no amount. */
    private Field<?> converted(Expr.Convert convert) {
        var read = columns.rate(convert);
        var isSame = read.currency().eq(inline(convert.to()));
        var ofTarget = read.ofTarget();
        if (ofTarget != null) {
            var amount = SqlTypes.approximate(as(Kind.DOUBLE, convert.amount()));
            return when(isSame, amount)
                    .when(
                            read.currency().eq(inline(convert.rates().to())),
                            quotient(amount, ofTarget))
                    .otherwise(quotient(amount.mul(SqlTypes.approximate(read.rate())), ofTarget));
        }
        if (convert.type().kind() == Kind.DOUBLE) {
            var amount = SqlTypes.approximate(as(Kind.DOUBLE, convert.amount()));
            return when(isSame, amount).otherwise(amount.mul(SqlTypes.approximate(read.rate())));
        }
        var amount = SqlTypes.exact(as(Kind.DECIMAL, convert.amount()));
        return when(isSame, amount).otherwise(amount.mul(read.rate()));
    }

    private static Field<Double> quotient(Field<?> dividend, Field<?> divisor) {
        Field<Double> base =
                nullif(SqlTypes.approximate(divisor), SqlTypes.<Double>typed(inline(0)));
        return SqlTypes.approximate(dividend).div(base);
    }

    private Condition compare(Comparator comparator, Expr left, Expr right) {
        return pair(left, right).compare(comparator);
    }

    private Condition is(Expr left, Expr right) {
        var absence = Reads.askedForAbsence(new Expr.Is(left, right));
        if (absence.isPresent()) {
            return columns.lacks(absence.get());
        }
        if (isEmpty(right)) {
            return isNone(left);
        }
        if (isEmpty(left)) {
            return isNone(right);
        }
        var pair = pair(left, right);
        return pair.left().isNotDistinctFrom(pair.right());
    }

    private static boolean isEmpty(Expr expr) {
        return expr instanceof Expr.Literal(var value, var _) && value == null;
    }

    private record Pair(Field<Object> left, Field<Object> right) {
        Condition compare(Comparator comparator) {
            return switch (comparator) {
                case EQUAL -> left.eq(right);
                case NOT_EQUAL -> left.ne(right);
                case LESS -> left.lt(right);
                case LESS_OR_EQUAL -> left.le(right);
                case GREATER -> left.gt(right);
                case GREATER_OR_EQUAL -> left.ge(right);
            };
        }
    }

    /** Both sides in one representation. Columns stay as they are beside exact literals, so that an index still serves. */
    private Pair pair(Expr left, Expr right) {
        var kind = meeting(List.of(left, right));
        if (kind == Kind.DOUBLE) {
            return new Pair(SqlTypes.typed(as(kind, left)), SqlTypes.typed(as(kind, right)));
        }
        return new Pair(
                SqlTypes.typed(side(kind, left, right)), SqlTypes.typed(side(kind, right, left)));
    }

    private Field<?> side(Kind kind, Expr expr, Expr other) {
        if (isEmpty(expr)) {
            return castNull(SqlTypes.of(kind));
        }
        return text(expr, other);
    }

    /** A text literal beside something that has the collation needs none of its own. */
    private Field<?> text(Expr expr, Expr other) {
        return expr instanceof Expr.Literal(var value, var _)
                        && value instanceof String text
                        && !(other instanceof Expr.Literal)
                ? DSL.val(text, SQLDataType.CLOB)
                : field(expr);
    }

    private Condition in(Expr operand, List<Expr.Literal> values) {
        boolean fractions = isBetweenWhole(operand, values);
        var kind =
                fractions
                        ? Kind.DECIMAL
                        : operand.type().kind() == Kind.DOUBLE ? Kind.DOUBLE : meeting(values);
        boolean asIs = kind != Kind.DOUBLE && !isEmpty(operand) && !fractions;
        Field<Object> field = SqlTypes.typed(asIs ? field(operand) : as(kind, operand));
        if (values.size() > FEW) {
            Field<Object> beside = SqlTypes.typed(ArrayValues.beside(field, kind));
            return beside.eq(
                    DSL.any(SqlTypes.<Object[]>typed(ArrayValues.of(values, kind, field))));
        }
        return field.in(
                values.stream()
                        .map(value -> kind == Kind.DOUBLE ? as(kind, value) : text(value, operand))
                        .toArray(Field<?>[]::new));
    }

    /** Whether a whole number is looked for among fractions, which would be rounded to its type. */
    private static boolean isBetweenWhole(Expr operand, List<Expr.Literal> values) {
        return operand.type().kind() == Kind.INTEGER
                && values.stream()
                        .anyMatch(literal ->
                                literal.value() instanceof BigDecimal number && !fits(number));
    }

    private Field<?> choice(Expr.Case choice) {
        var kind = choice.type().kind();
        var results = new ArrayList<Field<?>>();
        choice.arms().forEach(arm -> results.add(stored(kind, arm.result())));
        results.add(stored(kind, choice.otherwise()));
        boolean isStored = results.stream().allMatch(field -> field.getType() == Long.class);
        if (!isStored) {
            results.replaceAll(field -> SqlTypes.as(kind, field));
        }
        CaseConditionStep<Object> arms = null;
        for (int arm = 0; arm < choice.arms().size(); arm++) {
            Condition condition = condition(choice.arms().get(arm).condition());
            Field<Object> result = SqlTypes.typed(results.get(arm));
            arms = arms == null ? when(condition, result) : arms.when(condition, result);
        }
        Field<Object> otherwise = SqlTypes.typed(results.getLast());
        return arms == null ? otherwise : arms.otherwise(otherwise);
    }
}
