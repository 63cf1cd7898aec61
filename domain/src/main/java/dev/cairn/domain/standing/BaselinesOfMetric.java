package dev.cairn.domain.standing;

import dev.cairn.domain.model.Baseline;
import dev.cairn.domain.time.Bucket;
import dev.cairn.domain.time.BusinessCalendar;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Finds the baseline that a cell stands beside among those of its metric: of exactly its rows, and of a time as long. As long is as many whole months, where
 * both begin and end with one, else as many days; a level is as long as any. No cell stands beside what came after its time began.
 *
 * @param baselines that may be compared
 * @param calendar of the question: in its zone days begin
 */
public record BaselinesOfMetric(List<Baseline> baselines, BusinessCalendar calendar) {
    public BaselinesOfMetric {
        baselines = List.copyOf(baselines);
    }

    /** Empty where there is none. */
    public Optional<Baseline> of(RowScope rows, Bucket bucket) {
        if (rows.narrower()) {
            return Optional.empty();
        }
        var own =
                baselines.stream()
                        .filter(baseline -> new HashSet<>(baseline.scope()).equals(rows.keys()))
                        .filter(baseline ->
                                !bucket.start().isBefore(calendar.startOf(baseline.from())))
                        .toList();
        var from = bucket.startDate();
        var until = bucket.endDate();
        boolean ofDays =
                from.isBefore(until)
                        && calendar.startOf(from).equals(bucket.start())
                        && calendar.startOf(until).equals(bucket.end());
        return ofDays
                ? only(own, baseline -> isAsManyMonths(baseline, from, until))
                        .or(() -> only(own, baseline -> isAsManyDays(baseline, from, until)))
                        .or(() -> only(own, Baseline::level))
                : only(own, Baseline::level);
    }

    private static Optional<Baseline> only(List<Baseline> own, Predicate<Baseline> fits) {
        var fitting = own.stream().filter(fits).toList();
        return fitting.size() == 1 ? Optional.of(fitting.getFirst()) : Optional.empty();
    }

    private static boolean isAsManyMonths(Baseline baseline, LocalDate from, LocalDate until) {
        return !baseline.level()
                && baseline.months() > 0
                && baseline.months() == Baseline.months(from, until);
    }

    private static boolean isAsManyDays(Baseline baseline, LocalDate from, LocalDate until) {
        return !baseline.level() && baseline.days() == ChronoUnit.DAYS.between(from, until);
    }
}
