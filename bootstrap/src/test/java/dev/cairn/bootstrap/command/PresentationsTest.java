package dev.cairn.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.testkit.data.RealData;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** The students of all presentations of the Open University's file: also those who never clicked, who are there since their presentation began because the definition says so here. */
@Tag("long")
@TestInstance(Lifecycle.PER_CLASS)
class PresentationsTest {
    /** The third presentation of which there are clicks. */
    private static final String EARLY_DAY =
            """
            source: early_day
            time: studied_on
            coverage: {from: 2013-02-01, until: 2013-03-01}
            account: {fields: [code_module, code_presentation, id_student]}
            where: code_module = 'BBB' and day_number >= 0 and day_number < 28
            key: [code_module, code_presentation, id_student, day_number, activity_type]
            fields:
              code_module: text
              code_presentation: text
              id_student: text
              day_number: {type: integer, column: date}
              activity_type: text
              clicks: integer
              studied_on: {type: date, compute: "@2013-02-01 + day_number days"}
            """;

    private final RunningCairn cairn = new RunningCairn();
    private final RawTables raw = new RawTables();

    @BeforeAll
    void take_in_all_students(@TempDir Path folder) throws Exception {
        var examples = RunningCairn.inRepository("examples/oulad");
        var account = Files.readString(examples.resolve("account.yaml"));
        int begins = account.indexOf("  begins_on:");
        assertThat(begins).isPositive();
        Files.writeString(
                folder.resolve("account.yaml"),
                account.substring(0, begins) + "  begins_on: {type: date, marks: start}\n");
        Files.copy(examples.resolve("registration.yaml"), folder.resolve("registration.yaml"));
        Files.writeString(folder.resolve("early_day.yaml"), EARLY_DAY);
        inside("apply", folder.toString());
        for (var table : List.of("student_info", "student_registration", "student_vle_daily")) {
            raw.load(RealData.require("oulad-subset/" + table + ".csv.gz"), table);
        }
        inside("import", "account", withBeginning(folder.resolve("students.csv")));
        inside("import", "registration", file("student_registration"));
        inside("import", "early_day", file("student_vle_daily"));
    }

    /** The students, each with the day on which the presentation begins. */
    private static String withBeginning(Path file) throws Exception {
        var begins =
                Map.of(
                        "2013B", "2013-02-01",
                        "2013J", "2013-10-01",
                        "2014B", "2014-02-01",
                        "2014J", "2014-10-01");
        try (var lines =
                        new BufferedReader(
                                new InputStreamReader(
                                        new GZIPInputStream(
                                                Files.newInputStream(
                                                        RealData.require(
                                                                "oulad-subset/student_info.csv.gz"))),
                                        StandardCharsets.UTF_8));
                var written = Files.newBufferedWriter(file)) {
            written.write(lines.readLine() + ",begins_on\n");
            for (var line : (Iterable<String>) lines.lines()::iterator) {
                written.write("%s,%s\n".formatted(line, begins.get(line.split(",")[1])));
            }
        }
        return file.toString();
    }

    private static String file(String table) {
        return RealData.require("oulad-subset/" + table + ".csv.gz").toString();
    }

    private void inside(String... words) {
        var said = cairn.inside(words);
        assertThat(said.exit()).as(said.errors()).isZero();
    }

    @AfterAll
    void stop() {
        cairn.close();
        raw.close();
    }

    @TestFactory
    Stream<DynamicTest> what_students_do_separates_as_hand_written_sql_says() {
        return SeparatedExample.ofAllPresentations().stream()
                .map(example ->
                        DynamicTest.dynamicTest(example.name(), () -> example.expect(cairn, raw)));
    }
}
