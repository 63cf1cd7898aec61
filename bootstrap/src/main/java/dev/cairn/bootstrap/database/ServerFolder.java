package dev.cairn.bootstrap.database;

import dev.cairn.bootstrap.StartProblem;
import dev.cairn.bootstrap.StartRefused;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The layout of the data directory. */
record ServerFolder(Path root) {
    private static final int PASSWORD_BYTES = 24;
    private static final long LOG_BYTES = 10_000_000;
    private static final int SHOWN_FILES = 3;

    /** What may exist before the cluster: leftovers of an aborted start, and what mounts bring along. */
    private static final Set<String> BEFORE_THE_CLUSTER =
            Set.of(
                    "postgres.new",
                    "postgres-password",
                    "postgres-password.new",
                    "postgres-programs",
                    "postgres.log",
                    "postgres.log.old",
                    "start.lock",
                    "users.lock",
                    "service.lock",
                    "lost+found");

    /** Creates the folder where there is none, readable by its owner only; refuses one that is not Cairn's. */
    static ServerFolder at(Path dataDir) throws IOException {
        ServerFolder folder;
        try {
            Path there =
                    Files.exists(dataDir)
                            ? dataDir
                            : Files.createDirectories(dataDir, ownerOnly("rwx------"));
            folder = new ServerFolder(there.toRealPath());
        } catch (FileSystemException e) {
            throw unusable(dataDir, e);
        }
        folder.refuseUnusable();
        return folder;
    }

    /** Reports that the data directory cannot be used. */
    static StartRefused unusable(Path dataDir, FileSystemException cause) {
        return new StartRefused(
                StartProblem.DATA_DIR_UNUSABLE,
                "The data directory %s cannot be used: %s.".formatted(dataDir, reason(cause)),
                "Start Cairn as the user who owns it, or set cairn.data-dir to another folder.",
                cause);
    }

    private static String reason(FileSystemException cause) {
        return switch (cause) {
            case AccessDeniedException denied ->
                    "user %s has no access to %s"
                            .formatted(System.getProperty("user.name"), denied.getFile());
            case FileAlreadyExistsException file -> file.getFile() + " is a file";
            default -> String.valueOf(cause.getMessage());
        };
    }

    /** Refuses a folder that Cairn cannot work on; changes nothing. */
    void refuseUnusable() throws IOException {
        if (!Files.isDirectory(root)) {
            throw new StartRefused(
                    StartProblem.DATA_DIR_UNUSABLE,
                    "The data directory %s is a file.".formatted(root),
                    "Set cairn.data-dir to a folder.");
        }
        if (!Files.isWritable(root)) {
            throw new StartRefused(
                    StartProblem.DATA_DIR_UNUSABLE,
                    "The data directory %s may not be written by user %s."
                            .formatted(root, System.getProperty("user.name")),
                    "Start Cairn as the user who owns it, or set cairn.data-dir to another folder.");
        }
        if (Files.exists(cluster())) {
            refuseForeignCluster();
        } else {
            refuseForeignFiles();
        }
    }

    /** Reports that what was there is there no more. */
    StartRefused gone() {
        return new StartRefused(
                StartProblem.DATA_DIR_UNUSABLE,
                "The data in %s is gone: it was deleted or moved while Cairn was running."
                        .formatted(root),
                "Put it back where it was; or stop Cairn, start it again on an empty folder, and run 'cairn restore FILE' with a backup.");
    }

    /** Refuses one that does not exist and cannot be created. */
    void refuseUnmakable() {
        var above = root.getParent();
        while (above != null && !Files.exists(above)) {
            above = above.getParent();
        }
        if (above == null || !Files.isDirectory(above) || !Files.isWritable(above)) {
            throw new StartRefused(
                    StartProblem.DATA_DIR_UNUSABLE,
                    "The data directory %s is not there, and user %s cannot make it in %s."
                            .formatted(root, System.getProperty("user.name"), above),
                    "Make it, or set cairn.data-dir to another folder.");
        }
    }

    /** Before anything is written: what root writes beside the data of another user would shut that user out. */
    private void refuseForeignCluster() throws IOException {
        String owner = Files.getOwner(cluster()).getName();
        String user = System.getProperty("user.name", "");
        if (posix() && !owner.equals(user)) {
            throw new StartRefused(
                    StartProblem.DATA_DIR_UNUSABLE,
                    "The data in %s belongs to user %s, and Cairn is started as user %s."
                            .formatted(cluster(), owner, user),
                    "Start Cairn as %s, or set cairn.data-dir to another folder.".formatted(owner));
        }
        Path versionFile = cluster().resolve("PG_VERSION");
        if (!Files.exists(versionFile)) {
            throw new StartRefused(
                    StartProblem.NOT_A_DATA_DIR,
                    "%s is not a PostgreSQL data directory.".formatted(cluster()),
                    "Move it away, or set cairn.data-dir to another folder.");
        }
        String version = Files.readString(versionFile).strip();
        if (!version.equals(String.valueOf(PostgresPrograms.MAJOR_VERSION))) {
            throw new StartRefused(
                    StartProblem.DATA_OF_OTHER_POSTGRES,
                    "The data in %s was written by PostgreSQL %s; this Cairn brings PostgreSQL %d, which cannot read it."
                            .formatted(cluster(), version, PostgresPrograms.MAJOR_VERSION),
                    "Run 'cairn backup FILE' with the Cairn it was written with, then 'cairn restore FILE' with this one and cairn.data-dir set to another folder.");
        }
    }

    private void refuseForeignFiles() throws IOException {
        List<String> foreign;
        try (Stream<Path> files = Files.list(root)) {
            foreign =
                    files.map(file -> file.getFileName().toString())
                            .filter(name ->
                                    !name.startsWith(".") && !BEFORE_THE_CLUSTER.contains(name))
                            .sorted()
                            .toList();
        }
        if (!foreign.isEmpty()) {
            String shown = String.join(", ", foreign.stream().limit(SHOWN_FILES).toList());
            throw new StartRefused(
                    StartProblem.NOT_A_DATA_DIR,
                    "%s has files that are not Cairn's (%s%s), and no data of Cairn."
                            .formatted(root, shown, foreign.size() > SHOWN_FILES ? ", ..." : ""),
                    "Set cairn.data-dir to a folder of its own: an empty one, or one that is not there yet.");
        }
    }

    /** PostgreSQL's own data directory. */
    Path cluster() {
        return root.resolve("postgres");
    }

    /** Where the cluster is made, to be moved to its place when it is complete. */
    Path halfMadeCluster() {
        return root.resolve("postgres.new");
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

    /** Shared by all users of the server; whoever gets it exclusively is the last one. */
    Path usersLock() {
        return root.resolve("users.lock");
    }

    /** Held by the service; there is one at most. */
    Path serviceLock() {
        return root.resolve("service.lock");
    }

    String password() throws IOException {
        try {
            return Files.readString(passwordFile()).strip();
        } catch (NoSuchFileException | AccessDeniedException e) {
            throw new StartRefused(
                    StartProblem.DATA_DIR_UNUSABLE,
                    "The password of the embedded PostgreSQL cannot be read from %s."
                            .formatted(passwordFile()),
                    "Start Cairn as the user who owns the data directory; if the file is lost, put it back from a copy of the folder.",
                    e);
        }
    }

    /** For a cluster that is about to be made. */
    void makePassword() throws IOException {
        byte[] random = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(random);
        Path half = root.resolve("postgres-password.new");
        Files.deleteIfExists(half);
        Files.createFile(half, ownerOnly("rw-------"));
        Files.writeString(half, HexFormat.of().formatHex(random) + "\n");
        Files.move(half, passwordFile(), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Keeps the server's log from growing without end: one old file beside it. */
    void rotateLog() throws IOException {
        if (Files.exists(log()) && Files.size(log()) > LOG_BYTES) {
            Files.move(
                    log(), root.resolve("postgres.log.old"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static boolean posix() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    }

    private static FileAttribute<?>[] ownerOnly(String permissions) {
        return posix()
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
