package dev.cairn.adapters.terminal.command;

import java.util.Locale;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Completes commands and options in a shell. */
@Command(
        name = "completion",
        description = "Writes a script that completes commands and options in a shell.",
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
        return 0;
    }
}
