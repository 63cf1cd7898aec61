package dev.cairn.domain.formula;

/**
 * Where a piece of a formula stands.
 *
 * @param start offset of its first character, from 0
 * @param end offset after its last character
 * @param line of its first character, from 1
 * @param column of its first character, from 1
 */
public record Span(int start, int end, int line, int column) {
    /** Of what nobody wrote. */
    public static final Span NOWHERE = new Span(0, 0, 0, 0);

    /** From the start of this piece to the end of {@code last}. */
    public Span to(Span last) {
        return new Span(start, last.end, line, column);
    }
}
