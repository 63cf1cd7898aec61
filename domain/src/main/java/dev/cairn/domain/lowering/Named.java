package dev.cairn.domain.lowering;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.formula.Formula;
import dev.cairn.domain.formula.Span;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What a name of {@code let} or a parameter stands for: its formula, where it is named. */
final class Named {
    private final Formula formula;
    private final Frame frame;
    private final Map<Where, Expr> lowered = new HashMap<>();

    /** What decides what the aggregates of a formula are of. */
    private record Where(Level level, TimeContext time, Narrowing narrowing) {
        static Where of(Frame frame) {
            return new Where(frame.level(), frame.time(), frame.narrowing());
        }
    }

    /** @param value the formula where it is given its name */
    Named(Formula formula, Frame frame, Expr value) {
        this.formula = formula;
        this.frame = frame;
        lowered.put(Where.of(frame), value);
    }

    /** A literal: the same wherever it is named. */
    static Named literal(Expr value, Frame frame) {
        return new Named(new Formula.NoneLiteral(Span.NOWHERE), frame, value);
    }

    /** Empty at another level, unless it is made of literals alone. */
    Optional<Expr> at(Frame use, Lowering lowering) {
        var value = lowered.get(Where.of(frame));
        if (value == null || value.type().isBroken() || Exprs.isConstant(value)) {
            return Optional.ofNullable(value);
        }
        if (!isAlike(use.level())) {
            return Optional.empty();
        }
        var known = lowered.get(Where.of(use));
        if (known == null) {
            known =
                    lowering.common(
                            lowering.lower(
                                    formula,
                                    frame.at(use.level())
                                            .during(use.time())
                                            .narrowed(use.narrowing())));
            lowered.put(Where.of(use), known);
        }
        return Optional.of(known);
    }

    /** Whether aggregates mean the same there; the leaves that they become may be others. */
    private boolean isAlike(Level use) {
        return use.equals(frame.level())
                || (use instanceof Level.Cell && frame.level() instanceof Level.Cell)
                || (use instanceof Level.Member(var entity, _, var time, var pairing)
                        && frame.level() instanceof Level.Member(var of, _, var then, var pair)
                        && entity.equals(of)
                        && time.equals(then)
                        && Objects.equals(pairing, pair));
    }
}
