package dev.cairn.domain.formula;

/** At what time something is read. */
public sealed interface Moment {
    /** At the fact's own time. */
    record AtFact() implements Moment {}

    /** At the start of the bucket. */
    record AtStart() implements Moment {}

    /** At the end of the bucket. */
    record AtEnd() implements Moment {}

    /** As of now. */
    record Now() implements Moment {}

    /** At a given instant or date. */
    record At(Formula instant) implements Moment {}
}
