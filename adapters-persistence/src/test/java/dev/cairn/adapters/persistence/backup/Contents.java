package dev.cairn.adapters.persistence.backup;

import dev.cairn.testkit.database.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Everything in a database that can be seen by asking: each table's rows, columns, keys and indexes. */
record Contents(Map<String, List<String>> tables) {
    private static final String TABLES =
            "select table_name from information_schema.tables where table_schema = 'public'";
    private static final String COLUMNS =
            """
            select format('%%s %%s %%s %%s %%s %%s %%s', ordinal_position, column_name, data_type, collation_name,
                          is_nullable, column_default, coalesce(identity_generation, generation_expression))
            from information_schema.columns where table_schema = 'public' and table_name = '%s' order by ordinal_position
            """;
    private static final String KEYS =
            """
            select conname || ' ' || pg_get_constraintdef(oid) from pg_constraint
            where conrelid = 'public."%s"'::regclass order by conname
            """;
    private static final String INDEXES =
            "select indexdef from pg_indexes where schemaname = 'public' and tablename = '%s' order by indexname";
    private static final String KIND =
            """
            select concat_ws(' ', relkind, relpersistence, reloptions, pg_get_partkeydef(oid), pg_get_expr(relpartbound, oid),
                             obj_description(oid)) from pg_class where oid = 'public."%s"'::regclass
            """;
    private static final String ROWS = "select t::text from public.\"%s\" t order by t::text";

    static Contents of(TestDatabase database) throws SQLException {
        var tables = new TreeMap<String, List<String>>();
        try (Connection connection = database.connect()) {
            for (String table : ask(connection, TABLES)) {
                var seen = new ArrayList<String>();
                for (String question : List.of(COLUMNS, KEYS, INDEXES, KIND, ROWS)) {
                    seen.addAll(ask(connection, question.formatted(table)));
                }
                tables.put(table, seen);
            }
        }
        return new Contents(tables);
    }

    private static List<String> ask(Connection connection, String sql) throws SQLException {
        var answers = new ArrayList<String>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                answers.add(rows.getString(1));
            }
        }
        return answers;
    }
}
