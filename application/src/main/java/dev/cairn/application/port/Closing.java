package dev.cairn.application.port;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * That a load says all that holds, so that what is stored and it does not say is closed.
 *
 * @param on the day from which it does not hold any more; null: each of the days that the snapshots are of
 * @param isSnapshot whether it is closed until the next day that is known of it; else for ever
 * @param accepted how many may be closed; null: a tenth of those that hold
 */
public record Closing(@Nullable LocalDate on, boolean isSnapshot, @Nullable Long accepted) {
    public Closing {
        if (accepted != null && accepted < 0) {
            throw new IllegalArgumentException("closes at most %d".formatted(accepted));
        }
    }
}
