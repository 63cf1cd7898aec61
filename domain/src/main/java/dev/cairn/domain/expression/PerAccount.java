package dev.cairn.domain.expression;

import dev.cairn.domain.model.EntityKind;
import java.util.List;
import java.util.Optional;

/** A value of the account that a row belongs to; empty where it belongs to none. */
public final class PerAccount {
    private PerAccount() {}

    /** The empty value has the type of the other: it tells this from membership of a cohort, which is decided for each account. */
    public static Expr of(Expr value) {
        return new Expr.Case(
                List.of(new Expr.Arm(Exprs.isKnown(EntityKind.ACCOUNT), value)),
                new Expr.Literal(null, value.type()),
                value.type());
    }

    /** The value for an account; empty where an expression is no such value. */
    public static Optional<Expr> valueOf(Expr.Case expr) {
        return expr.arms().size() == 1
                        && expr.arms()
                                .getFirst()
                                .condition()
                                .equals(Exprs.isKnown(EntityKind.ACCOUNT))
                        && expr.otherwise() instanceof Expr.Literal(var none, var type)
                        && none == null
                        && type.kind() != Type.Kind.NONE
                ? Optional.of(expr.arms().getFirst().result())
                : Optional.empty();
    }
}
