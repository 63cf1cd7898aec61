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
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
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

    /** Names as a Cairn says them that has two metrics. */
    private static final String CAIRN =
            """
            function cairn() {
              echo "$*" >> "$XDG_CACHE_HOME/asked"
              case "$*" in
                'metrics --names'*) printf '%s\\n' nps nrr ;;
                'dimensions --names nps nrr') printf '%s\\n' account account.plan ;;
                'dimensions --names nps') printf '%s\\n' account account.plan survey.kind ;;
                'dimensions --values account.plan --starts-with '*) printf '%s\\n' pro 'pro plus' ;;
                *) return 1 ;;
              esac
            }
            """;

    private @Nullable String completed(String shell, String... words) throws Exception {
        var script = script(shell);
        var quoted =
                Arrays.stream(words)
                        .map(word -> "'" + word.replace("'", "'\\''") + "'")
                        .collect(Collectors.joining(" "));
        // zsh completes by bash's functions as sh does.
        var program =
                """
                source %s
                export XDG_CACHE_HOME=%s
                %s
                function complete_here() {
                  [ -z "$ZSH_VERSION" ] || emulate -L sh
                  COMP_WORDS=(%s); COMP_CWORD=%d
                  _cairn_complete 2> /dev/null
                  printf '%%s\\n' "${%sCOMPREPLY[@]}"
                }
                complete_here\
                """
                        .formatted(
                                script,
                                folder,
                                CAIRN,
                                quoted,
                                words.length - 1,
                                shell.equals("zsh") ? "(Q)" : "");
        return run(shell, "-c", program);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh"})
    void the_shell_completes_names_of_metrics_and_dimensions(String shell) throws Exception {
        var metrics = completed(shell, "cairn", "query", "n");
        assumeTrue(metrics != null, shell + " is not installed");
        assertThat(metrics).isEqualTo("nps\nnrr\n");
        assertThat(completed(shell, "cairn", "query", "nps", "nr")).isEqualTo("nrr\n");
        assertThat(completed(shell, "cairn", "query", "nps", "nrr", "--by", "acc"))
                .isEqualTo("account\naccount.plan\n");
        assertThat(completed(shell, "cairn", "query", "nps", "--by", "account,sur"))
                .isEqualTo("account,survey.kind\n");
        assertThat(completed(shell, "cairn", "query", "nps", "--gr")).contains("--grain");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh"})
    void the_shell_completes_conditions(String shell) throws Exception {
        var dimension = completed(shell, "cairn", "query", "nps", "--where", "\"not account.p");
        assumeTrue(dimension != null, shell + " is not installed");
        assertThat(dimension).isEqualTo("not account.plan\n");
        assertThat(completed(shell, "cairn", "query", "nps", "--where", "\"account.plan = 'p"))
                .isEqualTo("account.plan = 'pro'\naccount.plan = 'pro plus'\n");
        assertThat(completed(shell, "cairn", "query", "nps", "--where", "\"account.plan\"").strip())
                .isEmpty();
        assertThat(
                        completed(
                                shell,
                                "cairn",
                                "query",
                                "nps",
                                "--where",
                                "\"account.plan = 'pro' or account.plan != 'pro "))
                .isEqualTo("account.plan = 'pro' or account.plan != 'pro plus'\n");
    }

    @Test
    void what_was_said_is_kept_for_a_minute() throws Exception {
        var first = completed("bash", "cairn", "query", "n");
        assumeTrue(first != null, "bash is not installed");
        assertThat(completed("bash", "cairn", "query", "nr")).isEqualTo("nrr\n");
        assertThat(Files.readAllLines(folder.resolve("asked"))).containsExactly("metrics --names");
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
