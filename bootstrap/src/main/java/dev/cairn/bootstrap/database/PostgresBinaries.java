package dev.cairn.bootstrap.database;

import dev.cairn.bootstrap.StartProblem;
import dev.cairn.bootstrap.StartRefused;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
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
     * removes those of former versions. The caller ensures that nobody else does the same or runs a server.
     */
    static Path unpackInto(Path home) throws IOException {
        URL archive = archive();
        Path unpacked = home.resolve(checksum(archive));
        if (!Files.isDirectory(unpacked)) {
            FileSystemUtils.deleteRecursively(home);
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

    static URL archive() {
        String system = System.getProperty("os.name", "");
        String architecture = System.getProperty("os.arch", "");
        URL archive =
                PostgresBinaries.class.getResource(
                        "/postgres-%s-%s.txz".formatted(kind(system), machine(architecture)));
        if (archive == null) {
            throw new StartRefused(
                    StartProblem.NO_POSTGRES,
                    "This build of Cairn has no PostgreSQL for %s on %s."
                            .formatted(system, architecture),
                    "Set spring.datasource.url to a PostgreSQL of your own (15 or later).");
        }
        return archive;
    }

    private static String kind(String system) {
        if (system.startsWith("Windows")) {
            return "windows";
        }
        return system.startsWith("Mac") ? "darwin" : "linux";
    }

    private static String machine(String architecture) {
        return switch (architecture) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64", "arm64" -> "arm_64";
            default -> architecture;
        };
    }

    /** From the directory of the jar that holds the archive: reading all of it would cost each start a tenth of a second. */
    private static String checksum(URL archive) throws IOException {
        return HexFormat.of()
                .toHexDigits(((JarURLConnection) archive.openConnection()).getJarEntry().getCrc());
    }

    private static void unpack(URL archive, Path target) throws IOException {
        try (InputStream packed = new BufferedInputStream(archive.openStream());
                var tar = new TarArchiveInputStream(new XZInputStream(packed))) {
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
