package dev.cairn.bootstrap.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cairn.bootstrap.command.RunningCairn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The programs of {@code clients/}, installed from its lock file into a folder of the build, beside a copy of its sources. */
final class NodePrograms {
    private static final int OLDEST = 20;
    private static final Path FOLDER = Path.of("target", "clients").toAbsolutePath();

    private NodePrograms() {}

    /**
     * Installs them, unless that was done for the same lock file. npm keeps what it fetched in a place of its own, so only the first time on a machine
     * needs a network. Skips the test where there is no Node, or an old one; with Node everything else is a failure.
     */
    static NodePrograms installed() {
        var version = nodeVersion();
        assumeTrue(
                version.isPresent() && version.get() >= OLDEST,
                "clients: no node %s or later (%s)"
                        .formatted(OLDEST, version.map("it is node %d"::formatted).orElse("none")));
        try {
            copySources();
            install();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new NodePrograms();
    }

    /** Runs a script of {@code package.json} to its end, and gives what it said. */
    String run(String script, Map<String, String> environment) {
        return done(List.of("npm", "run", "--silent", script), environment);
    }

    /** A file that is there, or that a script has written. */
    Path file(String name) {
        return FOLDER.resolve(name);
    }

    private static void install() throws IOException {
        var lock = Files.readString(FOLDER.resolve("package-lock.json"));
        var installed = FOLDER.resolve("node_modules").resolve(".installed-lock");
        if (Files.exists(installed) && Files.readString(installed).equals(lock)) {
            return;
        }
        done(List.of("npm", "ci", "--prefer-offline", "--ignore-scripts"), Map.of());
        Files.writeString(installed, lock);
    }

    /** Anew each time: what is no longer in the sources is not tested. */
    private static void copySources() throws IOException {
        delete(FOLDER.resolve("src"));
        delete(FOLDER.resolve("compiled"));
        var from = RunningCairn.inRepository("clients");
        try (var files = Files.walk(from, 2)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var name = from.relativize(file);
                if (name.getNameCount() == 1 || name.startsWith("src")) {
                    copy(file, FOLDER.resolve(name));
                }
            }
        }
        copy(
                RunningCairn.inRepository(
                        "adapters-graphql/src/main/resources/graphql/cairn.graphqls"),
                FOLDER.resolve("schema.graphql"));
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static String done(List<String> words, Map<String, String> environment) {
        try {
            var builder =
                    new ProcessBuilder(words).directory(FOLDER.toFile()).redirectErrorStream(true);
            builder.environment().putAll(environment);
            var process = builder.start();
            process.getOutputStream().close();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as("%s:%n%s", String.join(" ", words), said).isZero();
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Optional<Integer> nodeVersion() {
        try {
            var process = new ProcessBuilder("node", "--version").start();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            var major = Pattern.compile("v(\\d+)\\..*\\s*").matcher(said);
            return major.matches()
                    ? Optional.of(Integer.valueOf(major.group(1)))
                    : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        }
    }
}
