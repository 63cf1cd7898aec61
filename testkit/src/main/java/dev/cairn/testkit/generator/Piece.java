package dev.cairn.testkit.generator;

/**
 * A piece of a formula.
 *
 * @param inexact a double that two executors may give differently in its last digits: it is compared only with numbers it cannot be near
 */
record Piece(String text, Kind kind, Measure measure, boolean inexact) {
    /** What it gives. */
    enum Kind {
        NUMBER,
        CONDITION,
        TEXT,
        DATE,
        INSTANT
    }

    /** What a number is counted in. */
    enum Measure {
        PLAIN,
        COUNT,
        MONEY,
        DOLLARS,
        POUNDS,
        ELAPSED;

        boolean isNumber() {
            return this == PLAIN || this == COUNT;
        }
    }

    static Piece exact(String text, Kind kind) {
        return new Piece(text, kind, Measure.PLAIN, false);
    }

    static Piece number(String text, Measure measure, boolean inexact) {
        return new Piece(text, Kind.NUMBER, measure, inexact);
    }

    static Piece condition(String text) {
        return exact(text, Kind.CONDITION);
    }

    Piece as(Kind other) {
        return new Piece(text, other, measure, inexact);
    }

    /** Whether the two can be added, compared or stand for each other. */
    boolean goesWith(Piece other) {
        return kind == other.kind
                && (measure == Measure.PLAIN
                        || other.measure == Measure.PLAIN
                        || (measure == other.measure && measure != Measure.ELAPSED));
    }

    Measure common(Piece other) {
        return measure == Measure.PLAIN ? other.measure : measure;
    }
}
