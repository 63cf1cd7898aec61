package dev.cairn.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/mapping.md shows is so: its files are imported by its commands, and the answers are those of the page. */
class MappingDocumentTest {
    private static final Pattern BLOCK =
            Pattern.compile("```(\\w+)(?: ([\\w.]+))?\\n(.*?)```", Pattern.DOTALL);

    @Test
    void its_exports_become_facts_and_its_questions_have_its_answers(@TempDir Path folder)
            throws Exception {
        try (var cairn = new RunningCairn()) {
            run(cairn, List.of("apply", "--pack", "customer-success"));
            String said = "";
            int answers = 0;
            var blocks =
                    BLOCK.matcher(Files.readString(RunningCairn.inRepository("docs/mapping.md")));
            while (blocks.find()) {
                var content = blocks.group(3);
                switch (blocks.group(1)) {
                    case "csv", "json" ->
                            Files.writeString(folder.resolve(blocks.group(2)), content);
                    case "sh" -> {
                        for (var line : content.strip().split("\n")) {
                            if (line.startsWith("cairn query")) {
                                // Else an answer on a slow machine comes before the count of what
                                // it tells of.
                                cairn.inside("trust");
                            }
                            said = run(cairn, words(line, folder));
                        }
                    }
                    case "text" -> {
                        assertThat(said.strip()).isEqualTo(content.strip());
                        answers++;
                    }
                    default -> throw new AssertionError("what is " + blocks.group(1) + "?");
                }
            }
            assertThat(answers).isEqualTo(4);
        }
    }

    private static List<String> words(String line, Path folder) {
        var words = new ArrayList<>(ShellWords.of(line));
        assertThat(words.removeFirst()).isEqualTo("cairn");
        words.replaceAll(word ->
                Files.exists(folder.resolve(word)) ? folder.resolve(word).toString() : word);
        return words;
    }

    private static String run(RunningCairn cairn, List<String> words) {
        var said = cairn.inside(words.toArray(String[]::new));
        assertThat(said.exit()).as(said.errors()).isZero();
        return said.output();
    }
}
