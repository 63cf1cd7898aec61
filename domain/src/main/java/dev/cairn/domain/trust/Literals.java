package dev.cairn.domain.trust;

import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Source;
import java.util.Optional;
import java.util.regex.Pattern;

/** Values and names as they stand in a formula. */
public final class Literals {
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,40}(\\.[0-9]{1,40})?");

    private Literals() {}

    /** The value of a field as it stands in a formula; empty where the text is no value of the type, or values of the type are not named. */
    public static Optional<String> of(String value, DataType type) {
        return switch (type) {
            case TEXT -> Optional.of(text(value));
            case INTEGER, DECIMAL, MONEY ->
                    isPlainNumber(value) ? Optional.of(value) : Optional.empty();
            case BOOLEAN ->
                    value.equals("true") || value.equals("false")
                            ? Optional.of(value)
                            : Optional.empty();
            case DATE, TIMESTAMP -> Optional.empty();
        };
    }

    /** Whether values of a type can be compared with a plain number. */
    public static boolean isNumber(DataType type) {
        return switch (type) {
            case INTEGER, DECIMAL, MONEY -> true;
            case TEXT, BOOLEAN, DATE, TIMESTAMP -> false;
        };
    }

    /** Whether a text is a number as formulas write it. */
    public static boolean isPlainNumber(String text) {
        return NUMBER.matcher(text.strip()).matches();
    }

    static String text(String value) {
        return "'" + value.replace("'", "''") + "'";
    }

    /** A name, in quotes: it may be a word of the language. */
    static String name(String name) {
        return "\"" + name + "\"";
    }

    /** A field of a source: by itself its name may be that of something else, too. */
    static String name(Source source, String field) {
        return name(source.name()) + "." + name(field);
    }
}
