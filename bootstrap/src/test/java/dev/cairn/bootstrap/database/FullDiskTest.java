package dev.cairn.bootstrap.database;

import static dev.cairn.bootstrap.database.ServerQuery.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A data directory on a disk of its own, which is small enough to be filled. */
@EnabledOnOs(OS.LINUX)
class FullDiskTest {
    private static final Duration WAIT = Duration.ofSeconds(30);
    private static final int ROOM = 1 << 20;

    @TempDir private Path disk;

    @BeforeEach
    void mount() throws Exception {
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=300m,mode=0700", "tmpfs", disk.toString())
                        == 0,
                "only who may mount a small disk can fill one");
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", "--lazy", disk.toString());
    }

    @Test
    void what_was_committed_is_there_when_there_is_room_again() throws Exception {
        var server = join();
        ask(server, "create table kept (id bigint, text text)");
        ask(server, "insert into kept select i, 'kept' from generate_series(1, 1000) i");
        ask(server, "checkpoint");
        fill();

        // Into the write-ahead log and nowhere else, until there is no room for its next file.
        assertThatThrownBy(
                        () -> {
                            for (int megabyte = 0; megabyte < 300; megabyte++) {
                                ask(
                                        server,
                                        "select pg_logical_emit_message(true, 'full', repeat('x', 1000000))");
                            }
                        })
                .isInstanceOf(SQLException.class);
        server.close();

        Files.delete(filling());
        try (var again = join()) {
            assertThat(ask(again, "select count(*) from kept where id <= 1000")).isEqualTo("1000");
        }
        assertThat(Postmaster.runningOn(disk.resolve("data/postgres"))).isEmpty();
    }

    private EmbeddedServer join() {
        return EmbeddedServer.join(new ServerSettings(disk.resolve("data"), 0, WAIT));
    }

    private Path filling() {
        return disk.resolve("filling");
    }

    private void fill() throws IOException {
        long free = Files.getFileStore(disk).getUsableSpace() - ROOM;
        try (var file = Files.newOutputStream(filling())) {
            var block = new byte[1 << 16];
            for (long written = 0; written < free; written += block.length) {
                file.write(block);
            }
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
    }
}
