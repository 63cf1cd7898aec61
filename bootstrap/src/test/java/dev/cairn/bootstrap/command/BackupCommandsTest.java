package dev.cairn.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code backup} and {@code restore} beside services that are asked meanwhile. */
class BackupCommandsTest {
    /** After so many, the driver has a question prepared on the server, by the tables of then. */
    private static final int UNTIL_PREPARED = 8;

    private static final List<String> QUESTIONS =
            List.of(
                    SmallCompany.QUESTION,
                    "{ accounts(first: 5) { edges { node { key } } } }",
                    "{ baselines { items { key value sampleSize standardError keptAt } } }",
                    "{ metrics(first: 50) { edges { node { key label } } } }");

    @TempDir private Path folder;

    @Test
    void restored_service_answers_as_the_one_that_was_backed_up() throws Exception {
        var file = folder.resolve("cairn.backup").toString();
        List<JsonNode> answers;
        try (var original = new RunningCairn()) {
            SmallCompany.fill(original);
            assertThat(original.command("baseline", "keep", "sample_nps", "--range", "2026-Q1"))
                    .isZero();
            answers = answers(original);
            assertThat(answers.get(2).at("/data/baselines/items/0/key").asString())
                    .isEqualTo("sample_nps_baseline");
            assertThat(original.command("backup", file)).isZero();
            assertThat(answers(original)).isEqualTo(answers);
        }
        assertThat(answers).allSatisfy(answer -> assertThat(answer.has("errors")).isFalse());

        try (var other = new RunningCairn()) {
            assertThat(other.command("restore", file)).isZero();

            RunningCairn.await(() -> answers(other).equals(answers));
        }
    }

    @Test
    void running_service_answers_from_the_backup_once_it_replaced_what_was_there()
            throws Exception {
        var file = folder.resolve("cairn.backup").toString();
        try (var cairn = new RunningCairn()) {
            SmallCompany.fill(cairn);
            var answers = answers(cairn);
            assertThat(cairn.command("backup", file)).isZero();
            var definition =
                    Files.writeString(
                            folder.resolve("more.yaml"),
                            "metric: twice_nps\nof: cell\nformula: 2 * sample_nps\n");
            assertThat(cairn.command("apply", definition.toString())).isZero();
            RunningCairn.await(() -> answers(cairn).getLast().toString().contains("twice_nps"));
            for (int i = 0; i < UNTIL_PREPARED; i++) {
                answers(cairn);
            }

            assertThat(cairn.command("restore", file)).isEqualTo(1);
            assertThat(cairn.command("restore", file, "--replace")).isEqualTo(2);
            assertThat(answers(cairn).getLast().toString()).contains("twice_nps");
            assertThat(cairn.command("restore", file, "--replace", "--yes")).isZero();

            RunningCairn.await(() -> answers(cairn).equals(answers));
        }
    }

    @Test
    void files_that_cannot_be_are_refused_before_anything_starts() throws IOException {
        var there = Files.writeString(folder.resolve("there"), "x").toString();
        var nowhere = folder.resolve("none/cairn.backup").toString();

        assertThat(CommandLineMain.execute("backup", there)).isEqualTo(2);
        assertThat(CommandLineMain.execute("backup", nowhere)).isEqualTo(2);
        assertThat(CommandLineMain.execute("restore", nowhere)).isEqualTo(2);
        assertThat(CommandLineMain.execute("restore", there, "--replace")).isEqualTo(2);
    }

    private static List<JsonNode> answers(RunningCairn cairn) {
        return QUESTIONS.stream().map(question -> cairn.ask(question, Map.of())).toList();
    }
}
