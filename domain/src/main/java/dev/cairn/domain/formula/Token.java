package dev.cairn.domain.formula;

/** A word, sign or literal of a formula's text. */
sealed interface Token {
    Span span();

    /** A reserved word, in lower case. */
    record Keyword(String text, Span span) implements Token {}

    record Name(String text, boolean quoted, Span span) implements Token {}

    /** A number, text, date or instant. */
    record Literal(Formula value, Span span) implements Token {}

    record Symbol(String text, Span span) implements Token {}

    /** Something that is no token; the problem has been told. */
    record Bad(Span span) implements Token {}

    record End(Span span) implements Token {}
}
