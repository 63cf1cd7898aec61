package dev.cairn.testkit.data;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.opentest4j.AssertionFailedError;

/**
 * The real data sets, which are not part of this repository: in the folder {@code CAIRN_DATA} names, else in
 * {@code ../shared/data} beside the repository. Where there is no such folder a test that needs it is skipped and
 * counted; where there is one, what is missing in it fails the test.
 */
public final class RealData {
    /** How the reason for a skipped test begins. */
    public static final String SKIPPED = "real data: ";

    private static final String VARIABLE = "CAIRN_DATA";

    private RealData() {}

    /** The file or folder of that name, for example {@code sfo-survey}. */
    public static Path require(String name) {
        return require(name, System.getenv(VARIABLE), repository());
    }

    static Path require(String name, @Nullable String named, Path repository) {
        Path folder = folder(named, repository);
        if (!Files.isDirectory(folder)) {
            Assumptions.abort(
                    SKIPPED
                            + "no folder ../shared/data beside the repository, and "
                            + VARIABLE
                            + " is not set");
        }
        Path wanted = folder.resolve(name);
        if (!Files.exists(wanted)) {
            throw new AssertionFailedError(
                    "real data: there is a folder %s, but no %s in it".formatted(folder, name));
        }
        return wanted;
    }

    private static Path folder(@Nullable String named, Path repository) {
        if (named == null || named.isBlank()) {
            return repository.resolveSibling("shared").resolve("data");
        }
        Path folder = Path.of(named).toAbsolutePath();
        if (!Files.isDirectory(folder)) {
            throw new AssertionFailedError(
                    "real data: %s is %s, which is no folder".formatted(VARIABLE, named));
        }
        return folder;
    }

    /** Tests run in the folder of their module; the repository is the outermost folder with a pom.xml. */
    private static Path repository() {
        Path found = Path.of("").toAbsolutePath();
        for (Path up = found;
                up != null && Files.exists(up.resolve("pom.xml"));
                up = up.getParent()) {
            found = up;
        }
        return found;
    }
}
