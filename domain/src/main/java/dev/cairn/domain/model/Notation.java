package dev.cairn.domain.model;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How the values of a field stand in a file. What is null or empty is not said: then a source's own notation says it for all its fields, else
 * numbers have a decimal point and no separators, dates and timestamps are of ISO 8601, and texts stay as they are.
 *
 * @param column name of the column, where it is not the field's
 * @param formats of dates and timestamps: java.time patterns, {@code epoch seconds}, {@code epoch millis} or {@code excel}; no text fits two of
 *     them with different results
 * @param locale language tag that names of months and days are of
 * @param pivot years of two digits are of the hundred years that begin with this one of the 20th century: 70 is 1970, 69 is 2069
 * @param decimal what separates the decimals of a number
 * @param thousands what separates groups of three digits; a blank: any blank
 * @param strip texts before or behind a number that are no part of it, such as currency signs
 * @param trim whether blanks around a text are no part of it
 * @param optional whether a file may lack the column: no row of it has a value then
 */
public record Notation(
        @Nullable String column,
        List<String> formats,
        @Nullable String locale,
        @Nullable Integer pivot,
        @Nullable String decimal,
        @Nullable String thousands,
        List<String> strip,
        @Nullable Negative negative,
        @Nullable Percent percent,
        @Nullable Boolean trim,
        @Nullable LetterCase letterCase,
        @Nullable Boolean optional) {
    /** Nothing is said. */
    public static final Notation STANDARD =
            new Notation(
                    null, List.of(), null, null, null, null, List.of(), null, null, null, null,
                    null);

    private static final List<String> LOCAL = List.of("local");

    /** It is said where the values stand, and no more. */
    static Notation ofColumn(String column) {
        return new Notation(
                column, List.of(), null, null, null, null, List.of(), null, null, null, null, null);
    }

    public Notation {
        formats = List.copyOf(formats);
        strip = List.copyOf(strip);
    }

    /** How negative numbers are written, beside a minus. */
    public enum Negative {
        /** {@code (12.50)}. */
        BRACKETS
    }

    /** What {@code 12.5 %} is; with it every number of the field has a percent sign. */
    public enum Percent {
        /** 0.125. */
        FRACTION,
        /** 12.5. */
        NUMBER
    }

    /** What becomes of the letters of a text. */
    public enum LetterCase {
        LOWER,
        UPPER
    }

    public boolean isStandard() {
        return equals(STANDARD);
    }

    /** Whether it says no more than what a value of a table's column is: which column, and of a time that it has no offset. */
    public boolean isOfTable(DataType type) {
        return new Notation(
                        null,
                        isLocal() && type == DataType.TIMESTAMP ? List.of() : formats,
                        locale,
                        pivot,
                        decimal,
                        thousands,
                        strip,
                        negative,
                        percent,
                        trim,
                        letterCase,
                        optional)
                .isStandard();
    }

    /** Whether the times of a table's column have no offset, and are of the source's zone. */
    public boolean isLocal() {
        return formats.equals(LOCAL);
    }

    /** Whether a file may lack the column. */
    public boolean isOptional() {
        return Boolean.TRUE.equals(optional);
    }

    /** How values are read, whether or not their column may be missing. */
    public Notation ofValues() {
        return new Notation(
                column,
                formats,
                locale,
                pivot,
                decimal,
                thousands,
                strip,
                negative,
                percent,
                trim,
                letterCase,
                null);
    }

    public boolean isTrimmed() {
        return Boolean.TRUE.equals(trim);
    }

    /** This notation, and what it does not say as another says it; separators of numbers are said together. */
    public Notation over(Notation other) {
        if (other.isStandard()) {
            return this;
        }
        boolean separated = decimal != null || thousands != null;
        return new Notation(
                column,
                formats.isEmpty() ? other.formats : formats,
                first(other, Notation::locale),
                first(other, Notation::pivot),
                separated ? decimal : other.decimal,
                separated ? thousands : other.thousands,
                strip.isEmpty() ? other.strip : strip,
                first(other, Notation::negative),
                first(other, Notation::percent),
                first(other, Notation::trim),
                first(other, Notation::letterCase),
                first(other, Notation::optional));
    }

    /** What of it says how values of a type are read: {@code trim} too, as missing codes are compared without the blanks. */
    public Notation bearingOn(DataType type) {
        boolean number =
                switch (type) {
                    case INTEGER, DECIMAL, MONEY -> true;
                    case TEXT, BOOLEAN, DATE, TIMESTAMP -> false;
                };
        boolean time = type == DataType.DATE || type == DataType.TIMESTAMP;
        return new Notation(
                column,
                time ? formats : List.of(),
                time ? locale : null,
                time ? pivot : null,
                number ? decimal : null,
                number ? thousands : null,
                number ? strip : List.of(),
                number ? negative : null,
                number ? percent : null,
                isTrimmed() ? true : null,
                type == DataType.TEXT ? letterCase : null,
                null);
    }

    private <T> @Nullable T first(Notation other, Function<Notation, @Nullable T> part) {
        T own = part.apply(this);
        return own == null ? part.apply(other) : own;
    }

    /** Empty for the standard, so that what a definition means is told in the same words as before there were notations. */
    String meaning() {
        return ofValues().isStandard()
                ? ""
                : Stream.of(
                                column,
                                formats,
                                locale,
                                pivot,
                                decimal,
                                thousands,
                                strip,
                                negative,
                                percent,
                                trim,
                                letterCase)
                        .map(String::valueOf)
                        .collect(Collectors.joining(" ", " read ", ""));
    }
}
