package dev.cairn.bootstrap.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The running server process of a database folder, as its {@code postmaster.pid} describes it. */
record Postmaster(long pid, Instant started, int port) {
    private static final String FILE = "postmaster.pid";
    private static final String SERVER = "postgres";
    private static final int PID_LINE = 0;
    private static final int START_LINE = 2;
    private static final int PORT_LINE = 3;

    /** Process start times are known to about a second; a reused process number is off by far more. */
    private static final Duration SAME_START = Duration.ofMinutes(2);

    /** The server that runs on the folder now. A file left behind by a crash gives none. */
    static Optional<Postmaster> runningOn(Path cluster) {
        return readFrom(cluster).filter(Postmaster::isServer);
    }

    /** Whether a server left its file behind. */
    static boolean wasOn(Path cluster) {
        return Files.exists(cluster.resolve(FILE));
    }

    /**
     * Removes the file a crash left behind, if its process number now belongs to another program: PostgreSQL sees only
     * that there is such a process, and refuses to start. In every other case it finds out by itself.
     */
    static void forgetCrashedOn(Path cluster) throws IOException {
        boolean taken =
                readFrom(cluster)
                        .flatMap(Postmaster::program)
                        .filter(program -> !program.contains(SERVER))
                        .isPresent();
        if (taken) {
            Files.delete(cluster.resolve(FILE));
        }
    }

    private static Optional<Postmaster> readFrom(Path cluster) {
        List<String> lines;
        try {
            lines = Files.readAllLines(cluster.resolve(FILE));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (lines.size() <= PORT_LINE) {
            return Optional.empty();
        }
        return Optional.of(
                new Postmaster(
                        Long.parseLong(lines.get(PID_LINE).strip()),
                        Instant.ofEpochSecond(Long.parseLong(lines.get(START_LINE).strip())),
                        Integer.parseInt(lines.get(PORT_LINE).strip())));
    }

    /** After a restart of the machine the number may be another process's: its program or its start time tells. */
    private boolean isServer() {
        return process().isPresent()
                && program()
                        .map(program -> program.contains(SERVER))
                        .orElseGet(() ->
                                process()
                                        .flatMap(process -> process.info().startInstant())
                                        .map(instant ->
                                                Duration.between(instant, started)
                                                                .abs()
                                                                .compareTo(SAME_START)
                                                        < 0)
                                        .orElse(true));
    }

    private Optional<String> program() {
        return process().flatMap(process -> process.info().command());
    }

    private Optional<ProcessHandle> process() {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
    }
}
