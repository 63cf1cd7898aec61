package dev.cairn.adapters.persistence.backup;

import dev.cairn.application.port.BackupOutcome;
import dev.cairn.application.port.BackupProgress;
import dev.cairn.application.port.RestoreOutcome;
import dev.cairn.application.port.out.BackupStore;
import java.io.IOException;
import java.nio.file.Path;
import javax.sql.DataSource;

/** Backups of a database. */
public final class DatabaseBackupStore implements BackupStore {
    private final DatabaseBackup backup;
    private final DatabaseRestore restore;

    /** @param cairnVersion what the files say they were written by */
    public DatabaseBackupStore(DataSource database, String cairnVersion) {
        this.backup = new DatabaseBackup(database, cairnVersion);
        this.restore = new DatabaseRestore(database);
    }

    @Override
    public BackupOutcome write(Path file, BackupProgress progress) throws IOException {
        return backup.writeTo(file, progress);
    }

    @Override
    public RestoreOutcome restore(Path file, boolean replace, BackupProgress progress)
            throws IOException {
        return restore.restore(file, replace, progress);
    }
}
