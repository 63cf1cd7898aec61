package dev.cairn.bootstrap.wiring;

import com.zaxxer.hikari.HikariDataSource;
import dev.cairn.application.port.Deadline;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
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

    /** How long to wait for a connection while the database answers and all connections are in use. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HikariDataSource pool;
    private final AtomicReference<@Nullable String> outOfReach = new AtomicReference<>();

    WatchedDatabase(HikariDataSource pool) {
        super(pool);
        this.pool = pool;
    }

    /** The pool waits about a second at a time, so that a lost database is noticed meanwhile. */
    @Override
    public Connection getConnection() throws SQLException {
        long begun = System.nanoTime();
        while (true) {
            var reason = outOfReach.get();
            if (reason != null) {
                throw new SQLTransientConnectionException(reason, NO_CONNECTION);
            }
            try {
                return pool.getConnection();
            } catch (SQLTransientConnectionException none) {
                if (System.nanoTime() - begun > PATIENCE.toNanos() || Deadline.current().isOver()) {
                    throw none;
                }
            }
        }
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
