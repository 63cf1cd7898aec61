package dev.cairn.application.port;

/** How a restore ended. Nothing was changed, unless it is {@link Restored}. */
public sealed interface RestoreOutcome {
    /** @param cairn version of the program that wrote the archive */
    record Restored(int tables, long rows, String cairn) implements RestoreOutcome {}

    /** The file is not a backup of Cairn, or not as it was written. */
    record Damaged(String reason) implements RestoreOutcome {}

    /** It was written by a newer version of Cairn. */
    record TooNew(String cairn) implements RestoreOutcome {}

    /** @param table one that has rows */
    record NotEmpty(String table) implements RestoreOutcome {}

    /** The user of the database lacks a privilege. */
    record NotAllowed(String reason) implements RestoreOutcome {}
}
