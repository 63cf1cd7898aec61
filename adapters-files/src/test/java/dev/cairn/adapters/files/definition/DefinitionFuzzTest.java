package dev.cairn.adapters.files.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever is done to a file of definitions, it is read as definitions or as problems at places that exist. */
class DefinitionFuzzTest {
    private static final long SEED = 20_261_122L;
    private static final Duration FAR_TOO_LONG = Duration.ofMinutes(30);
    private static final List<String> EXAMPLES = examples();
    private static final List<String> ODD =
            List.of(
                    "\n",
                    "  ",
                    ":",
                    "- ",
                    "[",
                    "]",
                    "{",
                    "}",
                    "'",
                    "\"",
                    "&a ",
                    "*a",
                    "!!int ",
                    "|",
                    ">",
                    "%",
                    "\t",
                    "#",
                    "?",
                    ",",
                    "---\n",
                    "\0",
                    "\ufeff",
                    "\\",
                    "<<: ",
                    "~",
                    "...\n",
                    "&a [*a,*a]",
                    "\ud800",
                    "\u2028",
                    "!!java.lang.Runtime ",
                    "9".repeat(400));

    private static List<String> examples() {
        try (var files = Files.walk(Path.of("..", "examples"))) {
            return files.filter(path -> path.toString().endsWith(".yaml"))
                    .sorted()
                    .map(DefinitionFuzzTest::text)
                    .toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Test
    void mutated_files_give_problems_and_nothing_else() {
        tries(0, 1_000);
    }

    @Test
    @Tag("long")
    void many_more_mutated_files_give_problems_and_nothing_else() {
        tries(1_000, 100_000);
    }

    private static void tries(int from, int to) {
        assertTimeoutPreemptively(
                FAR_TOO_LONG,
                () -> {
                    for (int round = from; round < to; round++) {
                        check(SEED + round);
                    }
                });
    }

    private static void check(long seed) {
        var text = mutated(new Random(seed));
        try {
            int lines = (int) text.chars().filter(c -> c == '\n').count() + 1;
            assertThat(
                            DefinitionReader.read(List.of(new DefinitionFile("a.yaml", text)))
                                    .problems())
                    .allSatisfy(problem -> {
                        assertThat(problem.place().line()).isBetween(1, lines);
                        assertThat(problem.place().column()).isPositive();
                        assertThat(problem.message()).isNotBlank();
                    });
        } catch (Throwable thrown) {
            throw new AssertionError("seed %d, text:%n%s".formatted(seed, text), thrown);
        }
    }

    private static String mutated(Random random) {
        var text = new StringBuilder(EXAMPLES.get(random.nextInt(EXAMPLES.size())));
        int start = random.nextInt(text.length());
        text.setLength(Math.min(text.length(), start + 1_500));
        text.delete(0, Math.max(0, start - 200));
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(text.length() + 1);
            switch (random.nextInt(3)) {
                case 0 -> text.insert(at, ODD.get(random.nextInt(ODD.size())));
                case 1 -> text.delete(at, Math.min(text.length(), at + random.nextInt(1, 8)));
                default ->
                        text.insert(
                                at,
                                text.substring(
                                        at, Math.min(text.length(), at + random.nextInt(60))));
            }
        }
        return text.toString();
    }
}
