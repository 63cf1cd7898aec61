package dev.cairn.bootstrap.database;

import dev.cairn.bootstrap.StartRefused;
import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.springframework.util.FileSystemUtils;
import org.tukaani.xz.XZInputStream;

/** The PostgreSQL programs packed with Cairn for this platform. */
final class PostgresBinaries {
    private static final int OWNER_MAY_EXECUTE = 0100;

    private PostgresBinaries() {}

    /**
     * Unpacks the programs into a folder of {@code home} named by their content, unless they are there already, and
     * removes those of former versions. The caller sees to it that nobody else does the same or runs a server.
     */
    static Path unpackInto(Path home) throws IOException {
        byte[] archive = archive();
        Path unpacked = home.resolve(digest(archive));
        if (!Files.isDirectory(unpacked)) {
            if (Files.isDirectory(home)) {
                FileSystemUtils.deleteRecursively(home);
            }
            Path half = Files.createDirectories(home.resolve("unpacking"));
            unpack(archive, half);
            Files.move(half, unpacked, StandardCopyOption.ATOMIC_MOVE);
        }
        return unpacked;
    }

    /** The programs unpacked before, for a server that runs already. */
    static Path unpackedIn(Path home) throws IOException {
        try (Stream<Path> folders = Files.list(home)) {
            return folders.filter(folder -> Files.isDirectory(folder.resolve("bin")))
                    .findAny()
                    .orElseThrow(() -> new IOException("no PostgreSQL programs in " + home));
        }
    }

    private static byte[] archive() throws IOException {
        String system = System.getProperty("os.name", "");
        String kind =
                system.startsWith("Windows")
                        ? "Windows"
                        : system.startsWith("Mac") ? "Darwin" : system;
        String architecture = System.getProperty("os.arch", "");
        String machine = architecture.equals("amd64") ? "x86_64" : architecture;
        try (InputStream packed =
                DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(kind, machine)) {
            return packed.readAllBytes();
        } catch (IllegalStateException e) {
            throw new StartRefused(
                    "This build of Cairn has no PostgreSQL for %s on %s."
                            .formatted(system, architecture),
                    "Set spring.datasource.url to a PostgreSQL of your own (15 or later).",
                    e);
        }
    }

    private static String digest(byte[] content) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
            return HexFormat.of().formatHex(hash, 0, 8).toLowerCase(Locale.ROOT);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void unpack(byte[] archive, Path target) throws IOException {
        try (var tar =
                new TarArchiveInputStream(new XZInputStream(new ByteArrayInputStream(archive)))) {
            for (TarArchiveEntry entry = tar.getNextEntry();
                    entry != null;
                    entry = tar.getNextEntry()) {
                Path file = target.resolve(entry.getName()).normalize();
                if (!file.startsWith(target)) {
                    throw new IOException("entry outside the archive: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                    continue;
                }
                Files.createDirectories(file.resolveSibling("."));
                if (entry.isSymbolicLink() || entry.isLink()) {
                    Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
                } else {
                    Files.copy(tar, file);
                    boolean executable = (entry.getMode() & OWNER_MAY_EXECUTE) != 0;
                    if (executable && !file.toFile().setExecutable(true)) {
                        throw new IOException("cannot make executable: " + file);
                    }
                }
            }
        }
    }
}
