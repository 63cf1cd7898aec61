package dev.cairn.domain.lowering;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.formula.Formula;
import dev.cairn.domain.formula.Span;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What a name of {@code let} or a parameter stands for: its formula, where it is named. */
final class Named {
    private final Formula formula;
    private final Frame frame;
    private final Map<TimeContext, Expr> lowered = new HashMap<>();

    /** @param value the formula where it is given its name */
    Named(Formula formula, Frame frame, Expr value) {
        this.formula = formula;
        this.frame = frame;
        lowered.put(frame.time(), value);
    }

    /** A literal: the same wherever it is named. */
    static Named literal(Expr value, Frame frame) {
        return new Named(new Formula.NoneLiteral(Span.NOWHERE), frame, value);
    }

    /** Empty at another level, unless it is made of literals alone. */
    Optional<Expr> at(Frame use, Lowering lowering) {
        var value = lowered.get(frame.time());
        if (value == null || value.type().isBroken() || Exprs.isConstant(value)) {
            return Optional.ofNullable(value);
        }
        if (!use.level().equals(frame.level())) {
            return Optional.empty();
        }
        var known = lowered.get(use.time());
        if (known == null) {
            known = lowering.common(lowering.lower(formula, frame.during(use.time())));
            lowered.put(use.time(), known);
        }
        return Optional.of(known);
    }
}
