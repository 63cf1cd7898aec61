package dev.cairn.bootstrap.database;

import dev.cairn.bootstrap.StartProblem;
import dev.cairn.bootstrap.StartRefused;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Held by the one service on a data directory; the operating system releases it when the service dies. */
final class ServiceLock implements AutoCloseable {
    /** The locked byte is behind the content: on Windows others could not read the content otherwise. */
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    private final FileChannel channel;

    private ServiceLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Refuses to be the second. */
    static ServiceLock take(ServerFolder folder) throws IOException {
        FileChannel channel =
                FileChannel.open(
                        folder.serviceLock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (lock(channel) == null) {
            channel.close();
            throw new StartRefused(
                    StartProblem.SERVICE_RUNS_ALREADY,
                    "A Cairn service runs on the data directory %s already: process %s."
                            .formatted(
                                    folder.root(), Files.readString(folder.serviceLock()).strip()),
                    "Stop that one first, or give this one --data-dir, server.port and cairn.postgres.port of its own. Other commands work beside a running service.");
        }
        channel.truncate(0);
        channel.write(
                ByteBuffer.wrap(
                        "%d%n"
                                .formatted(ProcessHandle.current().pid())
                                .getBytes(StandardCharsets.UTF_8)));
        return new ServiceLock(channel);
    }

    /** The process of the service on a folder. */
    static Optional<Long> holder(ServerFolder folder) throws IOException {
        if (!Files.exists(folder.serviceLock())) {
            return Optional.empty();
        }
        var written = Files.readString(folder.serviceLock()).strip();
        if (written.isEmpty()) {
            return Optional.empty();
        }
        long process = Long.parseLong(written);
        // A service that ended left its number; only where it may run is the lock tried.
        if (ProcessHandle.of(process).filter(ProcessHandle::isAlive).isEmpty()) {
            return Optional.empty();
        }
        try (var channel = FileChannel.open(folder.serviceLock(), StandardOpenOption.WRITE)) {
            return lock(channel) == null ? Optional.of(process) : Optional.empty();
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock(LOCKED_BYTE, 1, false);
        } catch (OverlappingFileLockException _) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
