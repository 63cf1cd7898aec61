package dev.cairn.domain.analysis;

import org.jspecify.annotations.Nullable;

/**
 * A group key's value. No value, no account and the empty text are three.
 *
 * @param value String, BigDecimal, Boolean, LocalDate or Instant; null unless the kind is {@link Kind#VALUE}
 */
public record GroupValue(Kind kind, @Nullable Object value) {
    /** What a group key is. */
    public enum Kind {
        VALUE,
        /** No value. */
        NONE,
        /** Facts of no known account. */
        NO_ACCOUNT,
        /** Not a key of this row: it is a total. */
        TOTAL,
        /** Of all groups that are not shown. */
        OTHER
    }

    public static final GroupValue NONE = new GroupValue(Kind.NONE, null);
    public static final GroupValue NO_ACCOUNT = new GroupValue(Kind.NO_ACCOUNT, null);
    public static final GroupValue TOTAL = new GroupValue(Kind.TOTAL, null);

    public static final GroupValue OTHER = new GroupValue(Kind.OTHER, null);

    public static GroupValue of(@Nullable Object value) {
        return value == null ? NONE : new GroupValue(Kind.VALUE, value);
    }
}
