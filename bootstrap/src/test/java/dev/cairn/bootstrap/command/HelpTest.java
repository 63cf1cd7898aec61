package dev.cairn.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Every example that the help shows works on the sample, as it is printed. */
@TestInstance(Lifecycle.PER_CLASS)
class HelpTest {
    private static final List<String> TAUGHT =
            List.of("query", "explain", "metrics", "dimensions", "check");

    private RunningCairn cairn;

    @BeforeAll
    void start() {
        cairn = new RunningCairn();
        cairn.fillSample();
    }

    @AfterAll
    void stop() {
        cairn.close();
    }

    private List<String> examples(String command) {
        var help = cairn.inside(command, "--help");
        assertThat(help.exit()).isZero();
        return help.output()
                .replaceAll("\\\\\\R *", "")
                .lines()
                .filter(line -> line.startsWith("  cairn "))
                .map(line -> line.strip().substring("cairn ".length()))
                .toList();
    }

    @TestFactory
    Stream<DynamicTest> an_example_of_the_help_works() {
        return TAUGHT.stream()
                .flatMap(command -> examples(command).stream())
                .map(example -> DynamicTest.dynamicTest(example, () -> works(example)));
    }

    private void works(String example) {
        var words =
                ShellWords.of(example).stream()
                        .map(word ->
                                word.startsWith("examples/")
                                        ? RunningCairn.inRepository(word).toString()
                                        : word)
                        .toArray(String[]::new);
        var said = cairn.inside(words);
        assertThat(said.exit()).as(said.errors()).isZero();
        assertThat(said.output()).isNotBlank();
    }

    @Test
    void each_of_these_commands_teaches_by_example() {
        assertThat(TAUGHT)
                .allSatisfy(command -> assertThat(examples(command)).hasSizeGreaterThan(2));
    }

    @Test
    void the_help_lists_the_exit_codes() {
        assertThat(cairn.inside("help").output())
                .contains("Exit codes:")
                .containsPattern("(?m)^  0 ")
                .containsPattern("(?m)^  1 ")
                .containsPattern("(?m)^  2 ")
                .containsPattern("(?m)^  3 ");
    }
}
