package dev.cairn.domain.time;

import java.time.Instant;

/** A half-open range of instants: {@code start} is in, {@code end} is out. Never empty. */
public record TimeRange(Instant start, Instant end) {
    public TimeRange {
        if (!start.isBefore(end)) {
            throw new IllegalArgumentException(
                    "time range start %s must be before end %s".formatted(start, end));
        }
    }
}
