package dev.cairn.bootstrap.database;

import dev.cairn.bootstrap.StartRefused;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What can be seen of a data directory without changing anything.
 *
 * @param folder the directory, there or not
 * @param filled whether there is a database in it
 * @param service the process of the service that works on it
 * @param server how to connect to the PostgreSQL that runs on it
 * @param killed whether PostgreSQL was not shut down in order
 */
public record FolderLook(
        Path folder,
        boolean filled,
        Optional<Long> service,
        Optional<ServerAccess> server,
        boolean killed) {

    /**
     * Looks at it.
     *
     * @throws StartRefused where Cairn could not work on it
     */
    public static FolderLook at(Path dataDir) {
        try {
            var folder = new ServerFolder(dataDir.toAbsolutePath().normalize());
            if (!Files.exists(dataDir)) {
                folder.refuseUnmakable();
                return new FolderLook(
                        folder.root(), false, Optional.empty(), Optional.empty(), false);
            }
            return at(new ServerFolder(dataDir.toRealPath()));
        } catch (FileSystemException e) {
            throw ServerFolder.unusable(dataDir, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FolderLook at(ServerFolder folder) throws IOException {
        folder.refuseUnusable();
        Optional<Postmaster> postmaster = Postmaster.runningOn(folder.cluster());
        Optional<ServerAccess> server =
                postmaster.isPresent()
                        ? Optional.of(new ServerAccess(postmaster.get().port(), folder.password()))
                        : Optional.empty();
        return new FolderLook(
                folder.root(),
                Files.exists(folder.cluster()),
                ServiceLock.holder(folder),
                server,
                postmaster.isEmpty() && Postmaster.wasOn(folder.cluster()));
    }

    /** The file of the password, readable by its owner only. */
    public Path passwordFile() {
        return new ServerFolder(folder).passwordFile();
    }

    /** What PostgreSQL says. */
    public Path log() {
        return new ServerFolder(folder).log();
    }

    /** The major version of the PostgreSQL that Cairn brings along; refuses where none runs on this machine. */
    public static int postgres() {
        PostgresBinaries.archive();
        try {
            PostgresPrograms.refuseRoot();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return PostgresPrograms.MAJOR_VERSION;
    }
}
