package dev.cairn.application.port;

import java.util.List;

/** How a backup ended. */
public sealed interface BackupOutcome {
    record Written(int tables, long rows) implements BackupOutcome {}

    /** @param foreign objects in the schema that are not Cairn's, and that a restored backup would lack */
    record Refused(List<String> foreign) implements BackupOutcome {}
}
