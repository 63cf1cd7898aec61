package dev.cairn.domain.analysis;

import dev.cairn.domain.analysis.AnalysisQuery.AskedRange;
import dev.cairn.domain.time.AskedGrain;

/** Another time that each metric is asked for too, in a column beside its own; bucket by bucket. */
public sealed interface Comparison {
    /** The range before, of the same length. */
    record Previous() implements Comparison {}

    /** The same range so many of a grain earlier: a year before. */
    record Earlier(int count, AskedGrain grain) implements Comparison {}

    /** Any other range; by a grain, one of as many buckets. */
    record Other(AskedRange range) implements Comparison {}
}
