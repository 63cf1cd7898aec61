package dev.cairn.domain.plan;

import dev.cairn.domain.time.Bucket;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The part of time that a relation is read in for one bucket, half-open. Date columns are compared by the dates, others by the instants.
 *
 * @param of the bucket that it belongs to: that of the cell, or the one before or after it that {@code prior} or {@code next} says
 * @param start null: from where the coverage of the source begins; then {@code startDate} is null too
 * @param end never before the start
 * @param mustBeOver no value before all of it is known, as {@code next} asks for
 */
public record Stretch(
        Bucket of,
        @Nullable Instant start,
        Instant end,
        @Nullable LocalDate startDate,
        LocalDate endDate,
        boolean mustBeOver) {
    public Stretch {
        if ((start == null) != (startDate == null)) {
            throw new IllegalArgumentException("a start is an instant and a date");
        }
        if (start != null && start.isAfter(end)) {
            throw new IllegalArgumentException("%s is after %s".formatted(start, end));
        }
    }

    /** The bucket itself. */
    public static Stretch of(Bucket bucket) {
        return new Stretch(
                bucket, bucket.start(), bucket.end(), bucket.startDate(), bucket.endDate(), false);
    }

    /** Whether the other is the same part of time, of whatever bucket. */
    boolean readsSameTime(Stretch other) {
        return Objects.equals(start, other.start)
                && end.equals(other.end)
                && Objects.equals(startDate, other.startDate)
                && endDate.equals(other.endDate);
    }

    public boolean isFromBeginning() {
        return start == null;
    }
}
