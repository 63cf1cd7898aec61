package dev.cairn.adapters.persistence.schema;

import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.StoreFailed;
import dev.cairn.domain.plan.Cancellation.Cancelled;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.jooq.exception.DataAccessException;

/** Distinguishes failures of the database from bugs. */
public final class StoreFailures {
    private static final String CANCELLED = "57014";
    private static final String DISK_FULL = "53100";
    private static final String CONNECTION = "08";
    private static final String RESOURCES = "53";
    private static final String STOPPED = "57P";
    private static final String SYSTEM = "58";

    private StoreFailures() {}

    /** What to throw for a failure: itself, {@link StoreFailed}, {@link Cancelled} at a deadline, or what jOOQ throws, without the statement. */
    public static RuntimeException of(Throwable failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof StoreFailed known) {
                return known;
            }
            if (cause instanceof SQLException sql) {
                return of(sql, failed);
            }
        }
        return unchecked(failed);
    }

    private static RuntimeException of(SQLException sql, Throwable failed) {
        var state = sql.getSQLState() == null ? "" : sql.getSQLState();
        if (state.equals(CANCELLED) && Deadline.current().isOver()) {
            return new Cancelled();
        }
        if (state.equals(DISK_FULL)) {
            return new StoreFailed(
                    "The disk of the database is full (%s). Make room.".formatted(sql.getMessage()),
                    failed);
        }
        if (state.startsWith(CONNECTION)
                || state.startsWith(STOPPED)
                || sql instanceof SQLTransientConnectionException) {
            return new StoreFailed(
                    "The database was stopped or cannot be reached (%s). Start it."
                            .formatted(sql.getMessage()),
                    failed);
        }
        if (state.startsWith(RESOURCES) || state.startsWith(SYSTEM)) {
            return new StoreFailed(
                    "The database lacks something (%s). See its log.".formatted(sql.getMessage()),
                    failed);
        }
        return new DataAccessException(String.valueOf(sql.getMessage()), sql);
    }

    private static RuntimeException unchecked(Throwable failed) {
        return switch (failed) {
            case RuntimeException unchecked -> unchecked;
            case IOException io -> new UncheckedIOException(io);
            default -> new IllegalStateException(failed);
        };
    }
}
