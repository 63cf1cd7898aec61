package dev.cairn.bootstrap.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cairn.bootstrap.StartRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Folders that Cairn does not work on: each is left as it was, and the message says the way out. */
class RefusedFolderTest {
    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"17", "19"})
    void data_of_another_major_version_is_refused(String version) throws IOException {
        write("postgres/PG_VERSION", version + "\n");
        write("postgres-password", "secret\n");

        refused()
                .hasMessageContaining("PostgreSQL " + version)
                .hasMessageContaining("PostgreSQL 18")
                .satisfies(says("cairn backup", "cairn restore", "cairn.data-dir"));
    }

    @Test
    void folder_with_a_postgres_of_something_else_is_refused() throws IOException {
        write("postgres/letter.txt", "Dear");

        refused().hasMessageContaining("not a PostgreSQL").satisfies(says("cairn.data-dir"));
    }

    @Test
    void folder_with_other_files_is_refused() throws IOException {
        for (String name : new String[] {"a.csv", "b.csv", "c.csv", "d.csv"}) {
            write(name, "1");
        }

        refused()
                .hasMessageContaining("a.csv, b.csv, c.csv, ...")
                .satisfies(says("a folder of its own"));
    }

    @Test
    void file_in_place_of_a_folder_is_refused() throws IOException {
        Path file = write("file", "1");

        assertThatThrownBy(() -> join(file))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("is a file");
        assertThatThrownBy(() -> join(file.resolve("below")))
                .isInstanceOf(StartRefused.class)
                .satisfies(says("cairn.data-dir"));
        assertThat(file).hasContent("1");
    }

    @Test
    void data_of_another_user_is_refused() throws IOException {
        assumeTrue(
                "root".equals(System.getProperty("user.name")),
                "only root can give a file to another user");
        write("postgres/PG_VERSION", "18\n");
        Files.setOwner(
                folder.resolve("postgres"),
                folder.getFileSystem()
                        .getUserPrincipalLookupService()
                        .lookupPrincipalByName("nobody"));

        refused()
                .hasMessageContaining("belongs to user nobody")
                .satisfies(says("Start Cairn as nobody"));
    }

    /** What is half-made is made again; a password that was cut off with it is too. */
    @Test
    void start_that_was_killed_while_it_made_the_database_does_not_hinder_the_next()
            throws IOException {
        write("postgres.new/PG_VERSION", "18\n");
        write("postgres.new/base/1/112", "half");
        write("postgres-password", "");
        write("postgres-programs/unpacking/bin/postgres", "half");

        try (var server = EmbeddedServer.join(settings(folder))) {
            assertThat(server.access().password()).isNotBlank();
            assertThat(folder.resolve("postgres.new")).doesNotExist();
        }
    }

    private AbstractThrowableAssert<?, ? extends Throwable> refused() throws IOException {
        Map<Path, String> before = content();
        var refusal = assertThatThrownBy(() -> join(folder)).isInstanceOf(StartRefused.class);
        assertThat(content()).isEqualTo(before);
        return refusal;
    }

    private static org.assertj.core.api.ThrowingConsumer<Throwable> says(String... remedies) {
        return refusal -> assertThat(((StartRefused) refusal).remedy()).contains(remedies);
    }

    private Map<Path, String> content() throws IOException {
        Map<Path, String> content = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.toList()) {
                content.put(file, Files.isDirectory(file) ? "" : Files.readString(file));
            }
        }
        return content;
    }

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private static void join(Path folder) {
        EmbeddedServer.join(settings(folder)).close();
    }

    private static ServerSettings settings(Path folder) {
        return new ServerSettings(folder, 0, Duration.ofSeconds(90));
    }
}
