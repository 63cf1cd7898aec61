package dev.cairn.bootstrap.command;

import org.springframework.context.ApplicationContext;

/**
 * A command that works on Cairn's data, through the same use cases and on the same PostgreSQL as the service: the
 * running one, or one it starts for its own time.
 */
abstract class DataCommand extends Subcommand {

    @Override
    public final Integer call() throws Exception {
        check();
        return cairn().run(this::run);
    }

    /** Looks at what was asked for, before anything is started; what cannot be done is {@link #notUnderstood}. */
    void check() throws Exception {}

    /** Does the work with what it takes from {@code cairn}, and gives the exit code. */
    abstract int run(ApplicationContext cairn) throws Exception;
}
