package dev.cairn.domain.plan;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What functions give for values, none of them empty. */
final class Functions {
    private Functions() {}

    static @Nullable Object apply(Function function, @Nullable Object[] arguments) {
        var first = java.util.Objects.requireNonNull(arguments[0]);
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
            case WEEKDAY -> BigDecimal.valueOf(((LocalDate) first).getDayOfWeek().getValue());
        };
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

    private static boolean matches(String text, String pattern) {
        return TextPattern.isFound(pattern, text);
    }

    private static Object elapsed(Object from, @Nullable Object to, int secondsPerUnit) {
        var duration =
                Duration.between((Instant) from, (Instant) java.util.Objects.requireNonNull(to));
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
        return Evaluator.real((Number) java.util.Objects.requireNonNull(value));
    }

    private static BigDecimal number(@Nullable Object value) {
        return value instanceof Double real
                ? BigDecimal.valueOf(real)
                : (BigDecimal) java.util.Objects.requireNonNull(value);
    }

    private static String text(@Nullable Object value) {
        return (String) java.util.Objects.requireNonNull(value);
    }
}
