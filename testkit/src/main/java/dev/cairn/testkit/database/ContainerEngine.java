package dev.cairn.testkit.database;

import java.io.PrintStream;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * The container engine of this machine. One that runs may still be unable to start a server, for example because it cannot pull an image, and may take minutes to
 * find that out: then it is said once, and it is not asked again.
 */
final class ContainerEngine {
    private final BooleanSupplier isRunning;
    private final Function<String, TestServer> start;
    private final PrintStream console;
    private boolean hasFailed;

    /** @param start starts a server of an image */
    ContainerEngine(
            BooleanSupplier isRunning, Function<String, TestServer> start, PrintStream console) {
        this.isRunning = isRunning;
        this.start = start;
        this.console = console;
    }

    /** A server of an image; none where no engine runs, or where it could not start one. */
    synchronized Optional<TestServer> server(String image) {
        if (hasFailed || !isRunning.getAsBoolean()) {
            return Optional.empty();
        }
        try {
            return Optional.of(start.apply(image));
        } catch (RuntimeException failed) {
            hasFailed = true;
            console.printf(
                    "The container engine cannot start %s, so that tests do without it: %s%n",
                    image, cause(failed));
            return Optional.empty();
        }
    }

    private static Throwable cause(Throwable failed) {
        var cause = failed;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
