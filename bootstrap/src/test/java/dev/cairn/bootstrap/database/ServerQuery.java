package dev.cairn.bootstrap.database;

import java.sql.DriverManager;
import java.sql.SQLException;

/** One statement on a connection of its own. */
final class ServerQuery {
    private ServerQuery() {}

    /** The first value of the first row; empty where the statement gives no rows. */
    static String ask(EmbeddedServer server, String sql) throws SQLException {
        try (var connection =
                        DriverManager.getConnection(
                                server.access().url(),
                                server.access().user(),
                                server.access().password());
                var statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return "";
            }
            var rows = statement.getResultSet();
            rows.next();
            return rows.getString(1);
        }
    }
}
