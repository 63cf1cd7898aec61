package dev.cairn.domain.problem;

/** Stable codes of problems; a program may branch on them, so a code is never renamed. */
public enum ProblemCode {
    SYNTAX(
            "The text does not parse.",
            "Look at the line and column; what could stand there is said. docs/language.md has the whole language."),
    UNKNOWN_METRIC(
            "No metric of that name, or not at that version.",
            "Take one of the near names, or ask 'metrics' or 'cairn metrics' for all of them."),
    UNKNOWN_DIMENSION(
            "No dimension of that name.",
            "Take one of the near names, or ask a metric for its 'dimensions', or 'cairn dimensions'."),
    UNKNOWN_SOURCE(
            "No source, slice or entity of that name.",
            "Take one of the near names, or declare the source first."),
    UNKNOWN_FIELD(
            "No field, attribute or definition of that name.",
            "Take one of the near names, or add the field to the source's declaration."),
    UNKNOWN_FUNCTION(
            "No function of that name, or a wrong number of arguments.",
            "Take one of the near names; docs/language.md lists the functions and their arguments."),
    UNKNOWN_PARAMETER(
            "No parameter of that name.",
            "Take one of the near names; 'cairn metrics NAME' shows a metric's parameters."),
    UNKNOWN_CALENDAR(
            "No calendar of that name, or it has no such grain.",
            "Take one of the near names, or define the calendar."),
    UNKNOWN_COHORT(
            "No cohort of that name.",
            "Take one of the near names, define the cohort, or write its rule in its place."),
    UNKNOWN_COLUMN(
            "No column of that key in the answer.",
            "Use a key of the answer: those of its dimensions and metrics, the names given to them, and 'time'."),
    AMBIGUOUS_NAME(
            "The name has more than one reading.", "Write one of the readings that are offered."),
    TYPE_MISMATCH(
            "Types do not go together.",
            "Compare and compute values of one type; turn one into the other, or take another field."),
    UNIT_MISMATCH(
            "Units do not go together.",
            "Add and compare values of one unit; divide where a ratio is meant."),
    LEVEL_MISMATCH(
            "Row, entity and cell levels are mixed.",
            "Put values of rows inside an aggregate, and say how values of accounts or users become one."),
    MAYBE_EMPTY(
            "A share over a condition that may be empty.",
            "Leave such rows out ('where x is not none'), or count them as false ('coalesce(condition, false)')."),
    INCOMPATIBLE(
            "Metrics, dimensions, filters or grains do not go together.",
            "Leave out the one that is named, or ask for it in a question of its own; 'commonDimensions', or 'cairn dimensions' with several metrics, tells what goes together."),
    CYCLE(
            "A definition refers to itself, directly or through others.",
            "Break the circle at one of the names that are told."),
    CONFLICT(
            "The name is taken, the definition was revised meanwhile, or what is stored does not follow from it.",
            "Take another name, or look at what is there now and revise that; import again where rows would have to be read anew."),
    IN_USE(
            "Something else still refers to what would be removed, or an access scope to what its author may not change.",
            "Change or remove what refers to it, in the same step or before; what an access scope reads is changed by an admin."),
    BAD_RANGE(
            "A time range that is empty, reversed or of no meaning.",
            "Give a start before the end, the end not included, and not more buckets than can be asked for."),
    BAD_PAGE(
            "A page size or cursor that cannot be used.",
            "Ask for a page of an allowed size; take cursors unchanged from the answer to the same question."),
    BAD_KEY(
            "A key of an answer's row that cannot be used.",
            "Ask the question again and take the key unchanged from its answer."),
    BAD_VALUE(
            "A value that cannot be read or is not allowed.",
            "Write the value in the form that is told, or one of those that are listed."),
    MISSING("Something required is not there.", "Add what is named."),
    UNKNOWN_KEY(
            "A key that the format does not know.",
            "Take one of the near names, or leave it out; docs/files.md lists the keys."),
    MAPPED_TABLE(
            "A table that a source is mapped on is not as the declaration says: it, or a column, is not there or may not be read, a column is of another type, or two rows have one key.",
            "Mend the table or the declaration, whichever is wrong; applying the same definitions again looks at the tables anew."),
    NOT_ENOUGH_DATA(
            "Too few customers, or too few who bought again, to fit a model to.",
            "Ask for more accounts, for purchases that happen more often, or for a calibration that ends later."),
    NO_VALUE(
            "One of two values that are to be compared is not there.",
            "Ask for a time or for rows that have one; the reason is told, and docs/language.md explains it."),
    LEAKAGE(
            "A metric would be read of the time in which success is decided, so that it holds the outcome.",
            "End the metric's time before, write it without a window of its own, or give the success the time in which it is decided."),
    UNTRUSTED(
            "A condition, a group or an order reads a metric whose data is trusted less than its owner asks for ('trust: {at_least: B}').",
            "See what is wrong by 'cairn trust' or sourceTrust, and leave the metric out until it is mended."),
    LIMIT("Over a limit.", "Ask for less at once, or split what is too large."),
    UNSUPPORTED(
            "Part of the language that the engine of this service does not answer exactly. PostgreSQL answers all of it.",
            "Say it without that part, or run the service on another engine.");

    private final String meaning;
    private final String remedy;

    ProblemCode(String meaning, String remedy) {
        this.meaning = meaning;
        this.remedy = remedy;
    }

    /** What every problem of this code is. */
    public String meaning() {
        return meaning;
    }

    /** What can be done about it in general; the message of a problem says it for the case. */
    public String remedy() {
        return remedy;
    }
}
