package dev.cairn.testkit.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A database for one test or one class of tests; closing drops it. */
public record TestDatabase(TestServer server, String name) implements AutoCloseable {

    public String url() {
        return server.urlOf(name);
    }

    public String user() {
        return server.user();
    }

    public String password() {
        return server.password();
    }

    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url(), user(), password());
    }

    /** Gives a new connection each time it is asked for one. */
    public DataSource dataSource() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(url());
        source.setUser(user());
        source.setPassword(password());
        return source;
    }

    @Override
    public void close() {
        server.drop(name);
    }
}
