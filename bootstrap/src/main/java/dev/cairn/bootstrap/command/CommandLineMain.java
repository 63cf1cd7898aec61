package dev.cairn.bootstrap.command;

import dev.cairn.adapters.terminal.command.CairnCommandLine;

/** Where the program starts. */
public final class CommandLineMain {
    private CommandLineMain() {}

    public static void main(String[] arguments) {
        System.exit(execute(arguments));
    }

    /** Runs one command line and returns its exit code. */
    static int execute(String... arguments) {
        return CairnCommandLine.of(new CairnCommand()).execute(arguments);
    }
}
