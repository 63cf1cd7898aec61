package dev.cairn.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.application.port.in.BrowseCatalogUseCase;
import dev.cairn.bootstrap.demo.DemoFiles;
import dev.cairn.demo.Company;
import dev.cairn.demo.Options;
import dev.cairn.domain.model.Metric;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Each metric of the pack, asked of the made-up company, is what hand-written SQL over the company's files says. */
@TestInstance(Lifecycle.PER_CLASS)
class PackExamplesTest {
    private static final String FOLDER = "examples/pack";
    private static final Company COMPANY = Company.of(Options.DEFAULT.withSize(60, 20_000));

    private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]*");

    private RunningCairn cairn;
    private RawTables raw;

    @BeforeAll
    void import_the_files_of_the_company(@TempDir Path folder) throws Exception {
        raw = new RawTables();
        cairn = new RunningCairn();
        DemoFiles.write(COMPANY, folder);
        inside("apply", "--pack", "customer-success");
        for (var table : COMPANY.tables()) {
            var file = folder.resolve(table.target() + ".csv");
            raw.load(file, "raw_" + table.target());
            if (table.target().equals("account") || table.target().equals("user")) {
                inside("import", table.target(), file.toString());
            } else {
                inside("import", table.target(), file.toString(), "--complete-until", "2026-07-01");
            }
        }
        raw.execute(Files.readString(RunningCairn.inRepository(FOLDER + "/views.sql")));
    }

    private void inside(String... words) {
        var said = cairn.inside(words);
        assertThat(said.exit()).as(said.errors()).isZero();
    }

    @AfterAll
    void stop() {
        for (var started : Arrays.asList(cairn, raw)) {
            if (started != null) {
                closeQuietly(started);
            }
        }
    }

    private static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @TestFactory
    Stream<DynamicTest> the_answer_is_what_hand_written_sql_says() {
        return WorkedExample.in(FOLDER).stream()
                .map(example ->
                        DynamicTest.dynamicTest(
                                example.file() + ": " + example.title(),
                                () -> WorkedExamplesTest.expect(example, cairn, raw)));
    }

    @Test
    void every_metric_of_the_pack_has_an_example() {
        var missing = new TreeSet<String>();
        var catalog = cairn.bean(BrowseCatalogUseCase.class).catalog();
        catalog.entries().stream()
                .filter(entry -> entry.definition() instanceof Metric)
                .forEach(entry -> missing.add(entry.definition().name()));
        for (var example : WorkedExample.in(FOLDER)) {
            var names = NAME.matcher(example.question().toString());
            while (names.find()) {
                missing.remove(names.group());
            }
        }
        assertThat(missing).isEmpty();
    }
}
