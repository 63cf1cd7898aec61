package dev.cairn.domain.lowering;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.TextPattern;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.formula.AggregateFunction;
import dev.cairn.domain.formula.Formula;
import dev.cairn.domain.formula.Function;
import dev.cairn.domain.problem.NearestNames;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Lowers calls of functions. */
final class Calls {
    private final Lowering lowering;
    private final Choices choices;
    private final DateArithmetic dates;

    Calls(Lowering lowering, Choices choices, DateArithmetic dates) {
        this.lowering = lowering;
        this.choices = choices;
        this.dates = dates;
    }

    Expr lower(Formula.Call call, Frame frame) {
        if (call.name().equals("asof") && call.arguments().isEmpty()) {
            return lowering.asOf(frame, call.span(), Type.TIMESTAMP);
        }
        var function = Function.named(call.name());
        if (function.isEmpty()) {
            return unknown(call, frame);
        }
        if (!function.get().takes(call.arguments().size())) {
            return lowering.broken(
                    ProblemCode.UNKNOWN_FUNCTION,
                    frame,
                    call.span(),
                    "'%s' takes %s, not %d.",
                    call.name(),
                    function.get().arguments(),
                    call.arguments().size());
        }
        if (function.get() == Function.TRUNC
                && call.arguments().stream().allMatch(argument -> argument.name() == null)) {
            return dates.trunc(call, frame);
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
        if (lowering.catalog().metric(call.name()).isPresent()) {
            return lowering.metricWith(call, frame);
        }
        if (call.name().equals(Ranks.WORD)) {
            return lowering.ranks().of(call, frame);
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
            case HOURS, DAYS, MINUTES -> dates.elapsed(function, arguments, call, frame);
            case CONCAT, TRIM -> texts(function, arguments, call, frame, Type.TEXT);
            case KEY -> key(arguments, call, frame);
            case KEY_PART -> keyPart(arguments, call, frame);
            case DATE -> date(arguments, call, frame);
            case TRUNC -> throw new IllegalArgumentException("its grain is no value: " + call);
            case HOUR_OF_DAY -> dates.hour(arguments, call, frame);
            case WEEKDAY,
                    DAY_OF_MONTH,
                    DAY_OF_YEAR,
                    MONTH_OF_YEAR,
                    QUARTER_OF_YEAR,
                    CALENDAR_YEAR ->
                    dates.partOfDate(function, arguments, call, frame);
            case LOCAL_DATE, HOUR_START, DAY_START, MOVED, HAS_WEIGHT, IF_ENOUGH ->
                    throw new IllegalArgumentException("not written by its name: " + function);
        };
    }

    private Expr sameType(Function function, List<Expr> given, Formula.Call call, Frame frame) {
        var arguments = choices.alike(given);
        var type = Type.NONE;
        for (var argument : arguments) {
            type = choices.common(type, argument, frame, call.span());
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

    private Expr date(List<Expr> arguments, Formula.Call call, Frame frame) {
        return arguments.size() == 3
                ? numbers(Function.DATE, arguments, call, frame, Type.DATE)
                : dates.date(arguments, call, frame);
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

    /** What a part of a key may be. */
    private static final Set<Type.Kind> OF_KEYS =
            EnumSet.of(Type.Kind.TEXT, Type.Kind.INTEGER, Type.Kind.DATE, Type.Kind.BOOLEAN);

    /** Whether values are parts of a key of several. */
    static boolean areOfKeys(List<Expr> parts) {
        return parts.stream()
                .map(Expr::type)
                .allMatch(type -> type.isWild() || OF_KEYS.contains(type.kind()));
    }

    private Expr key(List<Expr> arguments, Formula.Call call, Frame frame) {
        boolean fits = areOfKeys(arguments);
        return fits
                ? new Expr.Call(Function.KEY, arguments, Type.TEXT)
                : wrong(
                        Function.KEY,
                        "its parts are texts, whole numbers, dates or conditions",
                        call,
                        frame);
    }

    private Expr keyPart(List<Expr> arguments, Formula.Call call, Frame frame) {
        boolean isNumbered =
                arguments.get(1) instanceof Expr.Literal(BigDecimal number, var _)
                        && number.stripTrailingZeros().scale() <= 0
                        && number.signum() > 0
                        && number.compareTo(BigDecimal.valueOf(20)) <= 0;
        var type = arguments.getFirst().type();
        return isNumbered && (type.isWild() || type.kind() == Type.Kind.TEXT)
                ? new Expr.Call(Function.KEY_PART, arguments, Type.TEXT)
                : wrong(
                        Function.KEY_PART,
                        "it takes a text and the number of a part, from 1 to 20",
                        call,
                        frame);
    }

    private Expr matches(List<Expr> arguments, Formula.Call call, Frame frame) {
        // In a scope it may be what is said of a caller, who would choose then what is seen.
        boolean isSaid =
                !(frame.level() instanceof Level.Rule rule && rule.isScope())
                        || !frame.isOutermost()
                        || call.arguments().get(1).value() instanceof Formula.TextLiteral;
        if (!isSaid || !(arguments.get(1) instanceof Expr.Literal(String pattern, var _))) {
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

    private Expr wrong(Function function, String why, Formula.Call call, Frame frame) {
        return lowering.misused(function.word(), why, frame, call.span());
    }
}
