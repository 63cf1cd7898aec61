package dev.cairn.testkit.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a server of tests keeps its data: in memory, where Linux has room for it there. Each test makes and drops a database of some hundred files, and
 * ext4 searches long for an inode that was not in use a minute ago; that took more time than everything else of the tests.
 */
final class ServerFolder {
    private static final Path IN_MEMORY = Path.of("/dev/shm");

    /** What is there at once is far less: some databases of 8 MB each, and the write-ahead log. */
    private static final long ROOM = 3L << 30;

    private ServerFolder() {}

    static Path create() throws IOException {
        boolean hasRoom =
                Files.isWritable(IN_MEMORY)
                        && Files.getFileStore(IN_MEMORY).getUsableSpace() >= ROOM;
        return hasRoom
                ? Files.createTempDirectory(IN_MEMORY, "cairn-test-postgres")
                : Files.createTempDirectory("cairn-test-postgres");
    }
}
