package dev.cairn.bootstrap.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.persistence.migration.SchemaMigration;
import dev.cairn.bootstrap.database.EmbeddedServer;
import dev.cairn.bootstrap.database.ServerSettings;
import dev.cairn.bootstrap.doctor.Finding.Check;
import dev.cairn.bootstrap.doctor.Finding.Grade;
import dev.cairn.testkit.database.TestDatabase;
import dev.cairn.testkit.database.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DoctorTest {
    private static final long MEGABYTE = 1_000_000;

    @TempDir private Path folder;

    @Test
    void where_all_is_well_everything_was_looked_at_and_nothing_is_said_against_it() {
        var findings = examine();

        assertThat(findings)
                .allMatch(finding -> finding.grade() == Grade.OK && finding.remedy() == null)
                .extracting(Finding::check)
                .isSorted()
                .contains(
                        Arrays.stream(Check.values())
                                .filter(check -> check != Check.IMPORTS)
                                .filter(check -> check != Check.DOCUMENTS)
                                .filter(check -> check != Check.VIEWS)
                                .toArray(Check[]::new));
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void unknown_setting_and_bad_value_are_wrong_and_the_rest_is_looked_at() {
        var findings = examine("--sever.port=9000", "--cairn.postgres.port=none");

        assertThat(only(findings, Check.SETTINGS, Grade.WRONG))
                .extracting(Finding::found)
                .satisfiesExactly(
                        found -> assertThat(found).contains("sever.port", "server.port?"),
                        found -> assertThat(found).contains("'none'"));
        assertThat(findings)
                .extracting(Finding::check)
                .contains(Check.PORTS, Check.DATABASE, Check.DISK);
    }

    @Test
    void registered_documents_are_compared_with_the_schema_and_the_limits() throws IOException {
        var documents = Files.createDirectory(folder.resolve("documents"));
        Files.writeString(
                documents.resolve("how-many.graphql"),
                "query($since: Date) { metrics(first: 1) { totalCount } }");
        var setting = "--cairn.documents-dir=" + documents;
        assertThat(only(examine(setting), Check.DOCUMENTS, Grade.WRONG))
                .singleElement()
                .satisfies(finding ->
                        assertThat(finding.found())
                                .startsWith("how-many.graphql:1:7: ")
                                .endsWith("[BAD_DOCUMENTS]"));

        Files.writeString(
                documents.resolve("how-many.graphql"), "{ metrics(first: 1) { totalCount } }");
        assertThat(only(examine(setting), Check.DOCUMENTS, Grade.OK))
                .extracting(Finding::found)
                .containsExactly("1 in " + documents);
        assertThat(only(examine(setting, "--cairn.limits.depth=1"), Check.DOCUMENTS, Grade.WRONG))
                .hasSize(1);
    }

    @Test
    void file_of_settings_that_cannot_be_read_is_wrong_and_the_rest_is_looked_at()
            throws IOException {
        Files.writeString(folder.resolve("application.yaml"), "server: [\n");

        var findings = examine("--spring.config.additional-location=file:" + folder + "/");

        assertThat(only(findings, Check.SETTINGS, Grade.WRONG))
                .singleElement()
                .satisfies(finding -> assertThat(finding.found()).contains("not YAML"));
        assertThat(findings).extracting(Finding::check).contains(Check.PORTS, Check.DATABASE);
    }

    @Test
    void key_of_a_file_that_nothing_reads_is_a_warning() throws IOException {
        Files.writeString(folder.resolve("application.yaml"), "sever.port: 1\n");

        assertThat(
                        only(
                                examine("--spring.config.additional-location=file:" + folder + "/"),
                                Check.SETTINGS,
                                Grade.WARNING))
                .hasSize(1);
    }

    @Test
    void passwords_are_not_shown() {
        assertThat(
                        examine(
                                "--spring.datasource.url=jdbc:postgresql://127.0.0.1:1/x?password=geheim",
                                "--spring.datasource.password=geheim"))
                .noneMatch(finding -> finding.toString().contains("geheim"));
    }

    @ParameterizedTest
    @CsvSource({
        "data/postgres/PG_VERSION, 19, DATA_OF_OTHER_POSTGRES",
        "data/aunt.txt, Dear, NOT_A_DATA_DIR",
        "data, a file, DATA_DIR_UNUSABLE"
    })
    void folder_that_cairn_cannot_work_on_is_wrong(String file, String content, String code)
            throws IOException {
        write(file, content);

        assertThat(only(examine(), Check.DATA_DIRECTORY, Grade.WRONG))
                .singleElement()
                .satisfies(finding -> assertThat(finding.found()).endsWith("[" + code + "]"));
    }

    @Test
    void folder_below_a_file_cannot_be_made() throws IOException {
        write("file", "1");

        assertThat(
                        only(
                                examine("--cairn.data-dir=" + folder.resolve("file/below")),
                                Check.DATA_DIRECTORY,
                                Grade.WRONG))
                .hasSize(1);
    }

    @Test
    void password_that_others_can_read_is_a_warning() throws IOException {
        write("data/postgres-password", "secret");
        Files.setPosixFilePermissions(
                folder.resolve("data/postgres-password"),
                PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(only(examine(), Check.DATA_DIRECTORY, Grade.WARNING))
                .singleElement()
                .satisfies(finding -> assertThat(finding.remedy()).startsWith("chmod 600"));
    }

    @ParameterizedTest
    @CsvSource({"199, WRONG", "200, WARNING", "999, WARNING", "1000, OK"})
    void little_disk_is_a_warning_and_very_little_is_wrong(long megabytes, Grade grade) {
        var machine = machine(25, 4_000, megabytes);

        assertThat(examine(machine, Map.of()))
                .filteredOn(finding -> finding.check() == Check.DISK)
                .extracting(Finding::grade)
                .containsExactly(grade);
    }

    @Test
    void disk_without_room_for_the_data_again_is_a_warning() {
        var checks = new MachineChecks(machine(25, 4_000, 5_000), Map.of());

        assertThat(checks.disk(folder, 5_000 * MEGABYTE).grade()).isEqualTo(Grade.OK);
        assertThat(checks.disk(folder, 5_001 * MEGABYTE).grade()).isEqualTo(Grade.WARNING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"server.port", "cairn.postgres.port"})
    void port_of_another_program_is_wrong(String setting) throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var findings = examine("--%s=%d".formatted(setting, taken.getLocalPort()));

            assertThat(only(findings, Check.PORTS, Grade.WRONG))
                    .singleElement()
                    .satisfies(finding -> {
                        assertThat(finding.found()).contains("" + taken.getLocalPort());
                        assertThat(finding.remedy()).contains(setting);
                    });
        }
    }

    @Test
    void address_that_others_could_reach_is_wrong() {
        assertThat(only(examine("--server.address=0.0.0.0"), Check.PORTS, Grade.WRONG)).hasSize(1);
    }

    @Test
    void service_that_runs_may_hold_its_port() throws IOException {
        write("data/service.lock", ProcessHandle.current().pid() + "\n");
        try (var port = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var channel =
                        FileChannel.open(
                                folder.resolve("data/service.lock"), StandardOpenOption.WRITE);
                var _ = channel.lock(Long.MAX_VALUE - 1, 1, false)) {
            var findings = examine("--server.port=" + port.getLocalPort());

            assertThat(only(findings, Check.SERVICE, Grade.OK))
                    .singleElement()
                    .satisfies(finding ->
                            assertThat(finding.found())
                                    .startsWith("runs: process " + ProcessHandle.current().pid()));
            assertThat(only(findings, Check.PORTS, Grade.WRONG)).isEmpty();
        }
        assertThat(only(examine(), Check.SERVICE, Grade.OK))
                .extracting(Finding::found)
                .containsExactly("does not run");
    }

    @Test
    void database_out_of_reach_is_wrong() {
        assertThat(
                        only(
                                examine("--spring.datasource.url=jdbc:postgresql://127.0.0.1:1/x"),
                                Check.DATABASE,
                                Grade.WRONG))
                .singleElement()
                .satisfies(
                        finding -> assertThat(finding.found()).endsWith("[DATABASE_OUT_OF_REACH]"));
    }

    @Test
    void tables_are_looked_at_and_left_as_they_are() throws SQLException {
        try (var database = TestServer.shared().emptyDatabase()) {
            var schema = new SchemaMigration(database.dataSource());
            assertThat(graded(database, Check.TABLES)).containsExactly(Grade.WARNING);
            assertThat(graded(database, Check.IMPORTS)).containsExactly(Grade.UNKNOWN);
            assertThat(schema.state().isUpToDate()).isFalse();

            schema.migrate();
            assertThat(graded(database, Check.TABLES)).containsExactly(Grade.OK);
            assertThat(graded(database, Check.IMPORTS)).containsExactly(Grade.OK);

            execute(
                    database,
                    "insert into databasechangelog (id, author, filename, dateexecuted, orderexecuted, exectype) values ('seats', 'cairn', 'db/changelog/0099-seats.sql', now(), 99, 'EXECUTED')");
            assertThat(graded(database, Check.TABLES)).containsExactly(Grade.WRONG);
        }
    }

    @Test
    void import_that_was_broken_off_is_a_warning_and_one_under_way_is_not() throws SQLException {
        try (var database = TestServer.shared().emptyDatabase()) {
            new SchemaMigration(database.dataSource()).migrate();
            execute(
                    database,
                    """
                    insert into import_run (target, layout) values ('login', gen_random_uuid());
                    insert into import_batch select run_id, 0, 4000, gen_random_uuid() from import_run
                    """);

            assertThat(only(examine(configured(database)), Check.IMPORTS, Grade.WARNING))
                    .singleElement()
                    .satisfies(finding ->
                            assertThat(finding.found())
                                    .startsWith("broken off into login: 4,000 rows at "));
            try (var other = database.connect();
                    var statement = other.createStatement()) {
                statement.execute("select pg_advisory_lock(1129271385, run_id) from import_run");
                assertThat(graded(database, Check.IMPORTS)).containsExactly(Grade.OK);
            }
        }
    }

    @Test
    void embedded_database_is_looked_at_where_it_runs_and_not_started_where_it_does_not()
            throws IOException {
        var dataDir = folder.resolve("data");
        try (var _ = EmbeddedServer.join(new ServerSettings(dataDir, 0, Duration.ofSeconds(90)))) {
            assertThat(examine())
                    .anyMatch(finding ->
                            finding.check() == Check.DATABASE
                                    && finding.found().startsWith("PostgreSQL 18"))
                    .anyMatch(finding ->
                            finding.check() == Check.TABLES && finding.grade() == Grade.WARNING);
        }
        var before = files(dataDir);

        assertThat(only(examine(), Check.TABLES, Grade.UNKNOWN)).hasSize(1);
        assertThat(files(dataDir)).isEqualTo(before);

        Files.writeString(dataDir.resolve("postgres/postmaster.pid"), "999999999\n-\n1\n1\n");
        assertThat(only(examine(), Check.DATA_DIRECTORY, Grade.OK))
                .singleElement()
                .satisfies(finding -> assertThat(finding.found()).contains("was killed"));
    }

    @Test
    void other_jdk_and_little_memory_are_warnings() {
        assertThat(only(examine(machine(26, 4_000, 9_000), Map.of()), Check.JAVA, Grade.WARNING))
                .hasSize(1);
        assertThat(only(examine(machine(25, 100, 9_000), Map.of()), Check.MEMORY, Grade.WARNING))
                .hasSize(1);
        assertThat(only(examine(machine(25, 7_000, 9_000), Map.of()), Check.MEMORY, Grade.WARNING))
                .hasSize(1);
    }

    @Test
    void start_cache_is_used_left_out_or_broken() throws IOException {
        write("cache.aot", "x");
        assertThat(cache(folder.resolve("cache.aot"), Map.of()).grade()).isEqualTo(Grade.OK);
        assertThat(cache(folder.resolve("gone.aot"), Map.of()).grade()).isEqualTo(Grade.WARNING);
        assertThat(
                        new MachineChecks(machine(25, 4_000, 9_000), Map.of("CAIRN_AOT", "off"))
                                .startCache()
                                .found())
                .contains("CAIRN_AOT");
    }

    private static Finding cache(Path file, Map<String, String> environment) {
        return new MachineChecks(
                        new Machine(25, "", 1, 1, List.of("-XX:AOTCache=" + file), _ -> 1),
                        environment)
                .startCache();
    }

    @Test
    void page_that_cannot_learn_the_schema_is_a_warning() {
        assertThat(only(examine("--cairn.introspection=false"), Check.PAGE, Grade.WARNING))
                .hasSize(1);
        assertThat(only(examine("--spring.profiles.active=production"), Check.PAGE, Grade.OK))
                .extracting(Finding::found)
                .containsExactly("off");
    }

    private static Machine machine(int java, long heap, long free) {
        return new Machine(
                java, "a JDK", heap * MEGABYTE, 8_000 * MEGABYTE, List.of(), _ -> free * MEGABYTE);
    }

    private List<Finding> examine(String... arguments) {
        return examine(machine(25, 4_000, 9_000), Map.of(), arguments);
    }

    private List<Finding> examine(List<String> arguments) {
        return examine(arguments.toArray(String[]::new));
    }

    /** On any free port and an empty folder, unless the arguments say something else. */
    private List<Finding> examine(
            Machine machine, Map<String, String> environment, String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        for (var standard :
                List.of(
                        "--cairn.data-dir=" + folder.resolve("data"),
                        "--cairn.postgres.port=0",
                        "--server.port=0")) {
            var name = standard.substring(0, standard.indexOf('=') + 1);
            if (all.stream().noneMatch(argument -> argument.startsWith(name))) {
                all.add(standard);
            }
        }
        return Doctor.examine(machine, environment, all);
    }

    private static List<String> configured(TestDatabase database) {
        return List.of(
                "--spring.datasource.url=" + database.url(),
                "--spring.datasource.username=" + database.user(),
                "--spring.datasource.password=" + database.password());
    }

    private List<Grade> graded(TestDatabase database, Check check) {
        return examine(configured(database)).stream()
                .filter(finding -> finding.check() == check)
                .map(Finding::grade)
                .toList();
    }

    private static List<Finding> only(List<Finding> findings, Check check, Grade grade) {
        return findings.stream()
                .filter(finding -> finding.check() == check && finding.grade() == grade)
                .toList();
    }

    private static void execute(TestDatabase database, String sql) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void write(String file, String content) throws IOException {
        var path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }

    private static Map<String, Long> files(Path folder) throws IOException {
        var files = new TreeMap<String, Long>();
        try (var all = Files.walk(folder)) {
            for (var file : all.toList()) {
                files.put(file.toString(), Files.getLastModifiedTime(file).toMillis());
            }
        }
        return files;
    }
}
