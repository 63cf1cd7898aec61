package dev.cairn.adapters.terminal.command;

import picocli.CommandLine.ParentCommand;

/** A command that works on Cairn's data, through the same use cases and on the same PostgreSQL as the service. */
abstract class DataCommand extends Subcommand {
    @ParentCommand private Cairn cairn;

    @Override
    public final Integer call() throws Exception {
        check();
        return cairn.run(this::run);
    }

    /** Looks at what was asked for, before anything is started; what cannot be done is {@link #notUnderstood}. */
    void check() throws Exception {}

    /** Does the work, and returns the exit code. */
    abstract int run(UseCases cairn) throws Exception;
}
