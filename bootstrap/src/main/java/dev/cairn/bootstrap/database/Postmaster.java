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
import java.util.OptionalInt;
import java.util.stream.Stream;

/** The running server process of a database folder, as its {@code postmaster.pid} describes it. */
record Postmaster(long pid, Instant started, int port, String state) {
    private static final String FILE = "postmaster.pid";
    private static final String SERVER = "postgres";
    private static final int PID_LINE = 0;
    private static final int START_LINE = 2;
    private static final int PORT_LINE = 3;
    private static final int STATE_LINE = 7;
    private static final String STOPPING = "stopping";
    private static final Path PROCESSES = Path.of("/proc");
    private static final int FIRST_ORDINARY_PORT = 1024;

    /** Process start times are known to about a second; a reused process number is off by far more. */
    private static final Duration SAME_START = Duration.ofMinutes(2);

    /** The server that runs on the folder now; empty where a crash left the file behind. */
    static Optional<Postmaster> runningOn(Path cluster) {
        return readFrom(cluster).filter(Postmaster::isServer);
    }

    /** The port of the last server: other processes look for the server there. */
    static OptionalInt lastPortOn(Path cluster) {
        return readFrom(cluster).stream()
                .mapToInt(Postmaster::port)
                .filter(port -> port >= FIRST_ORDINARY_PORT)
                .findFirst();
    }

    /** Whether a server left its file behind. */
    static boolean wasOn(Path cluster) {
        return Files.exists(cluster.resolve(FILE));
    }

    /**
     * Removes the file that a crash left behind, if its process number now belongs to another program, or to a dead process that its parent has not
     * reaped: PostgreSQL sees only that there is such a process, and refuses to start. In every other case it finds out by itself.
     */
    static void forgetCrashedOn(Path cluster) throws IOException {
        boolean taken =
                readFrom(cluster)
                        .filter(left ->
                                isDead(left.pid)
                                        || left.program()
                                                .filter(program -> !program.contains(SERVER))
                                                .isPresent())
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
                        Integer.parseInt(lines.get(PORT_LINE).strip()),
                        lines.size() > STATE_LINE ? lines.get(STATE_LINE).strip() : ""));
    }

    /** Whether it is stopping, by request or because it cannot continue. */
    boolean isStopping() {
        return state.equals(STOPPING);
    }

    /** Whether its working directory is this folder or, where that cannot be seen, its command line names it. */
    boolean worksIn(Path cluster) {
        try {
            return Files.isSameFile(PROCESSES.resolve(String.valueOf(pid)).resolve("cwd"), cluster);
        } catch (IOException _) {
            return program().isPresent()
                    && process()
                            .flatMap(process -> process.info().commandLine())
                            .filter(line -> line.contains(cluster.toString()))
                            .isPresent();
        }
    }

    /** Kills it and its children, and waits until they are gone. What was committed is on disk. */
    void kill(Duration timeout) throws IOException {
        var server = process();
        if (server.isEmpty()) {
            return;
        }
        var all = Stream.concat(server.stream(), server.get().descendants()).toList();
        all.forEach(ProcessHandle::destroyForcibly);
        long end = System.nanoTime() + timeout.toNanos();
        while (all.stream().anyMatch(process -> process.isAlive() && !isDead(process.pid()))) {
            if (System.nanoTime() - end > 0) {
                throw new IOException("PostgreSQL (process %d) cannot be ended".formatted(pid));
            }
            Pause.briefly();
        }
    }

    /** After a restart of the machine the number may belong to another process: its program and its start time tell them apart. */
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
        return ProcessHandle.of(pid).filter(process -> process.isAlive() && !isDead(pid));
    }

    /** Whether it is a zombie: its parent has not reaped it, as the first process of a container seldom does. */
    private static boolean isDead(long pid) {
        try {
            var stat = Files.readString(PROCESSES.resolve(String.valueOf(pid)).resolve("stat"));
            return stat.substring(stat.lastIndexOf(')') + 1).strip().startsWith("Z");
        } catch (IOException _) {
            return false;
        }
    }
}
