package dev.cairn.domain.fact;

import dev.cairn.domain.model.Field;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads raw text as values of one field. In this order: the empty text and the field's missing codes are empty; the rest is of the field's
 * type or wrong; a number outside the field's range is said to be so.
 *
 * <p>Blanks around numbers, booleans, dates and instants are passed over; texts are kept as they are.
 *
 * <ul>
 *   <li>integer: {@code -12}, {@code +12}; of 64 bits; no decimal point, no separators
 *   <li>decimal, money: {@code 12}, {@code -0.50}, {@code .5}, {@code 1.5e-05}; at most 60 characters, exponents within 30. Equal numbers
 *       are equal values: zeros at the end are dropped
 *   <li>boolean: {@code true t yes y 1}, {@code false f no n 0}, in any case
 *   <li>date: {@code 2026-01-31}
 *   <li>timestamp: see {@link TimestampText}
 * </ul>
 */
public final class FieldReader {
    private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]{1,30}");
    private static final Pattern DECIMAL =
            Pattern.compile("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]{1,3})?");
    private static final int LONGEST_NUMBER = 60;
    private static final int LARGEST_EXPONENT = 30;
    private static final Set<String> TRUE = Set.of("true", "t", "yes", "y", "1");
    private static final Set<String> FALSE = Set.of("false", "f", "no", "n", "0");

    private final Field field;
    private final ZoneId zone;
    private final Set<String> missing;

    /** @param zone that local times are read in */
    public FieldReader(Field field, ZoneId zone) {
        this.field = field;
        this.zone = zone;
        this.missing = Set.copyOf(field.missing());
    }

    public Reading read(String raw) {
        if (raw.isEmpty() || missing.contains(raw)) {
            return Reading.EMPTY;
        }
        var text = raw.strip();
        if (text.isEmpty() && !isText()) {
            return new Reading.Wrong("only blanks");
        }
        return switch (field.type()) {
            case TEXT -> text(raw);
            case INTEGER -> integer(text);
            case DECIMAL, MONEY -> decimal(text);
            case BOOLEAN -> bool(text);
            case DATE -> DateText.read(text);
            case TIMESTAMP -> TimestampText.read(text, zone);
        };
    }

    /** A computed value as a value of the field: numbers as the field has them, and within its range. */
    public Reading fit(@Nullable Object computed) {
        return switch (computed) {
            case null -> Reading.EMPTY;
            case Double number -> inRange(plain(BigDecimal.valueOf(number)));
            case BigDecimal number -> inRange(plain(number));
            case String text -> text(text);
            default -> new Reading.Value(computed);
        };
    }

    private boolean isText() {
        return switch (field.type()) {
            case TEXT -> true;
            case INTEGER, DECIMAL, MONEY, BOOLEAN, DATE, TIMESTAMP -> false;
        };
    }

    private static Reading text(String raw) {
        return raw.indexOf('\0') >= 0
                ? new Reading.Wrong("a text cannot hold the character NUL")
                : new Reading.Value(raw);
    }

    private Reading integer(String text) {
        if (INTEGER.matcher(text).matches()) {
            return inRange(new BigDecimal(text));
        }
        return new Reading.Wrong(
                DECIMAL.matcher(text).matches() ? "not a whole number" : "not a number");
    }

    private Reading decimal(String text) {
        if (text.length() > LONGEST_NUMBER) {
            return new Reading.Wrong(
                    "a number has at most %d characters".formatted(LONGEST_NUMBER));
        }
        if (!DECIMAL.matcher(text).matches()) {
            return new Reading.Wrong(
                    text.indexOf(',') >= 0
                            ? "not a number: written with a decimal point and without separators"
                            : "not a number");
        }
        int e = Math.max(text.indexOf('e'), text.indexOf('E'));
        if (e >= 0
                && Math.abs(Integer.parseInt(text, e + 1, text.length(), 10)) > LARGEST_EXPONENT) {
            return new Reading.Wrong("an exponent is within %d".formatted(LARGEST_EXPONENT));
        }
        return inRange(plain(new BigDecimal(text)));
    }

    private static BigDecimal plain(BigDecimal number) {
        var stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    private Reading inRange(BigDecimal number) {
        boolean below = field.min() != null && number.compareTo(field.min()) < 0;
        boolean above = field.max() != null && number.compareTo(field.max()) > 0;
        if (below || above) {
            return Reading.OUT_OF_RANGE;
        }
        return switch (field.type()) {
            case INTEGER -> whole(number);
            case TEXT, DECIMAL, MONEY, BOOLEAN, DATE, TIMESTAMP -> new Reading.Value(number);
        };
    }

    private static Reading whole(BigDecimal number) {
        if (number.signum() != 0 && number.setScale(0, RoundingMode.DOWN).compareTo(number) != 0) {
            return new Reading.Wrong("not a whole number");
        }
        try {
            return new Reading.Value(number.longValueExact());
        } catch (ArithmeticException _) {
            return new Reading.Wrong("larger than an integer holds (64 bits)");
        }
    }

    private static Reading bool(String text) {
        var word = text.toLowerCase(Locale.ROOT);
        if (TRUE.contains(word) || FALSE.contains(word)) {
            return new Reading.Value(TRUE.contains(word));
        }
        return new Reading.Wrong("neither true nor false (true, false, yes, no, 1, 0)");
    }
}
