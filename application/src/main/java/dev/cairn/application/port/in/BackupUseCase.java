package dev.cairn.application.port.in;

import dev.cairn.application.port.BackupOutcome;
import dev.cairn.application.port.BackupProgress;
import dev.cairn.application.port.RestoreOutcome;
import java.io.IOException;
import java.nio.file.Path;

/** Writes everything Cairn holds to a file, and restores it from one. */
public interface BackupUseCase {
    /** Everything as of one moment; questions and imports continue meanwhile. */
    BackupOutcome backUp(Path file, BackupProgress progress) throws IOException;

    /**
     * All of it, or nothing is changed. Until it is done, questions are answered from the data before it.
     *
     * @param replace whether to discard what Cairn holds; otherwise it has to be empty
     */
    RestoreOutcome restore(Path file, boolean replace, BackupProgress progress) throws IOException;
}
