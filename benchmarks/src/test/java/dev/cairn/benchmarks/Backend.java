package dev.cairn.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * A session of PostgreSQL and what its process has done, as Linux counts it: other load of the machine is not in it. It has no parallel
 * workers, so that nothing is done elsewhere, and prepares no statement for later, so that each is planned each time.
 */
final class Backend {
    private static final Pattern BUFFERS =
            Pattern.compile("Buffers: shared(?: hit=(\\d+))?(?: read=(\\d+))?");
    private static final Pattern PLANNING = Pattern.compile("Planning Time: ([0-9.]+) ms");

    /** What {@code explain (analyze, buffers)} says of a statement. */
    record Explained(long buffers, double planningMillis, String text) {}

    private final Connection connection;
    private final Path account;

    Backend(Connection connection) throws SQLException {
        this.connection = connection;
        connection.unwrap(PGConnection.class).setPrepareThreshold(0);
        DurableServer.execute(connection, "set max_parallel_workers_per_gather = 0");
        var pid = rows("select pg_backend_pid()").getFirst().getFirst();
        this.account = Path.of("/proc", String.valueOf(pid), "schedstat");
    }

    Connection connection() {
        return connection;
    }

    /** Processor time so far, in milliseconds. */
    double cpuMillis() {
        try {
            return Long.parseLong(Files.readString(account).split(" ", 2)[0]) / 1e6;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<List<@Nullable Object>> rows(String sql) throws SQLException {
        try (var statement = connection.prepareStatement(sql);
                var found = statement.executeQuery()) {
            int width = found.getMetaData().getColumnCount();
            var rows = new ArrayList<List<@Nullable Object>>();
            while (found.next()) {
                var row = new ArrayList<@Nullable Object>();
                for (int column = 1; column <= width; column++) {
                    row.add(found.getObject(column));
                }
                rows.add(row);
            }
            return rows;
        }
    }

    Explained explain(String sql) throws SQLException {
        var text = new StringBuilder();
        rows("explain (analyze, buffers) " + sql)
                .forEach(line -> text.append(line.getFirst()).append('\n'));
        var buffers = BUFFERS.matcher(text);
        var planning = PLANNING.matcher(text);
        return new Explained(
                buffers.find() ? number(buffers, 1) + number(buffers, 2) : 0,
                planning.find() ? Double.parseDouble(planning.group(1)) : 0,
                text.toString());
    }

    private static long number(Matcher found, int group) {
        return found.group(group) == null ? 0 : Long.parseLong(found.group(group));
    }
}
