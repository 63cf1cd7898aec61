package dev.cairn.bootstrap.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A document that is made by a test: it fails while the committed one says something else, and writes it anew when asked to. */
public final class GeneratedDocument {
    private GeneratedDocument() {}

    /** @param test that makes the document */
    public static void check(String name, String content, Class<?> test) {
        var file = Path.of("..", "docs", name).toAbsolutePath().normalize();
        try {
            if ("write".equals(System.getProperty("documents"))) {
                Files.writeString(file, content);
            }
            assertThat(file)
                    .as(
                            "docs/%s is not what it would be made of now. To write it anew: ./cairn test -pl bootstrap -am -Dtest=%s -Dsurefire.failIfNoSpecifiedTests=false -Ddocuments=write",
                            name, test.getSimpleName())
                    .content()
                    .isEqualTo(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
