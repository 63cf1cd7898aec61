package dev.cairn.domain.standing;

/** How a value stands to its target. */
public enum TargetStatus {
    MET,
    /** Not met, and at least as much of it reached as the target says is near. */
    NEAR,
    MISSED,
    /** The value may still change, or the day is to come by which it is to be reached. */
    NOT_YET
}
