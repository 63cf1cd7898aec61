package dev.cairn.domain.fact;

import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Notation;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads raw text as values of one field, in the order of a file. In this order: what is not there and the field's missing codes are empty; the
 * rest is of the field's type, as its notation has it, or wrong; a number outside the field's range is said to be so. The empty text is a text,
 * and empty in every other type.
 *
 * <p>Blanks around numbers, booleans, dates and instants are passed over; texts are kept as they are, unless they are trimmed: then one of
 * blanks alone is empty.
 *
 * <p>A minus may be the one of typesetters (U+2212), and a sign may have blanks behind it. Without a notation:
 *
 * <ul>
 *   <li>integer: {@code -12}, {@code +12}, {@code 9.0}; of 64 bits; no separators. {@code 9.000} is rejected, as it may be nine thousand
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
    private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]+\\.0*");
    private static final Pattern GROUPED = Pattern.compile("[+-]?[1-9][0-9]{0,2}\\.[0-9]{3}");
    private static final int GROUP = 4;
    private static final int MOST_DIGITS = 10_000;
    private static final int LAST_YEAR = 9999;
    private static final Set<String> TRUE = Set.of("true", "t", "yes", "y", "1");
    private static final Set<String> FALSE = Set.of("false", "f", "no", "n", "0");

    private final Field field;
    private final ZoneId zone;
    private final Set<String> missing;
    private final Notation notation;
    private final @Nullable NumberText numbers;
    private final @Nullable TimeForms times;
    private final boolean pointIsDeclared;

    private long doubtful = 0;
    private String doubtfulExample = "";
    private long against = 0;
    private String againstExample = "";
    private boolean settled = false;

    /**
     * @param field with the whole of its notation
     * @param zone that local times are read in
     */
    public FieldReader(Field field, ZoneId zone) {
        this.field = field;
        this.zone = zone;
        this.missing = Set.copyOf(field.missing());
        this.notation = field.notation();
        this.numbers = NumberText.isNeeded(notation) ? new NumberText(notation) : null;
        this.times = times(field);
        this.pointIsDeclared = notation.decimal() != null || notation.thousands() != null;
    }

    /** Null where dates and timestamps are of ISO 8601. */
    private static @Nullable TimeForms times(Field field) {
        boolean isTime = field.type() == DataType.DATE || field.type() == DataType.TIMESTAMP;
        if (!isTime || field.notation().formats().isEmpty()) {
            return null;
        }
        var forms = TimeForms.of(field.type(), field.notation()).fitting();
        return forms.forms().isEmpty() ? null : forms;
    }

    /** @param raw null: there is no value */
    public Reading read(@Nullable String raw) {
        if (raw == null || (raw.isEmpty() && !isText()) || missing.contains(raw)) {
            return Reading.EMPTY;
        }
        var text = Blanks.strip(raw);
        if (notation.isTrimmed() && (text.isEmpty() || missing.contains(text))) {
            return Reading.EMPTY;
        }
        if (text.isEmpty() && !isText()) {
            return new Reading.Wrong("only blanks");
        }
        return switch (field.type()) {
            case TEXT -> text(asText(raw));
            case INTEGER -> numbers == null ? integer(signed(text)) : declared(numbers, text);
            case DECIMAL, MONEY ->
                    numbers == null ? noted(text, decimal(signed(text))) : declared(numbers, text);
            case BOOLEAN -> bool(text);
            case DATE -> times == null ? DateText.read(text) : times.read(text, zone);
            case TIMESTAMP ->
                    times == null ? TimestampText.read(text, zone) : times.read(text, zone);
        };
    }

    /** A text as its notation has it: trimmed, in lower or upper case. */
    public String asText(String raw) {
        var text = notation.isTrimmed() ? Blanks.strip(raw) : raw;
        return switch (notation.letterCase()) {
            case null -> text;
            case LOWER -> text.toLowerCase(Locale.ROOT);
            case UPPER -> text.toUpperCase(Locale.ROOT);
        };
    }

    /** What the numbers read so far say about their points; of numbers without a declared separator only. */
    public PointDoubt pointDoubt() {
        return new PointDoubt(doubtful, doubtfulExample, against, againstExample, settled);
    }

    /** Records what a number without a declared separator says about the column. */
    private Reading noted(String text, Reading reading) {
        if (pointIsDeclared || field.type() == DataType.INTEGER) {
            return reading;
        }
        int point = text.lastIndexOf('.');
        if (reading instanceof Reading.Wrong) {
            if (NumberHint.speaksAgainstPoint(text)) {
                againstExample = against == 0 ? text : againstExample;
                against++;
            }
        } else if (point >= 0) {
            if (text.length() - point == GROUP && GROUPED.matcher(text).matches()) {
                doubtfulExample = doubtful == 0 ? text : doubtfulExample;
                doubtful++;
            } else {
                settled = true;
            }
        }
        return reading;
    }

    private Reading declared(NumberText form, String text) {
        return switch (form.read(text)) {
            case NumberText.Read.Found(var number, var digits) ->
                    noted(digits, inRange(plain(number)));
            case NumberText.Read.Not(var reason, var digits) ->
                    noted(digits, new Reading.Wrong(reason));
        };
    }

    /** Whether its values are what stands in the file, to the letter. */
    public boolean keepsRaw() {
        return isText() && !notation.isTrimmed() && notation.letterCase() == null;
    }

    /**
     * A stored value, read as the field is declared now: its missing codes and its range may be others than it was read by, and a text may now be
     * trimmed or in one case.
     */
    public Reading again(@Nullable Object stored) {
        return switch (stored) {
            case null -> Reading.EMPTY;
            case String text -> textAgain(text);
            case Long whole -> inRange(BigDecimal.valueOf(whole));
            case BigDecimal number -> inRange(plain(number));
            default -> new Reading.Value(stored);
        };
    }

    private Reading textAgain(String stored) {
        if (keepsRaw()) {
            return missing.contains(stored) ? Reading.EMPTY : new Reading.Value(stored);
        }
        var text = asText(stored);
        return text.isEmpty() && notation.isTrimmed() ? Reading.EMPTY : new Reading.Value(text);
    }

    /** A computed value as a value of the field: numbers as the field has them, and within its range. */
    public Reading fit(@Nullable Object computed) {
        return switch (computed) {
            case null -> Reading.EMPTY;
            case Double number -> inRange(plain(BigDecimal.valueOf(number)));
            case BigDecimal number -> inRange(plain(number));
            case String text -> text(text);
            case LocalDate day when day.getYear() < 1 || day.getYear() > LAST_YEAR ->
                    TimestampText.BEYOND;
            case Instant instant -> TimestampText.ofInstant(instant);
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

    /** A number whose sign is the one of typesetters, or has blanks behind it, with a plain one. */
    private static String signed(String text) {
        char first = text.charAt(0);
        boolean apart =
                (first == '-' || first == '+')
                        && text.length() > 1
                        && Blanks.isBlank(text.charAt(1));
        return first == '\u2212' || apart
                ? (first == '+' ? "+" : "-") + Blanks.strip(text.substring(1))
                : text;
    }

    private Reading integer(String text) {
        if (INTEGER.matcher(text).matches()) {
            return inRange(new BigDecimal(text));
        }
        if (!pointIsDeclared && GROUPED.matcher(text).matches()) {
            return new Reading.Wrong(
                    "it fits two readings; declare decimal: '.', or decimal: ',' with thousands: '.'");
        }
        if (text.length() <= NumberText.LONGEST && WHOLE.matcher(text).matches()) {
            return inRange(plain(new BigDecimal(text)));
        }
        if (DECIMAL.matcher(text).matches()) {
            return new Reading.Wrong("not a whole number");
        }
        return new Reading.Wrong("not a number" + NumberHint.of(text, '.'));
    }

    private Reading decimal(String text) {
        if (text.length() > NumberText.LONGEST) {
            return new Reading.Wrong(
                    "a number has at most %d characters".formatted(NumberText.LONGEST));
        }
        if (!DECIMAL.matcher(text).matches()) {
            return new Reading.Wrong("not a number" + NumberHint.of(text, '.'));
        }
        int e = Math.max(text.indexOf('e'), text.indexOf('E'));
        if (e >= 0
                && Math.abs(Integer.parseInt(text, e + 1, text.length(), 10))
                        > NumberText.LARGEST_EXPONENT) {
            return new Reading.Wrong(
                    "an exponent is within %d".formatted(NumberText.LARGEST_EXPONENT));
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
        if (number.precision() - number.scale() > MOST_DIGITS || number.scale() > MOST_DIGITS) {
            return new Reading.Wrong(
                    "a number has at most %d digits on each side of its point"
                            .formatted(MOST_DIGITS));
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
