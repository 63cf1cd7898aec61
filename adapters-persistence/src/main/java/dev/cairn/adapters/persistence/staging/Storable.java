package dev.cairn.adapters.persistence.staging;

import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.TextRule;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** What PostgreSQL can keep. Anything else is refused before it is sent, so that one row never spoils a load. */
public final class Storable {
    private static final LocalDate FIRST_DAY = LocalDate.of(1, 1, 1);
    private static final LocalDate LAST_DAY = LocalDate.of(9999, 12, 31);
    private static final Instant FIRST_INSTANT = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant AFTER_LAST_INSTANT = Instant.parse("+10000-01-01T00:00:00Z");
    private static final int DIGITS_BEFORE_POINT = 131_072;
    private static final int DIGITS_AFTER_POINT = 16_383;

    /** An entry of an index must fit in a third of a page. */
    public static final int KEY_BYTES = 2_000;

    private Storable() {}

    /**
     * The value as it will be kept: instants to the microsecond.
     *
     * @throws IllegalArgumentException where it cannot be kept
     */
    public static @Nullable Object value(String name, DataType type, @Nullable Object value) {
        return switch (value) {
            case null -> null;
            case String text when type == DataType.TEXT -> text(name, text);
            case Long number when type == DataType.INTEGER -> number;
            case BigDecimal number when type == DataType.DECIMAL || type == DataType.MONEY ->
                    number(name, number);
            case Boolean truth when type == DataType.BOOLEAN -> truth;
            case LocalDate day when type == DataType.DATE -> day(name, day);
            case Instant instant when type == DataType.TIMESTAMP -> instant(name, instant);
            default ->
                    throw new IllegalArgumentException(
                            "%s: a %s is no %s"
                                    .formatted(name, value.getClass().getSimpleName(), type));
        };
    }

    /** The key of an account or user. */
    public static @Nullable String key(String name, @Nullable String key) {
        if (key == null) {
            return null;
        }
        if (key.length() > KEY_BYTES / 4
                && key.getBytes(StandardCharsets.UTF_8).length > KEY_BYTES) {
            throw new IllegalArgumentException(
                    "%s: longer than %d bytes".formatted(name, KEY_BYTES));
        }
        return text(name, key);
    }

    public static Instant instant(String name, Instant instant) {
        if (instant.isBefore(FIRST_INSTANT) || !instant.isBefore(AFTER_LAST_INSTANT)) {
            throw new IllegalArgumentException(
                    "%s: %s is not in the years 1 to 9999".formatted(name, instant));
        }
        return instant.truncatedTo(ChronoUnit.MICROS);
    }

    private static LocalDate day(String name, LocalDate day) {
        if (day.isBefore(FIRST_DAY) || day.isAfter(LAST_DAY)) {
            throw new IllegalArgumentException(
                    "%s: %s is not in the years 1 to 9999".formatted(name, day));
        }
        return day;
    }

    private static BigDecimal number(String name, BigDecimal number) {
        if ((long) number.precision() - number.scale() > DIGITS_BEFORE_POINT
                || number.scale() > DIGITS_AFTER_POINT) {
            throw new IllegalArgumentException(
                    "%s: the number has too many digits".formatted(name));
        }
        return number;
    }

    private static String text(String name, String text) {
        var objection = TextRule.objection(text);
        if (objection.isPresent()) {
            throw new IllegalArgumentException("%s: %s".formatted(name, objection.get()));
        }
        return text;
    }
}
