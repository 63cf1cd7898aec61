package dev.cairn.domain.expression;

import dev.cairn.domain.analysis.AnalysisResult.ValueType;

/** What a typed expression gives. */
public record Type(Kind kind, Unit unit) {
    /** Representation. Money and sums are exact; division, avg and percentiles are double. */
    public enum Kind {
        BOOLEAN,
        TEXT,
        /** Exact whole number. */
        INTEGER,
        /** Exact decimal. */
        DECIMAL,
        DOUBLE,
        DATE,
        TIMESTAMP,
        /** The literal {@code none}; goes with everything. */
        NONE,
        /** A problem was reported already; goes with everything. */
        BROKEN
    }

    public static final Type BOOLEAN = plain(Kind.BOOLEAN);
    public static final Type TEXT = plain(Kind.TEXT);
    public static final Type INTEGER = plain(Kind.INTEGER);
    public static final Type DECIMAL = plain(Kind.DECIMAL);
    public static final Type DOUBLE = plain(Kind.DOUBLE);
    public static final Type DATE = plain(Kind.DATE);
    public static final Type TIMESTAMP = plain(Kind.TIMESTAMP);
    public static final Type COUNT = new Type(Kind.INTEGER, Unit.COUNT);
    public static final Type NONE = plain(Kind.NONE);
    public static final Type BROKEN = plain(Kind.BROKEN);

    private static Type plain(Kind kind) {
        return new Type(kind, Unit.PLAIN);
    }

    public boolean isNumber() {
        return switch (kind) {
            case INTEGER, DECIMAL, DOUBLE, NONE, BROKEN -> true;
            case BOOLEAN, TEXT, DATE, TIMESTAMP -> false;
        };
    }

    public boolean isBoolean() {
        return kind == Kind.BOOLEAN || isWild();
    }

    /** Goes with every type. */
    public boolean isWild() {
        return kind == Kind.NONE || kind == Kind.BROKEN;
    }

    public boolean isBroken() {
        return kind == Kind.BROKEN;
    }

    public Type as(Kind newKind) {
        return new Type(newKind, unit);
    }

    public Type in(Unit newUnit) {
        return new Type(kind, newUnit);
    }

    /** The word for people. */
    public String word() {
        return switch (kind) {
            case BOOLEAN -> "true or false";
            case TEXT -> "text";
            case INTEGER, DECIMAL, DOUBLE ->
                    unit.equals(Unit.PLAIN) ? "number" : "number (" + unit.word() + ")";
            case DATE -> "date";
            case TIMESTAMP -> "instant";
            case NONE -> "none";
            case BROKEN -> "unknown";
        };
    }

    /** The type that values have in an answer. */
    public ValueType shownAs() {
        return switch (kind) {
            case BOOLEAN -> ValueType.BOOLEAN;
            case TEXT, NONE, BROKEN -> ValueType.TEXT;
            case INTEGER, DECIMAL, DOUBLE -> ValueType.NUMBER;
            case DATE -> ValueType.DATE;
            case TIMESTAMP -> ValueType.TIMESTAMP;
        };
    }
}
