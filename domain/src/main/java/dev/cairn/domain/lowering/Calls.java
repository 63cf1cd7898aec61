package dev.cairn.domain.lowering;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Function;
import dev.cairn.domain.expression.TextPattern;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.expression.Unit;
import dev.cairn.domain.formula.AggregateFunction;
import dev.cairn.domain.formula.Formula;
import dev.cairn.domain.formula.Span;
import dev.cairn.domain.formula.TimeSpan;
import dev.cairn.domain.problem.NearestNames;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.time.DatePart;
import dev.cairn.domain.time.Grain;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Lowers calls of functions. */
final class Calls {
    /** A thousand years, in each unit; PostgreSQL and this reach much further. */
    private static final Map<TimeSpan.Unit, Integer> MOST =
            new EnumMap<>(
                    Map.of(
                            TimeSpan.Unit.MINUTE, 525_600_000,
                            TimeSpan.Unit.HOUR, 8_760_000,
                            TimeSpan.Unit.DAY, 365_000,
                            TimeSpan.Unit.WEEK, 52_000,
                            TimeSpan.Unit.MONTH, 12_000,
                            TimeSpan.Unit.QUARTER, 4_000,
                            TimeSpan.Unit.YEAR, 1_000));

    /** As a number of units that is written. */
    private static final BigDecimal MOST_UNITS = new BigDecimal("999999999");

    /** Functions of the language that are not built. */
    private static final Set<String> LATER = Set.of("asof", "rank");

    private final Lowering lowering;
    private final Choices choices;
    private final Comparisons comparisons;

    Calls(Lowering lowering, Choices choices, Comparisons comparisons) {
        this.lowering = lowering;
        this.choices = choices;
        this.comparisons = comparisons;
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
            boolean isOfCalendar =
                    function.get() == Function.TRUNC
                            && arguments.size() == 1
                            && argument.value() instanceof Formula.Path(var names, _)
                            && names.size() == 2;
            if (isOfCalendar) {
                return lowering.notYet(
                        "A grain of a calendar of one's own", frame, argument.value().span());
            }
            boolean isGrain =
                    function.get() == Function.TRUNC
                            && arguments.size() == 1
                            && argument.value() instanceof Formula.GrainName;
            arguments.add(
                    isGrain
                            ? Expr.text(((Formula.GrainName) argument.value()).grain().name())
                            : lowering.lower(argument.value(), frame));
        }
        boolean broken = arguments.stream().anyMatch(argument -> argument.type().isBroken());
        return broken ? Expr.BROKEN : typed(function.get(), arguments, call, frame);
    }

    private Expr unknown(Formula.Call call, Frame frame) {
        if (lowering.catalog().metric(call.name()).isPresent()) {
            return lowering.metricWith(call, frame);
        }
        if (LATER.contains(call.name())) {
            call.arguments().forEach(argument -> lowering.lower(argument.value(), frame));
            return lowering.notYet("'%s'".formatted(call.name()), frame, call.span());
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
            case CONCAT, TRIM -> texts(function, arguments, call, frame, Type.TEXT);
            case DATE -> date(arguments, call, frame);
            case TRUNC -> trunc(arguments, call, frame);
            case HOUR_OF_DAY -> hour(arguments, call, frame);
            case WEEKDAY,
                    DAY_OF_MONTH,
                    DAY_OF_YEAR,
                    MONTH_OF_YEAR,
                    QUARTER_OF_YEAR,
                    CALENDAR_YEAR ->
                    partOfDate(function, arguments, call, frame);
            case LOCAL_DATE, MOVED ->
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
        var from = comparisons.beside(arguments.get(0), arguments.get(1));
        var to = comparisons.beside(arguments.get(1), arguments.get(0));
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

    private Expr date(List<Expr> arguments, Formula.Call call, Frame frame) {
        if (arguments.size() == 3) {
            return numbers(Function.DATE, arguments, call, frame, Type.DATE);
        }
        return arguments.size() == 1 && isKind(arguments.getFirst(), Type.Kind.TIMESTAMP)
                ? localDate(arguments.getFirst())
                : wrong(Function.DATE, "it takes an instant, or year, month and day", call, frame);
    }

    private Expr localDate(Expr instant) {
        return new Expr.Call(Function.LOCAL_DATE, List.of(instant, zoneName()), Type.DATE);
    }

    private Expr.Literal zoneName() {
        return Expr.text(lowering.zone().getId());
    }

    /** A date, or the local date of an instant; empty where it is neither. */
    private Optional<Expr> dateOf(Expr time) {
        return isKind(time, Type.Kind.DATE)
                ? Optional.of(time)
                : Optional.of(time)
                        .filter(instant -> isKind(instant, Type.Kind.TIMESTAMP))
                        .map(this::localDate);
    }

    private Expr trunc(List<Expr> arguments, Formula.Call call, Frame frame) {
        boolean named = call.arguments().get(1).value() instanceof Formula.GrainName;
        var grain = arguments.get(1);
        if (!named || grain.equals(Expr.text(Grain.HOUR.name()))) {
            return wrong(
                    Function.TRUNC,
                    "it takes a date or an instant, and day, week, month, quarter or year",
                    call,
                    frame);
        }
        return dateOf(arguments.getFirst())
                .<Expr>map(date -> new Expr.Call(Function.TRUNC, List.of(date, grain), Type.DATE))
                .orElseGet(
                        () -> wrong(Function.TRUNC, "it takes a date or an instant", call, frame));
    }

    private Expr hour(List<Expr> arguments, Formula.Call call, Frame frame) {
        var instant = arguments.getFirst();
        return isKind(instant, Type.Kind.TIMESTAMP)
                ? new Expr.Call(Function.HOUR_OF_DAY, List.of(instant, zoneName()), Type.INTEGER)
                : wrong(Function.HOUR_OF_DAY, "it takes an instant", call, frame);
    }

    /** A part of a date, or of the local date of an instant, as a dimension. */
    Expr part(DatePart part, Expr time, Frame frame, Span span) {
        if (part == DatePart.HOUR_OF_DAY && isKind(time, Type.Kind.TIMESTAMP)) {
            return new Expr.Call(Function.HOUR_OF_DAY, List.of(time, zoneName()), Type.INTEGER);
        }
        if (time.type().isBroken()) {
            return time;
        }
        return dateOf(time)
                .filter(_ -> part != DatePart.HOUR_OF_DAY)
                .<Expr>map(date ->
                        new Expr.Call(
                                Function.named(part.text()).orElseThrow(),
                                List.of(date),
                                Type.INTEGER))
                .orElseGet(() ->
                        lowering.broken(
                                ProblemCode.TYPE_MISMATCH,
                                frame,
                                span,
                                "'%s' is a part of %s, not of %s.",
                                part.text(),
                                part == DatePart.HOUR_OF_DAY
                                        ? "an instant"
                                        : "a date or an instant",
                                time.type().word()));
    }

    /** The date on which the bucket of a date or an instant begins, as a dimension. */
    Expr floored(Expr time, Grain grain, Frame frame, Span span) {
        if (time.type().isBroken()) {
            return time;
        }
        if (grain == Grain.HOUR && isKind(time, Type.Kind.TIMESTAMP)) {
            return lowering.notYet("An instant by the hour as dimension", frame, span);
        }
        return dateOf(time)
                .filter(_ -> grain != Grain.HOUR)
                .<Expr>map(date ->
                        new Expr.Call(
                                Function.TRUNC, List.of(date, Expr.text(grain.name())), Type.DATE))
                .orElseGet(() ->
                        lowering.broken(
                                ProblemCode.TYPE_MISMATCH,
                                frame,
                                span,
                                "'by %s' does not go with %s.",
                                grain.name().toLowerCase(Locale.ROOT),
                                time.type().word()));
    }

    private Expr partOfDate(
            Function function, List<Expr> arguments, Formula.Call call, Frame frame) {
        return dateOf(arguments.getFirst())
                .<Expr>map(date -> new Expr.Call(function, List.of(date), Type.INTEGER))
                .orElseGet(() -> wrong(function, "it takes a date or an instant", call, frame));
    }

    /** {@code t + 3 days}, {@code t - 1 month}. */
    Expr moved(Formula.Arithmetic arithmetic, TimeSpan by, Frame frame) {
        var time = lowering.lower(arithmetic.left(), frame);
        boolean isDate = isKind(time, Type.Kind.DATE);
        if (time.type().isBroken()) {
            return time;
        }
        if (!isDate && !isKind(time, Type.Kind.TIMESTAMP)) {
            return moves(arithmetic, frame, "a length of time is added to a date or an instant");
        }
        if (isDate && (by.unit() == TimeSpan.Unit.HOUR || by.unit() == TimeSpan.Unit.MINUTE)) {
            return moves(arithmetic, frame, "a date has no time of day");
        }
        var counted = count(by, frame);
        if (counted.isEmpty()) {
            return Expr.BROKEN;
        }
        var count = counted.get();
        if (count.compareTo(BigDecimal.valueOf(Objects.requireNonNull(MOST.get(by.unit())))) > 0) {
            return lowering.broken(
                    ProblemCode.LIMIT,
                    frame,
                    by.span(),
                    "A length of time is at most a thousand years.");
        }
        boolean isLater =
                switch (arithmetic.operator()) {
                    case ADD -> true;
                    case SUBTRACT -> false;
                    case MULTIPLY, DIVIDE -> {
                        moves(arithmetic, frame, "only '+' and '-' move a date or an instant");
                        yield true;
                    }
                };
        return new Expr.Call(
                Function.MOVED,
                List.of(
                        time,
                        Expr.number(isLater ? count : count.negate()),
                        Expr.text(by.unit().name()),
                        zoneName()),
                time.type());
    }

    /** How many units: a whole number, or the parameter that stands for one; empty where it is none, which is told. */
    Optional<BigDecimal> count(TimeSpan span, Frame frame) {
        if (span.count().chars().allMatch(digit -> digit >= '0' && digit <= '9')) {
            return Optional.of(new BigDecimal(span.count()));
        }
        if (!frame.names().containsKey(span.count())) {
            lowering.unknown(
                    Problem.of(
                            ProblemCode.UNKNOWN_PARAMETER,
                            frame.at(span.span()),
                            "No parameter '%s'; units are counted by a whole number or a parameter.",
                            span.count()),
                    span.count(),
                    frame.names()::keySet);
            return Optional.empty();
        }
        var value = Objects.requireNonNull(frame.names().get(span.count())).at(frame, lowering);
        if (value.orElse(null) instanceof Expr.Literal(BigDecimal number, _)
                && number.signum() >= 0
                && number.compareTo(MOST_UNITS) <= 0
                && ParameterValues.isWhole(number)) {
            return Optional.of(number);
        }
        lowering.broken(
                ProblemCode.TYPE_MISMATCH,
                frame,
                span.span(),
                "Units are counted by a whole number from 0, of at most 9 digits; '%s' is none.",
                span.count());
        return Optional.empty();
    }

    private Expr moves(Formula.Arithmetic arithmetic, Frame frame, String why) {
        return lowering.broken(
                ProblemCode.TYPE_MISMATCH,
                frame,
                arithmetic.span(),
                "'%s' cannot be used so: %s.",
                arithmetic.operator().symbol(),
                why);
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
