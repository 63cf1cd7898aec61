package dev.cairn.domain.analysis;

/** Why a value may still change, or is of less than its whole bucket. */
public enum Incomplete {
    /** The bucket has not ended by as-of. */
    BUCKET_NOT_OVER,
    /** The bucket reaches beyond what a source is complete until. */
    BEYOND_COVERAGE,
    /** The bucket begins before a source's coverage. */
    BEFORE_COVERAGE,
    /** The question's range cuts the bucket. */
    CUT_BY_RANGE
}
