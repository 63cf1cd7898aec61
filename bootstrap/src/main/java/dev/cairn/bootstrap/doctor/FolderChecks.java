package dev.cairn.bootstrap.doctor;

import dev.cairn.bootstrap.PortUse;
import dev.cairn.bootstrap.StartRefused;
import dev.cairn.bootstrap.database.FolderLook;
import dev.cairn.bootstrap.doctor.Finding.Check;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** The data directory, the disk below it and the service on it. */
record FolderChecks(Path dataDir, MachineChecks machine) {
    private static final Set<PosixFilePermission> OTHERS =
            EnumSet.of(
                    PosixFilePermission.GROUP_READ,
                    PosixFilePermission.GROUP_WRITE,
                    PosixFilePermission.OTHERS_READ,
                    PosixFilePermission.OTHERS_WRITE);

    /** Returns what was seen, unless Cairn could not work on it. */
    Optional<FolderLook> look(List<Finding> findings) {
        try {
            findings.add(machine.disk(there(dataDir), used(dataDir)));
            var seen = FolderLook.at(dataDir);
            findings.add(found(seen));
            findings.add(service(seen));
            return Optional.of(seen);
        } catch (StartRefused refused) {
            findings.add(Finding.wrong(Check.DATA_DIRECTORY, refused));
            findings.add(Finding.unknown(Check.SERVICE, "not looked for without a data directory"));
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Finding found(FolderLook seen) throws IOException {
        var folder = seen.folder().toString();
        if (!Files.exists(seen.folder())) {
            return Finding.ok(Check.DATA_DIRECTORY, folder + ", which the first start makes");
        }
        if (isOpenToOthers(seen.passwordFile())) {
            return Finding.warning(
                    Check.DATA_DIRECTORY,
                    "others may read or write " + seen.passwordFile(),
                    "chmod 600 " + seen.passwordFile());
        }
        if (!seen.filled()) {
            return Finding.ok(Check.DATA_DIRECTORY, folder + ", with no database in it yet");
        }
        return Finding.ok(
                Check.DATA_DIRECTORY,
                seen.killed()
                        ? folder + "; PostgreSQL was killed there, and the next start recovers"
                        : folder);
    }

    private static boolean isOpenToOthers(Path file) throws IOException {
        return Files.exists(file)
                && Files.getFileStore(file).supportsFileAttributeView("posix")
                && Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains);
    }

    private static Finding service(FolderLook seen) {
        return Finding.ok(
                Check.SERVICE,
                seen.service()
                        .map(process ->
                                "runs: "
                                        + ProcessHandle.of(process)
                                                .map(PortUse::name)
                                                .orElse("process " + process))
                        .orElse("does not run"));
    }

    private static Path there(Path folder) {
        var there = folder.toAbsolutePath().normalize();
        for (var above = there; above != null; above = above.getParent()) {
            if (Files.exists(above)) {
                return above;
            }
        }
        return there;
    }

    /** Counts the files that can be read: PostgreSQL may remove some meanwhile. */
    private static long used(Path folder) throws IOException {
        var bytes = new AtomicLong();
        if (Files.isDirectory(folder)) {
            Files.walkFileTree(
                    folder,
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult visitFile(Path file, BasicFileAttributes said) {
                            bytes.addAndGet(said.size());
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFileFailed(Path file, IOException gone) {
                            return FileVisitResult.CONTINUE;
                        }
                    });
        }
        return bytes.get();
    }
}
