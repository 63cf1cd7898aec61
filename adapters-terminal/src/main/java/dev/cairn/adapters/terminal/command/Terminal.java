package dev.cairn.adapters.terminal.command;

import java.io.Console;
import java.util.Optional;

/** The terminal that a person sits at. */
final class Terminal {
    private Terminal() {}

    /** Empty where input or output is a file, a pipe or nothing. */
    @SuppressWarnings("SystemConsoleNull") // Null again since JDK 25 where there is no terminal.
    static Optional<Console> find() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal);
    }
}
