package dev.cairn.domain.lowering;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.expression.TypeRules;
import dev.cairn.domain.formula.Formula;
import dev.cairn.domain.formula.Span;
import dev.cairn.domain.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;

/** Lowers what takes one of several values: they must be of one type. */
final class Choices {
    private final Lowering lowering;
    private final Comparisons comparisons;

    Choices(Lowering lowering, Comparisons comparisons) {
        this.lowering = lowering;
        this.comparisons = comparisons;
    }

    Expr caseOf(Formula.Case whole, Frame frame) {
        var conditions = new ArrayList<Expr>();
        var results = new ArrayList<Expr>();
        var spans = new ArrayList<Span>();
        for (var when : whole.whens()) {
            conditions.add(lowering.condition(when.condition(), frame));
            results.add(lowering.lower(when.result(), frame));
            spans.add(when.result().span());
        }
        var otherwise = whole.otherwise();
        results.add(otherwise == null ? Expr.NONE : lowering.lower(otherwise, frame));
        spans.add(otherwise == null ? whole.span() : otherwise.span());
        var alike = alike(results);
        var type = Type.NONE;
        for (int at = 0; at < alike.size(); at++) {
            type = common(type, alike.get(at), frame, spans.get(at));
        }
        if (type.isBroken() || conditions.stream().anyMatch(one -> one.type().isBroken())) {
            return Expr.BROKEN;
        }
        var arms = new ArrayList<Expr.Arm>();
        for (int at = 0; at < conditions.size(); at++) {
            arms.add(new Expr.Arm(conditions.get(at), alike.get(at)));
        }
        return new Expr.Case(arms, alike.getLast(), type);
    }

    /** The type that both can be read as. */
    Type common(Type soFar, Expr next, Frame frame, Span span) {
        if (soFar.isBroken() || next.type().isBroken()) {
            return Type.BROKEN;
        }
        return TypeRules.common(soFar, next.type())
                .orElseGet(() -> {
                    lowering.broken(
                            ProblemCode.TYPE_MISMATCH,
                            frame,
                            span,
                            "All results must be of one type: %s does not go with %s.",
                            next.type().word(),
                            soFar.word());
                    return Type.BROKEN;
                });
    }

    /** Values of which one is taken, as they stand beside the first field or result among them that is a date or an instant. */
    List<Expr> alike(List<Expr> values) {
        return values.stream()
                .filter(Choices::isDatedField)
                .findFirst()
                .map(anchor ->
                        values.stream().map(value -> comparisons.beside(value, anchor)).toList())
                .orElse(values);
    }

    private static boolean isDatedField(Expr value) {
        boolean dated =
                value.type().kind() == Type.Kind.DATE || value.type().kind() == Type.Kind.TIMESTAMP;
        return dated && !(value instanceof Expr.Literal) && !Comparisons.isEdge(value);
    }
}
