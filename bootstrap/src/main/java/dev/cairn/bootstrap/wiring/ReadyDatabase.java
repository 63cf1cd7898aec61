package dev.cairn.bootstrap.wiring;

import com.zaxxer.hikari.HikariDataSource;
import dev.cairn.adapters.persistence.migration.SchemaMigration;
import dev.cairn.bootstrap.StartProblem;
import dev.cairn.bootstrap.StartRefused;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;

/** Ensures, before any other use of a database, that it is new enough and has the tables that this program needs. */
public final class ReadyDatabase implements BeanPostProcessor {
    private static final Logger LOG = LoggerFactory.getLogger(ReadyDatabase.class);
    private static final int OLDEST = 15;

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        if (bean instanceof DataSource database) {
            refuseTooOld(database);
            migrate(database);
            return database instanceof HikariDataSource pool ? new WatchedDatabase(pool) : database;
        }
        return bean;
    }

    private static void refuseTooOld(DataSource database) {
        try (Connection connection = database.getConnection()) {
            refuseTooOld(connection.getMetaData());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public static void refuseTooOld(DatabaseMetaData server) throws SQLException {
        if (server.getDatabaseMajorVersion() < OLDEST) {
            throw new StartRefused(
                    StartProblem.DATABASE_TOO_OLD,
                    "The configured database is %s %s; Cairn needs PostgreSQL %d or later."
                            .formatted(
                                    server.getDatabaseProductName(),
                                    server.getDatabaseProductVersion(),
                                    OLDEST),
                    "Set spring.datasource.url to a newer PostgreSQL, or leave it out for the embedded one.");
        }
    }

    public static void refuseTooNew(SchemaMigration.State found) {
        if (!found.unknown().isEmpty()) {
            throw new StartRefused(
                    StartProblem.DATABASE_TOO_NEW,
                    "The tables were changed by a newer Cairn, which this one does not understand: it does not know %s."
                            .formatted(found.unknown()),
                    "Start that newer Cairn, or set cairn.data-dir or spring.datasource.url to another database.");
        }
    }

    private static void migrate(DataSource database) {
        SchemaMigration.State found = new SchemaMigration(database).migrate();
        refuseTooNew(found);
        if (!found.pending().isEmpty()) {
            LOG.debug("brought the tables up to date: {}", found.pending());
        }
    }
}
