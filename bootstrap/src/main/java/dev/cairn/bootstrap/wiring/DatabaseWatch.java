package dev.cairn.bootstrap.wiring;

import com.zaxxer.hikari.HikariDataSource;
import dev.cairn.bootstrap.StartRefused;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks every second, over a connection of its own, whether the database of a service answers; restarts the embedded one where it does
 * not.
 */
final class DatabaseWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseWatch.class);

    /** How long to try to restart the embedded database before the service gives up. */
    private static final Duration PERSEVERANCE = Duration.ofMinutes(10);

    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    /** Seconds that an answer may take. */
    private static final int PATIENCE = 5;

    /** The clock of the watch. */
    interface Time {
        Time SYSTEM =
                new Time() {
                    @Override
                    public long nanos() {
                        return System.nanoTime();
                    }

                    @Override
                    public void pause(Duration length) throws InterruptedException {
                        Thread.sleep(length);
                    }
                };

        long nanos();

        void pause(Duration length) throws InterruptedException;
    }

    private final WatchedDatabase database;
    private final @Nullable Runnable revival;
    private final Consumer<StartRefused> givenUp;
    private final Time time;
    private final Thread thread =
            Thread.ofPlatform().name("database-watch").daemon().unstarted(this::watch);
    private @Nullable Connection connection;
    private @Nullable String told;

    /**
     * Starts watching.
     *
     * @param revival restarts the database, if it is the embedded one; refused where it cannot
     * @param givenUp told why, where it could not be started for as long as is tried
     */
    DatabaseWatch(
            WatchedDatabase database,
            @Nullable Runnable revival,
            Consumer<StartRefused> givenUp,
            Time time) {
        this.database = database;
        this.revival = revival;
        this.givenUp = givenUp;
        this.time = time;
        thread.start();
    }

    private void watch() {
        while (!thread.isInterrupted()) {
            look();
            pause(INTERVAL);
        }
        disconnect();
    }

    private void pause(Duration length) {
        try {
            time.pause(length);
        } catch (InterruptedException e) {
            thread.interrupt();
        }
    }

    private void look() {
        try {
            if (!answers()) {
                disconnect();
                connect();
            }
            if (database.setInReach()) {
                LOG.info("The database answers again.");
            }
        } catch (SQLException gone) {
            // It answers, but has no connection left for this one.
            if (WatchedDatabase.TOO_MANY_CONNECTIONS.equals(gone.getSQLState())) {
                return;
            }
            var reason = "The database is out of reach: " + gone.getMessage();
            if (database.setOutOfReach(reason)) {
                LOG.warn("{}", reason);
            }
            if (revival != null) {
                revive(revival);
            }
        } catch (RuntimeException bug) {
            LOG.error("the database could not be looked at", bug);
        }
    }

    private boolean answers() throws SQLException {
        return connection != null && connection.isValid(PATIENCE);
    }

    private void connect() throws SQLException {
        HikariDataSource pool = database.pool();
        var properties = new Properties();
        properties.setProperty("connectTimeout", String.valueOf(PATIENCE));
        properties.setProperty("loginTimeout", String.valueOf(PATIENCE));
        if (pool.getUsername() != null) {
            properties.setProperty("user", pool.getUsername());
        }
        if (pool.getPassword() != null) {
            properties.setProperty("password", pool.getPassword());
        }
        connection = DriverManager.getConnection(pool.getJdbcUrl(), properties);
    }

    private void disconnect() {
        var old = connection;
        connection = null;
        if (old != null) {
            try {
                old.close();
            } catch (SQLException dead) {
                LOG.debug("a dead connection could not be closed", dead);
            }
        }
    }

    private void revive(Runnable start) {
        long begun = time.nanos();
        var pause = INTERVAL;
        while (!thread.isInterrupted()) {
            try {
                start.run();
                return;
            } catch (StartRefused refused) {
                if (thread.isInterrupted()) {
                    return;
                }
                tell(refused);
                if (time.nanos() - begun > PERSEVERANCE.toNanos()) {
                    givenUp.accept(refused);
                    thread.interrupt();
                    return;
                }
            }
            pause(pause);
            var twice = pause.multipliedBy(2);
            pause = twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
        }
    }

    /** Logs a failure once, not every second. */
    private void tell(StartRefused refused) {
        var reason = String.valueOf(refused.getMessage()).lines().findFirst().orElse("");
        if (!reason.equals(told)) {
            LOG.warn("{} [{}] Trying again.", reason, refused.problem());
        }
        told = reason;
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
