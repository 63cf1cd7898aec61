package dev.cairn.adapters.terminal.command;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** One of the commands of {@code cairn}; it needs a constructor without arguments. */
public abstract class Subcommand implements Callable<Integer> {
    /** The exit code where something failed that neither the command line nor a file is to blame for. */
    protected static final int FAILED = 3;

    @Spec private CommandSpec spec;

    protected final CommandSpec spec() {
        return spec;
    }

    /** Reports why the command cannot be understood, and ends it with exit code 2. */
    protected final ParameterException notUnderstood(String message, Object... arguments) {
        return new ParameterException(spec.commandLine(), message.formatted(arguments));
    }

    /** For the result. */
    protected final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** For what went wrong. */
    protected final PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
