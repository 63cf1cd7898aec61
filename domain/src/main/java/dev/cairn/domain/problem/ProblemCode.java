package dev.cairn.domain.problem;

/** Stable codes of problems; a program may branch on them, so a code is never renamed. */
public enum ProblemCode {
    /** The text does not parse. */
    SYNTAX,
    /** No metric of that name (or not at that version). */
    UNKNOWN_METRIC,
    /** No dimension of that name. */
    UNKNOWN_DIMENSION,
    /** No source, slice or entity of that name. */
    UNKNOWN_SOURCE,
    /** No field, attribute or definition of that name. */
    UNKNOWN_FIELD,
    /** No function of that name, or a wrong number of arguments. */
    UNKNOWN_FUNCTION,
    /** No cohort of that name. */
    UNKNOWN_COHORT,
    /** No column of that key in the answer. */
    UNKNOWN_COLUMN,
    /** The name has more than one reading. */
    AMBIGUOUS_NAME,
    /** Types do not go together. */
    TYPE_MISMATCH,
    /** Units do not go together. */
    UNIT_MISMATCH,
    /** Row, entity and cell levels are mixed. */
    LEVEL_MISMATCH,
    /** A share over a condition that may be empty. */
    MAYBE_EMPTY,
    /** Metrics, dimensions, filters or grains do not go together. */
    INCOMPATIBLE,
    /** A definition refers to itself, directly or through others. */
    CYCLE,
    /** The name is taken, or the definition was revised meanwhile. */
    CONFLICT,
    /** Something else still refers to what would be removed. */
    IN_USE,
    /** A time range that is empty, reversed or of no meaning. */
    BAD_RANGE,
    /** A page size or cursor that cannot be used. */
    BAD_PAGE,
    /** A value that cannot be read or is not allowed. */
    BAD_VALUE,
    /** Something required is not there. */
    MISSING,
    /** A key that the format does not know. */
    UNKNOWN_KEY,
    /** Over a limit. */
    LIMIT,
    /** Part of the language, but not answered by this version. */
    NOT_YET_AVAILABLE
}
