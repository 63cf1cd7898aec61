package dev.cairn.bootstrap.command;

import org.springframework.context.ApplicationContext;

/**
 * A command that works on Cairn's data, through the same use cases and on the same PostgreSQL as the service: the
 * running one, or one it starts for its own time.
 */
abstract class DataCommand extends Subcommand {

    @Override
    public final Integer call() throws Exception {
        try (var context = cairn().startForCommand()) {
            return run(context);
        }
    }

    /** Does the work with what it takes from {@code cairn}, and gives the exit code. */
    abstract int run(ApplicationContext cairn) throws Exception;
}
