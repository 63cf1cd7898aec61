package dev.cairn.application.port.in;

import dev.cairn.application.port.BackupOutcome;
import dev.cairn.application.port.BackupProgress;
import dev.cairn.application.port.RestoreOutcome;
import java.io.IOException;
import java.nio.file.Path;

/** Writes all that Cairn holds to a file, and restores it from there. */
public interface BackupUseCase {
    /** All as it is at one moment; questions and imports go on meanwhile. */
    BackupOutcome backUp(Path file, BackupProgress progress) throws IOException;

    /**
     * All of it, or nothing is changed. Questions are answered from what was there before until the end.
     *
     * @param replace whether what Cairn holds is given up; else it may hold nothing
     */
    RestoreOutcome restore(Path file, boolean replace, BackupProgress progress) throws IOException;
}
