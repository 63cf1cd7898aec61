package dev.cairn.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.terminal.command.CairnCommandLine;
import dev.cairn.testkit.database.TestServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import tools.jackson.databind.json.JsonMapper;

/** Checks of definition files; with {@code --alone} nothing is started. */
class CheckCommandTest {
    private static final String WRONG =
            """
            metric: revenue
            of: cell
            formula: sum(invoice.amont) + count(nothing)
            ---
            metric: share
            of: cell
            formula: 1 +
            """;
    private static final String SOURCE =
            """
            source: invoice
            time: issued_on
            key: [invoice_no]
            fields:
              invoice_no: text
              issued_on: date
              amount: {type: money, currency: EUR}
            """;

    @TempDir Path folder;

    private final StringWriter output = new StringWriter();
    private final StringWriter errors = new StringWriter();

    private CommandLine commands() {
        return CairnCommandLine.of(
                        new CairnCommand() {
                            @Override
                            public int run(Work work) {
                                throw new AssertionError("nothing is to be started");
                            }
                        })
                .setOut(new PrintWriter(output))
                .setErr(new PrintWriter(errors));
    }

    private int alone(String... options) {
        var words = new String[options.length + 3];
        words[0] = "check";
        words[1] = folder.toString();
        words[2] = "--alone";
        System.arraycopy(options, 0, words, 3, options.length);
        return commands().execute(words);
    }

    private void file(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    @Test
    void every_problem_is_told_with_file_line_and_column() throws IOException {
        file("wrong.yaml", WRONG);
        file("source.yaml", SOURCE);

        assertThat(alone()).isEqualTo(1);
        assertThat(errors.toString().replace(folder.toString(), "DIR"))
                .isEqualToNormalizingNewlines(
                        """
                        DIR/wrong.yaml:3:22: No field 'amont' in 'invoice'. Did you mean 'amount'? [UNKNOWN_FIELD]
                        DIR/wrong.yaml:3:37: No source, slice or entity 'nothing'. [UNKNOWN_SOURCE]
                        DIR/wrong.yaml:7:13: Found the end, expected a value. [SYNTAX]
                        3 problems in 2 files.
                        """);
        assertThat(output.toString()).isEmpty();
    }

    /** A metric that uses three names: one that nobody defines, one of the unread file, a field that is not there. */
    private static final String READER =
            """
            metric: reader
            of: cell
            formula: count(nothing) + torn + sum(invoice.amont)
            """;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "metric: torn\nof: cel\nformula: count(invoice)\n",
                "metric: torn\nof: cell\nformula: 'open\n",
                "metric: torn\nof: cell: x\n",
                "{metric: torn, of: cell\n",
                "metric:\n  torn\nof: [\n",
                "a: [\n---\nmetric: 'torn' # a name\nof: cell\n",
                "metrik: torn\nof: cell\nformula: count(invoice)\n"
            })
    void what_an_unread_definition_cannot_explain_is_told_at_once(String unread)
            throws IOException {
        file("source.yaml", SOURCE);
        file("reader.yaml", READER);
        file("unread.yaml", unread);

        assertThat(alone()).isEqualTo(1);
        assertThat(errors.toString())
                .contains("unread.yaml:", "'nothing'", "No field 'amont' in 'invoice'")
                .doesNotContain("No metric 'torn'");
    }

    @Test
    void what_may_be_defined_in_a_file_that_is_no_text_is_not_called_unknown() throws IOException {
        file("source.yaml", SOURCE);
        file("reader.yaml", READER);
        Files.write(folder.resolve("unread.yaml"), new byte[] {'a', (byte) 0xff});

        assertThat(alone()).isEqualTo(1);
        assertThat(errors.toString()).contains("UTF-8").doesNotContain("reader.yaml");
    }

    @Test
    void attributes_may_be_those_of_an_unread_entity() throws IOException {
        file("cohort.yaml", "cohort: large\nrule: seats > 100\n");
        file("unread.yaml", "entity: account\nattributes: {seats: integr}\n");

        assertThat(alone()).isEqualTo(1);
        assertThat(errors.toString()).contains("unread.yaml").doesNotContain("cohort.yaml");
    }

    @Test
    void problems_are_json_where_json_is_asked_for() throws IOException {
        file("wrong.yaml", WRONG);

        assertThat(alone("--format=json")).isEqualTo(1);
        var problem = JsonMapper.shared().readTree(output.toString()).at("/problems/0");
        assertThat(problem.at("/path/0").asString()).endsWith("wrong.yaml");
        assertThat(problem.get("line").intValue()).isPositive();
        assertThat(errors.toString()).isEmpty();
    }

    @Test
    void of_very_many_problems_the_first_are_listed_and_all_are_counted() throws IOException {
        for (int file = 0; file < 3; file++) {
            file(file + ".yaml", "nonsense: 1\n---\n".repeat(70));
        }

        assertThat(alone()).isEqualTo(1);
        assertThat(errors.toString().lines())
                .hasSize(102)
                .endsWith(
                        "There are 210 problems in all; these are the first 100. [LIMIT]",
                        "210 problems in 3 files.");
    }

    @Test
    void right_files_are_counted() throws IOException {
        file("source.yaml", SOURCE);
        file("metric.yaml", "metric: invoices\nof: cell\nformula: count(invoice)\n");

        assertThat(alone()).isZero();
        assertThat(output.toString())
                .isEqualToNormalizingNewlines("2 definitions in 2 files, no problems.\n");
    }

    @Test
    void files_that_need_what_is_in_force_are_checked_with_it_and_nothing_changes()
            throws IOException {
        try (var database = TestServer.shared().emptyDatabase()) {
            var settings =
                    new String[] {
                        "--set=spring.datasource.url=" + database.url(),
                        "--set=spring.datasource.username=" + database.user(),
                        "--set=spring.datasource.password=" + database.password()
                    };
            file("source.yaml", SOURCE);
            assertThat(cairn(settings, "apply")).isZero();
            Files.delete(folder.resolve("source.yaml"));
            file("metric.yaml", "metric: invoices\nof: cell\nformula: count(invoice)\n");

            assertThat(alone()).isEqualTo(1);
            assertThat(errors.toString()).contains("UNKNOWN_SOURCE");
            assertThat(cairn(settings, "check")).isZero();
            assertThat(cairn(settings, "check", "--format=json")).isZero();
            assertThat(cairn(settings, "metrics", "invoices")).isEqualTo(1);
        }
    }

    private int cairn(String[] settings, String command, String... options) {
        var words = new ArrayList<String>();
        words.add(command);
        if (!command.equals("metrics")) {
            words.add(folder.toString());
        }
        words.addAll(List.of(options));
        words.addAll(List.of(settings));
        return CairnCommandLine.of(new CairnCommand())
                .setOut(new PrintWriter(output))
                .setErr(new PrintWriter(errors))
                .execute(words.toArray(String[]::new));
    }

    @Test
    void a_folder_that_is_not_there_is_not_understood_and_an_empty_one_is_a_problem() {
        assertThat(commands().execute("check", folder.resolve("no").toString())).isEqualTo(2);
        assertThat(alone()).isEqualTo(1);
    }
}
