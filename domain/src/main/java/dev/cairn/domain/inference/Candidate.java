package dev.cairn.domain.inference;

import dev.cairn.domain.fact.FieldReader;
import dev.cairn.domain.fact.KeyText;
import dev.cairn.domain.fact.Reading;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Notation;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One way to read a column, as long as every value of it fits; two that have read the same have equal digests. */
final class Candidate {
    /** Currency signs and codes that are tried. */
    static final List<String> CURRENCIES =
            List.of("\u20ac", "$", "\u00a3", "\u00a5", "EUR", "USD", "GBP", "CHF");

    private static final List<String> DATES =
            List.of(
                    "dd.MM.yyyy",
                    "d.M.yyyy",
                    "dd/MM/yyyy",
                    "d/M/yyyy",
                    "MM/dd/yyyy",
                    "M/d/yyyy",
                    "dd-MM-yyyy",
                    "d-M-yyyy",
                    "MM-dd-yyyy",
                    "M-d-yyyy",
                    "yyyy/MM/dd",
                    "yyyy/M/d",
                    "yyyy.MM.dd",
                    "yyyy-MM-dd",
                    "yyyy-M-d",
                    "yyyyMMdd",
                    "dd-MMM-yyyy",
                    "d-MMM-yyyy",
                    "dd MMM yyyy",
                    "d MMM yyyy",
                    "MMM d, yyyy",
                    "MMMM d, yyyy",
                    "d MMMM yyyy");
    private static final List<String> SHORT_DATES =
            List.of(
                    "dd.MM.yy",
                    "d.M.yy",
                    "dd/MM/yy",
                    "d/M/yy",
                    "MM/dd/yy",
                    "M/d/yy",
                    "yy-MM-dd",
                    "dd-MMM-yy",
                    "d-MMM-yy");
    private static final List<String> TIMES =
            List.of(
                    "HH:mm",
                    "H:mm",
                    "HH:mm:ss",
                    "H:mm:ss",
                    "HH:mm:ss.SSS",
                    "h:mm a",
                    "h:mm:ss a",
                    "HH:mm 'UTC'",
                    "HH:mm:ss 'UTC'");
    private static final int PIVOT = 70;

    /** Numbers of days, seconds or milliseconds; see {@link #PLAUSIBLE}. */
    static final List<String> COUNTED = List.of("epoch seconds", "epoch millis", "excel");

    /** Years that a number that counts time may be of: most numbers are of none, and those that are of one may still be no times. */
    private static final Range PLAUSIBLE =
            new Range(LocalDate.of(1990, 1, 1), LocalDate.of(2050, 1, 1));

    private static final Pattern WHOLE = Pattern.compile("[0-9]+");
    private static final Pattern EXPONENT = Pattern.compile("[0-9.,][eE][+-]?[0-9]");
    private static final long PRIME = 0x100000001b3L;

    private final DataType type;
    private final Notation notation;
    private final FieldReader reader;
    private long digest = 0;
    private boolean whole = true;

    private Candidate(DataType type, Notation notation) {
        this.type = type;
        this.notation = notation;
        this.reader = new FieldReader(Field.of("f", type).with(notation), ZoneOffset.UTC);
    }

    /** All that are tried, those first that are preferred where several have read the same. */
    static List<Candidate> all() {
        var all = new ArrayList<Candidate>();
        all.add(new Candidate(DataType.BOOLEAN, Notation.STANDARD));
        for (var percent : new Notation.@Nullable Percent[] {null, Notation.Percent.FRACTION}) {
            all.add(number(null, null, percent));
            all.add(number(",", null, percent));
            all.add(number(",", ".", percent));
            all.add(number(".", ",", percent));
            all.add(number(",", " ", percent));
            all.add(number(".", " ", percent));
            all.add(number(".", "'", percent));
        }
        all.add(new Candidate(DataType.DATE, Notation.STANDARD));
        DATES.forEach(format -> all.add(time(DataType.DATE, format, null)));
        SHORT_DATES.forEach(format -> all.add(time(DataType.DATE, format, PIVOT)));
        all.add(new Candidate(DataType.TIMESTAMP, Notation.STANDARD));
        all.add(time(DataType.DATE, "excel", null));
        COUNTED.forEach(format -> all.add(time(DataType.TIMESTAMP, format, null)));
        for (var time : TIMES) {
            DATES.forEach(format -> all.add(time(DataType.TIMESTAMP, format + " " + time, null)));
            SHORT_DATES.forEach(
                    format -> all.add(time(DataType.TIMESTAMP, format + " " + time, PIVOT)));
        }
        return all;
    }

    private static Candidate number(
            @Nullable String decimal,
            @Nullable String thousands,
            Notation.@Nullable Percent percent) {
        return new Candidate(
                DataType.DECIMAL,
                new Notation(
                        null,
                        List.of(),
                        null,
                        null,
                        decimal,
                        thousands,
                        CURRENCIES,
                        Notation.Negative.BRACKETS,
                        percent,
                        null,
                        null,
                        null));
    }

    private static Candidate time(DataType type, String format, @Nullable Integer pivot) {
        return new Candidate(
                type,
                new Notation(
                        null,
                        List.of(format),
                        null,
                        pivot,
                        null,
                        null,
                        List.of(),
                        null,
                        null,
                        null,
                        null,
                        null));
    }

    DataType type() {
        return type;
    }

    Notation notation() {
        return notation;
    }

    long digest() {
        return digest;
    }

    /** Counts a value that it can read into what it has read. */
    void count(String raw, String value) {
        digest = (digest ^ HashSample.hash(value)) * PRIME;
        if (type != DataType.DECIMAL) {
            return;
        }
        char point = notation.decimal() == null ? '.' : notation.decimal().charAt(0);
        int at = raw.lastIndexOf(point);
        boolean zero = at >= 0 && raw.length() == at + 2 && raw.charAt(at + 1) == '0';
        whole =
                whole
                        && value.indexOf('.') < 0
                        && (at < 0 || zero)
                        && !EXPONENT.matcher(raw).find()
                        && new BigInteger(value).bitLength() < Long.SIZE;
    }

    /** Whether an integer holds each number, and none was written with decimals, but for a single zero, or an exponent. */
    boolean isWhole() {
        return whole;
    }

    /** The value as text; null where it cannot be read. */
    @Nullable String value(String raw) {
        return reader.read(raw) instanceof Reading.Value(Object value)
                        && value != null
                        && isPlausible(raw, value)
                ? KeyText.of(value)
                : null;
    }

    private boolean isPlausible(String raw, Object value) {
        if (!COUNTED.containsAll(notation.formats()) || notation.formats().isEmpty()) {
            return true;
        }
        return switch (value) {
            case LocalDate day -> PLAUSIBLE.has(day) && WHOLE.matcher(raw).matches();
            case Instant at -> PLAUSIBLE.has(at.atZone(ZoneOffset.UTC).toLocalDate());
            default -> false;
        };
    }

    boolean isCountedDay() {
        return type == DataType.DATE && notation.formats().contains("excel");
    }

    boolean isCountedDayAndTime() {
        return type == DataType.TIMESTAMP && notation.formats().contains("excel");
    }

    private record Range(LocalDate from, LocalDate until) {
        boolean has(LocalDate day) {
            return !day.isBefore(from) && day.isBefore(until);
        }
    }
}
