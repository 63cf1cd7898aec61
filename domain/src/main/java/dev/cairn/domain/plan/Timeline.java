package dev.cairn.domain.plan;

import dev.cairn.domain.time.Bucket;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Time as a question cuts it.
 *
 * @param buckets contiguous, in order; one for the whole range where there is no axis
 * @param axis whether time is a column of the answer
 * @param whole the range as one bucket, for totals over time
 * @param asOf facts at or after it do not exist yet
 * @param asOfDate first local date that is not known yet as of then, for date columns
 * @param knownAt facts that were in force then are read; null: those in force now
 * @param ages when time reaches the ages of groups beside an axis; null: there is no axis, or no age
 * @param reaches where scans read; {@link Scan#reach} and {@link Read#reach} point here. First that of the buckets themselves
 */
public record Timeline(
        List<Bucket> buckets,
        boolean axis,
        Bucket whole,
        Instant asOf,
        LocalDate asOfDate,
        @Nullable Instant knownAt,
        @Nullable Ages ages,
        List<Reach> reaches) {
    public Timeline {
        buckets = List.copyOf(buckets);
        reaches = List.copyOf(reaches);
        int number = buckets.size();
        if (ages != null
                && ages.notReached().stream().anyMatch(ofLeaf -> ofLeaf.size() != number)) {
            throw new IllegalArgumentException("each bucket ends in a period of an age");
        }
        for (var reach : reaches) {
            if (reach.ofBuckets().size() != buckets.size()) {
                throw new IllegalArgumentException("a reach has a stretch for each bucket");
            }
        }
    }

    /**
     * When time reaches the ages of groups. A leaf has no value where the day on which anything is read of its group first is not before the day that is not reached
     * for the leaf's bucket.
     *
     * @param firstDays leaves that give the day on which anything is read of a group first, by index; what has no age begins with the first year
     * @param notReached for each leaf and bucket the first day after the periods, of all ages, that what the leaf reads ends in
     */
    public record Ages(List<Integer> firstDays, List<List<LocalDate>> notReached) {
        public Ages {
            firstDays = List.copyOf(firstDays);
            notReached = List.copyOf(notReached.stream().map(List::copyOf).toList());
        }
    }

    /** Without ages. */
    public Timeline(
            List<Bucket> buckets,
            boolean axis,
            Bucket whole,
            Instant asOf,
            LocalDate asOfDate,
            @Nullable Instant knownAt,
            List<Reach> reaches) {
        this(buckets, axis, whole, asOf, asOfDate, knownAt, null, reaches);
    }

    /** The same, of what was known at an instant. */
    public Timeline knownAt(@Nullable Instant instant) {
        return new Timeline(buckets, axis, whole, asOf, asOfDate, instant, ages, reaches);
    }

    /** The same, as of another instant of the same local day. */
    public Timeline asOf(Instant instant) {
        return new Timeline(buckets, axis, whole, instant, asOfDate, knownAt, ages, reaches);
    }

    /**
     * As-of for what is compared with edges of this time and nothing else: as-of itself where it is not after all of them, else an instant that is. So whatever is
     * compared so is the same whenever it is asked, once all of this time has passed.
     */
    public Instant asOfBesideEdges() {
        var last =
                Stream.concat(
                                Stream.concat(buckets.stream(), Stream.of(whole)).map(Bucket::end),
                                reaches.stream()
                                        .flatMap(reach ->
                                                Stream.concat(
                                                        reach.ofBuckets().stream(),
                                                        Stream.of(reach.ofWhole())))
                                        .flatMap(stretch ->
                                                Stream.of(stretch.end(), stretch.of().end())))
                        .max(Instant::compareTo)
                        .orElseThrow()
                        .plus(1, ChronoUnit.MILLIS);
        return last.isBefore(asOf) ? last : asOf;
    }

    /** The same, where groups have an age. */
    public Timeline ages(@Nullable Ages other) {
        return new Timeline(buckets, axis, whole, asOf, asOfDate, knownAt, other, reaches);
    }

    /** Of what is looked at whatever the time: there is no bucket. */
    public static final Timeline NONE = none();

    private static Timeline none() {
        var start = Instant.EPOCH;
        var date = LocalDate.EPOCH;
        var whole = new Bucket(start, start, start, date, date, false);
        return of(List.of(), false, whole, start, date);
    }

    /**
     * The same, where there is one bucket only.
     *
     * @param bucket its index; negative: the whole range
     */
    Timeline ofAlone(int bucket) {
        return new Timeline(
                List.of(bucket(bucket)),
                false,
                bucket(bucket),
                asOf,
                asOfDate,
                knownAt,
                reaches.stream()
                        .map(reach -> reach.of(bucket))
                        .map(stretch -> new Reach(List.of(stretch), stretch))
                        .toList());
    }

    /** Where each bucket is read for itself. */
    public static Timeline of(
            List<Bucket> buckets, boolean axis, Bucket whole, Instant asOf, LocalDate asOfDate) {
        return new Timeline(
                buckets,
                axis,
                whole,
                asOf,
                asOfDate,
                null,
                List.of(Reach.ofBuckets(buckets, whole)));
    }

    /** @param bucket its index; negative: the whole range */
    public Bucket bucket(int bucket) {
        return bucket < 0 ? whole : buckets.get(bucket);
    }

    /** @param bucket its index; negative: the whole range */
    public Stretch stretch(int reach, int bucket) {
        return reaches.get(reach).of(bucket);
    }
}
