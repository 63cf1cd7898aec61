package dev.cairn.application.port;

/** How a restore ended. Nothing was changed, unless it is done. */
public sealed interface RestoreOutcome {
    /** @param cairn version of the program that wrote the archive */
    record Restored(int tables, long rows, String cairn) implements RestoreOutcome {}

    /** The archive is not one of Cairn, or not as it was written. */
    record Damaged(String reason) implements RestoreOutcome {}

    /** It was written by a program that is newer than this one. */
    record TooNew(String cairn) implements RestoreOutcome {}

    /** @param table one that has something in it */
    record NotEmpty(String table) implements RestoreOutcome {}

    /** The database does not let its user do what has to be done. */
    record NotAllowed(String reason) implements RestoreOutcome {}
}
