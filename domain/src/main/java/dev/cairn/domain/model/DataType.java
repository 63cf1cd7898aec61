package dev.cairn.domain.model;

/** What a field holds. */
public enum DataType {
    TEXT,
    INTEGER,
    DECIMAL,
    BOOLEAN,
    /** A local date; compared as such. */
    DATE,
    /** An instant; written with an offset, or local and read in the source's zone. */
    TIMESTAMP,
    /** A decimal in the one currency of its field, or in the currency that another field of the row holds. */
    MONEY
}
