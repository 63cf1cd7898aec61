package dev.cairn.bootstrap.wiring;

import com.zaxxer.hikari.HikariDataSource;
import dev.cairn.application.port.Deadline;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * A connection pool that fails at once while its database is known to be out of reach; the pool alone would have each caller wait. The database counts
 * as reachable until {@link #setOutOfReach} says otherwise.
 */
public final class WatchedDatabase extends DelegatingDataSource {
    /** The SQL state of a connection that does not exist. */
    private static final String NO_CONNECTION = "08003";

    /** The SQL state of an answer that there are no connections left. */
    static final String TOO_MANY_CONNECTIONS = "53300";

    /** How long to wait for a connection while the database answers and all connections are in use. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HikariDataSource pool;
    private final AtomicReference<@Nullable String> outOfReach = new AtomicReference<>();
    private final AtomicLong refusals = new AtomicLong();

    WatchedDatabase(HikariDataSource pool) {
        super(pool);
        this.pool = pool;
    }

    /** The pool waits about a second at a time, so that a lost database is noticed meanwhile. */
    @Override
    public Connection getConnection() throws SQLException {
        long begun = System.nanoTime();
        long known = refusals.get();
        while (true) {
            var reason = outOfReach.get();
            if (reason != null) {
                throw new SQLTransientConnectionException(reason, NO_CONNECTION);
            }
            try {
                return pool.getConnection();
            } catch (SQLTransientConnectionException none) {
                if (System.nanoTime() - begun > PATIENCE.toNanos()
                        || Deadline.current().isOver()
                        || isRefused(none, known)) {
                    throw none;
                }
            }
        }
    }

    /**
     * Whether others have all connections that the database gives, so that nobody here will give one back. The pool tells one only of those who wait.
     *
     * @param known refusals before the wait
     */
    private boolean isRefused(SQLTransientConnectionException none, long known) {
        if (TOO_MANY_CONNECTIONS.equals(none.getSQLState())) {
            refusals.incrementAndGet();
        }
        return refusals.get() != known && pool.getHikariPoolMXBean().getTotalConnections() == 0;
    }

    /** Returns whether that is news. */
    boolean setOutOfReach(String reason) {
        return outOfReach.getAndSet(reason) == null;
    }

    /** Returns whether that is news. The connections from before are dead. */
    boolean setInReach() {
        if (outOfReach.get() == null) {
            return false;
        }
        var connections = pool.getHikariPoolMXBean();
        if (connections != null) {
            connections.softEvictConnections();
        }
        return outOfReach.getAndSet(null) != null;
    }

    /** Whether it answered when it was last looked at. */
    boolean isInReach() {
        return outOfReach.get() == null;
    }

    HikariDataSource pool() {
        return pool;
    }
}
