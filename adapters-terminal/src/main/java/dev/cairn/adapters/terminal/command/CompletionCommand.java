package dev.cairn.adapters.terminal.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Completes commands, options and names of the catalogue in a shell. */
@Command(
        name = "completion",
        description = {
            "Writes a script that completes commands and options in a shell, and the",
            "names of metrics and dimensions and values in conditions."
        },
        footer = {
            "",
            "For this session, in bash or zsh:",
            "  source <(cairn completion bash)",
            "For every session, with the program's own command before it, into ~/.bashrc or ~/.zshrc."
        })
public final class CompletionCommand extends Subcommand {
    /** The script asks the shell that reads it which one it is. */
    enum Shell {
        BASH,
        ZSH;

        /** As it is typed and completed. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Parameters(paramLabel = "SHELL", description = "bash or zsh; both read the same script.")
    private Shell shell;

    @Override
    public Integer call() {
        out().println("# In %s: source <(cairn completion %s)".formatted(shell, shell));
        out().print(AutoComplete.bash("cairn", spec().root().commandLine()));
        out().print(names());
        return 0;
    }

    /** What completes names, which only a running Cairn knows. */
    private static String names() {
        try (var script = CompletionCommand.class.getResourceAsStream("names.sh")) {
            return new String(
                    Objects.requireNonNull(script, "names.sh").readAllBytes(),
                    StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
