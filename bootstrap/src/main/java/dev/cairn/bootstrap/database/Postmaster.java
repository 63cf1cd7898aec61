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
    private static final int PID_LINE = 0;
    private static final int START_LINE = 2;
    private static final int PORT_LINE = 3;

    /** Process start times are known to about a second; a reused process number is off by far more. */
    private static final Duration SAME_START = Duration.ofMinutes(2);

    /** The server that runs on the folder now. A file left behind by a crash gives none. */
    static Optional<Postmaster> runningOn(Path cluster) {
        return readFrom(cluster).filter(Postmaster::isAlive);
    }

    private static Optional<Postmaster> readFrom(Path cluster) {
        List<String> lines;
        try {
            lines = Files.readAllLines(cluster.resolve("postmaster.pid"));
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

    /** After a restart of the machine the same number may belong to another process: its program or start time tells. */
    private boolean isAlive() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .map(ProcessHandle::info)
                .filter(process ->
                        process.command()
                                .map(program -> program.contains("postgres"))
                                .orElseGet(() ->
                                        process.startInstant().map(this::isSameStart).orElse(true)))
                .isPresent();
    }

    private boolean isSameStart(Instant instant) {
        return Duration.between(instant, started).abs().compareTo(SAME_START) < 0;
    }
}
