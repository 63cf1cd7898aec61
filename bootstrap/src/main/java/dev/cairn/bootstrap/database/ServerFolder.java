package dev.cairn.bootstrap.database;

import dev.cairn.bootstrap.StartRefused;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/** What stands where in the data directory. */
record ServerFolder(Path root) {
    private static final int PASSWORD_BYTES = 24;
    private static final long LOG_BYTES = 10_000_000;

    /** Creates the folder when it is not there, readable for its owner only. */
    static ServerFolder at(Path dataDir) throws IOException {
        try {
            return new ServerFolder(
                    Files.createDirectories(dataDir, ownerOnly("rwx------")).toRealPath());
        } catch (FileSystemException e) {
            throw new StartRefused(
                    "The data directory %s cannot be created or read: %s".formatted(dataDir, e),
                    "Start Cairn as the user who owns it, or set cairn.data-dir to another folder.",
                    e);
        }
    }

    /** PostgreSQL's own data directory. */
    Path cluster() {
        return root.resolve("postgres");
    }

    Path binaries() {
        return root.resolve("postgres-programs");
    }

    Path log() {
        return root.resolve("postgres.log");
    }

    Path passwordFile() {
        return root.resolve("postgres-password");
    }

    /** Held while a server is looked for, started or stopped. */
    Path startLock() {
        return root.resolve("start.lock");
    }

    /** Shared by all who use the server; who gets it alone is the last one. */
    Path usersLock() {
        return root.resolve("users.lock");
    }

    String password() throws IOException {
        try {
            return Files.readString(passwordFile()).strip();
        } catch (NoSuchFileException | AccessDeniedException e) {
            throw new StartRefused(
                    "The password of the embedded PostgreSQL cannot be read from %s."
                            .formatted(passwordFile()),
                    "Start Cairn as the user who owns the data directory; if the file is lost, put it back from a backup.",
                    e);
        }
    }

    void makePassword() throws IOException {
        if (Files.exists(passwordFile())) {
            return;
        }
        byte[] random = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(random);
        Files.createFile(passwordFile(), ownerOnly("rw-------"));
        Files.writeString(passwordFile(), HexFormat.of().formatHex(random) + "\n");
    }

    /** Keeps the server's log from growing without end: one old file beside it. */
    void rotateLog() throws IOException {
        if (Files.exists(log()) && Files.size(log()) > LOG_BYTES) {
            Files.move(
                    log(),
                    root.resolve("postgres.log.old"),
                    java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static FileAttribute<?>[] ownerOnly(String permissions) {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
