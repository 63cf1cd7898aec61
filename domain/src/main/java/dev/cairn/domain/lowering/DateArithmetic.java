package dev.cairn.domain.lowering;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Expr.InPeriods.Part;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.expression.Unit;
import dev.cairn.domain.formula.Formula;
import dev.cairn.domain.formula.Function;
import dev.cairn.domain.formula.Span;
import dev.cairn.domain.formula.TimeSpan;
import dev.cairn.domain.lowering.TimeContext.Length;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.time.AskedGrain;
import dev.cairn.domain.time.CalendarGrain;
import dev.cairn.domain.time.DatePart;
import dev.cairn.domain.time.FiscalPeriods;
import dev.cairn.domain.time.Grain;
import dev.cairn.domain.time.Periods;
import dev.cairn.domain.time.RowPeriods;
import dev.cairn.domain.time.Weeks;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Lowers what is computed from dates and instants: their parts, their buckets, the time between them, and what is added to them. */
final class DateArithmetic {
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

    private final Lowering lowering;
    private final Comparisons comparisons;

    DateArithmetic(Lowering lowering, Comparisons comparisons) {
        this.lowering = lowering;
        this.comparisons = comparisons;
    }

    Expr elapsed(Function function, List<Expr> arguments, Formula.Call call, Frame frame) {
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

    Expr date(List<Expr> arguments, Formula.Call call, Frame frame) {
        return arguments.size() == 1 && isKind(arguments.getFirst(), Type.Kind.TIMESTAMP)
                ? localDate(arguments.getFirst())
                : wrong(Function.DATE, "it takes an instant, or year, month and day", call, frame);
    }

    Expr localDate(Expr instant) {
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

    Expr trunc(Formula.Call call, Frame frame) {
        var named = call.arguments().get(1).value();
        var grain =
                switch (named) {
                    case Formula.GrainName(var written, _) -> written;
                    case Formula.Path(var names, _) when names.size() == 2 ->
                            new CalendarGrain(names.get(0), names.get(1));
                    default -> Grain.HOUR;
                };
        var time = lowering.lower(call.arguments().getFirst().value(), frame);
        if (grain == Grain.HOUR) {
            return wrong(
                    Function.TRUNC,
                    "it takes a date or an instant, and day, week, month, quarter or year",
                    call,
                    frame);
        }
        var periods = lowering.calendars().periods(grain, frame, named.span());
        if (time.type().isBroken() || periods.isEmpty()) {
            return Expr.BROKEN;
        }
        return dateOf(time)
                .map(date -> start(date, periods.get()))
                .orElseGet(
                        () -> wrong(Function.TRUNC, "it takes a date or an instant", call, frame));
    }

    Expr hour(List<Expr> arguments, Formula.Call call, Frame frame) {
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

    /** The date on which the bucket of a date or an instant begins, of an hour the instant, as a dimension. */
    Expr floored(Expr time, AskedGrain grain, Frame frame, Span span) {
        var periods = lowering.calendars().periods(grain, frame, span);
        if (time.type().isBroken() || periods.isEmpty()) {
            return Expr.BROKEN;
        }
        if (grain == Grain.HOUR && isKind(time, Type.Kind.TIMESTAMP)) {
            return new Expr.Call(Function.HOUR_START, List.of(time, zoneName()), Type.TIMESTAMP);
        }
        return dateOf(time)
                .filter(_ -> grain != Grain.HOUR)
                .map(date -> start(date, periods.get()))
                .orElseGet(() ->
                        lowering.broken(
                                ProblemCode.TYPE_MISMATCH,
                                frame,
                                span,
                                "'by %s' does not go with %s.",
                                grain.text(),
                                time.type().word()));
    }

    Expr partOfDate(Function function, List<Expr> arguments, Formula.Call call, Frame frame) {
        return dateOf(arguments.getFirst())
                .<Expr>map(date -> new Expr.Call(function, List.of(date), Type.INTEGER))
                .orElseGet(() -> wrong(function, "it takes a date or an instant", call, frame));
    }

    /** {@code t + 3 days}, {@code t - 1 month}, {@code starts_on + term months}. */
    Expr moved(Formula.Arithmetic arithmetic, TimeSpan by, Frame frame) {
        var time = lowering.lower(arithmetic.left(), frame);
        boolean isDate = isKind(time, Type.Kind.DATE);
        var measure = lowering.calendars().measure(by, frame).orElse(null);
        if (time.type().isBroken() || measure == null) {
            return Expr.BROKEN;
        }
        var unit = measure.unit();
        if (!isDate && !isKind(time, Type.Kind.TIMESTAMP)) {
            return moves(arithmetic, frame, "a length of time is added to a date or an instant");
        }
        if (isDate && (unit == TimeSpan.Unit.HOUR || unit == TimeSpan.Unit.MINUTE)) {
            return moves(arithmetic, frame, "a date has no time of day");
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
        var sign = isLater ? BigDecimal.ONE : BigDecimal.ONE.negate();
        return counted(by, frame)
                .map(count -> movedByValue(time, count, isLater, measure, by, frame))
                .orElseGet(() -> moved(time, by, sign, frame).orElse(Expr.BROKEN));
    }

    /** What a name stands for that counts units and is no literal, which a row has another value of than the next. */
    private Optional<Expr> counted(TimeSpan by, Frame frame) {
        if (isWritten(by)) {
            return Optional.empty();
        }
        var named = frame.names().get(by.count());
        var value =
                named == null
                        ? Optional.of(
                                lowering.lower(
                                        new Formula.Path(List.of(by.count()), by.span()), frame))
                        : named.at(frame, lowering);
        return value.filter(expr -> expr.type().isBroken() || !(expr instanceof Expr.Literal));
    }

    /** Empty where the number of units is, or is of more than a thousand years. */
    private Expr movedByValue(
            Expr time, Expr count, boolean isLater, Length measure, TimeSpan by, Frame frame) {
        if (count.type().isBroken()) {
            return Expr.BROKEN;
        }
        if (!isKind(count, Type.Kind.INTEGER)) {
            return lowering.broken(
                    ProblemCode.TYPE_MISMATCH,
                    frame,
                    by.span(),
                    "Units are counted by a whole number; '%s' is of type %s.",
                    by.count(),
                    count.type().word());
        }
        var most = BigDecimal.valueOf(Objects.requireNonNull(MOST.get(measure.unit())));
        var isNear =
                new Expr.And(
                        new Expr.Compare(
                                Formula.Comparator.GREATER_OR_EQUAL,
                                count,
                                Expr.number(most.negate())),
                        new Expr.Compare(
                                Formula.Comparator.LESS_OR_EQUAL, count, Expr.number(most)));
        var moved = moved(time, isLater ? count : new Expr.Negate(count), measure);
        return new Expr.Case(List.of(new Expr.Arm(isNear, moved)), Expr.NONE, time.type());
    }

    /** A date or an instant so many units later, or with a negative sign earlier; empty where that is too far, which is told. */
    Optional<Expr> moved(Expr time, TimeSpan by, BigDecimal sign, Frame frame) {
        var measure = lowering.calendars().measure(by, frame);
        var counted = count(by, frame);
        if (counted.isEmpty() || measure.isEmpty()) {
            return Optional.empty();
        }
        var count = counted.get();
        var most = BigDecimal.valueOf(Objects.requireNonNull(MOST.get(measure.get().unit())));
        if (count.compareTo(most) > 0) {
            lowering.broken(
                    ProblemCode.LIMIT,
                    frame,
                    by.span(),
                    "A length of time is at most a thousand years.");
            return Optional.empty();
        }
        return Optional.of(moved(time, Expr.number(count.multiply(sign)), measure.get()));
    }

    private Expr moved(Expr time, Expr count, Length measure) {
        var periods = measure.periods();
        if (periods == null) {
            return moved(time, count, measure.unit());
        }
        if (isKind(time, Type.Kind.DATE)) {
            return movedByPeriods(time, count, periods);
        }
        var date = localDate(time);
        return moved(time, days(date, movedByPeriods(date, count, periods)), TimeSpan.Unit.DAY);
    }

    /** As {@link RowPeriods#moved} does it: to the same day of another period, or its last; empty where the calendar has not both. */
    private Expr movedByPeriods(Expr date, Expr count, RowPeriods periods) {
        var place = plus(new Expr.InPeriods(date, periods, Part.NUMBER), count);
        var begins = new Expr.InPeriods(place, periods, Part.BEGINNING);
        var next =
                new Expr.InPeriods(
                        plus(place, Expr.number(BigDecimal.ONE)), periods, Part.BEGINNING);
        var day = days(new Expr.InPeriods(date, periods, Part.START), date);
        var sameOrLast =
                new Expr.Call(
                        Function.LEAST,
                        List.of(
                                moved(begins, day, TimeSpan.Unit.DAY),
                                moved(next, -1, TimeSpan.Unit.DAY)),
                        Type.DATE);
        var isFirst = new Expr.Compare(Formula.Comparator.EQUAL, day, Expr.number(BigDecimal.ZERO));
        return new Expr.Case(List.of(new Expr.Arm(isFirst, begins)), sameOrLast, Type.DATE);
    }

    private static Expr plus(Expr number, Expr other) {
        return new Expr.Arithmetic(Formula.Operator.ADD, number, other, Type.INTEGER);
    }

    private static Expr days(Expr from, Expr to) {
        return new Expr.Call(
                Function.DAYS,
                List.of(from, to),
                Type.INTEGER.in(new Unit.Elapsed(Function.DAYS.word())));
    }

    private Expr moved(Expr time, Expr count, TimeSpan.Unit unit) {
        return new Expr.Call(
                Function.MOVED,
                List.of(time, count, Expr.text(unit.name()), zoneName()),
                time.type());
    }

    /** Within the periods of the language as it is within those of a calendar. */
    Expr inLanguage(Expr date, Periods periods) {
        return switch (periods) {
            case Grain _ -> date;
            case Weeks weeks -> moved(date, weeks.days(), TimeSpan.Unit.DAY);
            case RowPeriods rows ->
                    throw new IllegalArgumentException(
                            "no periods of the language: " + rows.text());
            case FiscalPeriods fiscal ->
                    moved(
                            moved(date, -fiscal.days(), TimeSpan.Unit.DAY),
                            -fiscal.months(),
                            TimeSpan.Unit.MONTH);
        };
    }

    private Expr moved(Expr date, int count, TimeSpan.Unit unit) {
        return count == 0 ? date : moved(date, Expr.number(BigDecimal.valueOf(count)), unit);
    }

    /** The date on which the period of a date begins. */
    private Expr start(Expr date, Periods periods) {
        if (periods instanceof RowPeriods) {
            return new Expr.InPeriods(date, periods, Part.START);
        }
        var start =
                new Expr.Call(
                        Function.TRUNC,
                        List.of(inLanguage(date, periods), Expr.text(periods.length().name())),
                        Type.DATE);
        return switch (periods) {
            case Grain _ -> start;
            case Weeks weeks -> moved(start, -weeks.days(), TimeSpan.Unit.DAY);
            case RowPeriods _ -> throw new IllegalStateException("found above");
            case FiscalPeriods fiscal ->
                    moved(
                            moved(start, fiscal.months(), TimeSpan.Unit.MONTH),
                            fiscal.days(),
                            TimeSpan.Unit.DAY);
        };
    }

    /** How many units: a whole number, or the parameter that stands for one; empty where it is none, which is told. */
    Optional<BigDecimal> count(TimeSpan span, Frame frame) {
        if (isWritten(span)) {
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

    private static boolean isWritten(TimeSpan span) {
        return span.count().chars().allMatch(digit -> digit >= '0' && digit <= '9');
    }

    private Expr moves(Formula.Arithmetic arithmetic, Frame frame, String why) {
        return lowering.misused(arithmetic.operator().symbol(), why, frame, arithmetic.span());
    }

    private Expr wrong(Function function, String why, Formula.Call call, Frame frame) {
        return lowering.misused(function.word(), why, frame, call.span());
    }
}
