package dev.cairn.testkit.reference;

import dev.cairn.domain.expression.Type;
import dev.cairn.domain.formula.Function;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The functions of the language; all but {@code coalesce} are empty where an argument is. */
final class Functions {
    private static final int LAST_YEAR = 9999;
    private static final int MINUTE = 60;
    private static final int HOUR = 60 * MINUTE;
    private static final int DAY = 24 * HOUR;
    private static final Pattern BLANKS_AROUND =
            Pattern.compile("\\A\\p{IsWhite_Space}+|\\p{IsWhite_Space}+\\z");
    private final Rules rules;

    Functions(Rules rules) {
        this.rules = rules;
    }

    @Nullable Object call(Function function, List<@Nullable Object> arguments, Type type) {
        boolean picks = function == Function.LEAST || function == Function.GREATEST;
        if (arguments.contains(null) && !(picks && rules.leastSkipsEmpties())) {
            return null;
        }
        var given = arguments.stream().filter(Objects::nonNull).toList();
        return given.isEmpty() ? null : ofValues(function, given, type);
    }

    private @Nullable Object ofValues(Function function, List<Object> given, Type type) {
        var first = given.getFirst();
        var last = given.getLast();
        return switch (function) {
            case COALESCE -> first;
            case LEAST -> given.stream().min(rules::compare).orElseThrow();
            case GREATEST -> given.stream().max(rules::compare).orElseThrow();
            case ABS ->
                    first instanceof BigDecimal exact
                            ? (Object) exact.abs()
                            : (Object) Math.abs(Values.number(first));
            case ROUND ->
                    round(first, given.size() == 1 ? 0 : Values.decimal(last).intValueExact());
            case SQRT -> Values.number(first) < 0 ? null : (Object) Math.sqrt(Values.number(first));
            case POWER -> power(Values.number(first), Values.number(last));
            case LN -> Values.number(first) <= 0 ? null : (Object) Math.log(Values.number(first));
            case LOWER -> ((String) first).toLowerCase(Locale.ROOT);
            case CONTAINS -> ((String) first).contains((String) last);
            case STARTS -> ((String) first).startsWith((String) last);
            case MATCHES ->
                    Pattern.compile((String) last, Pattern.DOTALL).matcher((String) first).find();
            case MINUTES -> elapsed(first, last, MINUTE, type);
            case HOURS -> elapsed(first, last, HOUR, type);
            case DAYS -> elapsed(first, last, DAY, type);
            case DATE -> date(given);
            case CONCAT -> String.join("", given.stream().map(String.class::cast).toList());
            case KEY -> rules.key(given);
            case KEY_PART -> rules.keyPart((String) first, Values.decimal(last).intValueExact());
            case TRIM -> BLANKS_AROUND.matcher((String) first).replaceAll("");
            case TRUNC,
                    WEEKDAY,
                    DAY_OF_MONTH,
                    DAY_OF_YEAR,
                    MONTH_OF_YEAR,
                    QUARTER_OF_YEAR,
                    CALENDAR_YEAR ->
                    LocalTimes.part(function, (LocalDate) first, last);
            case HAS_WEIGHT -> rules.hasWeight(Values.number(first));
            case IF_ENOUGH ->
                    rules.isEnough(Values.decimal(given.get(1)), Values.decimal(last))
                            ? first
                            : null;
            case LOCAL_DATE -> ((Instant) first).atZone(rules.localTime(last)).toLocalDate();
            case HOUR_START -> rules.hourStart((Instant) first, rules.localTime(last));
            case DAY_START -> ((LocalDate) first).atStartOfDay(rules.localTime(last)).toInstant();
            case HOUR_OF_DAY ->
                    BigDecimal.valueOf(((Instant) first).atZone(rules.localTime(last)).getHour());
            case MOVED ->
                    LocalTimes.moved(
                            first,
                            Values.decimal(given.get(1)).longValue(),
                            given.get(2),
                            rules.localTime(last));
        };
    }

    private Object round(Object number, int places) {
        return number instanceof BigDecimal exact
                ? Values.plain(rules.round(exact, places))
                : (Object) rules.round(Values.number(number), places);
    }

    private static @Nullable Object power(double base, double exponent) {
        boolean ofNegative = base < 0 && exponent % 1 != 0;
        double power = Math.pow(base, exponent);
        return ofNegative || Math.abs(power) > Double.MAX_VALUE ? null : (Object) power;
    }

    private static Object elapsed(Object from, Object to, int seconds, Type type) {
        var nanos = BigDecimal.valueOf(Duration.between(instant(from), instant(to)).toNanos());
        var unit = BigDecimal.valueOf(seconds).scaleByPowerOfTen(9);
        return type.kind() == Type.Kind.DOUBLE
                ? (Object) (nanos.doubleValue() / unit.doubleValue())
                : Values.plain(nanos.divide(unit, MathContext.DECIMAL128));
    }

    private static Instant instant(Object time) {
        return time instanceof LocalDate date
                ? date.atStartOfDay(ZoneOffset.UTC).toInstant()
                : (Instant) time;
    }

    private static @Nullable Object date(List<Object> parts) {
        try {
            int year = part(parts, 0);
            return year < 1 || year > LAST_YEAR
                    ? null
                    : LocalDate.of(year, part(parts, 1), part(parts, 2));
        } catch (DateTimeException | ArithmeticException noSuchDay) {
            return null;
        }
    }

    private static int part(List<Object> parts, int index) {
        return Values.decimal(parts.get(index)).intValueExact();
    }
}
