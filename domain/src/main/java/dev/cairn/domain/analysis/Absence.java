package dev.cairn.domain.analysis;

/** Why there is no value. */
public enum Absence {
    /** No facts to compute it from. */
    NO_DATA,
    /** Division by zero. */
    ZERO_BASE,
    /** Fewer observations than the threshold. */
    INSUFFICIENT_SAMPLE,
    /** Time has not reached it. */
    NOT_YET,
    /** Before the source's coverage begins. */
    BEFORE_DATA,
    /** An amount under it has no rate of exchange. */
    NO_RATE,
    /** The data under it is trusted less than its owner asks for. */
    UNTRUSTED
}
