package dev.cairn.bootstrap.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The version is the same wherever it stands. */
class VersionTest {
    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern OWN =
            Pattern.compile("<artifactId>cairn</artifactId>\\s*<version>([^<]+)</version>");
    private static final Pattern CHANGES =
            Pattern.compile(
                    "^## \\[(\\d+\\.\\d+\\.\\d+)] - \\d{4}-\\d{2}-\\d{2}$", Pattern.MULTILINE);

    @Test
    void each_module_has_the_version_of_the_whole() throws IOException {
        var version = version();
        try (var modules = Files.list(REPOSITORY)) {
            var poms =
                    modules.map(module -> module.resolve("pom.xml")).filter(Files::exists).toList();
            assertThat(poms)
                    .hasSizeGreaterThan(8)
                    .allSatisfy(pom -> assertThat(found(OWN, pom)).containsExactly(version));
        }
    }

    @Test
    void the_changes_of_the_version_are_told() throws IOException {
        assertThat(version()).matches("\\d+\\.\\d+\\.\\d+");
        assertThat(found(CHANGES, REPOSITORY.resolve("CHANGELOG.md"))).startsWith(version());
    }

    private static String version() throws IOException {
        return found(OWN, REPOSITORY.resolve("pom.xml")).getFirst();
    }

    private static List<String> found(Pattern pattern, Path file) throws IOException {
        return pattern.matcher(Files.readString(file))
                .results()
                .map((MatchResult result) -> result.group(1))
                .toList();
    }
}
