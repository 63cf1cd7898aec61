package dev.cairn.adapters.terminal.command;

import dev.cairn.application.port.BackupProgress;
import java.io.PrintWriter;
import java.time.Duration;

/** Reports every two seconds how far a backup is. */
final class RowProgress implements BackupProgress {
    private static final long EVERY = Duration.ofSeconds(2).toNanos();

    private final PrintWriter out;
    private long said = System.nanoTime();

    RowProgress(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void at(String table, long rows, long ofRows) {
        long now = System.nanoTime();
        if (now - said >= EVERY) {
            said = now;
            out.println(
                    ofRows == 0
                            ? "%s rows, now of %s".formatted(Report.number(rows), table)
                            : "%d%%  %s of %s rows, now of %s"
                                    .formatted(
                                            100 * rows / ofRows,
                                            Report.number(rows),
                                            Report.number(ofRows),
                                            table));
            out.flush();
        }
    }
}
