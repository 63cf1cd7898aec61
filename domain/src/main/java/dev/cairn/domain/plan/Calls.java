package dev.cairn.domain.plan;

import dev.cairn.domain.catalog.Binding;
import dev.cairn.domain.formula.AggregateFunction;
import dev.cairn.domain.formula.Formula;
import dev.cairn.domain.problem.NearestNames;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Lowers calls of functions. */
final class Calls {
    private final Lowering lowering;

    Calls(Lowering lowering) {
        this.lowering = lowering;
    }

    Expr lower(Formula.Call call, Frame frame) {
        var function = Function.named(call.name());
        if (function.isEmpty()) {
            return unknown(call, frame);
        }
        if (!function.get().takes(call.arguments().size())) {
            return lowering.broken(
                    ProblemCode.UNKNOWN_FUNCTION,
                    frame,
                    call.span(),
                    "'%s' does not take %d arguments.",
                    call.name(),
                    call.arguments().size());
        }
        var arguments = new ArrayList<Expr>();
        for (var argument : call.arguments()) {
            if (argument.name() != null) {
                return lowering.broken(
                        ProblemCode.UNKNOWN_FUNCTION,
                        frame,
                        call.span(),
                        "'%s' has no named arguments; only metrics have parameters.",
                        call.name());
            }
            arguments.add(lowering.lower(argument.value(), frame));
        }
        boolean broken = arguments.stream().anyMatch(argument -> argument.type().isBroken());
        return broken ? Expr.BROKEN : typed(function.get(), arguments, call, frame);
    }

    private Expr unknown(Formula.Call call, Frame frame) {
        if (lowering.catalog.metric(call.name()).isPresent()) {
            lowering.bound(frame, "", call.name(), Binding.CATALOG);
            return lowering.broken(
                    ProblemCode.NOT_YET_AVAILABLE,
                    frame,
                    call.span(),
                    "Parameters of metrics are not yet available in this version.");
        }
        var known =
                Stream.concat(
                                Function.words().stream(),
                                Arrays.stream(AggregateFunction.Named.values())
                                        .map(named -> named.name().toLowerCase(Locale.ROOT)))
                        .sorted()
                        .toList();
        var near = NearestNames.nearest(call.name(), known);
        return lowering.broken(
                Problem.of(
                                ProblemCode.UNKNOWN_FUNCTION,
                                frame.at(call.span()),
                                "No function '%s'%s.",
                                call.name(),
                                near.isEmpty() ? "; there are " + String.join(", ", known) : "")
                        .suggesting(near));
    }

    private Expr typed(Function function, List<Expr> arguments, Formula.Call call, Frame frame) {
        return switch (function) {
            case COALESCE, LEAST, GREATEST -> sameType(function, arguments, call, frame);
            case ABS -> numbers(function, arguments, call, frame, arguments.getFirst().type());
            case ROUND -> round(arguments, call, frame);
            case SQRT, LN, POWER -> numbers(function, arguments, call, frame, Type.DOUBLE);
            case LOWER -> texts(function, arguments, call, frame, Type.TEXT);
            case CONTAINS, STARTS -> texts(function, arguments, call, frame, Type.BOOLEAN);
            case MATCHES -> matches(arguments, call, frame);
            case HOURS, DAYS, MINUTES -> elapsed(function, arguments, call, frame);
            case DATE -> numbers(function, arguments, call, frame, Type.DATE);
            case WEEKDAY -> weekday(arguments, call, frame);
        };
    }

    private Expr sameType(Function function, List<Expr> given, Formula.Call call, Frame frame) {
        var arguments = lowering.alike(given);
        var type = Type.NONE;
        for (var argument : arguments) {
            type = lowering.common(type, argument, frame, call.span());
        }
        if (type.isBroken()) {
            return Expr.BROKEN;
        }
        if (function != Function.COALESCE && type.kind() == Type.Kind.BOOLEAN) {
            return wrong(function, "true and false have no order", call, frame);
        }
        return new Expr.Call(function, arguments, type);
    }

    private Expr numbers(
            Function function, List<Expr> arguments, Formula.Call call, Frame frame, Type result) {
        boolean fits = arguments.stream().allMatch(argument -> argument.type().isNumber());
        return fits
                ? new Expr.Call(function, arguments, result)
                : wrong(function, "it takes numbers", call, frame);
    }

    private Expr round(List<Expr> arguments, Formula.Call call, Frame frame) {
        boolean placesGiven =
                arguments.size() == 1
                        || (arguments.get(1) instanceof Expr.Literal(BigDecimal places, var _)
                                && places.stripTrailingZeros().scale() <= 0
                                && places.signum() >= 0
                                && places.compareTo(BigDecimal.TEN) <= 0);
        return placesGiven
                ? numbers(Function.ROUND, arguments, call, frame, rounded(arguments))
                : wrong(
                        Function.ROUND,
                        "the number of places is a whole number from 0 to 10",
                        call,
                        frame);
    }

    private static Type rounded(List<Expr> arguments) {
        return arguments.getFirst().type();
    }

    private Expr texts(
            Function function, List<Expr> arguments, Formula.Call call, Frame frame, Type result) {
        boolean fits =
                arguments.stream()
                        .allMatch(argument ->
                                argument.type().kind() == Type.Kind.TEXT
                                        || argument.type().isWild());
        return fits
                ? new Expr.Call(function, arguments, result)
                : wrong(function, "it takes texts", call, frame);
    }

    private Expr matches(List<Expr> arguments, Formula.Call call, Frame frame) {
        if (!(arguments.get(1) instanceof Expr.Literal(String pattern, var _))) {
            return wrong(Function.MATCHES, "the pattern must stand there as a text", call, frame);
        }
        return TextPattern.faultOf(pattern)
                .map(fault ->
                        wrong(
                                Function.MATCHES,
                                "the pattern cannot be used: " + fault,
                                call,
                                frame))
                .orElseGet(() -> texts(Function.MATCHES, arguments, call, frame, Type.BOOLEAN));
    }

    private Expr elapsed(Function function, List<Expr> arguments, Formula.Call call, Frame frame) {
        var from = lowering.beside(arguments.get(0), arguments.get(1));
        var to = lowering.beside(arguments.get(1), arguments.get(0));
        boolean instants = isKind(from, Type.Kind.TIMESTAMP) && isKind(to, Type.Kind.TIMESTAMP);
        boolean dates = isKind(from, Type.Kind.DATE) && isKind(to, Type.Kind.DATE);
        if (!instants && !(dates && function == Function.DAYS)) {
            return wrong(
                    function,
                    "it takes two instants" + (function == Function.DAYS ? " or two dates" : ""),
                    call,
                    frame);
        }
        var unit = new Unit.Elapsed(function.word());
        return new Expr.Call(
                function, List.of(from, to), (instants ? Type.DOUBLE : Type.INTEGER).in(unit));
    }

    private static boolean isKind(Expr expr, Type.Kind kind) {
        return expr.type().kind() == kind;
    }

    private Expr weekday(List<Expr> arguments, Formula.Call call, Frame frame) {
        return isKind(arguments.getFirst(), Type.Kind.DATE)
                ? new Expr.Call(Function.WEEKDAY, arguments, Type.INTEGER)
                : wrong(Function.WEEKDAY, "it takes a date", call, frame);
    }

    private Expr wrong(Function function, String why, Formula.Call call, Frame frame) {
        return lowering.broken(
                ProblemCode.TYPE_MISMATCH,
                frame,
                call.span(),
                "'%s' cannot be used so: %s.",
                function.word(),
                why);
    }
}
