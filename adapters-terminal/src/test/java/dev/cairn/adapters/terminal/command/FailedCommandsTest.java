package dev.cairn.adapters.terminal.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.application.port.BackupOutcome;
import dev.cairn.application.port.BackupProgress;
import dev.cairn.application.port.RestoreOutcome;
import dev.cairn.application.port.StoreFailed;
import dev.cairn.application.port.in.BackupUseCase;
import dev.cairn.application.port.in.DefinitionFilesUseCase;
import dev.cairn.application.port.in.ImportUseCase;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What commands report, and how they exit, where a use case does not do what was asked. */
class FailedCommandsTest {
    @TempDir Path folder;

    private Path file;

    @BeforeEach
    void write_a_file() throws IOException {
        file = Files.writeString(folder.resolve("facts.csv"), "at\n");
    }

    private static FakeCairn restoring(RestoreOutcome outcome) {
        return FakeCairn.with(
                new BackupUseCase() {
                    @Override
                    public BackupOutcome backUp(Path target, BackupProgress progress) {
                        return new BackupOutcome.Refused(List.of("table notes"));
                    }

                    @Override
                    public RestoreOutcome restore(
                            Path source, boolean replace, BackupProgress progress) {
                        return outcome;
                    }
                });
    }

    private void restored(RestoreOutcome outcome, int exit, String reason) {
        var said = restoring(outcome).execute("restore", file.toString());

        assertThat(said.exit()).isEqualTo(exit);
        assertThat(said.errors()).contains(reason).endsWith("Nothing was changed.\n");
        assertThat(said.output()).isEmpty();
    }

    @Test
    void a_restore_that_is_not_done_reports_the_reason_and_the_way_out() {
        restored(new RestoreOutcome.Damaged("it ends too early"), 1, "damaged: it ends too early.");
        restored(new RestoreOutcome.TooNew("9.0"), 1, "was written by Cairn 9.0, which is newer");
        restored(new RestoreOutcome.NotEmpty("account"), 1, "--replace");
        restored(new RestoreOutcome.NotAllowed("denied"), 3, "grant create on database");
    }

    @Test
    void a_backup_that_would_lack_something_is_refused() {
        var said =
                restoring(new RestoreOutcome.Damaged(""))
                        .execute("backup", folder.resolve("new.zip").toString());

        assertThat(said.exit()).isEqualTo(3);
        assertThat(said.errors()).contains("table notes");
    }

    @Test
    void what_contracts_are_is_not_taken_where_a_score_is_held_against_something_else() {
        var said =
                restoring(new RestoreOutcome.Damaged(""))
                        .execute("calibrate", "health", "--success", "stayed", "--renewed", "won");

        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.errors()).contains("--renewed go with --due");
    }

    @Test
    void an_import_that_loses_its_store_says_how_to_go_on() {
        ImportUseCase failing =
                _ -> {
                    throw new StoreFailed("The database was stopped.", new IOException());
                };

        var said = FakeCairn.with(failing).execute("import", "visit", file.toString());

        assertThat(said.exit()).isEqualTo(3);
        assertThat(said.errors())
                .startsWith("cairn: The database was stopped.\n")
                .contains("Run the same command again");
    }

    @Test
    void a_file_that_cannot_be_read_or_written_is_no_bug() {
        ImportUseCase failing =
                _ -> {
                    throw new UncheckedIOException(new IOException("Input/output error"));
                };
        var full =
                FakeCairn.with(
                        new DefinitionFilesUseCase() {
                            @Override
                            public Outcome define(Request request) {
                                throw new AssertionError("nothing is to be defined");
                            }

                            @Override
                            public Export export(Path target) throws IOException {
                                throw new IOException("No space left on device");
                            }
                        });

        for (var said :
                List.of(
                        FakeCairn.with(failing).execute("import", "visit", file.toString()),
                        full.execute("export", folder.toString()))) {
            assertThat(said.exit()).isEqualTo(3);
            assertThat(said.errors())
                    .matches(
                            "cairn: A file cannot be read or written: (Input/output error|No space left on device)\n");
        }
    }

    @Test
    void an_unforeseen_failure_is_reported_as_a_bug_with_an_id() {
        ImportUseCase failing =
                _ -> {
                    throw new IllegalStateException("planted");
                };

        var said = FakeCairn.with(failing).execute("import", "visit", file.toString());

        assertThat(said.exit()).isEqualTo(3);
        assertThat(said.errors())
                .contains("Something went wrong inside Cairn; the log has the cause under")
                .doesNotContain("planted");
    }

    @Test
    void what_cannot_be_done_is_seen_before_anything_is_started() {
        var cairn = restoring(new RestoreOutcome.Damaged(""));

        assertThat(cairn.execute("restore", folder.resolve("none.zip").toString()).exit())
                .isEqualTo(2);
        assertThat(cairn.execute("backup", file.toString()).exit()).isEqualTo(2);
        assertThat(cairn.execute("import", "visit", folder.toString()).exit()).isEqualTo(2);
        assertThat(cairn.starts()).isZero();
    }

    private static FakeCairn without(DefinitionFilesUseCase.Outcome outcome) {
        return FakeCairn.with(
                new DefinitionFilesUseCase() {
                    @Override
                    public Outcome define(Request request) {
                        return outcome;
                    }

                    @Override
                    public Export export(Path target) {
                        throw new AssertionError("nothing is to be exported");
                    }
                });
    }

    @Test
    void problems_are_written_in_the_order_of_files_and_lines_as_text_or_json() {
        var near =
                Problem.of(ProblemCode.UNKNOWN_SOURCE, Place.of("b.yaml"), "No source 'tiket'.")
                        .suggesting(List.of("ticket"));
        var syntax = Problem.of(ProblemCode.SYNTAX, Place.of("a.yaml").at(3, 7), "Expected ')'.");
        var cairn = without(new DefinitionFilesUseCase.Outcome.Rejected(List.of(near, syntax), 2));

        var text = cairn.execute("check", folder.toString());
        var json = cairn.execute("check", folder.toString(), "--format", "json");

        assertThat(text.exit()).isEqualTo(1);
        assertThat(text.errors())
                .isEqualTo(
                        """
                        a.yaml:3:7: Expected ')'. [SYNTAX]
                        b.yaml: No source 'tiket'. Did you mean 'ticket'? [UNKNOWN_SOURCE]
                        2 problems in 2 files.
                        """);
        assertThat(json.exit()).isEqualTo(1);
        assertThat(json.output())
                .isEqualToNormalizingNewlines(
                        """
                        {
                          "problems" : [ {
                            "code" : "SYNTAX",
                            "message" : "Expected ')'.",
                            "path" : [ "a.yaml" ],
                            "line" : 3,
                            "column" : 7,
                            "suggestions" : [ ]
                          }, {
                            "code" : "UNKNOWN_SOURCE",
                            "message" : "No source 'tiket'. Did you mean 'ticket'?",
                            "path" : [ "b.yaml" ],
                            "line" : null,
                            "column" : null,
                            "suggestions" : [ "ticket" ]
                          } ]
                        }
                        """);
    }

    @Test
    void a_folder_that_defines_nothing_is_not_understood() {
        var cairn = without(new DefinitionFilesUseCase.Outcome.Empty());

        for (var command : List.of("apply", "check")) {
            var said = cairn.execute(command, folder.toString());
            assertThat(said.exit()).isEqualTo(2);
            assertThat(said.errors()).contains("There is no definition in " + folder);
        }
        assertThat(cairn.starts()).isEqualTo(2);
        assertThat(cairn.execute("check", folder.toString(), "--alone").exit()).isEqualTo(2);
        assertThat(cairn.starts()).isEqualTo(2);
    }
}
