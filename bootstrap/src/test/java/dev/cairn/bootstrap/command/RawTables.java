package dev.cairn.bootstrap.command;

import dev.cairn.testkit.database.TestDatabase;
import dev.cairn.testkit.database.TestServer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.postgresql.PGConnection;

/** The raw files in plain tables of text, for SQL that knows nothing of Cairn. */
final class RawTables implements AutoCloseable {
    private final TestDatabase database = TestServer.shared().emptyDatabase();
    private final Set<String> loaded = ConcurrentHashMap.newKeySet();

    /** Loads a file of comma-separated values into a table, unless it is there already: two sources may read one file. */
    void load(Path file, String table) throws IOException, SQLException {
        if (!loaded.add(table)) {
            return;
        }
        String header;
        try (var lines = new BufferedInputStream(open(file))) {
            header = firstLine(lines);
        }
        String columns =
                Arrays.stream(header.split(","))
                        .map(name -> (name.equals("user") ? "\"user\"" : name) + " text")
                        .collect(Collectors.joining(", "));
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var content = open(file)) {
            statement.execute("create table %s (%s)".formatted(table, columns));
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("copy %s from stdin (format csv, header)".formatted(table), content);
            // Else nobody knows how large it is until the server looks by itself, and joins are as
            // for a small one.
            statement.execute("analyze " + table);
        }
    }

    private static InputStream open(Path file) throws IOException {
        var raw = Files.newInputStream(file);
        return file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw;
    }

    private static String firstLine(InputStream in) throws IOException {
        var line = new java.io.ByteArrayOutputStream();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            line.write(next);
        }
        return line.toString(StandardCharsets.UTF_8).strip();
    }

    /** Runs statements that make views over the tables. */
    void execute(String sql) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    List<Map<String, Object>> query(String sql) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var found = statement.executeQuery(sql)) {
            var rows = new ArrayList<Map<String, Object>>();
            while (found.next()) {
                var row = new LinkedHashMap<String, Object>();
                for (int column = 1; column <= found.getMetaData().getColumnCount(); column++) {
                    row.put(found.getMetaData().getColumnLabel(column), found.getObject(column));
                }
                rows.add(row);
            }
            return rows;
        }
    }

    @Override
    public void close() {
        database.close();
    }
}
