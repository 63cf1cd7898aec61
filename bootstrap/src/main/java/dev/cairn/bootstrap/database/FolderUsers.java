package dev.cairn.bootstrap.database;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/**
 * Who uses a data directory: processes by locks on a file, which the operating system releases when one dies, and
 * users within this process by a count, because Java's file locks hold for the whole process.
 */
final class FolderUsers {
    private static final Map<Path, FolderUsers> IN_THIS_PROCESS = new HashMap<>();

    private final FileChannel channel;
    private final FileLock shared;
    private int count;

    private FolderUsers(FileChannel channel, FileLock shared) {
        this.channel = channel;
        this.shared = shared;
    }

    /** Runs something that no other process or thread may run on the same folder at the same time. */
    static <T> T alone(Path file, Action<T> action) throws IOException {
        synchronized (FolderUsers.class) {
            try (FileChannel channel = open(file);
                    FileLock _ = channel.lock()) {
                return action.run();
            }
        }
    }

    static synchronized void enter(Path file) throws IOException {
        FolderUsers users = IN_THIS_PROCESS.get(file);
        if (users == null) {
            FileChannel channel = open(file);
            users = new FolderUsers(channel, channel.lock(0, Long.MAX_VALUE, true));
            IN_THIS_PROCESS.put(file, users);
        }
        users.count++;
    }

    /** Whether the user who left was the last. */
    static synchronized boolean leave(Path file) throws IOException {
        FolderUsers users = IN_THIS_PROCESS.get(file);
        if (users == null) {
            throw new IllegalStateException("nobody here uses " + file);
        }
        users.count--;
        if (users.count > 0) {
            return false;
        }
        IN_THIS_PROCESS.remove(file);
        users.shared.release();
        try (FileChannel channel = users.channel;
                FileLock alone = channel.tryLock()) {
            return alone != null;
        }
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /** What is done while alone. */
    @FunctionalInterface
    interface Action<T> {
        T run() throws IOException;
    }
}
