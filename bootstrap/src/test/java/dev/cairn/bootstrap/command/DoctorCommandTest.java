package dev.cairn.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cairn.adapters.terminal.command.CairnCommandLine;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DoctorCommandTest {
    @TempDir private Path folder;

    private final StringWriter output = new StringWriter();

    @Test
    void where_nothing_is_wrong_the_exit_code_says_so() {
        assertThat(doctor()).isZero();
        assertThat(output.toString())
                .containsPattern("ok +java ")
                .containsPattern("ok +data directory ")
                .contains("Nothing is wrong");
    }

    @Test
    void what_is_wrong_is_told_with_the_way_out() {
        assertThat(doctor("--set", "sever.port=9000")).isEqualTo(1);
        assertThat(output.toString())
                .containsPattern("wrong +settings +There is no setting sever.port")
                .contains("-> Correct it")
                .contains("1 wrong, ");
    }

    @Test
    void programs_get_json() {
        assertThat(doctor("--format", "json", "--set", "cairn.sample=maybe")).isEqualTo(1);

        assertThat(JsonMapper.shared().readTree(output.toString()).path("findings"))
                .filteredOn(finding -> finding.path("grade").asString().equals("WRONG"))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.path("check").asString()).isEqualTo("SETTINGS");
                    assertThat(finding.path("found").asString()).contains("'maybe'");
                    assertThat(finding.path("remedy")).extracting(JsonNode::asString).isNotNull();
                });
    }

    @Test
    void folder_that_may_not_be_written_is_told_to_an_ordinary_user() throws Exception {
        var data =
                Files.createDirectory(
                        folder.resolve("locked"),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("r-xr-xr-x")));

        try (var doctor = CairnProcess.startAsOrdinaryUser(data, "doctor")) {
            assertThat(doctor.lineWith("data directory"))
                    .startsWith("wrong")
                    .contains(data.toString(), "DATA_DIR_UNUSABLE");
            assertThat(doctor.end()).isEqualTo(1);
        }
    }

    @Test
    void root_is_told_where_it_cannot_run_postgresql() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root needs a namespace");

        try (var doctor = CairnProcess.startAlone(folder.resolve("data"), "doctor")) {
            assertThat(doctor.lineWith("database  "))
                    .startsWith("wrong")
                    .contains("unshare", "NO_POSTGRES");
        }
        try (var start = CairnProcess.startAlone(folder.resolve("data"), "database")) {
            assertThat(start.lineWith("unshare")).endsWith("[NO_POSTGRES]");
            assertThat(start.lineWith("Start Cairn as")).contains("ordinary user");
            assertThat(start.end()).isEqualTo(3);
        }
    }

    private int doctor(String... words) {
        var line =
                new ArrayList<>(
                        List.of(
                                "doctor",
                                "--data-dir",
                                folder.resolve("data").toString(),
                                "--set",
                                "cairn.postgres.port=0",
                                "--set",
                                "server.port=0"));
        line.addAll(List.of(words));
        return CairnCommandLine.of(new CairnCommand())
                .setOut(new PrintWriter(output, true))
                .execute(line.toArray(String[]::new));
    }
}
