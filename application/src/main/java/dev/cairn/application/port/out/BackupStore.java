package dev.cairn.application.port.out;

import dev.cairn.application.port.BackupOutcome;
import dev.cairn.application.port.BackupProgress;
import dev.cairn.application.port.RestoreOutcome;
import java.io.IOException;
import java.nio.file.Path;

/** Writes everything stored to one file, and replaces it by the content of such a file. */
public interface BackupStore {
    /** Everything as of one moment. */
    BackupOutcome write(Path file, BackupProgress progress) throws IOException;

    /** @param replace whether to discard what is stored; otherwise nothing may be stored */
    RestoreOutcome restore(Path file, boolean replace, BackupProgress progress) throws IOException;
}
