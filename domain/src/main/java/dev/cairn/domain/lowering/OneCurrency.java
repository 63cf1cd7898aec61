package dev.cairn.domain.lowering;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.expression.Unit;
import dev.cairn.domain.formula.Formula.Comparator;
import dev.cairn.domain.formula.Function;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Which one currency a condition keeps the rows of a source to. */
public final class OneCurrency {
    private OneCurrency() {}

    /** The type of amounts in the currencies of their rows, where a condition leaves rows of one. */
    static Type of(Type type, Expr where, RelationKey relation) {
        return type.unit() instanceof Unit.RowMoney(var field)
                ? relation.factsOf()
                        .flatMap(source -> in(where, source.name(), field))
                        .map(currency -> type.in(new Unit.Money(currency)))
                        .orElse(type)
                : type;
    }

    /**
     * The currency of all rows that a condition keeps; empty where there may be several.
     *
     * @param field the one that holds the currency
     */
    public static Optional<String> in(Expr where, String source, String field) {
        return Exprs.conjuncts(where).stream()
                .flatMap(part -> one(part, read -> isHolder(read, source, field)).stream())
                .findFirst();
    }

    /** Whether it is the field that holds the currency, of the row or of one that links lead to. */
    public static boolean isHolder(Expr expr, String source, String field) {
        return switch (expr) {
            case Expr.Field(var of, var name, _) -> of.equals(source) && name.equals(field);
            case Expr.Linked linked ->
                    linked.hops().getFirst().from().getFirst() instanceof Expr.Field(var of, _, _)
                            && of.equals(source)
                            && linked.text().equals(field);
            default -> false;
        };
    }

    private static Optional<String> one(Expr condition, Predicate<Expr> holder) {
        return switch (condition) {
            case Expr.Compare(var comparator, var left, var right)
                    when comparator == Comparator.EQUAL ->
                    same(left, right, holder);
            case Expr.Is(var left, var right) -> same(left, right, holder);
            case Expr.In(var operand, var values) when values.size() == 1 ->
                    same(operand, values.getFirst(), holder);
            case Expr.Call(var function, var arguments, _)
                    when function == Function.COALESCE
                            && arguments.equals(List.of(arguments.getFirst(), Expr.FALSE)) ->
                    one(arguments.getFirst(), holder);
            default -> Optional.empty();
        };
    }

    private static Optional<String> same(Expr left, Expr right, Predicate<Expr> holder) {
        var other = holder.test(left) ? right : holder.test(right) ? left : Expr.NONE;
        return other instanceof Expr.Literal(String currency, _)
                ? Optional.of(currency)
                : Optional.empty();
    }
}
