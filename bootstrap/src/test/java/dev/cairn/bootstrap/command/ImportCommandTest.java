package dev.cairn.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Files as strangers bring them. */
class ImportCommandTest extends TypedCommands {
    @BeforeEach
    void declare() throws IOException {
        cairn(
                "apply",
                file(
                        "definitions.yaml",
                        """
                        source: login
                        time: {field: at, zone: Europe/Berlin}
                        account: {field: customer}
                        key: [id]
                        fields:
                          id: integer
                          at: timestamp
                          customer: text
                        ---
                        entity: account
                        key: id
                        attributes:
                          plan: text
                        """));
    }

    private String counts() {
        return said().replaceAll(" +", " ");
    }

    @Test
    void ndjson_from_standard_input_plain_or_compressed() throws IOException {
        var lines =
                """
                {"id":1,"at":"2026-01-05T08:00:00Z","customer":"acme","tags":["x"]}
                {"id":2,"at":"2026-01-05T08:00:00Z","customer":null}
                {"id":"three","at":"2026-01-05T08:00:00Z"}
                [4]
                """
                        .getBytes(StandardCharsets.UTF_8);
        System.setIn(new ByteArrayInputStream(lines));
        assertThat(cairn("import", "login", "-")).isEqualTo(4);
        assertThat(counts())
                .contains("read 4", "loaded 2", "rejected 2")
                .contains("Not declared, so not loaded: tags.");
        assertThat(complained())
                .contains("-:3: column id: 'three': not a number")
                .contains("-:4: an array");

        var packed = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(packed)) {
            out.write(lines);
        }
        System.setIn(new ByteArrayInputStream(packed.toByteArray()));
        assertThat(cairn("import", "login", "-")).isEqualTo(4);
        assertThat(counts()).contains("duplicates 2");
    }

    @Test
    void an_empty_text_of_ndjson_is_a_row_of_its_own_beside_no_value() throws IOException {
        var lines =
                """
                {"at":"2026-01-05","note":""}
                {"at":"2026-01-05","note":null}
                {"at":"2026-01-05"}
                {"at":"2026-01-05","note":"x"}
                {"at":"2026-01-06","note":""}
                {"at":"2026-01-07","note":""}
                {"at":"","note":""}
                """;
        var declared = "source: %s\ntime: at\nfields: {at: date, note: %s}\n";
        cairn("apply", file("remark.yaml", declared.formatted("remark", "text")));
        cairn(
                "apply",
                file("memo.yaml", declared.formatted("memo", "{type: text, missing: ['']}")));
        var file = file("remarks.ndjson", lines);

        assertThat(cairn("import", "remark", file)).isEqualTo(4);
        assertThat(counts()).contains("read 7", "loaded 6", "rejected 1");
        assertThat(complained()).contains("remarks.ndjson:7: column at: a fact says when");
        assertThat(cairn("import", "memo", file, "--max-rejects", "1")).isZero();

        assertThat(notes("remark")).containsExactlyInAnyOrder("\"\",3", ",2", "x,1");
        assertThat(notes("memo")).containsExactlyInAnyOrder(",5", "x,1");
    }

    private List<String> notes(String source) {
        var question = "n = count(" + source + ")";
        cairn("query", question, "--by=" + source + ".note", "--range=2026-01", "--format=csv");
        return said().lines().skip(1).toList();
    }

    @Test
    void a_source_takes_in_the_rows_that_its_condition_is_true_of() throws IOException {
        var declared =
                """
                source: order
                time: at
                key: [id]
                %sfields: {id: integer, at: date, state: text}
                """;
        var all = file("all.yaml", declared.formatted(""));
        var paid = file("paid.yaml", declared.formatted("where: state != 'draft'\n"));
        var rows =
                file(
                        "orders.csv",
                        "id,at,state\n1,2026-01-05,paid\n2,soon,draft\n3,2026-01-05,\n4,2026-01-05,draft\n");
        cairn("apply", all);
        assertThat(cairn("import", "order", rows, "--max-rejects", "1")).isZero();
        assertThat(cairn("apply", paid, "--validate-only")).isZero();
        assertThat(said()).contains("2 stored rows would be removed, as the condition on rows");
        assertThat(cairn("apply", paid)).isZero();
        assertThat(said()).contains("2 stored rows were removed");

        assertThat(cairn("import", "order", rows)).isZero();
        assertThat(counts())
                .contains("read 4", "duplicates 1", "rejected 0")
                .contains("filtered 3 left out by the source's where, 1 of them as it is empty");
        var later = file("later.csv", "id,at,state\n1,2026-01-05,draft\n");
        assertThat(cairn("import", "order", later, "--format", "json")).isZero();
        assertThat(said()).contains("\"superseded\" : 1", "\"filtered\" : 1", "\"undecided\" : 0");
        assertThat(cairn("export", folder.resolve("out").toString())).isZero();
        assertThat(folder.resolve("out/source/order.yaml")).content().contains("where: state != ");
    }

    @Test
    void rows_that_hold_for_a_time_do_not_end_before_they_begin_and_tell_where_they_overlap()
            throws IOException {
        var declared =
                file(
                        "term.yaml",
                        """
                        source: term
                        validity: {from: since, until: until, per: [contract]}
                        key: [contract, since]
                        fields: {contract: text, since: date, until: date}
                        """);
        var rows =
                file(
                        "terms.csv",
                        "contract,since,until\na,2026-01-01,2026-02-01\na,2026-01-15,\na,2026-03-01,2026-02-28\n");
        cairn("apply", declared);

        assertThat(cairn("import", "term", rows, "--max-rejects", "1")).isZero();

        assertThat(complained())
                .contains("'2026-02-28': it ends before it begins: since is 2026-03-01");
        assertThat(said())
                .contains(
                        "Overlapping: 1 row holds while an earlier row of the same thing still does: a from 2026-01-15, beside one until 2026-02-01.");
        cairn("query", "n = count(term)", "--range=2026-01");
        assertThat(complained()).contains("'term' has a validity and no time of its own");
    }

    @Test
    void attributes_with_a_history_are_imported_as_of_a_day_and_read_as_they_were()
            throws IOException {
        var declared =
                file(
                        "history.yaml",
                        """
                        entity: account
                        key: id
                        history: as_of
                        attributes: {tier: text}
                        ---
                        source: visit
                        time: on_day
                        key: [no]
                        account: {field: customer}
                        fields: {no: integer, on_day: date, customer: text}
                        """);
        cairn("apply", declared);
        var free = file("january.csv", "id,tier\nacme,free\n");
        var pro = file("february.csv", "id,tier\nacme,pro\n");
        assertThat(cairn("import", "account", free)).isEqualTo(1);
        assertThat(complained()).contains("--as-of");
        assertThat(cairn("import", "account", pro, "--as-of", "2026-02-01")).isZero();
        assertThat(cairn("import", "account", free, "--as-of", "2026-01-01")).isZero();
        cairn(
                "import",
                "visit",
                file("visits.csv", "no,on_day,customer\n1,2026-01-31,acme\n2,2026-02-01,acme\n"));

        cairn(
                "query",
                "n = count(visit)",
                "--by=account.tier",
                "--range=2026-01..2026-03",
                "--format=csv");
        assertThat(said().lines().skip(1)).containsExactly("free,VALUE,1", "pro,VALUE,1");
        cairn(
                "query",
                "n = count(visit)",
                "--by=account.tier as of now",
                "--range=2026-01..2026-03",
                "--format=csv");
        assertThat(said().lines().skip(1)).containsExactly("pro,VALUE,2");
    }

    /** By March there are the flat, from January on, and the hut, of no day; the loft is of April. Once it is declared, the hut is gone from March on. */
    @Test
    void members_exist_from_and_until_the_days_that_their_files_say() throws IOException {
        var declared =
                """
                entity: place
                key: id
                attributes: {since: {type: date, marks: start}, gone: date}
                """;
        cairn("apply", file("place.yaml", declared));
        cairn(
                "import",
                "place",
                file(
                        "places.csv",
                        "id,since,gone\nflat,2026-01-10,\nhut,,2026-03-01\nloft,2026-04-01,\n"));
        String[] count = {
            "query", "n = count(place)", "--grain=month", "--range=2026-01..2026-04", "--format=csv"
        };
        cairn(count);
        assertThat(said().lines().skip(1).map(line -> line.substring(line.lastIndexOf(',') + 1)))
                .containsExactly("2", "2", "2", "3");

        cairn(
                "apply",
                file(
                        "place.yaml",
                        declared.replace("gone: date", "gone: {type: date, marks: removed}")));
        cairn(count);
        assertThat(said().lines().skip(1).map(line -> line.substring(line.lastIndexOf(',') + 1)))
                .containsExactly("2", "2", "1", "2");
    }

    @Test
    void a_complete_file_closes_what_it_no_longer_says_once_that_many_are_accepted()
            throws IOException {
        cairn(
                "apply",
                file(
                        "subscription.yaml",
                        """
                        source: subscription
                        validity: {from: starts_on, until: ends_on}
                        account: {field: customer}
                        key: [no]
                        fields: {no: integer, customer: text, starts_on: date, ends_on: date}
                        """));
        cairn(
                "import",
                "subscription",
                file(
                        "all.csv",
                        "no,customer,starts_on,ends_on\n1,acme,2026-01-01,\n2,acme,2026-01-01,\n"));
        var fewer = file("fewer.csv", "no,customer,starts_on,ends_on\n1,acme,2026-01-01,\n");

        assertThat(cairn("import", "subscription", fewer, "--complete", "--dry-run")).isEqualTo(1);
        assertThat(complained())
                .contains("LIMIT", "1 of the 2 rows of subscription", "--accept-closing 1");
        assertThat(
                        cairn(
                                "import",
                                "subscription",
                                fewer,
                                "--complete",
                                "--accept-closing",
                                "1",
                                "--dry-run"))
                .isZero();
        assertThat(counts()).contains("Nothing was changed.", "closed 1");
        cairn("import", "subscription", fewer, "--dry-run", "--format", "json");
        assertThat(said()).containsPattern("\"dryRun\" ?: ?true");
        assertThat(cairn("import", "subscription", fewer, "--complete", "--accept-closing", "1"))
                .isZero();
        assertThat(counts()).contains("closed 1", "duplicates 1").doesNotContain("Nothing was");
        assertThat(cairn("import", "subscription", fewer, "--complete")).isZero();
        assertThat(counts()).contains("closed 0");
        assertThat(cairn("import", "subscription", fewer, "--accept-closing", "1")).isEqualTo(2);
    }

    @Test
    void a_column_of_another_name_is_mapped_whatever_the_dialect() throws IOException {
        var export = folder.resolve("export.csv");
        Files.writeString(
                export,
                "Login-Liste\nNr.;Zeit;Kunde\n1;2026-01-05 08:00;'M\u00fcller;S\u00f6hne'\n",
                StandardCharsets.ISO_8859_1);
        assertThat(
                        cairn(
                                "import",
                                "login",
                                export.toString(),
                                "--encoding",
                                "ISO-8859-1",
                                "--skip-lines",
                                "1",
                                "--delimiter",
                                ";",
                                "--quote",
                                "'",
                                "--map",
                                "Nr.=id",
                                "--map",
                                "Zeit=at",
                                "--map",
                                "Kunde=customer"))
                .as(this::complained)
                .isZero();
        assertThat(counts()).contains("loaded 1");
    }

    @Test
    void every_wrong_name_is_told_at_once_with_near_ones() throws IOException {
        var rows = file("logins.csv", "Login No,When,customer\n1,2026-01-05 08:00,a\n");
        assertThat(cairn("import", "login", rows, "--map", "Login Nr=id", "--map", "When=att"))
                .isEqualTo(1);
        assertThat(complained())
                .contains("no column 'Login Nr'")
                .contains("Did you mean 'Login No'?")
                .contains("'When' is said to be 'att', which source login does not take")
                .contains("Did you mean 'at'?")
                .contains("no column 'at'");
    }

    @Test
    void a_file_without_names_is_given_them_and_a_tab_is_known_by_the_name_of_the_file()
            throws IOException {
        var rows = file("logins.tsv", "1\t2026-01-05 08:00\tacme\n2\t2026-01-05 08:00\t\n");
        assertThat(cairn("import", "login", rows, "--columns", "id,at,customer")).isZero();
        assertThat(counts()).contains("loaded 2");
        var accounts = file("accounts.tsv", "id\tTarif\nacme\tpro\n");
        assertThat(cairn("import", "account", accounts, "--map", "Tarif=plan")).isZero();
        assertThat(counts()).contains("loaded 1");
    }

    @Test
    void accounts_of_several_files_are_one_and_what_a_file_leaves_is_told() throws IOException {
        cairn(
                "apply",
                file(
                        "account.yaml",
                        "entity: account\nkey: id\nattributes: {plan: text, country: text, since: {type: date, marks: start}}\n"));
        assertThat(
                        cairn(
                                "import",
                                "account",
                                file("crm.csv", "id,plan,since\nacme,pro,2026-01-01\n")))
                .isZero();
        assertThat(said())
                .contains(
                        "Attributes imported: plan, since. Without a column, so left as they were: country.");
        var billing = file("billing.csv", "id,country,Plans\nacme,DE,x\nACME ,FR,y\n");
        assertThat(cairn("import", "account", billing)).isZero();
        assertThat(said())
                .contains(
                        "Attributes imported: country. Without a column, so left as they were: plan (is it Plans? --map says so), since.")
                .contains("Not declared, so not loaded: Plans.")
                .contains(
                        "Column id: 1 key differs from one that is known by blanks, case or zeros before a number only, such as 'ACME ' from 'acme'");

        cairn(
                "query",
                "n = count(account)",
                "--by=account.plan",
                "--by=account.country",
                "--range=2026-01",
                "--format=csv");
        assertThat(said()).contains("pro,DE,1");
    }

    @Test
    void too_many_rejects_stop_the_import_and_nothing_is_changed() throws IOException {
        var rows =
                file(
                        "logins.csv",
                        "id,at,customer\n1,2026-01-05 08:00,a\nx,2026-01-05 08:00,a\ny,2026-01-05 08:00,a\nz,,\n");
        assertThat(cairn("import", "login", rows, "--max-rejects", "1")).isEqualTo(1);
        assertThat(complained())
                .contains("logins.csv:3: column id: 'x': not a number")
                .contains("logins.csv:4: More than 1 rows are rejected")
                .contains("LIMIT");
        assertThat(cairn("import", "login", rows, "--max-rejects", "3", "--quiet")).isZero();
        assertThat(said()).isEmpty();
        assertThat(complained()).contains("column id: 'x'");
    }

    @Test
    void rejected_rows_have_an_exit_code_of_their_own_and_every_wrong_column_is_told()
            throws IOException {
        var lines = new StringBuilder("id,at,customer\n");
        for (int i = 1; i <= 20; i++) {
            lines.append(i).append(i % 2 == 0 ? ",2026-01-05 08:00,a\n" : ",2026-01-05 3:00,a\n");
        }
        var rows = file("logins.csv", lines + "x,noon,a\n,2026-01-05 08:00,a\n");

        assertThat(cairn("import", "login", rows)).isEqualTo(4);
        assertThat(counts()).contains("read 22", "loaded 10", "rejected 12");
        assertThat(complained())
                .contains("logins.csv:2: column at: '2026-01-05 3:00': not a timestamp")
                .contains("  11 x column at: not a timestamp")
                .contains("first in line 2: '2026-01-05 3:00'")
                .contains("  1 x column id: not a number, first in line 22: 'x'")
                .contains("  1 x column id: a field of the key is empty, first in line 23");

        assertThat(cairn("import", "login", rows, "--format", "json")).isEqualTo(4);
        assertThat(said())
                .contains("\"rejected\" : 12", "\"rejects\" : [ {", "\"count\" : 11")
                .contains("\"value\" : \"2026-01-05 3:00\"");
        assertThat(cairn("import", "login", rows, "--max-rejects", "12")).isZero();
        assertThat(cairn("import", "login", rows, "--max-rejects", "11", "--format", "json"))
                .isEqualTo(1);
        assertThat(said()).contains("\"code\" : \"LIMIT\"", "\"count\" : 11");
    }

    @Test
    void what_is_inferred_is_applied_and_takes_in_the_file() throws IOException {
        var rows =
                file(
                        "Invoices 2026.csv",
                        "Invoice No;Issued;Customer;Total\n1;31.01.2026;ACME;1.234,56\n2;01.02.2026;Bolt;2,50\n");

        assertThat(cairn("infer", rows, "--delimiter", ";")).as(this::complained).isZero();
        assertThat(said()).contains("2 rows", "source: invoices_2026", "format: dd.MM.yyyy");
        assertThat(cairn("apply", file("invoices.yaml", said()))).as(this::complained).isZero();
        assertThat(cairn("import", "invoices_2026", rows, "--delimiter", ";"))
                .as(this::complained)
                .isZero();
        assertThat(counts()).contains("loaded 2", "rejected 0");
        assertThat(cairn("infer", file("broken.csv", "a,b\n\"1,2\n"))).isEqualTo(1);
        assertThat(complained()).contains("broken.csv:2", "quote");
    }

    @Test
    void options_that_contradict_each_other_are_not_understood() throws IOException {
        var csv = file("logins.csv", "id,at,customer\n");
        var json = file("logins.jsonl", "{}\n");
        assertThat(cairn("import", "login", json, "--delimiter", ";")).isEqualTo(2);
        assertThat(complained()).contains("NDJSON has neither delimiters nor quotes");
        assertThat(cairn("import", "login", csv, "--delimiter", "'", "--quote", "'")).isEqualTo(2);
        assertThat(cairn("import", "login", csv, "--delimiter", ";;")).isEqualTo(2);
        assertThat(complained()).contains("';;' is not one character");
        assertThat(cairn("import", "login", csv, "--encoding", "latin")).isEqualTo(2);
        assertThat(complained()).contains("there is no encoding 'latin'");
        assertThat(cairn("import", "login", csv, "--map", "id")).isEqualTo(2);
        assertThat(complained()).contains("'id' is not COLUMN=FIELD");
        assertThat(cairn("import", "login", csv, "--map", "a=id", "--map", "a=at")).isEqualTo(2);
        assertThat(complained()).contains("Column 'a' cannot be both id and at.");
        assertThat(cairn("import", "login", csv, "--max-rejects", "-1")).isEqualTo(2);
        assertThat(cairn("import", "login", csv, "--skip-lines", "-1")).isEqualTo(2);
        assertThat(cairn("import", "login", csv, "--as", "xml")).isEqualTo(2);
    }

    @Test
    void help_teaches_by_example() {
        assertThat(cairn("import", "--help")).isZero();
        assertThat(said())
                .contains("Examples:")
                .contains("--delimiter ';' --encoding windows-1252")
                .contains("--map \"Invoice No=invoice_no\"")
                .contains("Exit codes:");
    }
}
