package dev.cairn.domain.fact;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** The instant that a value of a date or timestamp stands for. */
public final class StartOfDay {
    private StartOfDay() {}

    /** @param value a date's is the start of the day in the zone */
    public static @Nullable Instant instant(@Nullable Object value, ZoneId zone) {
        return switch (value) {
            case null -> null;
            case LocalDate day -> day.atStartOfDay(zone).toInstant();
            default -> (Instant) value;
        };
    }
}
