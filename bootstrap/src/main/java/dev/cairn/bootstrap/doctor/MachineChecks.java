package dev.cairn.bootstrap.doctor;

import dev.cairn.bootstrap.CairnApplication;
import dev.cairn.bootstrap.doctor.Finding.Check;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Checks that do not depend on how Cairn is set up. */
record MachineChecks(Machine machine, Map<String, String> environment) {
    private static final int TRIED_JAVA = 25;
    private static final long MEGABYTE = 1_000_000;

    /** Ten million rows were imported with a heap of that size. */
    private static final long SMALL_HEAP = 192 << 20;

    /** An empty data directory takes 115 MB. */
    private static final long TOO_LITTLE_DISK = 200 * MEGABYTE;

    private static final long LITTLE_DISK = 1_000 * MEGABYTE;
    private static final String CACHE = "-XX:AOTCache=";

    Finding java() {
        return machine.java() == TRIED_JAVA
                ? Finding.ok(Check.JAVA, machine.jdk())
                : Finding.warning(
                        Check.JAVA,
                        machine.jdk() + ", on which Cairn is not tried",
                        "Set CAIRN_JAVA_HOME to a JDK %d if anything is odd."
                                .formatted(TRIED_JAVA));
    }

    Finding cairn() {
        return Finding.ok(
                Check.CAIRN,
                CairnApplication.version()
                        + CairnApplication.commit().map(", built from "::concat).orElse(""));
    }

    Finding memory() {
        var found =
                "the heap may grow to %s, of %s"
                        .formatted(size(machine.heap()), size(machine.memory()));
        if (machine.heap() < SMALL_HEAP) {
            return Finding.warning(
                    Check.MEMORY,
                    found,
                    "Give it %s or more: CAIRN_JAVA_OPTS=-Xmx512m.".formatted(size(SMALL_HEAP)));
        }
        return machine.heap() > machine.memory() / 4 * 3
                ? Finding.warning(
                        Check.MEMORY,
                        found + ", which leaves little for PostgreSQL",
                        "Set a lower bound: CAIRN_JAVA_OPTS=-Xmx512m.")
                : Finding.ok(Check.MEMORY, found);
    }

    /**
     * @param folder one that is there
     * @param used bytes that the data takes
     */
    Finding disk(Path folder, long used) {
        long free = machine.free().applyAsLong(folder);
        var found = "%s free, %s used by the data".formatted(size(free), size(used));
        if (free < TOO_LITTLE_DISK) {
            return Finding.wrong(
                    Check.DISK,
                    found,
                    "Make room, or set cairn.data-dir to a folder on a larger disk.");
        }
        return free < Math.max(LITTLE_DISK, used)
                ? Finding.warning(
                        Check.DISK,
                        found,
                        "Make room: a restore needs as much as the data takes, large imports too.")
                : Finding.ok(Check.DISK, found);
    }

    Finding startCache() {
        Optional<String> cache =
                machine.options().stream()
                        .filter(option -> option.startsWith(CACHE))
                        .map(option -> option.substring(CACHE.length()))
                        .findFirst();
        if (cache.isPresent()) {
            return Files.isReadable(Path.of(cache.get()))
                    ? Finding.ok(Check.START_CACHE, "used: " + cache.get())
                    : Finding.warning(
                            Check.START_CACHE,
                            cache.get() + " cannot be read, so starts take longer",
                            "Delete it; the next './cairn serve' makes it.");
        }
        if ("off".equals(environment.get("CAIRN_AOT"))) {
            return Finding.ok(Check.START_CACHE, "left out (CAIRN_AOT=off)");
        }
        return failedRehearsal()
                .map(log ->
                        Finding.warning(
                                Check.START_CACHE,
                                "it could not be made, so starts take longer",
                                "Read %s; delete it to have it tried again.".formatted(log)))
                .orElseGet(() ->
                        Finding.ok(
                                Check.START_CACHE, "not made yet; the next './cairn serve' does"));
    }

    /** ./cairn leaves its log beside the jar. */
    private static Optional<Path> failedRehearsal() {
        var jar = Path.of(System.getProperty("java.class.path").split(File.pathSeparator, 2)[0]);
        var folder = jar.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".aot.failed")).findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** In megabytes, or gigabytes where there are many. */
    static String size(long bytes) {
        return bytes >= 10_000 * MEGABYTE
                ? String.format(Locale.ROOT, "%,d GB", bytes / (1_000 * MEGABYTE))
                : String.format(Locale.ROOT, "%,d MB", bytes / MEGABYTE);
    }
}
