package dev.cairn.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cairn.adapters.terminal.command.CairnCommandLine;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The completion script, read by a real shell. */
class CompletionCommandTest {
    @TempDir Path folder;

    private Path script(String shell) throws IOException {
        var output = new StringWriter();
        int exit =
                CairnCommandLine.of(new CairnCommand())
                        .setOut(new PrintWriter(output))
                        .execute("completion", shell);
        assertThat(exit).isZero();
        return Files.writeString(folder.resolve("completion"), output.toString());
    }

    /** What a shell says; null where it is not installed. */
    private static @Nullable String run(String... command)
            throws IOException, InterruptedException {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(said).isZero();
            return said;
        } catch (IOException notThere) {
            return null;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh"})
    void the_shell_reads_the_script_without_complaint(String shell) throws Exception {
        var script = script(shell).toString();
        var said = run(shell, "-c", "source " + script + " && echo read");
        assumeTrue(said != null, shell + " is not installed");
        assertThat(said).endsWith("read\n");
    }

    @ParameterizedTest
    @CsvSource({
        "cairn qu, query",
        "cairn metrics --se, --search",
        "cairn query nps --gr, --grain",
        "cairn query nps --grain we, week",
        "cairn query nps --format nd, ndjson",
        "cairn completion b, bash"
    })
    void bash_completes(String typed, String completed) throws Exception {
        var words = new ArrayList<>(List.of(typed.split(" ")));
        var array = String.join(" ", words.stream().map(word -> "'" + word + "'").toList());
        var said =
                run(
                        "bash",
                        "-c",
                        """
                        source %s
                        COMP_WORDS=(%s); COMP_CWORD=%d; COMP_LINE='%s'; COMP_POINT=%d
                        _complete_cairn
                        printf '%%s\\n' "${COMPREPLY[@]}"\
                        """
                                .formatted(
                                        script("bash"),
                                        array,
                                        words.size() - 1,
                                        typed,
                                        typed.length()));
        assumeTrue(said != null, "bash is not installed");
        assertThat(said.lines().map(String::strip)).contains(completed);
    }

    /** A full disk, or a pipe whose reader has gone. */
    private static final class Closed extends Writer {
        @Override
        public void write(char[] text, int from, int length) throws IOException {
            throw new IOException("No space left on device");
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @ParameterizedTest
    @ValueSource(strings = {"completion bash", "--help", "query --help"})
    void what_cannot_be_written_is_not_done(String line) {
        var errors = new StringWriter();
        int exit =
                CairnCommandLine.of(new CairnCommand())
                        .setOut(new PrintWriter(new Closed()))
                        .setErr(new PrintWriter(errors))
                        .execute(line.split(" "));
        assertThat(exit).isEqualTo(3);
        assertThat(errors.toString())
                .isEqualTo("cairn: The output could not be written completely.\n");
    }

    @Test
    void another_shell_is_not_understood() {
        var errors = new StringWriter();
        int exit =
                CairnCommandLine.of(new CairnCommand())
                        .setErr(new PrintWriter(errors))
                        .execute("completion", "fish");
        assertThat(exit).isEqualTo(2);
        assertThat(errors.toString()).containsIgnoringCase("bash, zsh");
    }
}
