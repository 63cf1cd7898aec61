package dev.cairn.bootstrap.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.application.port.StoreFailed;
import dev.cairn.application.port.in.ImportUseCase.Outcome;
import dev.cairn.bootstrap.database.EmbeddedServer;
import dev.cairn.bootstrap.database.ServerSettings;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stops the database under an import, starts it, and runs the import again. */
class StoppedDatabaseTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir private Path folder;

    private EmbeddedServer start() {
        return EmbeddedServer.join(new ServerSettings(folder, 0, PATIENCE));
    }

    private static DataSource database(EmbeddedServer server) {
        return Import.database(
                server.access().url(), server.access().user(), server.access().password());
    }

    /** Fast: sessions are ended. Immediate: as if the machine had lost its power, which empties unlogged tables. */
    @DisabledOnOs(OS.WINDOWS)
    @ParameterizedTest
    @ValueSource(strings = {"INT", "QUIT"})
    void an_import_whose_database_is_stopped_is_run_again_when_it_is_started(String signal)
            throws Exception {
        var file = Import.file(7).getBytes(StandardCharsets.UTF_8);
        try (var server = start()) {
            Import.prepare(database(server));
            var before = Import.content(database(server));
            var stopping = new StoppingInput(file, file.length / 2, () -> stop(signal));

            assertThatThrownBy(() -> Import.run(database(server), stopping))
                    .isInstanceOf(StoreFailed.class)
                    .hasMessageContaining("was stopped or cannot be reached");

            try (var again = start()) {
                assertThat(Import.content(database(again))).isEqualTo(before);
                assertThat(Import.storedRows(database(again))).isPositive();
                var outcome = Import.run(database(again), new ByteArrayInputStream(file));

                assertThat(outcome).isInstanceOf(Outcome.Imported.class);
                var summary = ((Outcome.Imported) outcome).summary();
                assertThat(summary.loaded()).isEqualTo(summary.read() - summary.rejected());
                assertThat(count(Import.content(database(again)))).isEqualTo(summary.loaded());
            }
        }
    }

    private static long count(List<String> content) {
        return content.stream().filter(row -> row.startsWith("fact|")).count();
    }

    private void stop(String signal) {
        try {
            long pid =
                    Long.parseLong(
                            Files.readAllLines(folder.resolve("postgres/postmaster.pid"))
                                    .getFirst());
            var server = ProcessHandle.of(pid).orElseThrow();
            new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start().waitFor();
            server.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Does something when so many bytes are read. */
    private static final class StoppingInput extends FilterInputStream {
        private final Runnable stop;
        private int left;

        StoppingInput(byte[] file, int after, Runnable stop) {
            super(new ByteArrayInputStream(file));
            this.stop = stop;
            this.left = after;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int got = super.read(target, offset, Math.min(length, 1 << 10));
            if (left > 0 && left <= got) {
                stop.run();
            }
            left -= got;
            return got;
        }
    }
}
