package dev.cairn.bootstrap.wiring;

import dev.cairn.adapters.persistence.migration.SchemaMigration;
import dev.cairn.adapters.persistence.schema.Postgres;
import dev.cairn.adapters.persistence.sql.JooqSqlFace;
import dev.cairn.adapters.persistence.staging.WaitingImport;
import dev.cairn.application.port.ListedViews;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * What can be seen of a database without changing anything.
 *
 * @param imports those that wait; empty as long as the tables are not up to date
 * @param views of the SQL face; null where none were ever published
 */
public record DatabaseLook(
        String version,
        String size,
        SchemaMigration.State tables,
        List<WaitingImport> imports,
        @Nullable ListedViews views) {
    private static final String SECONDS = "5";

    /**
     * Looks at the database; throws what {@link StartFailures#explain} understands where Cairn could not work on it.
     *
     * @param views the schema of the SQL face
     */
    public static DatabaseLook at(
            String url, @Nullable String user, @Nullable String password, String views)
            throws SQLException {
        var properties = new Properties();
        properties.setProperty("connectTimeout", SECONDS);
        properties.setProperty("loginTimeout", SECONDS);
        properties.setProperty("readOnly", "true");
        if (user != null) {
            properties.setProperty("user", user);
        }
        if (password != null) {
            properties.setProperty("password", password);
        }
        var database = new DriverManagerDataSource(url, properties);
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            ReadyDatabase.refuseTooOld(connection.getMetaData());
            try (var size =
                    statement.executeQuery(
                            "select pg_size_pretty(pg_database_size(current_database()))")) {
                size.next();
                var tables = new SchemaMigration(database).state();
                return new DatabaseLook(
                        connection.getMetaData().getDatabaseProductVersion(),
                        size.getString(1),
                        tables,
                        tables.isUpToDate() ? WaitingImport.in(database) : List.of(),
                        new JooqSqlFace(Postgres.dsl(database), views).listed().orElse(null));
            }
        }
    }
}
