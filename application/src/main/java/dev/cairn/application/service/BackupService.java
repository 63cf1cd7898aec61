package dev.cairn.application.service;

import dev.cairn.application.port.BackupOutcome;
import dev.cairn.application.port.BackupProgress;
import dev.cairn.application.port.RestoreOutcome;
import dev.cairn.application.port.in.BackupUseCase;
import dev.cairn.application.port.out.BackupStore;
import java.io.IOException;
import java.nio.file.Path;

/** Leaves both to the store, which alone knows a moment of all its tables. */
public final class BackupService implements BackupUseCase {
    private final BackupStore store;

    public BackupService(BackupStore store) {
        this.store = store;
    }

    @Override
    public BackupOutcome backUp(Path file, BackupProgress progress) throws IOException {
        return store.write(file, progress);
    }

    @Override
    public RestoreOutcome restore(Path file, boolean replace, BackupProgress progress)
            throws IOException {
        return store.restore(file, replace, progress);
    }
}
