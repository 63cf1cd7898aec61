package dev.cairn.application.port.out;

import dev.cairn.application.port.BackupOutcome;
import dev.cairn.application.port.BackupProgress;
import dev.cairn.application.port.RestoreOutcome;
import java.io.IOException;
import java.nio.file.Path;

/** Writes all that is stored to one file, and puts what such a file holds in its place. */
public interface BackupStore {
    /** All as it is at one moment. */
    BackupOutcome write(Path file, BackupProgress progress) throws IOException;

    /** @param replace whether what is stored is given up; else nothing may be stored */
    RestoreOutcome restore(Path file, boolean replace, BackupProgress progress) throws IOException;
}
