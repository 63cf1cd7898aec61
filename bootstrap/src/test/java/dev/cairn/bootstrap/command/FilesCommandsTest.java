package dev.cairn.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** {@code apply}, {@code export} and {@code import}, as a person types them, on a database of their own. */
class FilesCommandsTest extends TypedCommands {
    private static final String DEFINITIONS =
            """
            source: login
            time: {field: at, zone: Europe/Berlin}
            account: {field: customer}
            key: [id]
            fields:
              id: integer
              at: timestamp
              customer: text
              duration: {type: integer, min: 0, max: 600}
              long: {type: boolean, compute: duration >= 60}
            ---
            metric: logins
            of: cell
            formula: count(login)
            """;
    private static final String HEADER = "id,at,customer,duration\n";
    private static final String ROWS = "1,2026-01-05 08:00,acme,10\n2,2026-01-05 09:30,,70\n";

    private long facts() throws SQLException {
        try (var connection = database.connect();
                var rows =
                        connection
                                .createStatement()
                                .executeQuery(
                                        "select count(*) from fact_login where superseded = 'infinity'")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Test
    void what_is_applied_exported_and_applied_again_changes_nothing() throws IOException {
        var examples = Path.of("..", "examples", "online-retail").toString();
        var exported = folder.resolve("exported").toString();

        assertThat(cairn("apply", examples, "--validate-only")).isZero();
        assertThat(said()).contains("would change");
        assertThat(cairn("apply", examples)).isZero();
        assertThat(said())
                .contains("added      source invoice_line, version 1")
                .contains(", 0 unchanged");
        assertThat(cairn("apply", examples)).isZero();
        assertThat(said()).startsWith("0 changed");
        assertThat(cairn("export", exported)).isZero();
        assertThat(cairn("apply", exported, "--prune")).isZero();
        assertThat(said()).startsWith("0 changed");
    }

    @Test
    void one_wrong_file_changes_nothing_and_every_problem_has_file_line_and_column()
            throws IOException {
        file("definitions/a.yaml", DEFINITIONS);
        file(
                "definitions/b.yaml",
                "metric: duration\nof: cell\nformula: >-\n  sum(login\n    : duratin)\nunti: count\n");
        file("definitions/c.yaml", "metric: half\nof: cell\nformula: \"sum(login :\"\n");
        var definitions = folder.resolve("definitions").toString();

        assertThat(cairn("apply", definitions)).isEqualTo(1);
        assertThat(complained())
                .contains("b.yaml:6:1: ")
                .contains("Did you mean 'unit'?")
                .contains("c.yaml:3:")
                .contains("nothing was changed");

        file(
                "definitions/b.yaml",
                "metric: duration\nof: cell\nformula: >-\n  sum(login\n    : duratin)\n");
        assertThat(cairn("apply", definitions, "--format", "json")).isEqualTo(1);
        assertThat(said())
                .contains("\"problems\"")
                .contains("\"line\" : 5")
                .contains("\"duration\"");

        assertThat(cairn("export", folder.resolve("exported").toString())).isZero();
        assertThat(said()).startsWith("0 definitions");
    }

    @Test
    void pruning_retires_what_the_files_do_not_define() throws IOException {
        cairn(
                "apply",
                file(
                        "all.yaml",
                        DEFINITIONS + "---\nslice: short\nof: login\nwhere: duration < 5\n"));

        assertThat(cairn("apply", file("fewer.yaml", DEFINITIONS), "--prune")).isZero();
        assertThat(said()).contains("retired    slice short");
    }

    @Test
    void the_same_file_twice_changes_nothing_and_a_changed_row_replaces_the_earlier_one()
            throws IOException, SQLException {
        cairn("apply", file("definitions.yaml", DEFINITIONS));
        var rows = file("logins.csv", HEADER + ROWS);

        assertThat(cairn("import", "login", rows)).isZero();
        assertThat(said().replaceAll(" +", " ")).contains("read 2").contains("loaded 2");
        assertThat(cairn("import", "login", rows, "--format", "json")).isZero();
        assertThat(said()).contains("\"duplicates\" : 2").contains("\"loaded\" : 0");
        assertThat(facts()).isEqualTo(2);

        System.setIn(
                new ByteArrayInputStream(
                        (HEADER + "1,2026-01-05 08:00,other,11\n")
                                .getBytes(StandardCharsets.UTF_8)));
        assertThat(cairn("import", "login", "-")).isZero();
        assertThat(said().replaceAll(" +", " ")).contains("superseded 1");
        assertThat(facts()).isEqualTo(2);
    }

    @Test
    void rejected_rows_are_shown_or_written_and_the_others_are_loaded()
            throws IOException, SQLException {
        cairn("apply", file("definitions.yaml", DEFINITIONS));
        var rows =
                file(
                        "logins.csv",
                        HEADER
                                + ROWS
                                + "x,2026-01-05 08:00,acme,10\n"
                                + "4,2026-02-30 08:00,acme,10\n"
                                + "5,2026-01-05 08:00,acme,10,5\n"
                                + "6,2026-01-05 08:00,acme,601\n");
        var report = folder.resolve("rejects.csv");

        assertThat(cairn("import", "login", rows)).isEqualTo(4);
        assertThat(complained())
                .contains("logins.csv:4: column id: 'x': not a number")
                .contains("logins.csv:5: column at: '2026-02-30 08:00': there is no such day")
                .contains("logins.csv:6: column 5: ");
        assertThat(said()).contains("Outside their range, so left empty: duration 1.");
        assertThat(facts()).isEqualTo(3);

        assertThat(cairn("import", "login", rows, "--rejects", report.toString())).isEqualTo(4);
        assertThat(complained()).doesNotContain("not a number");
        assertThat(Files.readAllLines(report))
                .hasSize(4)
                .startsWith("line,column,value,reason", "4,id,x,not a number");
    }

    @Test
    void a_file_that_cannot_be_read_to_its_end_leaves_nothing() throws IOException, SQLException {
        cairn("apply", file("definitions.yaml", DEFINITIONS));

        assertThat(cairn("import", "login", file("broken.csv", HEADER + ROWS + "3,\"2026\n")))
                .isEqualTo(1);
        assertThat(complained())
                .contains("broken.csv:4: ")
                .contains("quote")
                .contains("Nothing was imported");

        var latin = folder.resolve("latin.csv");
        Files.write(
                latin,
                (HEADER + ROWS + "3,2026-01-05 08:00,Caf\u00e9,1\n")
                        .getBytes(StandardCharsets.ISO_8859_1));
        assertThat(cairn("import", "login", latin.toString())).isEqualTo(1);
        assertThat(complained()).contains("latin.csv:4:23: ").contains("UTF-8");

        assertThat(
                        cairn(
                                "import",
                                "login",
                                file("header.csv", "id,when,customer,duration\n" + ROWS)))
                .isEqualTo(1);
        assertThat(complained()).contains("header.csv:1: ").contains("no column 'at'");
        assertThat(cairn("import", "login", file("empty.csv", ""))).isEqualTo(1);
        assertThat(complained()).contains("empty");
        assertThat(cairn("import", "logn", file("good.csv", HEADER + ROWS))).isEqualTo(1);
        assertThat(complained()).contains("Did you mean 'login'?");
        assertThat(facts()).isZero();
    }

    @Test
    void a_command_that_cannot_be_done_is_refused_before_anything_is_started() throws IOException {
        assertThat(cairn("import", "login", folder.resolve("nowhere.csv").toString())).isEqualTo(2);
        assertThat(complained()).contains("There is no file");
        assertThat(cairn("import", "login", folder.toString())).isEqualTo(2);
        var rows = file("logins.csv", HEADER + ROWS);
        assertThat(cairn("import", "login", rows, "--rejects", rows)).isEqualTo(2);
        assertThat(cairn("import", "login", rows, "--rejects", rows + "/no/rejects.csv"))
                .isEqualTo(2);
        assertThat(cairn("import", "login", rows, "--complete-until", "tomorrow")).isEqualTo(2);
        assertThat(cairn("import", "login", rows, "--format", "xml")).isEqualTo(2);
        assertThat(cairn("import", "login")).isEqualTo(2);
        assertThat(cairn("apply", folder.resolve("nowhere").toString())).isEqualTo(2);
        assertThat(Files.readString(Path.of(rows))).startsWith(HEADER);
    }

    @Test
    void accounts_come_from_a_file_of_their_own() throws IOException {
        cairn(
                "apply",
                file(
                        "entity.yaml",
                        "entity: account\nkey: id\nattributes:\n  plan: text\n  is_test: {type: boolean, marks: test}\n"));

        assertThat(
                        cairn(
                                "import",
                                "account",
                                file(
                                        "accounts.csv",
                                        "id,plan,is_test,note\na-1,pro,no,x\n,free,no,\na-2,,maybe,\n")))
                .isEqualTo(4);
        assertThat(said().replaceAll(" +", " "))
                .contains("loaded 1")
                .contains("rejected 2")
                .contains("note");
        assertThat(complained())
                .contains("column id: the key is empty")
                .contains("column is_test: 'maybe'");
    }

    @Test
    void users_can_be_imported_before_anything_is_declared() throws IOException {
        assertThat(cairn("import", "user", file("users.csv", "user_key,account\nu-1,a-1\nu-2,\n")))
                .as(() -> said() + complained())
                .isZero();
        assertThat(said().replaceAll(" +", " ")).contains("loaded 2");
    }
}
