package dev.cairn.domain.model;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A typed field of a source, or an attribute of an entity.
 *
 * @param label for people; the name where none was given
 * @param currency ISO 4217, for {@link DataType#MONEY} only; null where each row has its own
 * @param compute row formula over fields that stand before this one, evaluated when a fact is read; null for a column
 * @param missing raw texts that mean "no value", compared before the text is read as its type
 * @param min least value, in; a value below becomes empty and is counted
 * @param max greatest value, in
 * @param notation how its values stand in a file; what it leaves open, the notation of the source says
 * @param currencyField the field of the source that holds the currency of each row, for money without one {@code currency}; null for all others
 */
public record Field(
        String name,
        String label,
        DataType type,
        @Nullable String currency,
        @Nullable String compute,
        List<String> missing,
        @Nullable BigDecimal min,
        @Nullable BigDecimal max,
        Notation notation,
        @Nullable String currencyField) {
    public Field {
        missing = List.copyOf(missing);
        // What earlier releases stored has no notation.
        notation = Objects.requireNonNullElse(notation, Notation.STANDARD);
    }

    /** By name alone: planning looks fields up thousands of times, and two of one name are rarely compared. */
    @Override
    public int hashCode() {
        return name.hashCode();
    }

    /** A field whose values are written as by default. */
    public Field(
            String name,
            String label,
            DataType type,
            @Nullable String currency,
            @Nullable String compute,
            List<String> missing,
            @Nullable BigDecimal min,
            @Nullable BigDecimal max) {
        this(name, label, type, currency, compute, missing, min, max, Notation.STANDARD);
    }

    /** A field that is no money, or money of one currency. */
    public Field(
            String name,
            String label,
            DataType type,
            @Nullable String currency,
            @Nullable String compute,
            List<String> missing,
            @Nullable BigDecimal min,
            @Nullable BigDecimal max,
            Notation notation) {
        this(name, label, type, currency, compute, missing, min, max, notation, null);
    }

    public static Field of(String name, DataType type) {
        return new Field(name, name, type, null, null, List.of(), null, null);
    }

    /** Whether it is a column of the file, and not computed. */
    public boolean isRead() {
        return compute == null;
    }

    /** Name of its column in a file. */
    public String column() {
        var column = notation.column();
        return column == null ? name : column;
    }

    public Field with(Notation other) {
        return new Field(
                name, label, type, currency, compute, missing, min, max, other, currencyField);
    }

    public Field labelled(String other) {
        return new Field(
                name, other, type, currency, compute, missing, min, max, notation, currencyField);
    }

    /** The same money, each amount in the currency that a field of its row holds. */
    public Field inCurrencyOf(String field) {
        return new Field(name, label, type, null, compute, missing, min, max, notation, field);
    }

    String meaning() {
        return "%s %s %s %s %s %s %s%s"
                .formatted(
                        name,
                        type,
                        currencyField == null ? currency : "of " + currencyField,
                        compute,
                        missing,
                        min,
                        max,
                        notation.meaning());
    }
}
