package dev.cairn.domain.model;

/** How far a source can be trusted, the best first. */
public enum Grade {
    /** Every check passes. */
    A,
    /** No check fails, and one at least warns. */
    B,
    /** One check fails. */
    C,
    /** Two checks fail. */
    D,
    /** Three checks or more fail, or there are no facts at all. */
    F;

    /** Whether it is worse than another. */
    public boolean isBelow(Grade floor) {
        return compareTo(floor) > 0;
    }
}
