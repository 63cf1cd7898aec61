package dev.cairn.domain.expression;

import dev.cairn.domain.formula.Formula.Operator;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Source;
import java.util.Optional;

/** Which types and units go together, and what they give. */
public final class TypeRules {
    private TypeRules() {}

    /** A field of a source as an expression. */
    public static Expr.Field field(Source source, Field field) {
        return new Expr.Field(source.name(), field.name(), of(field));
    }

    /** The type of the values of a declared field. */
    public static Type of(Field field) {
        return switch (field.type()) {
            case TEXT -> Type.TEXT;
            case INTEGER -> Type.INTEGER;
            case DECIMAL -> Type.DECIMAL;
            case BOOLEAN -> Type.BOOLEAN;
            case DATE -> Type.DATE;
            case TIMESTAMP -> Type.TIMESTAMP;
            case MONEY -> Type.DECIMAL.in(money(field));
        };
    }

    private static Unit money(Field field) {
        if (field.currencyField() != null) {
            return new Unit.RowMoney(field.currencyField());
        }
        return field.currency() == null ? Unit.PLAIN : new Unit.Money(field.currency());
    }

    /** The one unit of two numbers that are added or compared; a plain number takes the other's. Empty: they do not go together. */
    public static Optional<Unit> same(Unit left, Unit right) {
        if (left.equals(right) || right.equals(Unit.PLAIN)) {
            return Optional.of(left);
        }
        return left.equals(Unit.PLAIN) ? Optional.of(right) : Optional.empty();
    }

    /** The unit of a product or quotient; empty where it has no meaning. */
    public static Optional<Unit> unitOf(Operator operator, Unit left, Unit right) {
        return switch (operator) {
            case ADD, SUBTRACT -> same(left, right);
            case MULTIPLY -> {
                if (isNumber(left)) {
                    yield Optional.of(isNumber(right) && left.equals(Unit.COUNT) ? left : right);
                }
                yield isNumber(right) ? Optional.of(left) : Optional.empty();
            }
            case DIVIDE -> {
                if (isNumber(right)) {
                    yield Optional.of(
                            left.equals(Unit.COUNT) && right.equals(Unit.COUNT)
                                    ? Unit.PLAIN
                                    : left);
                }
                yield left.equals(right)
                        ? Optional.of(Unit.PLAIN)
                        : isNumber(left) ? Optional.of(Unit.PLAIN) : Optional.empty();
            }
        };
    }

    private static boolean isNumber(Unit unit) {
        return unit.equals(Unit.PLAIN) || unit.equals(Unit.COUNT);
    }

    /** The kind of what an operator gives: double of a division or where a side is one, else the wider of both. */
    public static Type.Kind kindOf(Operator operator, Type left, Type right) {
        if (operator == Operator.DIVIDE
                || left.kind() == Type.Kind.DOUBLE
                || right.kind() == Type.Kind.DOUBLE) {
            return Type.Kind.DOUBLE;
        }
        boolean whole = left.kind() == Type.Kind.INTEGER && right.kind() == Type.Kind.INTEGER;
        return whole ? Type.Kind.INTEGER : Type.Kind.DECIMAL;
    }

    /** Whether values of both can be compared, apart from units. */
    public static boolean comparable(Type left, Type right) {
        return left.isWild()
                || right.isWild()
                || (left.isNumber() && right.isNumber())
                || left.kind() == right.kind();
    }

    /** The one type of the results of a case, or of the arguments of coalesce, least, greatest; empty: they do not go together. */
    public static Optional<Type> common(Type left, Type right) {
        if (left.isWild()) {
            return Optional.of(right);
        }
        if (right.isWild() || left.equals(right)) {
            return Optional.of(left);
        }
        if (left.isNumber() && right.isNumber()) {
            return same(left.unit(), right.unit())
                    .map(unit -> new Type(wider(left.kind(), right.kind()), unit));
        }
        return left.kind() == right.kind() ? Optional.of(left) : Optional.empty();
    }

    private static Type.Kind wider(Type.Kind left, Type.Kind right) {
        return left.compareTo(right) >= 0 ? left : right;
    }
}
