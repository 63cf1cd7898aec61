package dev.cairn.domain.analysis;

import org.jspecify.annotations.Nullable;

/**
 * What is behind one cell of an answer, as asked: nothing in it has been looked up. The answer has a row for each that the cell is made of, those that give most
 * first, and with its first page the cell itself, as a grand total.
 *
 * @param question that the cell is of an answer to; its page is of no concern
 * @param key of the row that the cell is in, as the answer had it
 * @param column of the cell, a metric's
 * @param first rows a page
 * @param after cursor of the last row had; null: from the start
 */
public record MembersQuery(
        AnalysisQuery question,
        String key,
        String column,
        By by,
        Part part,
        boolean descending,
        int first,
        @Nullable String after) {
    /** Of a page, where nobody says how many. */
    public static final int ROWS = 50;

    /** By account, the value, the first {@link #ROWS} rows. */
    public static MembersQuery of(AnalysisQuery question, String key, String column) {
        return new MembersQuery(question, key, column, By.ACCOUNT, Part.VALUE, true, ROWS, null);
    }

    /** The same of another question. */
    public MembersQuery of(AnalysisQuery other) {
        return new MembersQuery(other, key, column, by, part, descending, first, after);
    }

    public MembersQuery by(By other) {
        return new MembersQuery(question, key, column, other, part, descending, first, after);
    }

    public MembersQuery part(Part other) {
        return new MembersQuery(question, key, column, by, other, descending, first, after);
    }

    /** The same, from small to large. */
    public MembersQuery ascending() {
        return new MembersQuery(question, key, column, by, part, false, first, after);
    }

    /** The same for another page. */
    public MembersQuery page(int rows, @Nullable String cursor) {
        return new MembersQuery(question, key, column, by, part, descending, rows, cursor);
    }

    /** What a cell is opened into. */
    public enum By {
        ACCOUNT,
        /** Users of each account. */
        USER,
        /** The facts themselves. */
        ROW
    }

    /** What of a cell is opened. */
    public enum Part {
        /** With numerator and denominator, where it is a ratio. */
        VALUE,
        NUMERATOR,
        DENOMINATOR
    }
}
