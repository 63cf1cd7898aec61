package dev.cairn.domain.lowering;

import dev.cairn.domain.expression.AsOf;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Sizes;
import dev.cairn.domain.problem.Place;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What several places name: lowered once, and not copied where it is large. */
final class SharedExpressions {
    /** Pieces of a named value below which it is copied into the places that name it. */
    private static final int FEW_PIECES = 8;

    private final Sizes sizes;
    private final Map<Reference, Expr> lowered = new HashMap<>();
    private final Map<Expr, Expr.Common> common = new HashMap<>();

    /**
     * A definition that is referred to.
     *
     * @param parameters a value for each that it has
     * @param place where it has a problem, which is told for each place that refers to it
     */
    private record Reference(
            String definition,
            Map<String, Expr.Literal> parameters,
            Level level,
            TimeContext time,
            Narrowing narrowing,
            Frame.@Nullable State state,
            @Nullable AsOf asOf,
            @Nullable Place place) {}

    SharedExpressions(Sizes sizes) {
        this.sizes = sizes;
    }

    /**
     * A definition that is referred to: lowered once for each level and the values of its parameters, and told once for each place where it has a
     * problem.
     */
    Expr once(
            String definition,
            Map<String, Expr.Literal> parameters,
            Frame frame,
            Place place,
            Supplier<Expr> lower) {
        var reference =
                new Reference(
                        definition,
                        parameters,
                        frame.level(),
                        frame.time(),
                        frame.narrowing(),
                        frame.state(),
                        frame.asOf(),
                        null);
        var ofPlace =
                new Reference(
                        definition,
                        parameters,
                        frame.level(),
                        frame.time(),
                        frame.narrowing(),
                        frame.state(),
                        frame.asOf(),
                        place);
        var known = lowered.get(reference);
        if (known == null) {
            known = lowered.get(ofPlace);
        }
        if (known != null) {
            return known;
        }
        var made = common(lower.get());
        lowered.put(made.type().isBroken() ? ofPlace : reference, made);
        return made;
    }

    /** A value that has a name: where it is large, and not copied wherever it is named. */
    Expr common(Expr value) {
        return sizes.of(value).pieces() < FEW_PIECES || value instanceof Expr.Common
                ? value
                : common.computeIfAbsent(value, Expr.Common::new);
    }
}
