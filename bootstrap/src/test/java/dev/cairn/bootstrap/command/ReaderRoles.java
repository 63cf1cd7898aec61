package dev.cairn.bootstrap.command;

import dev.cairn.testkit.database.TestDatabase;
import dev.cairn.testkit.database.TestServer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Roles of the database server that log in with a password, as what reads views does. They are dropped once the databases are that they have rights in. */
final class ReaderRoles implements AutoCloseable {
    static final String PASSWORD = "views";

    /** All tests share the server: the name of a database is of this one alone. */
    private final TestDatabase own = TestServer.shared().emptyDatabase();

    private final List<String> names = new ArrayList<>();

    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** @return its name, which no other test has */
    String create(String beginning) {
        var name = beginning + own.name();
        execute("create role %s login password '%s'".formatted(quoted(name), PASSWORD));
        names.add(name);
        return name;
    }

    private void execute(String sql) {
        try (var connection = own.connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        names.forEach(name -> execute("drop role " + quoted(name)));
        own.close();
    }
}
