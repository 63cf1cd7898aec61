package dev.cairn.testkit.data;

import dev.cairn.domain.model.DataType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** Reads what tests write as the value of a field: {@code 3}, {@code "12.50"}, {@code "2026-01-31"}, {@code "2026-01-31T10:00"}. */
final class CellValues {
    private CellValues() {}

    static @Nullable Object read(@Nullable Object value, DataType type, ZoneId zone) {
        if (value == null) {
            return null;
        }
        return switch (type) {
            case TEXT -> (String) value;
            case INTEGER -> ((Number) value).longValue();
            case DECIMAL, MONEY -> new BigDecimal(value.toString());
            case BOOLEAN -> (Boolean) value;
            case DATE -> value instanceof LocalDate date ? date : LocalDate.parse(value.toString());
            case TIMESTAMP ->
                    value instanceof Instant instant ? instant : instant(value.toString(), zone);
        };
    }

    /** With an offset, or local in the zone; a date is the start of the day. */
    static Instant instant(String text, ZoneId zone) {
        if (!text.contains("T")) {
            return LocalDate.parse(text).atStartOfDay(zone).toInstant();
        }
        return text.endsWith("Z")
                ? LocalDateTime.parse(text.substring(0, text.length() - 1))
                        .toInstant(java.time.ZoneOffset.UTC)
                : LocalDateTime.parse(text).atZone(zone).toInstant();
    }
}
