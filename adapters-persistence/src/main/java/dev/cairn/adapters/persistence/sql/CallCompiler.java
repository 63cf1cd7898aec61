package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.collation;
import static org.jooq.impl.DSL.function;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.systemName;
import static org.jooq.impl.DSL.when;

import dev.cairn.adapters.persistence.schema.KeyOfParts;
import dev.cairn.adapters.persistence.type.LocalDates;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.TextPattern;
import dev.cairn.domain.expression.Type.Kind;
import dev.cairn.domain.formula.Function;
import dev.cairn.domain.formula.TimeSpan;
import dev.cairn.domain.time.Grain;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jooq.Condition;
import org.jooq.DatePart;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * The functions. A guard around an argument stands in a {@code case}, never beside it in an {@code and}: PostgreSQL calculates what is constant
 * beforehand, but not in an arm whose condition is constantly false.
 */
final class CallCompiler {
    /** Knows all letters, also those that become two; every PostgreSQL from 15 has it. */
    private static final org.jooq.Collation UNICODE = collation("und-x-icu");

    /** Natural logarithm of the largest double. */
    private static final double LARGEST_LOGARITHM = 709.7827128933837;

    /** Natural logarithm of half the smallest double: smaller results are 0. */
    private static final double SMALLEST_LOGARITHM = -745.133219101;

    /** Raised to this exponent every double but 0 and 1 leaves the range of doubles; raised to its reciprocal it is 1. */
    private static final double HUGE = 1e20;

    private static final int LAST_YEAR = 9999;

    private final ExprCompiler exprs;

    CallCompiler(ExprCompiler exprs) {
        this.exprs = exprs;
    }

    Field<?> call(Expr.Call call) {
        var arguments = call.arguments();
        var first = arguments.getFirst();
        var last = arguments.getLast();
        var kind = call.type().kind();
        return switch (call.function()) {
            case COALESCE -> coalesce(kind, arguments);
            case LEAST -> extreme(kind, arguments, false);
            case GREATEST -> extreme(kind, arguments, true);
            case ABS -> DSL.abs(number(first));
            case ROUND -> round(first, arguments);
            case SQRT -> sqrt(approximate(first));
            case POWER -> power(approximate(first), approximate(last));
            case LN -> ln(approximate(first));
            case LOWER ->
                    DSL.lower(text(first).collate(UNICODE)).collate(ExprCompiler.BY_CODE_POINT);
            case CONTAINS -> DSL.field(DSL.position(text(first), text(last)).gt(inline(0)));
            case STARTS ->
                    function(
                            systemName("starts_with"),
                            SQLDataType.BOOLEAN,
                            text(first),
                            text(last));
            case MATCHES -> DSL.field(text(first).likeRegex(pattern(last)));
            case HOURS -> elapsed(first, last, 3_600);
            case DAYS -> kind == Kind.INTEGER ? days(first, last) : elapsed(first, last, 86_400);
            case MINUTES -> elapsed(first, last, 60);
            case DATE -> date(arguments.getFirst(), arguments.get(1), last);
            case CONCAT ->
                    arguments.stream()
                            .map(this::text)
                            .reduce((text, next) -> SqlTypes.typed(DSL.concat(text, next)))
                            .orElseThrow();
            case TRIM ->
                    function(
                            systemName("btrim"),
                            SQLDataType.CLOB,
                            text(first),
                            DSL.val(Function.BLANKS, SQLDataType.CLOB));
            case KEY -> KeyOfParts.of(arguments.stream().map(this::keyPart).toList());
            case KEY_PART -> KeyOfParts.part(text(first), count(last).cast(SQLDataType.INTEGER));
            case TRUNC -> trunc(dateOf(first), literal(last));
            case HAS_WEIGHT -> DSL.field(SqlTypes.<Integer>typed(number(first)).gt(inline(0)));
            case IF_ENOUGH ->
                    when(
                            SqlTypes.<Integer>typed(number(arguments.get(1)))
                                    .ge(SqlTypes.<Integer>typed(number(last))),
                            exprs.as(kind, first));
            case DAY_START ->
                    zone(last).dayStart(SqlTypes.<LocalDate>typed(exprs.as(Kind.DATE, first)));
            case LOCAL_DATE -> zone(last).date(instant(first));
            case HOUR_START -> zone(last).hourStart(instant(first));
            case HOUR_OF_DAY -> zone(last).hour(instant(first));
            case WEEKDAY -> part(first, "isodow");
            case DAY_OF_MONTH -> part(first, "day");
            case DAY_OF_YEAR -> part(first, "doy");
            case MONTH_OF_YEAR -> part(first, "month");
            case QUARTER_OF_YEAR -> part(first, "quarter");
            case CALENDAR_YEAR -> part(first, "year");
            case MOVED -> moved(first, arguments);
        };
    }

    /** Whether it has a value of any arguments that are there. */
    static boolean hasValueOfAny(Function function) {
        return switch (function) {
            case LEAST,
                    GREATEST,
                    ABS,
                    ROUND,
                    LOWER,
                    CONTAINS,
                    STARTS,
                    MATCHES,
                    HOURS,
                    DAYS,
                    MINUTES,
                    CONCAT,
                    KEY,
                    TRIM,
                    TRUNC,
                    HAS_WEIGHT,
                    DAY_START,
                    LOCAL_DATE,
                    HOUR_START,
                    HOUR_OF_DAY,
                    WEEKDAY,
                    DAY_OF_MONTH,
                    DAY_OF_YEAR,
                    MONTH_OF_YEAR,
                    QUARTER_OF_YEAR,
                    CALENDAR_YEAR,
                    MOVED ->
                    true;
            case COALESCE, SQRT, POWER, LN, DATE, KEY_PART, IF_ENOUGH -> false;
        };
    }

    /** As a text. */
    private Field<String> keyPart(Expr part) {
        var kind = part.type().kind();
        return kind == Kind.TEXT || part.type().isWild()
                ? text(part)
                : kind == Kind.INTEGER
                        ? exprs.stored(kind, part).cast(SQLDataType.BIGINT).cast(SQLDataType.CLOB)
                        : exprs.as(kind, part).cast(SQLDataType.CLOB);
    }

    private Field<Long> part(Expr date, String part) {
        return LocalTimes.part(part, dateOf(date));
    }

    private Field<LocalDate> dateOf(Expr date) {
        return SqlTypes.typed(exprs.as(Kind.DATE, date));
    }

    private Field<Instant> instant(Expr instant) {
        return SqlTypes.typed(exprs.as(Kind.TIMESTAMP, instant));
    }

    private static LocalTimes zone(Expr literal) {
        return LocalTimes.in(ZoneId.of(literal(literal)));
    }

    private static String literal(Expr literal) {
        return (String) Objects.requireNonNull(((Expr.Literal) literal).value());
    }

    private Field<?> moved(Expr time, List<Expr> arguments) {
        var count = count(arguments.get(1));
        var unit = TimeSpan.Unit.valueOf(literal(arguments.get(2)));
        if (time.type().kind() == Kind.DATE) {
            return LocalTimes.movedDate(dateOf(time), count, unit);
        }
        boolean isElapsed = unit == TimeSpan.Unit.HOUR || unit == TimeSpan.Unit.MINUTE;
        return isElapsed
                ? LocalTimes.elapsed(instant(time), count, unit)
                : zone(arguments.getLast()).moved(instant(time), count, unit);
    }

    /** A number of units, which is small wherever it is asked for. */
    private Field<Integer> count(Expr units) {
        return units instanceof Expr.Literal(var number, _)
                ? DSL.inline(((BigDecimal) Objects.requireNonNull(number)).intValueExact())
                : exprs.as(Kind.INTEGER, units).cast(SQLDataType.INTEGER);
    }

    /** PostgreSQL's weeks begin on Monday too. */
    private static Field<LocalDate> trunc(Field<LocalDate> date, String grain) {
        if (grain.equals(Grain.DAY.name())) {
            return date;
        }
        return function(
                        systemName("date_trunc"),
                        SQLDataType.LOCALDATETIME,
                        inline(grain.toLowerCase(Locale.ROOT)),
                        date.cast(SQLDataType.LOCALDATETIME))
                .cast(LocalDates.TYPE);
    }

    private Field<? extends Number> number(Expr expr) {
        return exprs.number(expr, expr.type().kind());
    }

    private Field<Double> approximate(Expr expr) {
        return SqlTypes.approximate(exprs.as(Kind.DOUBLE, expr));
    }

    private Field<String> text(Expr expr) {
        return SqlTypes.typed(exprs.as(Kind.TEXT, expr));
    }

    private Field<?> coalesce(Kind kind, List<Expr> arguments) {
        Field<?>[] fields =
                arguments.stream()
                        .map(argument -> exprs.as(kind, argument))
                        .toArray(Field<?>[]::new);
        return DSL.coalesce(fields[0], Arrays.copyOfRange(fields, 1, fields.length));
    }

    /** PostgreSQL's own leave empty arguments out. */
    private Field<?> extreme(Kind kind, List<Expr> arguments, boolean greatest) {
        var fields =
                arguments.stream()
                        .<Field<Object>>map(argument -> SqlTypes.typed(exprs.as(kind, argument)))
                        .toList();
        if (fields.size() == 1) {
            return fields.getFirst();
        }
        var first = fields.getFirst();
        var others = fields.stream().skip(1).toArray(Field<?>[]::new);
        var all = fields.stream().map(Field::isNotNull).reduce(Condition::and).orElseThrow();
        return when(all, greatest ? DSL.greatest(first, others) : DSL.least(first, others));
    }

    private Field<?> round(Expr value, List<Expr> arguments) {
        var places =
                arguments.size() == 1
                        ? inline(0)
                        : exprs.as(Kind.INTEGER, arguments.get(1)).cast(SQLDataType.INTEGER);
        return value.type().kind() == Kind.DOUBLE
                ? roundDouble(approximate(value), places)
                : DSL.round(SqlTypes.exact(exprs.as(Kind.DECIMAL, value)), places);
    }

    /**
     * The text of a double is the shortest decimal that reads back as it (the driver asks for all its digits); numeric rounds halves away from
     * zero.
     */
    private static Field<Double> roundDouble(Field<Double> value, Field<Integer> places) {
        var shortest = value.cast(SQLDataType.CLOB).cast(SQLDataType.NUMERIC);
        return DSL.round(shortest, places).cast(SQLDataType.DOUBLE);
    }

    private static Field<?> sqrt(Field<Double> value) {
        return when(value.ge(zero()), DSL.sqrt(value).coerce(SQLDataType.DOUBLE));
    }

    private static Field<?> ln(Field<Double> value) {
        return when(value.gt(zero()), DSL.ln(value).coerce(SQLDataType.DOUBLE));
    }

    /** PostgreSQL's power() fails where the result is no real number, too large or too small; the product that is compared would fail as well, hence the bounded exponent, which is a number also where there is none. */
    private static Field<?> power(Field<Double> base, Field<Double> exponent) {
        var bounded = DSL.greatest(DSL.least(exponent, inline(HUGE)), inline(-HUGE));
        var logarithm = bounded.mul(DSL.ln(DSL.abs(base)).coerce(SQLDataType.DOUBLE));
        Field<Double> none = DSL.castNull(SQLDataType.DOUBLE);
        Field<Double> ofZero =
                when(exponent.gt(zero()), DSL.val(0d)).when(exponent.eq(zero()), DSL.val(1d));
        return when(base.isNull().or(exponent.isNull()), none)
                .when(base.eq(zero()), ofZero)
                .when(base.lt(zero()).and(exponent.ne(DSL.floor(exponent))), none)
                .when(DSL.abs(exponent).lt(1 / HUGE), DSL.val(1d))
                .when(logarithm.gt(LARGEST_LOGARITHM), none)
                .when(logarithm.lt(SMALLEST_LOGARITHM), DSL.val(0d))
                .otherwise(DSL.power(base, exponent).coerce(SQLDataType.DOUBLE));
    }

    private static Field<Double> zero() {
        return SqlTypes.typed(inline(0));
    }

    private Field<String> pattern(Expr expr) {
        return expr instanceof Expr.Literal(var value, var _) && value instanceof String pattern
                ? DSL.val(TextPattern.normalise(pattern), SQLDataType.CLOB)
                : text(expr);
    }

    private Field<Long> days(Expr from, Expr to) {
        return dateOf(to).sub(dateOf(from)).coerce(SQLDataType.INTEGER).cast(SQLDataType.BIGINT);
    }

    /** Exact until the division. */
    private Field<Double> elapsed(Expr from, Expr to, int seconds) {
        var passed =
                function(
                        systemName("timestamptz_mi"),
                        SQLDataType.INTERVAL,
                        instant(to),
                        instant(from));
        return DSL.extract(passed, DatePart.EPOCH, SQLDataType.NUMERIC)
                .cast(SQLDataType.DOUBLE)
                .div(SqlTypes.<Double>typed(inline(seconds)));
    }

    /** The month's first day and so many days on, if that still is in the month. */
    private Field<LocalDate> date(Expr year, Expr month, Expr day) {
        var y = SqlTypes.exact(exprs.as(Kind.DECIMAL, year));
        var m = SqlTypes.exact(exprs.as(Kind.DECIMAL, month));
        var d = SqlTypes.exact(exprs.as(Kind.DECIMAL, day));
        Field<LocalDate> reached =
                function(
                                systemName("make_date"),
                                LocalDates.TYPE,
                                y.cast(SQLDataType.INTEGER),
                                m.cast(SQLDataType.INTEGER),
                                inline(1))
                        .add(d.cast(SQLDataType.INTEGER).sub(inline(1)));
        var sameMonth = DSL.extract(reached, DatePart.MONTH, SQLDataType.NUMERIC).eq(m);
        return when(
                whole(y, LAST_YEAR).and(whole(m, 12)).and(whole(d, 31)), when(sameMonth, reached));
    }

    private static Condition whole(Field<BigDecimal> value, int most) {
        return value.between(SqlTypes.<BigDecimal>typed(inline(1)), SqlTypes.typed(inline(most)))
                .and(value.eq(DSL.floor(value)));
    }
}
