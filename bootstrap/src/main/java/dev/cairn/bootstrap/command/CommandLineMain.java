package dev.cairn.bootstrap.command;

import picocli.CommandLine;

/** Where the program starts. */
public final class CommandLineMain {
    static final int FAILED = 3;

    private CommandLineMain() {}

    public static void main(String[] arguments) {
        System.exit(execute(arguments));
    }

    /** Runs one command line and gives its exit code: 0 done, 1 problems in what was given, 2 not understood, 3 failed. */
    static int execute(String... arguments) {
        return commands(new CairnCommand()).execute(arguments);
    }

    /** The command line: {@code cairn} and its subcommands. */
    static CommandLine commands(CairnCommand root) {
        CommandLine cairn = new CommandLine(root);
        cairn.setCaseInsensitiveEnumValuesAllowed(true);
        cairn.setExecutionExceptionHandler((failure, command, _) -> {
            if (!(failure instanceof StartFailed)) {
                command.getErr().println(command.getColorScheme().richStackTraceString(failure));
            }
            return FAILED;
        });
        return cairn;
    }
}
