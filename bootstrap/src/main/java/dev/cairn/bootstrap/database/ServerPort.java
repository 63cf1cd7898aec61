package dev.cairn.bootstrap.database;

import dev.cairn.bootstrap.PortUse;
import dev.cairn.bootstrap.StartProblem;
import dev.cairn.bootstrap.StartRefused;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.OptionalInt;

/**
 * Which port the server listens on. Between the look at a port and the server's start on it another program can take it, such as a second
 * server that starts at the same time: where any port will do, the next one is tried.
 *
 * @param wanted the port that the settings name; 0 takes any free one
 */
record ServerPort(int wanted) {
    private static final int TRIES = 5;

    /** Starts the server on a port; throws {@link BindException} where it is taken. */
    @FunctionalInterface
    interface Start {
        void on(int port) throws IOException;
    }

    /** If any free port will do, the last one is preferred: other processes on the folder look for the server there. */
    int free(OptionalInt last) throws IOException {
        if (wanted == 0 && last.isPresent()) {
            try (ServerSocket socket = listen(last.getAsInt())) {
                return socket.getLocalPort();
            } catch (BindException _) {
                return free(OptionalInt.empty());
            }
        }
        try (ServerSocket socket = listen(wanted)) {
            return socket.getLocalPort();
        } catch (BindException e) {
            throw taken(wanted, e);
        }
    }

    /** Starts on that port or, where it has been taken since and any will do, on another; returns the one it started on. */
    int start(int first, Start start) throws IOException {
        int port = first;
        for (int tries = 1; ; tries++) {
            try {
                start.on(port);
                return port;
            } catch (BindException e) {
                if (wanted != 0 || tries == TRIES) {
                    throw taken(port, e);
                }
                port = free(OptionalInt.empty());
            }
        }
    }

    private static StartRefused taken(int port, BindException cause) {
        return new StartRefused(
                StartProblem.PORT_TAKEN,
                PortUse.taken(port) + " The embedded PostgreSQL was to listen there.",
                "Stop that one, or set cairn.postgres.port to another port: --set cairn.postgres.port=0 takes any that is free.",
                cause);
    }

    private static ServerSocket listen(int port) throws IOException {
        return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
    }
}
