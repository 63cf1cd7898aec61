package dev.cairn.adapters.persistence.schema;

import dev.cairn.application.port.Deadline;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jooq.ExecuteContext;
import org.jooq.ExecuteListener;
import org.jooq.exception.DataAccessException;

/** Has each statement end with the deadline of what it is for: one that has not begun by then is not sent, one that runs is cancelled. */
final class StatementDeadlines implements ExecuteListener {
    private static final long serialVersionUID = 1L;

    /** A statement that was about to be sent when it was cancelled is cancelled again. */
    private static final Duration AGAIN_AFTER = Duration.ofMillis(50);

    /** JDBC's own limits are whole seconds. */
    private static final ScheduledThreadPoolExecutor TIMER = timer();

    private static ScheduledThreadPoolExecutor timer() {
        var timer =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().daemon().name("cairn-deadlines").factory());
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }

    /** For a statement that jOOQ has no words for. */
    static void execute(Statement statement, String text) throws SQLException {
        var deadline = Deadline.current();
        deadline.check();
        var cancellation = cancellation(statement, deadline);
        try {
            statement.execute(text);
        } finally {
            cancellation.cancel(false);
        }
    }

    @Override
    public void executeStart(ExecuteContext context) {
        var deadline = Deadline.current();
        deadline.check();
        if (context.statement() != null) {
            context.data(this, cancellation(context.statement(), deadline));
        }
    }

    @Override
    public void executeEnd(ExecuteContext context) {
        end(context);
    }

    @Override
    public void end(ExecuteContext context) {
        if (context.data(this) instanceof Future<?> cancellation) {
            cancellation.cancel(false);
        }
    }

    private static Future<?> cancellation(Statement statement, Deadline deadline) {
        return deadline.equals(Deadline.NEVER)
                ? CompletableFuture.completedFuture(null)
                : TIMER.scheduleWithFixedDelay(
                        () -> cancel(statement),
                        deadline.left().toNanos(),
                        AGAIN_AFTER.toNanos(),
                        TimeUnit.NANOSECONDS);
    }

    /** Not tried again where it fails: the connection is broken then, and the statement ends by that. */
    private static void cancel(Statement statement) {
        try {
            statement.cancel();
        } catch (SQLException broken) {
            throw new DataAccessException("a statement could not be cancelled", broken);
        }
    }
}
