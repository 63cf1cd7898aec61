package dev.cairn.application.port;

/** Receives now and then how far a backup or a restore is. */
@FunctionalInterface
public interface BackupProgress {
    /**
     * @param rows done so far, of all tables
     * @param ofRows of all tables; 0 where that is not known
     */
    void at(String table, long rows, long ofRows);
}
