package dev.cairn.domain.lowering;

/** Which part of a question a formula is that is lowered. */
public enum PartOfQuestion {
    /** A metric, or what a definition says. */
    NONE,

    /** A filter, a cohort or the scope: which rows are read. */
    CONDITION,

    /** A dimension: which groups rows are of. */
    KEY,

    /** A dimension of which it is only looked what it names: a total in it is of what these conditions keep. */
    NAMES_OF_KEY
}
