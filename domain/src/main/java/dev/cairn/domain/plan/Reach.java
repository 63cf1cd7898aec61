package dev.cairn.domain.plan;

import dev.cairn.domain.time.Bucket;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;

/**
 * Where in time a relation is read: for each bucket of the time axis, and for the whole range. A fact counts in every bucket whose stretch it is in: windows overlap.
 *
 * @param ofBuckets one for each bucket, in order
 */
public record Reach(List<Stretch> ofBuckets, Stretch ofWhole) {
    public Reach {
        ofBuckets = List.copyOf(ofBuckets);
    }

    /** Each bucket is read for itself. */
    public static Reach ofBuckets(List<Bucket> buckets, Bucket whole) {
        return new Reach(buckets.stream().map(Stretch::of).toList(), Stretch.of(whole));
    }

    /** @param bucket index of the bucket; negative: the whole range */
    public Stretch of(int bucket) {
        return bucket < 0 ? ofWhole : ofBuckets.get(bucket);
    }

    /** Whether neither starts nor ends ever fall from one bucket to the next, so that a fact is in a run of buckets. */
    public boolean isMonotone() {
        return rises(stretch -> stretch.start() == null ? Instant.MIN : stretch.start())
                && rises(Stretch::end)
                && rises(stretch ->
                        stretch.startDate() == null ? LocalDate.MIN : stretch.startDate())
                && rises(Stretch::endDate);
    }

    /** Whether the same time is read for every bucket and for the whole range. */
    public boolean isConstant() {
        return ofBuckets.stream().allMatch(ofWhole::readsSameTime);
    }

    /** How many buckets an instant is read for at most. */
    public int largestOverlap() {
        int most = 1;
        int first = 0;
        for (int at = 0; at < ofBuckets.size(); at++) {
            var start = ofBuckets.get(at).start();
            while (start != null && first < at && !ofBuckets.get(first).end().isAfter(start)) {
                first++;
            }
            most = Math.max(most, at - first + 1);
        }
        return most;
    }

    private <T extends Comparable<? super T>> boolean rises(Function<Stretch, T> edge) {
        for (int at = 1; at < ofBuckets.size(); at++) {
            if (edge.apply(ofBuckets.get(at)).compareTo(edge.apply(ofBuckets.get(at - 1))) < 0) {
                return false;
            }
        }
        return true;
    }
}
