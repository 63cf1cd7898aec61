package dev.cairn.domain.expression;

import dev.cairn.domain.model.EntityRef;
import java.util.List;
import java.util.Optional;

/** A value of the account or user that a row belongs to; empty where it belongs to none. */
public final class PerAccount {
    private PerAccount() {}

    /** The empty value has the type of the other: it tells this from membership of a cohort, which is decided for each account. */
    public static Expr of(EntityRef entity, Expr value) {
        return new Expr.Case(
                List.of(new Expr.Arm(Exprs.isKnown(entity), value)),
                new Expr.Literal(null, value.type()),
                value.type());
    }

    /** Whose value an expression is; empty where it is no such value. */
    public static Optional<EntityRef> entityOf(Expr.Case expr) {
        return EntityRef.BUILT_IN.stream()
                .filter(entity -> valueOf(entity, expr).isPresent())
                .findFirst();
    }

    /** The value for an account or user; empty where an expression is no such value. */
    public static Optional<Expr> valueOf(EntityRef entity, Expr.Case expr) {
        return expr.arms().size() == 1
                        && expr.arms().getFirst().condition().equals(Exprs.isKnown(entity))
                        && expr.otherwise() instanceof Expr.Literal(var none, var type)
                        && none == null
                        && type.kind() != Type.Kind.NONE
                ? Optional.of(expr.arms().getFirst().result())
                : Optional.empty();
    }
}
