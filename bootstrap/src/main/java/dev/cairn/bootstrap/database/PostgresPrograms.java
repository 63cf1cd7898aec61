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

    private static final Path SELF = Path.of("/proc/self");
    private static final int ROOT = 0;

    /** As the programs say it themselves. */
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
                        "log_checkpoints=off");
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
        run(
                List.of(
                        "pg_ctl",
                        "stop",
                        "--wait",
                        "--silent",
                        "--mode=fast",
                        "--pgdata=" + cluster,
                        "--timeout=" + timeout.toSeconds()));
    }

    private String run(List<String> programAndArguments) throws IOException {
        List<String> command = new ArrayList<>(programAndArguments);
        command.set(0, home.resolve("bin").resolve(command.getFirst()).toString());
        boolean root = isRoot();
        if (root) {
            command.addAll(0, List.of("unshare", "--user"));
        }
        // A file, not a pipe: the server inherits the output and would keep a pipe open.
        Path output = Files.createTempFile("cairn-postgres", ".out");
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile())
                            .start();
            process.getOutputStream().close();
            int exit = process.waitFor();
            String said = new String(Files.readAllBytes(output), StandardCharsets.UTF_8).strip();
            if (exit != 0 && root && said.startsWith("unshare:")) {
                throw new StartRefused(
                        StartProblem.NO_POSTGRES,
                        "PostgreSQL does not run as root, and this machine does not let root run it in a user namespace (%s)."
                                .formatted(said),
                        "Start Cairn as an ordinary user who owns the data directory.");
            }
            if (exit != 0) {
                throw new IOException(
                        "%s failed (exit code %d): %s"
                                .formatted(programAndArguments.getFirst(), exit, said));
            }
            return said;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted =
                    new InterruptedIOException(programAndArguments.getFirst());
            interrupted.initCause(e);
            throw interrupted;
        } finally {
            Files.delete(output);
        }
    }

    private static boolean isRoot() throws IOException {
        return Files.exists(SELF) && Files.getAttribute(SELF, "unix:uid").equals(ROOT);
    }
}
