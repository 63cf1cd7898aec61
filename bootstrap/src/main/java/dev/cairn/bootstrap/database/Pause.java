package dev.cairn.bootstrap.database;

import java.io.InterruptedIOException;
import java.time.Duration;

/** The pause between two polls. */
final class Pause {
    private static final Duration BRIEF = Duration.ofMillis(100);

    private Pause() {}

    static void briefly() throws InterruptedIOException {
        try {
            Thread.sleep(BRIEF);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            var interrupted =
                    new InterruptedIOException("interrupted while waiting for PostgreSQL");
            interrupted.initCause(e);
            throw interrupted;
        }
    }
}
