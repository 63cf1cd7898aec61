package dev.cairn.domain.lowering;

/** A relation, what time of it is read, and which keys it is grouped by: what has all in common is read once. */
public record ScanKey(RelationKey relation, TimeContext time, Kept kept) {
    /** Grouped by every key. */
    public ScanKey(RelationKey relation, TimeContext time) {
        this(relation, time, Kept.ALL);
    }
}
