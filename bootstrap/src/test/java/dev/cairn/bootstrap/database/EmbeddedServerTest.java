package dev.cairn.bootstrap.database;

import static dev.cairn.bootstrap.database.ServerQuery.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.bootstrap.StartProblem;
import dev.cairn.bootstrap.StartRefused;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedServerTest {
    private static final Duration WAIT = Duration.ofSeconds(90);
    private static final Duration BRIEF = Duration.ofSeconds(20);

    /** One for all tests: making a cluster takes seconds. */
    @TempDir private static Path folder;

    @Test
    void data_outlives_the_server() throws SQLException {
        try (var server = join(0)) {
            ask(server, "create table if not exists kept as select 42 as answer");
        }
        try (var server = join(0)) {
            assertThat(ask(server, "select answer from kept")).isEqualTo("42");
        }
    }

    @Test
    void server_is_shared_and_the_last_user_stops_it() throws SQLException {
        EmbeddedServer first = join(0);
        EmbeddedServer second = join(0);
        assertThat(second.access()).isEqualTo(first.access());

        first.close();
        first.close();
        assertThat(ask(second, "select 1")).isEqualTo("1");

        second.close();
        assertThat(Postmaster.runningOn(cluster())).isEmpty();
    }

    @Test
    void what_is_committed_is_on_disk_whatever_the_configuration_file_says()
            throws IOException, SQLException {
        join(0).close();
        Files.writeString(
                cluster().resolve("postgresql.conf"),
                "%nfsync = off%nfull_page_writes = off%nsynchronous_commit = off%n".formatted(),
                StandardOpenOption.APPEND);

        try (var server = join(0)) {
            assertThat(
                            ask(
                                    server,
                                    "select string_agg(setting, ' ') from pg_settings where name in ('fsync', 'full_page_writes', 'synchronous_commit')"))
                    .isEqualTo("on on on");
        }
    }

    @Test
    void programs_are_of_the_version_that_data_directories_are_compared_with() throws IOException {
        join(0).close();
        Path programs = PostgresBinaries.unpackedIn(folder.resolve("postgres-programs"));

        assertThat(new PostgresPrograms(programs).version())
                .contains("PostgreSQL) %d.".formatted(PostgresPrograms.MAJOR_VERSION));
    }

    @Test
    void text_sorts_by_code_point() throws SQLException {
        try (var server = join(0)) {
            assertThat(
                            ask(
                                    server,
                                    "select string_agg(t, '' order by t) from (values ('a'), ('B'), ('é'), ('z')) v(t)"))
                    .isEqualTo("Bazé");
            assertThat(ask(server, "select lower('É')")).isEqualTo("é");
        }
    }

    @Test
    void password_is_asked_for() throws SQLException {
        try (var server = join(0)) {
            assertThatThrownBy(() ->
                            DriverManager.getConnection(server.access().url(), "cairn", "guess"))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
            assertThat(
                            ask(
                                    server,
                                    "select left(rolpassword, 13) from pg_authid where rolname = 'cairn'"))
                    .isEqualTo("SCRAM-SHA-256");
            assertThat(
                            ask(
                                    server,
                                    "select string_agg(distinct auth_method, ' ') from pg_hba_file_rules"))
                    .isEqualTo("scram-sha-256");
        }
    }

    @Test
    void password_is_in_a_file_of_the_owner_and_nowhere_else() throws IOException {
        try (var server = join(0)) {
            String password = server.access().password();

            assertThat(password).hasSizeGreaterThan(40);
            assertThat(
                            PosixFilePermissions.toString(
                                    Files.getPosixFilePermissions(server.passwordFile())))
                    .isEqualTo("rw-------");
            assertThat(server.access().toString()).doesNotContain(password);
            assertThat(folder.resolve("postgres.log")).content().doesNotContain(password);
            assertThat(ProcessHandle.allProcesses().map(process -> process.info().commandLine()))
                    .noneMatch(line -> line.orElse("").contains(password));
        }
    }

    @Test
    void second_service_is_refused_and_commands_are_not() {
        try (var service = serve()) {
            assertThatThrownBy(this::serve)
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining("process " + ProcessHandle.current().pid());
            try (var command = join(0)) {
                assertThat(command.access()).isEqualTo(service.access());
            }
        }
        serve().close();
    }

    @Test
    void file_of_a_crashed_server_does_not_hinder_a_start()
            throws IOException, InterruptedException {
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();

        startsDespiteFileOf(ended.pid());
    }

    @Test
    void file_of_a_crashed_server_whose_number_another_program_has_now_does_not_hinder_a_start()
            throws IOException {
        startsDespiteFileOf(ProcessHandle.current().pid());
    }

    @Test
    void file_of_a_dead_process_that_its_parent_takes_no_note_of_does_not_hinder_a_start()
            throws IOException {
        var parent = new ProcessBuilder("sh", "-c", "true & echo $!; exec sleep 600").start();
        try (var said = parent.inputReader()) {
            startsDespiteFileOf(Long.parseLong(said.readLine()));
        } finally {
            parent.destroyForcibly();
        }
    }

    @DisabledOnOs(OS.WINDOWS)
    @Test
    void server_that_is_stuck_is_ended_and_another_started() throws Exception {
        try (var first = join(0)) {
            ask(first, "create table if not exists before as select 7 as answer");
            long stuck = pidOfServer();
            new ProcessBuilder("kill", "-STOP", String.valueOf(stuck)).start().waitFor();

            try (var second = EmbeddedServer.join(new ServerSettings(folder, 0, BRIEF))) {
                assertThat(pidOfServer()).isNotEqualTo(stuck);
                assertThat(second.access()).isEqualTo(first.access());
                assertThat(ask(second, "select answer from before")).isEqualTo("7");
            }
        }
        assertThat(Postmaster.runningOn(cluster())).isEmpty();
    }

    @Test
    void server_that_is_killed_is_started_again_at_the_same_place() throws Exception {
        try (var server = join(0)) {
            ask(server, "create table if not exists revived as select 8 as answer");
            Postmaster.runningOn(cluster()).orElseThrow().kill(WAIT);

            server.revive();
            server.revive();

            assertThat(ask(server, "select answer from revived")).isEqualTo("8");
        }
        assertThat(Postmaster.runningOn(cluster())).isEmpty();
    }

    @Test
    void server_whose_data_is_gone_is_not_started_on_an_empty_folder() throws Exception {
        try (var server = join(0)) {
            ask(server, "create table if not exists stays as select 9 as answer");
            Postmaster.runningOn(cluster()).orElseThrow().kill(WAIT);
            Path elsewhere = Files.move(folder, folder.resolveSibling("elsewhere"));

            assertThatThrownBy(server::revive)
                    .isInstanceOfSatisfying(
                            StartRefused.class,
                            refused ->
                                    assertThat(refused.problem())
                                            .isEqualTo(StartProblem.DATA_DIR_UNUSABLE))
                    .hasMessageContaining("is gone");
            assertThat(folder).doesNotExist();

            Files.move(elsewhere, folder);
            server.revive();
            assertThat(ask(server, "select answer from stays")).isEqualTo("9");
        }
    }

    private long pidOfServer() throws IOException {
        return Long.parseLong(Files.readAllLines(cluster().resolve("postmaster.pid")).getFirst());
    }

    @Test
    void taken_port_is_refused_and_nothing_runs() throws IOException {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> join(other.getLocalPort()))
                    .isInstanceOfSatisfying(
                            StartRefused.class,
                            e -> assertThat(e.remedy()).contains("cairn.postgres.port"))
                    .hasMessageContaining(String.valueOf(other.getLocalPort()));
        }
        assertThat(Postmaster.runningOn(cluster())).isEmpty();
    }

    @Test
    void server_says_that_its_port_was_taken_after_the_look_at_it() throws IOException {
        join(0).close();
        var there = ServerFolder.at(folder);
        var programs = new PostgresPrograms(PostgresBinaries.unpackedIn(there.binaries()));
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() ->
                            EmbeddedServer.startOn(other.getLocalPort(), there, programs, WAIT))
                    .isInstanceOf(BindException.class)
                    .hasMessageContaining(String.valueOf(other.getLocalPort()));
        }
        assertThat(Postmaster.runningOn(cluster())).isEmpty();
    }

    private void startsDespiteFileOf(long pid) throws IOException {
        join(0).close();
        Files.writeString(
                cluster().resolve("postmaster.pid"), "%d%n%s%n0%n1%n".formatted(pid, cluster()));

        try (var server = join(0)) {
            assertThat(server.access().port()).isNotEqualTo(1);
        }
    }

    private EmbeddedServer join(int port) {
        return EmbeddedServer.join(new ServerSettings(folder, port, WAIT));
    }

    private EmbeddedServer serve() {
        return EmbeddedServer.serve(new ServerSettings(folder, 0, WAIT));
    }

    private Path cluster() {
        return folder.resolve("postgres");
    }
}
