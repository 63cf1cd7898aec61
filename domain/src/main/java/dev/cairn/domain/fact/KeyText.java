package dev.cairn.domain.fact;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** Typed values as text that identifies: equal values have equal texts, and no two lists of values have the same. */
public final class KeyText {
    private KeyText() {}

    /** One value, as a key of an account or user is written. */
    public static String of(Object value) {
        return switch (value) {
            case String text -> text;
            case Long whole -> whole.toString();
            case BigDecimal number -> number.stripTrailingZeros().toPlainString();
            case Boolean bool -> bool.toString();
            case LocalDate date -> date.toString();
            case Instant instant -> instant.toString();
            default ->
                    throw new IllegalArgumentException("no value of a field: " + value.getClass());
        };
    }

    /** Each value's text behind its length, so that {@code ("ab", "c")} and {@code ("a", "bc")} differ. */
    public static String joined(List<Object> values) {
        var joined = new StringBuilder();
        for (var value : values) {
            var text = of(value);
            joined.append(text.length()).append(':').append(text);
        }
        return joined.toString();
    }
}
