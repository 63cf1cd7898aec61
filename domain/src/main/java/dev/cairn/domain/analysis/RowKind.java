package dev.cairn.domain.analysis;

/** What a row is a value of; rows come in this order. */
public enum RowKind {
    /** One group and time bucket. */
    CELL,
    /** All groups of a bucket. */
    TOTAL_OVER_GROUPS,
    /** The whole range of a group. */
    TOTAL_OVER_TIME,
    /** All. */
    GRAND_TOTAL;

    public boolean hasGroups() {
        return this == CELL || this == TOTAL_OVER_TIME;
    }

    public boolean hasTime() {
        return this == CELL || this == TOTAL_OVER_GROUPS;
    }
}
