package dev.cairn.adapters.persistence.migration;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import liquibase.Contexts;
import liquibase.Liquibase;
import liquibase.Scope;
import liquibase.UpdateSummaryEnum;
import liquibase.analytics.configuration.AnalyticsArgs;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.LiquibaseException;
import liquibase.lockservice.LockServiceFactory;
import liquibase.resource.ClassLoaderResourceAccessor;
import liquibase.ui.LoggerUIService;

/** The fixed tables of a database: how far they are, and the way to where this program needs them. */
public final class SchemaMigration {
    /** Any number that nobody else uses for an advisory lock. */
    private static final long MIGRATING = 0x4361_6972_6e6dL;

    private final DataSource database;

    public SchemaMigration(DataSource database) {
        this.database = database;
    }

    /**
     * How far the tables are.
     *
     * @param pending what is yet to be done, in order
     * @param unknown what was done by a newer program
     */
    public record State(List<Changeset> pending, List<Changeset> unknown) {
        public boolean isUpToDate() {
            return pending.isEmpty() && unknown.isEmpty();
        }
    }

    public State state() {
        try (Connection connection = database.getConnection()) {
            return state(connection);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What of the changesets, done somewhere else, this program does not know. */
    public static List<Changeset> unknown(Set<Changeset> done) {
        Set<Changeset> known = Changesets.all();
        return done.stream().filter(changeset -> !known.contains(changeset)).toList();
    }

    /**
     * Does what is pending, unless a newer program was here: then nothing is done.
     *
     * @return the state it found
     */
    public State migrate() {
        try (Connection connection = database.getConnection()) {
            State found = state(connection);
            if (found.pending().isEmpty() || !found.unknown().isEmpty()) {
                return found;
            }
            lock("pg_advisory_lock", connection);
            try {
                // Whoever had the lock before may have done it.
                if (!state(connection).pending().isEmpty()) {
                    update(connection);
                }
                return found;
            } finally {
                lock("pg_advisory_unlock", connection);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Liquibase's own lock is a row, which a killed program leaves behind for ever; here the database's lock is held, which ends with its
     * connection, so that row can only be such a remnant.
     */
    private static void update(Connection connection) throws SQLException {
        boolean autoCommit = connection.getAutoCommit();
        Map<String, Object> quiet =
                Map.of(
                        Scope.Attr.ui.name(),
                        new LoggerUIService(),
                        AnalyticsArgs.ENABLED.getKey(),
                        false);
        try {
            var liquibase =
                    new Liquibase(
                            Changesets.CHANGELOG,
                            new ClassLoaderResourceAccessor(),
                            DatabaseFactory.getInstance()
                                    .findCorrectDatabaseImplementation(
                                            new JdbcConnection(connection)));
            liquibase.setShowSummary(UpdateSummaryEnum.OFF);
            Scope.child(
                    quiet,
                    () -> {
                        var lock =
                                LockServiceFactory.getInstance()
                                        .getLockService(liquibase.getDatabase());
                        lock.init();
                        lock.forceReleaseLock();
                        liquibase.update(new Contexts());
                    });
        } catch (LiquibaseException e) {
            throw new IllegalStateException(e);
        } catch (Exception e) {
            throw new IllegalStateException("the tables could not be brought up to date", e);
        } finally {
            connection.setAutoCommit(autoCommit);
        }
    }

    private static State state(Connection connection) throws SQLException {
        Set<Changeset> done = done(connection);
        Set<Changeset> pending = Changesets.all();
        pending.removeAll(done);
        return new State(List.copyOf(pending), unknown(done));
    }

    /** What has been done to the tables of the connection's schema, by whichever program. */
    public static Set<Changeset> done(Connection connection) throws SQLException {
        Set<Changeset> done = new LinkedHashSet<>();
        try (Statement statement = connection.createStatement()) {
            try (ResultSet table =
                    statement.executeQuery("select to_regclass('databasechangelog') is not null")) {
                table.next();
                if (!table.getBoolean(1)) {
                    return done;
                }
            }
            try (ResultSet rows =
                    statement.executeQuery(
                            "select filename, id from databasechangelog where author = '%s' order by orderexecuted"
                                    .formatted(Changeset.AUTHOR))) {
                while (rows.next()) {
                    done.add(new Changeset(rows.getString(1), rows.getString(2)));
                }
            }
        }
        return done;
    }

    private static void lock(String function, Connection connection) throws SQLException {
        try (PreparedStatement call =
                connection.prepareStatement("select %s(?)".formatted(function))) {
            call.setLong(1, MIGRATING);
            call.execute();
        }
    }
}
