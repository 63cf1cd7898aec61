package dev.cairn.domain.planner;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Expr.TimeEdge;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.expression.Type;
import java.time.Instant;
import java.time.ZoneId;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Puts the as-of of a question in its place in formulas: as an instant, and beside dates as the local date of that. */
record BoundAsOf(Instant asOf, ZoneId zone, UnaryOperator<Expr> common)
        implements UnaryOperator<Expr> {
    @Override
    public Expr apply(Expr expr) {
        return Exprs.any(expr, BoundAsOf::isAsOf) ? bound(expr, new IdentityHashMap<>()) : expr;
    }

    private static boolean isAsOf(Expr expr) {
        return expr instanceof TimeEdge(var of, _, _, _) && of == TimeEdge.Of.AS_OF;
    }

    private Expr bound(Expr expr, Map<Expr, Expr> done) {
        return switch (expr) {
            case TimeEdge(var of, _, var type, _) when of == TimeEdge.Of.AS_OF ->
                    new Expr.Literal(
                            type.kind() == Type.Kind.DATE ? asOf.atZone(zone).toLocalDate() : asOf,
                            type);
            case Expr.Common shared -> {
                var known = done.get(shared);
                if (known == null) {
                    known = common.apply(bound(shared.value(), done));
                    done.put(shared, known);
                }
                yield known;
            }
            default -> Exprs.withOperands(expr, operand -> bound(operand, done));
        };
    }
}
