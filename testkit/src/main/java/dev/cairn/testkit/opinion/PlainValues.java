package dev.cairn.testkit.opinion;

import dev.cairn.testkit.data.JoinedKey;
import dev.cairn.testkit.opinion.PlainCalendar.Stretch;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Values and what is calculated from them: BigDecimal, Double, String, Boolean, LocalDate, Instant, the edge of a bucket; null is empty. */
final class PlainValues {
    private static final BigDecimal BILLION = BigDecimal.valueOf(1_000_000_000);

    private static final Pattern BLANKS =
            Pattern.compile("^\\p{IsWhite_Space}+|\\p{IsWhite_Space}+\\z");

    private PlainValues() {}

    /** An instant that is a date beside a date. */
    record EdgeOf(Instant instant, LocalDate date) {
        static EdgeOf of(Stretch bucket, boolean end) {
            return end
                    ? new EdgeOf(bucket.end(), bucket.endDate())
                    : new EdgeOf(bucket.start(), bucket.startDate());
        }
    }

    static @Nullable Object settled(@Nullable Object value) {
        return value instanceof EdgeOf edge ? edge.instant() : value;
    }

    /** As it is beside another: an edge beside a date is a date, a date beside an instant the start of that day. */
    private static Object beside(Object value, Object other, ZoneId zone) {
        if (value instanceof EdgeOf edge) {
            return other instanceof LocalDate ? edge.date() : edge.instant();
        }
        return value instanceof LocalDate date && other instanceof Instant
                ? PlainCalendar.startOf(date, zone)
                : value;
    }

    static int compare(Object left, Object right, ZoneId zone) {
        var one = beside(left, right, zone);
        var other = beside(right, left, zone);
        return switch (one) {
            case BigDecimal a when other instanceof BigDecimal b -> a.compareTo(b);
            case Number a -> Double.compare(a.doubleValue() + 0.0, number(other) + 0.0);
            case String a -> byCodePoint(a, (String) other);
            case Boolean a -> a.compareTo((Boolean) other);
            case LocalDate a -> a.compareTo((LocalDate) other);
            case Instant a -> a.compareTo((Instant) other);
            default -> throw new Unsupported("the order of " + one.getClass());
        };
    }

    private static int byCodePoint(String one, String other) {
        var a = one.codePoints().toArray();
        var b = other.codePoints().toArray();
        for (int i = 0; i < Math.min(a.length, b.length); i++) {
            if (a[i] != b[i]) {
                return Integer.compare(a[i], b[i]);
            }
        }
        return Integer.compare(a.length, b.length);
    }

    static double number(Object value) {
        return ((Number) value).doubleValue();
    }

    /** Division is by doubles and empty over zero; all else is exact unless a side is not. */
    static @Nullable Object arithmetic(String sign, Object left, Object right) {
        if (sign.equals("/")) {
            return number(right) == 0 ? null : finite(number(left) / number(right));
        }
        if (left instanceof BigDecimal a && right instanceof BigDecimal b) {
            return switch (sign) {
                case "+" -> a.add(b);
                case "-" -> a.subtract(b);
                default -> a.multiply(b);
            };
        }
        double a = number(left);
        double b = number(right);
        return finite(
                switch (sign) {
                    case "+" -> a + b;
                    case "-" -> a - b;
                    default -> a * b;
                });
    }

    static Double finite(double value) {
        if (!Double.isFinite(value)) {
            throw new Unsupported("numbers beyond a double");
        }
        return value;
    }

    private static @Nullable Object realOrNone(double value) {
        return Double.isFinite(value) ? value : null;
    }

    /** @param given none of them empty */
    static @Nullable Object call(String function, List<Object> given, ZoneId zone) {
        var first = given.getFirst();
        var last = given.getLast();
        return switch (function) {
            case "least" ->
                    given.stream().min((one, other) -> compare(one, other, zone)).orElseThrow();
            case "greatest" ->
                    given.stream().max((one, other) -> compare(one, other, zone)).orElseThrow();
            case "abs" -> first instanceof BigDecimal exact ? exact.abs() : Math.abs(number(first));
            case "round" -> round(first, given.size() == 1 ? 0 : ((BigDecimal) last).intValue());
            case "sqrt" -> realOrNone(Math.sqrt(number(first)));
            case "ln" -> number(first) <= 0 ? null : realOrNone(Math.log(number(first)));
            case "power" -> realOrNone(Math.pow(number(first), number(last)));
            case "lower" -> ((String) first).toLowerCase(Locale.ROOT);
            case "contains" -> ((String) first).contains((String) last);
            case "starts" -> ((String) first).startsWith((String) last);
            case "matches" ->
                    Pattern.compile((String) last, Pattern.DOTALL).matcher((String) first).find();
            case "minutes" -> elapsed(first, last, 60, zone);
            case "hours" -> elapsed(first, last, 3600, zone);
            case "days" -> elapsed(first, last, 86_400, zone);
            case "trim" -> BLANKS.matcher((String) first).replaceAll("");
            case "concat" -> given.stream().map(String.class::cast).collect(Collectors.joining());
            case "key" -> JoinedKey.of(given);
            case "key_part" -> JoinedKey.part((String) first, ((BigDecimal) last).intValueExact());
            case "date" -> given.size() == 3 ? day(given) : PlainTimes.date(first, zone);
            case "trunc" -> PlainTimes.beginning(PlainTimes.date(first, zone), (String) last);
            case "hour_start" ->
                    PlainCalendar.hourOf((Instant) Objects.requireNonNull(settled(first)), zone);
            case "moved" ->
                    PlainTimes.moved(
                            first,
                            ((BigDecimal) given.get(1)).longValueExact(),
                            (String) last,
                            zone);
            default -> BigDecimal.valueOf(PlainTimes.part(function, first, zone));
        };
    }

    /** Of the shortest decimal that reads back as the number; halves away from zero. */
    private static Object round(Object number, int places) {
        var exact =
                number instanceof BigDecimal decimal
                        ? decimal
                        : new BigDecimal(Double.toString(number(number)));
        var rounded = exact.setScale(places, RoundingMode.HALF_UP);
        return number instanceof BigDecimal ? rounded : rounded.doubleValue();
    }

    private static Object elapsed(Object from, Object to, int seconds, ZoneId zone) {
        var one = beside(from, to, zone);
        var other = beside(to, from, zone);
        if (one instanceof LocalDate start && other instanceof LocalDate end) {
            return BigDecimal.valueOf(end.toEpochDay() - start.toEpochDay());
        }
        var elapsed = Duration.between((Instant) one, (Instant) other);
        var exact =
                BigDecimal.valueOf(elapsed.getSeconds())
                        .multiply(BILLION)
                        .add(BigDecimal.valueOf(elapsed.getNano()));
        return exact.doubleValue() / BILLION.doubleValue() / seconds;
    }

    private static @Nullable Object day(List<Object> parts) {
        try {
            var numbers = parts.stream().map(part -> ((BigDecimal) part).intValueExact()).toList();
            return numbers.getFirst() < 1 || numbers.getFirst() > 9999
                    ? null
                    : LocalDate.of(numbers.get(0), numbers.get(1), numbers.get(2));
        } catch (DateTimeException | ArithmeticException noSuchDay) {
            return null;
        }
    }
}
