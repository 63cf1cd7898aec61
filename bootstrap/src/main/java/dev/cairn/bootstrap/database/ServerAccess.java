package dev.cairn.bootstrap.database;

import dev.cairn.bootstrap.StartProblem;
import dev.cairn.bootstrap.StartRefused;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** Where the embedded server listens and how to sign in. */
public record ServerAccess(int port, String password) {
    private static final String DATABASE = "cairn";
    private static final String WRONG_PASSWORD = "28P01";
    private static final Duration PAUSE = Duration.ofMillis(100);

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

    /** Waits until the server answers; a server of another folder, or one with another password, is refused. */
    void awaitAnswerFrom(Path cluster, Duration timeout) throws IOException {
        long end = System.nanoTime() + timeout.toNanos();
        while (true) {
            try (Connection connection = connect("postgres");
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("show data_directory")) {
                row.next();
                refuseOtherFolder(cluster, Path.of(row.getString(1)));
                return;
            } catch (SQLException e) {
                if (WRONG_PASSWORD.equals(e.getSQLState()) || System.nanoTime() - end > 0) {
                    throw new StartRefused(
                            StartProblem.POSTGRES_NOT_OURS,
                            "The PostgreSQL on port %d, which %s points to, does not let Cairn in: %s"
                                    .formatted(
                                            port,
                                            cluster.resolve("postmaster.pid"),
                                            e.getMessage()),
                            "If it is another server, remove that file; else stop the server and start Cairn again.",
                            e);
                }
                pause();
            }
        }
    }

    void createDatabase() {
        try (Connection connection = connect("postgres");
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

    private Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(urlOf(database), user(), password);
    }

    private String urlOf(String database) {
        return "jdbc:postgresql://127.0.0.1:%d/%s?ApplicationName=cairn".formatted(port, database);
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for PostgreSQL", e);
        }
    }
}
