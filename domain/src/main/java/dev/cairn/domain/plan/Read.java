package dev.cairn.domain.plan;

import dev.cairn.domain.expression.Type;

/**
 * What a leaf reads: a source, its facts placed in time. Whether the leaf can have a value, and whether that is complete, is judged by its own reads
 * alone, so no column changes one that stands beside it.
 *
 * @param placing of the facts in time; one source may be read by several
 * @param reach index of the time that is read for each bucket, in {@link Timeline#reaches}
 * @param ofSubjects whether it is read in the windows of members or rows, which say of themselves what of them is known: of the stretches nothing is
 *     read but the bucket that the members are of
 * @param atEnds whether it is read at ends within the stretch alone, those of units of time: the last of them, where the stretch ends, is known where the
 *     coverage begins there
 */
public record Read(String source, Placing placing, int reach, boolean ofSubjects, boolean atEnds) {
    /** In the stretches themselves. */
    public Read(String source, Placing placing, int reach) {
        this(source, placing, reach, false);
    }

    /** All that the placing says of the stretches. */
    public Read(String source, Placing placing, int reach, boolean ofSubjects) {
        this(source, placing, reach, ofSubjects, false);
    }

    /** Dates are compared with the coverage as local dates, in whatever zone the question is asked; others as instants. */
    public boolean isByDate() {
        return placing.time().type().kind() == Type.Kind.DATE;
    }
}
