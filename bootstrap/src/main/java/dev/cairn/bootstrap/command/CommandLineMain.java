package dev.cairn.bootstrap.command;

import dev.cairn.application.port.StoreFailed;
import java.util.UUID;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
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
        cairn.setExecutionStrategy(CommandLineMain::runAndWrite);
        cairn.setExecutionExceptionHandler((failure, command, _) -> {
            switch (failure) {
                case StartFailed _ -> {}
                case StoreFailed lost -> command.getErr().println("cairn: " + lost.getMessage());
                default -> bug(failure, command);
            }
            return FAILED;
        });
        return cairn;
    }

    /** What nobody can read was not done: the disk is full, or the reader has gone. */
    private static int runAndWrite(ParseResult parsed) {
        int exit = new RunLast().execute(parsed);
        var command = parsed.commandSpec().commandLine();
        if (command.getOut().checkError() && exit == 0) {
            command.getErr().println("cairn: This could not be written as a whole.");
            return FAILED;
        }
        return exit;
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
