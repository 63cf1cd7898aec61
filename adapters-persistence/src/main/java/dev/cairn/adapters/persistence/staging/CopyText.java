package dev.cairn.adapters.persistence.staging;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows in the text format of COPY: tab between values, a line for each row, {@code \N} for null. */
final class CopyText {
    private final StringBuilder rows = new StringBuilder();

    /** Adds a row of values that {@link Storable} let through. */
    void add(List<@Nullable Object> values) {
        for (int i = 0; i < values.size(); i++) {
            if (i > 0) {
                rows.append('\t');
            }
            append(values.get(i));
        }
        rows.append('\n');
    }

    int length() {
        return rows.length();
    }

    /** What was added since the last call. */
    byte[] take() {
        byte[] bytes = rows.toString().getBytes(StandardCharsets.UTF_8);
        rows.setLength(0);
        return bytes;
    }

    private void append(@Nullable Object value) {
        switch (value) {
            case null -> rows.append("\\N");
            case String text -> appendEscaped(text);
            case Long number -> rows.append(number.longValue());
            case BigDecimal number -> rows.append(number.toPlainString());
            case Boolean truth -> rows.append(truth ? 't' : 'f');
            case LocalDate day -> rows.append(day);
            case Instant instant -> rows.append(instant);
            case UUID uuid -> rows.append(uuid);
            default -> throw new IllegalArgumentException("no column takes a " + value.getClass());
        }
    }

    private void appendEscaped(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\\' -> rows.append("\\\\");
                case '\t' -> rows.append("\\t");
                case '\n' -> rows.append("\\n");
                case '\r' -> rows.append("\\r");
                default -> rows.append(c);
            }
        }
    }
}
