package dev.cairn.bootstrap.database;

import dev.cairn.bootstrap.StartProblem;
import dev.cairn.bootstrap.StartRefused;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Runs {@code initdb} and {@code pg_ctl}. They refuse to run as root, so root runs them in a user namespace. */
record PostgresPrograms(Path home) {
    static final String USER = "cairn";

    /** The major version of the programs; a cluster of another cannot be read by them. */
    static final int MAJOR_VERSION = 18;

    private static final List<String> NAMESPACE = List.of("unshare", "--user");
    private static final Path SELF = Path.of("/proc/self");
    private static final int ROOT = 0;

    /** As the programs report it. */
    String version() throws IOException {
        return run(List.of("postgres", "--version"));
    }

    /** Text sorts by code point and folds case by Unicode, whatever the machine's locale. */
    void createCluster(Path cluster, Path passwordFile) throws IOException {
        run(
                List.of(
                        "initdb",
                        "--pgdata=" + cluster,
                        "--username=" + USER,
                        "--auth=scram-sha-256",
                        "--pwfile=" + passwordFile,
                        "--encoding=UTF8",
                        "--locale=C",
                        "--locale-provider=builtin",
                        "--builtin-locale=C.UTF-8"));
    }

    void start(Path cluster, Path log, int port, Duration timeout) throws IOException {
        List<String> settings =
                List.of(
                        "port=" + port,
                        "listen_addresses=127.0.0.1",
                        "unix_socket_directories=",
                        "fsync=on",
                        "full_page_writes=on",
                        "synchronous_commit=on",
                        "timezone=UTC",
                        "log_timezone=UTC",
                        "log_checkpoints=off",
                        // What was asked stays out of the log.
                        "log_min_error_statement=panic");
        run(
                List.of(
                        "pg_ctl",
                        "start",
                        "--wait",
                        "--silent",
                        "--pgdata=" + cluster,
                        "--log=" + log,
                        "--timeout=" + timeout.toSeconds(),
                        "--options="
                                + String.join(
                                        " ", settings.stream().map("-c %s"::formatted).toList())));
    }

    /** Open transactions are rolled back; what was committed stays. */
    void stop(Path cluster, Duration timeout) throws IOException {
        stop(cluster, "fast", timeout);
    }

    /** The same without a checkpoint; the next start recovers. */
    void abort(Path cluster, Duration timeout) throws IOException {
        stop(cluster, "immediate", timeout);
    }

    private void stop(Path cluster, String mode, Duration timeout) throws IOException {
        run(
                List.of(
                        "pg_ctl",
                        "stop",
                        "--wait",
                        "--silent",
                        "--mode=" + mode,
                        "--pgdata=" + cluster,
                        "--timeout=" + timeout.toSeconds()));
    }

    private String run(List<String> programAndArguments) throws IOException {
        List<String> command = new ArrayList<>(programAndArguments);
        command.set(0, home.resolve("bin").resolve(command.getFirst()).toString());
        boolean root = isRoot();
        if (root) {
            command.addAll(0, NAMESPACE);
        }
        Ended ended = run(command, programAndArguments.getFirst());
        if (root && ended.exit() != 0 && ended.said().startsWith(NAMESPACE.getFirst() + ":")) {
            throw notAsRoot(ended.said());
        }
        if (ended.exit() != 0) {
            throw new IOException(
                    "%s failed (exit code %d): %s"
                            .formatted(programAndArguments.getFirst(), ended.exit(), ended.said()));
        }
        return ended.said();
    }

    /** Refuses a machine where root cannot run PostgreSQL, if the user is root. */
    static void refuseRoot() throws IOException {
        if (isRoot()) {
            var command = new ArrayList<>(NAMESPACE);
            command.add("true");
            Ended ended = run(command, NAMESPACE.getFirst());
            if (ended.exit() != 0) {
                throw notAsRoot(ended.said());
            }
        }
    }

    private static StartRefused notAsRoot(String said) {
        return new StartRefused(
                StartProblem.NO_POSTGRES,
                "PostgreSQL does not run as root, and this machine does not let root run it in a user namespace (%s)."
                        .formatted(said),
                "Start Cairn as an ordinary user who owns the data directory.");
    }

    /** How a program ended, and all its output. */
    private record Ended(int exit, String said) {}

    private static Ended run(List<String> command, String name) throws IOException {
        // A file, not a pipe: the server inherits the output and would keep a pipe open.
        Path output = Files.createTempFile("cairn-postgres", ".out");
        try {
            Process process = start(command, output);
            process.getOutputStream().close();
            int exit = process.waitFor();
            return new Ended(
                    exit, new String(Files.readAllBytes(output), StandardCharsets.UTF_8).strip());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException(name);
            interrupted.initCause(e);
            throw interrupted;
        } finally {
            Files.delete(output);
        }
    }

    private static Process start(List<String> command, Path output) throws IOException {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
        } catch (IOException notThere) {
            if (command.getFirst().equals(NAMESPACE.getFirst())) {
                throw notAsRoot(String.valueOf(notThere.getMessage()));
            }
            throw notThere;
        }
    }

    private static boolean isRoot() throws IOException {
        return Files.exists(SELF) && Files.getAttribute(SELF, "unix:uid").equals(ROOT);
    }
}
