package dev.cairn.domain.expression;

import static java.time.temporal.ChronoUnit.HOURS;
import static java.time.temporal.ChronoUnit.MINUTES;

import dev.cairn.domain.formula.Function;
import dev.cairn.domain.formula.TimeSpan;
import dev.cairn.domain.model.CompositeKey;
import dev.cairn.domain.time.BusinessCalendar;
import dev.cairn.domain.time.Grain;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalField;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What functions give for values, none of them empty. */
final class Functions {
    private Functions() {}

    static @Nullable Object apply(Function function, @Nullable Object[] arguments) {
        var first = Objects.requireNonNull(arguments[0]);
        return switch (function) {
            case COALESCE -> first;
            case LEAST -> extreme(arguments, -1);
            case GREATEST -> extreme(arguments, 1);
            case ABS ->
                    first instanceof Double number
                            ? (Object) Math.abs(number)
                            : ((BigDecimal) first).abs();
            case ROUND ->
                    round(first, arguments.length == 1 ? 0 : number(arguments[1]).intValueExact());
            case SQRT -> real(first) < 0 ? null : (Object) Math.sqrt(real(first));
            case LN -> real(first) <= 0 ? null : (Object) Math.log(real(first));
            case POWER -> power(real(first), real(arguments[1]));
            case LOWER -> text(first).toLowerCase(Locale.ROOT);
            case CONTAINS -> text(first).contains(text(arguments[1]));
            case STARTS -> text(first).startsWith(text(arguments[1]));
            case MATCHES -> matches(text(first), text(arguments[1]));
            case HOURS -> elapsed(first, arguments[1], 3600);
            case MINUTES -> elapsed(first, arguments[1], 60);
            case DAYS ->
                    first instanceof LocalDate from
                            ? BigDecimal.valueOf(
                                    ChronoUnit.DAYS.between(from, (LocalDate) arguments[1]))
                            : elapsed(first, arguments[1], 86_400);
            case DATE -> date(number(first), number(arguments[1]), number(arguments[2]));
            case CONCAT ->
                    Arrays.stream(arguments).map(Functions::text).collect(Collectors.joining());
            case KEY ->
                    CompositeKey.text(
                            Arrays.stream(arguments)
                                    .map(Objects::requireNonNull)
                                    .map(Functions::written)
                                    .toList());
            case KEY_PART ->
                    CompositeKey.part(text(first), number(arguments[1]).intValueExact())
                            .orElse(null);
            case TRIM -> trimmed(text(first));
            case TRUNC -> Grain.valueOf(text(arguments[1])).floor((LocalDate) first);
            case HAS_WEIGHT -> real(first) > 0;
            case IF_ENOUGH ->
                    number(arguments[1]).compareTo(number(arguments[2])) >= 0 ? first : null;
            case LOCAL_DATE -> local(first, arguments[1]).toLocalDate();
            case HOUR_START ->
                    new BusinessCalendar(ZoneId.of(text(arguments[1]))).hourStart((Instant) first);
            case DAY_START ->
                    ((LocalDate) first).atStartOfDay(ZoneId.of(text(arguments[1]))).toInstant();
            case HOUR_OF_DAY -> BigDecimal.valueOf(local(first, arguments[1]).getHour());
            case WEEKDAY -> part(first, ChronoField.DAY_OF_WEEK);
            case DAY_OF_MONTH -> part(first, ChronoField.DAY_OF_MONTH);
            case DAY_OF_YEAR -> part(first, ChronoField.DAY_OF_YEAR);
            case MONTH_OF_YEAR -> part(first, ChronoField.MONTH_OF_YEAR);
            case QUARTER_OF_YEAR -> part(first, IsoFields.QUARTER_OF_YEAR);
            case CALENDAR_YEAR -> part(first, ChronoField.YEAR);
            case MOVED ->
                    moved(
                            first,
                            number(arguments[1]).longValueExact(),
                            TimeSpan.Unit.valueOf(text(arguments[2])),
                            ZoneId.of(text(arguments[3])));
        };
    }

    /** A part of a key. */
    private static String written(Object value) {
        return value instanceof BigDecimal whole
                ? whole.toBigIntegerExact().toString()
                : value.toString();
    }

    private static Object extreme(@Nullable Object[] values, int sign) {
        return Arrays.stream(values)
                .map(java.util.Objects::requireNonNull)
                .reduce((one, other) -> sign * Evaluator.order(one, other) >= 0 ? one : other)
                .orElseThrow();
    }

    /** Of a double the shortest decimal that reads back as it is rounded: 1.005 gives 1.01, whatever its last bit says. */
    private static Object round(Object value, int places) {
        return value instanceof BigDecimal exact
                ? exact.setScale(places, RoundingMode.HALF_UP)
                : (Object)
                        BigDecimal.valueOf((Double) value)
                                .setScale(places, RoundingMode.HALF_UP)
                                .doubleValue();
    }

    private static @Nullable Object power(double base, double exponent) {
        double power = Math.pow(base, exponent);
        return Double.isFinite(power) ? (Object) power : null;
    }

    private static String trimmed(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && Function.BLANKS.indexOf(text.charAt(start)) >= 0) {
            start++;
        }
        while (start < end && Function.BLANKS.indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return text.substring(start, end);
    }

    private static BigDecimal part(Object date, TemporalField field) {
        return BigDecimal.valueOf(((LocalDate) date).get(field));
    }

    private static LocalDateTime local(Object instant, @Nullable Object zone) {
        return LocalDateTime.ofInstant((Instant) instant, ZoneId.of(text(zone)));
    }

    private static Object moved(Object time, long count, TimeSpan.Unit unit, ZoneId zone) {
        if (time instanceof LocalDate date) {
            return plus(date.atStartOfDay(), count, unit).toLocalDate();
        }
        var instant = (Instant) time;
        return switch (unit) {
            case MINUTE, HOUR -> instant.plus(count, unit == TimeSpan.Unit.HOUR ? HOURS : MINUTES);
            case DAY, WEEK, MONTH, QUARTER, YEAR ->
                    instantOf(plus(LocalDateTime.ofInstant(instant, zone), count, unit), zone);
        };
    }

    private static LocalDateTime plus(LocalDateTime local, long count, TimeSpan.Unit unit) {
        return switch (unit) {
            case MINUTE, HOUR -> throw new IllegalArgumentException("not of the calendar: " + unit);
            case DAY -> local.plusDays(count);
            case WEEK -> local.plusWeeks(count);
            case MONTH -> local.plusMonths(count);
            case QUARTER -> local.plusMonths(Math.multiplyExact(3, count));
            case YEAR -> local.plusYears(count);
        };
    }

    /** In a gap the instant after it, in an overlap the earlier one. */
    private static Instant instantOf(LocalDateTime local, ZoneId zone) {
        var change = zone.getRules().getTransition(local);
        return change != null && change.isGap()
                ? change.getInstant()
                : local.atZone(zone).toInstant();
    }

    private static boolean matches(String text, String pattern) {
        return TextPattern.isFound(pattern, text);
    }

    private static Object elapsed(Object from, @Nullable Object to, int secondsPerUnit) {
        var duration = Duration.between((Instant) from, (Instant) Objects.requireNonNull(to));
        double seconds = duration.getSeconds() + duration.getNano() / 1e9;
        return seconds / secondsPerUnit;
    }

    private static @Nullable Object date(BigDecimal year, BigDecimal month, BigDecimal day) {
        try {
            int wholeYear = year.intValueExact();
            return wholeYear < 1 || wholeYear > 9999
                    ? null
                    : LocalDate.of(wholeYear, month.intValueExact(), day.intValueExact());
        } catch (DateTimeException | ArithmeticException noSuchDay) {
            return null;
        }
    }

    private static double real(@Nullable Object value) {
        return Evaluator.real((Number) Objects.requireNonNull(value));
    }

    private static BigDecimal number(@Nullable Object value) {
        return value instanceof Double real
                ? BigDecimal.valueOf(real)
                : (BigDecimal) Objects.requireNonNull(value);
    }

    private static String text(@Nullable Object value) {
        return (String) Objects.requireNonNull(value);
    }
}
