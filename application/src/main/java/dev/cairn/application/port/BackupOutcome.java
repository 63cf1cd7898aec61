package dev.cairn.application.port;

import java.util.List;

/** How a backup ended. */
public sealed interface BackupOutcome {
    record Written(int tables, long rows) implements BackupOutcome {}

    /** @param foreign what is in the schema, is not Cairn's, and would be missing when the backup is restored */
    record Refused(List<String> foreign) implements BackupOutcome {}
}
