package dev.cairn.bootstrap.database;

import dev.cairn.bootstrap.StartProblem;
import dev.cairn.bootstrap.StartRefused;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;

/** Where the embedded server listens and how to sign in. */
public record ServerAccess(int port, String password) {
    private static final String DATABASE = "cairn";
    private static final String WRONG_PASSWORD = "28P01";

    /** Seconds. */
    private static final String PATIENCE = "10";

    public String user() {
        return PostgresPrograms.USER;
    }

    public String url() {
        return urlOf(DATABASE);
    }

    /** The password stays out of logs. */
    @Override
    public String toString() {
        return "%s as %s".formatted(url(), user());
    }

    /**
     * Asks the server for its folder.
     *
     * @throws StartRefused where it is of another folder, or has another password
     * @throws SQLException where it gives no answer
     */
    void check(Path cluster) throws SQLException {
        // A server that is stuck accepts connections and does not answer.
        try (Connection connection =
                        connect(
                                "postgres",
                                Map.of("connectTimeout", PATIENCE, "socketTimeout", PATIENCE));
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("show data_directory")) {
            row.next();
            refuseOtherFolder(cluster, Path.of(row.getString(1)));
        } catch (SQLException e) {
            if (WRONG_PASSWORD.equals(e.getSQLState())) {
                throw notOurs(cluster, e);
            }
            throw e;
        }
    }

    StartRefused notOurs(Path cluster, SQLException said) {
        return new StartRefused(
                StartProblem.POSTGRES_NOT_OURS,
                "The PostgreSQL on port %d, which %s points to, does not let Cairn in: %s"
                        .formatted(port, cluster.resolve("postmaster.pid"), said.getMessage()),
                "If it is another server, remove that file; else stop the server and start Cairn again.",
                said);
    }

    void createDatabase() {
        try (Connection connection = connect("postgres", Map.of());
                Statement statement = connection.createStatement();
                ResultSet there =
                        statement.executeQuery(
                                "select 1 from pg_database where datname = '" + DATABASE + "'")) {
            if (!there.next()) {
                statement.execute("create database " + DATABASE);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void refuseOtherFolder(Path cluster, Path served) {
        if (!served.equals(cluster)) {
            throw new StartRefused(
                    StartProblem.POSTGRES_NOT_OURS,
                    "%s points to port %d, where a PostgreSQL serves %s."
                            .formatted(cluster.resolve("postmaster.pid"), port, served),
                    "Remove that file if no server runs on this folder.");
        }
    }

    private Connection connect(String database, Map<String, String> more) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", user());
        properties.setProperty("password", password);
        properties.putAll(more);
        return DriverManager.getConnection(urlOf(database), properties);
    }

    private String urlOf(String database) {
        return "jdbc:postgresql://127.0.0.1:%d/%s?ApplicationName=cairn".formatted(port, database);
    }
}
