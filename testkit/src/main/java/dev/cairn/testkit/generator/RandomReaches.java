package dev.cairn.testkit.generator;

import dev.cairn.domain.plan.Reach;
import dev.cairn.domain.plan.Stretch;
import dev.cairn.domain.time.Bucket;
import dev.cairn.domain.time.BusinessCalendar;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** Generates what time is read for the buckets of a plan, in order and out of it. */
final class RandomReaches {
    private static final int MOST_DAYS = 20;

    private final RandomGenerator random;
    private final BusinessCalendar calendar;
    private final List<Bucket> buckets;
    private final Bucket whole;

    RandomReaches(
            RandomGenerator random, BusinessCalendar calendar, List<Bucket> buckets, Bucket whole) {
        this.random = random;
        this.calendar = calendar;
        this.buckets = buckets;
        this.whole = whole;
    }

    /** So many, first that of the buckets themselves. */
    List<Reach> of(int count) {
        var reaches = new ArrayList<Reach>();
        reaches.add(Reach.ofBuckets(buckets, whole));
        while (reaches.size() < count) {
            reaches.add(
                    switch (random.nextInt(4)) {
                        case 0 -> window(random.nextInt(MOST_DAYS));
                        case 1 -> fromBeginning(random.nextBoolean());
                        case 2 -> shifted(random.nextInt(1, MOST_DAYS), random.nextBoolean());
                        default -> scattered();
                    });
        }
        return reaches;
    }

    private Reach window(int days) {
        return each(bucket ->
                between(bucket, bucket.startDate().minusDays(days), bucket.endDate(), false));
    }

    private Reach fromBeginning(boolean before) {
        return each(bucket -> {
            var end = before ? bucket.startDate() : bucket.endDate();
            return new Stretch(bucket, null, calendar.startOf(end), null, end, false);
        });
    }

    private Reach shifted(int days, boolean forward) {
        int by = forward ? days : -days;
        return each(bucket -> {
            var start = bucket.startDate().plusDays(by);
            var end = bucket.endDate().plusDays(by);
            var moved =
                    new Bucket(
                            calendar.startOf(start),
                            calendar.startOf(start),
                            calendar.startOf(end),
                            start,
                            end,
                            bucket.cut());
            return between(moved, start, end, forward);
        });
    }

    /** Starts and ends fall now and then. */
    private Reach scattered() {
        return each(bucket -> {
            var start = bucket.startDate().minusDays(random.nextInt(MOST_DAYS));
            return between(bucket, start, start.plusDays(random.nextInt(MOST_DAYS)), false);
        });
    }

    private Reach each(Function<Bucket, Stretch> stretch) {
        return new Reach(buckets.stream().map(stretch).toList(), stretch.apply(whole));
    }

    private Stretch between(Bucket bucket, LocalDate start, LocalDate end, boolean mustBeOver) {
        return new Stretch(
                bucket, calendar.startOf(start), calendar.startOf(end), start, end, mustBeOver);
    }
}
