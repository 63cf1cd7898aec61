package dev.cairn.domain.analysis;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** Why a value may still change, or is of less than its whole bucket. */
public enum Incomplete {
    /** The bucket has not ended by as-of, or what may still follow its rows. */
    BUCKET_NOT_OVER,
    /** The bucket reaches beyond what a source is complete until. */
    BEYOND_COVERAGE,
    /** The bucket begins before a source's coverage. */
    BEFORE_COVERAGE,
    /** The question's range cuts the bucket. */
    CUT_BY_RANGE,
    /** Members or rows are left out whose own windows are not over, by as-of or by what a source is complete until. */
    PENDING,
    /** A source has a broken stretch in what is read: declared, or found by a check. */
    BROKEN_DATA;

    /** A value of which one of these holds may still become another. */
    public static final Set<Incomplete> MAY_CHANGE =
            Set.of(BUCKET_NOT_OVER, BEYOND_COVERAGE, PENDING);

    /** Unlike {@link Set#copyOf}, always in the same order: it is seen in answers. */
    public static Set<Incomplete> copyOf(Set<Incomplete> reasons) {
        return reasons.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(reasons));
    }
}
