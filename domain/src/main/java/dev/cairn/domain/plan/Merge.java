package dev.cairn.domain.plan;

/** How the value over several cells may be made of theirs, where each row is in one of them. */
public enum Merge {
    /** What was added up is added up: counts and exact sums, and an average by its sum and its count. */
    SUMS,
    /** The least of the least, the greatest of the greatest, true where one is true. */
    EXTREMES,
    /** Not at all: it is computed anew from all rows. */
    WHOLE
}
