package dev.cairn.domain.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * Units of time, and which of them are of each bucket.
 *
 * @param number tells the units of a plan apart
 * @param time the units in place of buckets, in the order of their starts. Tiles overlap and leave gaps
 * @param ofBuckets indexes of the units of each bucket, those that begin inside the stretch of time that is read for it
 * @param ofWhole those of the whole range
 */
public record Units(
        int number, Timeline time, List<List<Integer>> ofBuckets, List<Integer> ofWhole) {
    public Units {
        ofBuckets = List.copyOf(ofBuckets.stream().map(List::copyOf).toList());
        ofWhole = List.copyOf(ofWhole);
    }

    /** @param bucket its index; negative: the whole range */
    public List<Integer> of(int bucket) {
        return bucket < 0 ? ofWhole : ofBuckets.get(bucket);
    }

    /**
     * The same, where there is one bucket only.
     *
     * @param bucket its index; negative: the whole range
     */
    Units ofAlone(int bucket) {
        return new Units(number, time, List.of(of(bucket)), of(bucket));
    }

    /** Which unit is of which bucket. */
    public record Pair(int bucket, int unit) {}

    /** All of them; a bucket of -1 is the whole range. */
    public List<Pair> pairs() {
        var pairs = new ArrayList<Pair>();
        for (int bucket = -1; bucket < ofBuckets.size(); bucket++) {
            for (int unit : of(bucket)) {
                pairs.add(new Pair(bucket, unit));
            }
        }
        return List.copyOf(pairs);
    }
}
