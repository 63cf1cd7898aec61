package dev.cairn.bootstrap.command;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** One of the commands of {@code cairn}; it needs a constructor without arguments. */
abstract class Subcommand implements Callable<Integer> {
    @ParentCommand private CairnCommand cairn;

    @Spec private CommandSpec spec;

    final CairnCommand cairn() {
        return cairn;
    }

    final CommandSpec spec() {
        return spec;
    }

    /** Says why the command cannot be understood, and ends it with exit code 2. */
    final ParameterException notUnderstood(String message, Object... arguments) {
        return new ParameterException(spec.commandLine(), message.formatted(arguments));
    }

    /** Where the command says what it did. */
    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** Where the command says what went wrong. */
    final PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
