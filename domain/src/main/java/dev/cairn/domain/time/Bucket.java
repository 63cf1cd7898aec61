package dev.cairn.domain.time;

import java.time.Instant;
import java.time.LocalDate;

/**
 * One time bucket: what of the question's range falls in one hour, day, week, ...
 *
 * @param label local start of the whole calendar bucket, even where the range cuts it
 * @param start first instant, in
 * @param end last instant, out
 * @param startDate first local date, in; what date columns are compared with
 * @param endDate last local date, out; equal to {@code startDate} for an hour, as a date falls in none
 * @param cut the question's range cuts the calendar bucket, so it can never be complete
 */
public record Bucket(
        Instant label,
        Instant start,
        Instant end,
        LocalDate startDate,
        LocalDate endDate,
        boolean cut) {
    public TimeRange range() {
        return new TimeRange(start, end);
    }
}
