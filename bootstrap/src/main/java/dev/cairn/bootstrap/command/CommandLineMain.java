package dev.cairn.bootstrap.command;

import java.util.UUID;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Where the program starts. */
public final class CommandLineMain {
    static final int FAILED = 3;
    private static final int NOT_UNDERSTOOD = 2;

    private CommandLineMain() {}

    public static void main(String[] arguments) {
        System.exit(execute(arguments));
    }

    /** Runs one command line and gives its exit code: 0 done, 1 problems in what was given, 2 not understood, 3 failed, and what a command adds. */
    static int execute(String... arguments) {
        return commands(new CairnCommand()).execute(arguments);
    }

    /** The command line: {@code cairn} and its subcommands. */
    static CommandLine commands(CairnCommand root) {
        CommandLine cairn = new CommandLine(root);
        cairn.setCaseInsensitiveEnumValuesAllowed(true);
        cairn.setParameterExceptionHandler((wrong, _) -> notUnderstood(wrong));
        cairn.setExecutionExceptionHandler((failure, command, _) -> {
            if (!(failure instanceof StartFailed)) {
                bug(failure, command);
            }
            return FAILED;
        });
        return cairn;
    }

    /** A long usage would push what is wrong out of sight. */
    private static int notUnderstood(ParameterException wrong) {
        var command = wrong.getCommandLine();
        command.getErr().println(wrong.getMessage());
        UnmatchedArgumentException.printSuggestions(wrong, command.getErr());
        command.getErr().println("See " + command.getCommandSpec().qualifiedName() + " --help.");
        return NOT_UNDERSTOOD;
    }

    private static void bug(Exception failure, CommandLine command) {
        var id = UUID.randomUUID();
        LoggerFactory.getLogger(CommandLineMain.class)
                .error("{}: '{}' failed", id, command.getCommandName(), failure);
        command.getErr()
                .println(
                        "Something went wrong inside Cairn; the log has the cause under %s."
                                .formatted(id));
    }
}
