package dev.cairn.adapters.persistence.backup;

/** Is told every now and then how far it is. */
@FunctionalInterface
public interface BackupProgress {
    /**
     * @param rows done so far, of all tables
     * @param ofRows of all tables; 0 where that is not known
     */
    void at(String table, long rows, long ofRows);
}
