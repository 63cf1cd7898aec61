package dev.cairn.adapters.files.fact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.cairn.adapters.files.definition.DefinitionDirectory;
import dev.cairn.adapters.files.definition.DefinitionReader;
import dev.cairn.application.port.Dialect;
import dev.cairn.application.port.RecordFile;
import dev.cairn.application.port.in.ImportUseCase.Outcome;
import dev.cairn.application.port.in.ImportUseCase.Reject;
import dev.cairn.application.port.in.ImportUseCase.Request;
import dev.cairn.application.port.in.ImportUseCase.Summary;
import dev.cairn.application.port.out.FactStore.Fact;
import dev.cairn.application.service.ImportService;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.problem.Problem;
import dev.cairn.testkit.data.RealData;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Whole files against the example declarations: what an importer meets in the morning. */
class ImportFilesTest {
    private static final String HEADER =
            "invoice_no,stock_code,quantity,invoice_date,unit_price,customer_id,country\n";
    private static final String LINE =
            "536365,85123A,6,2010-12-01 08:26:00,2.55,17850,United Kingdom\n";

    private final List<Reject> rejects = new ArrayList<>();
    private final List<Fact> facts = new ArrayList<>();
    private boolean committed = false;

    private static Catalog example(String set) throws IOException {
        var files = DefinitionDirectory.read(Path.of("..", "examples", set)).files();
        var entries =
                DefinitionReader.read(files).drafts().stream()
                        .map(draft -> new Entry(draft.definition(), 1, Map.of()))
                        .toList();
        return Catalog.of(1, entries, List.of());
    }

    private Outcome bring(String set, String source, InputStream in, Consumer<Fact> taker)
            throws IOException {
        var catalog = example(set);
        var service =
                new ImportService(
                        () -> catalog,
                        new TextRecordFiles(),
                        new TakenFacts(taker, () -> committed = true),
                        TakenFacts.NO_ACCOUNTS,
                        Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
        return service.importRecords(
                new Request(
                        source,
                        new RecordFile(in, Dialect.of("facts")),
                        Map.of(),
                        null,
                        Long.MAX_VALUE,
                        rejects::add,
                        _ -> {}));
    }

    private Outcome lines(String text, Charset charset) throws IOException {
        return bring(
                "online-retail",
                "invoice_line",
                new ByteArrayInputStream(text.getBytes(charset)),
                facts::add);
    }

    private Summary imported(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Imported.class);
        var summary = ((Outcome.Imported) outcome).summary();
        assertThat(summary.read())
                .isEqualTo(summary.loaded() + summary.duplicates() + summary.rejected());
        return summary;
    }

    private List<Problem> refused(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
        assertThat(committed).isFalse();
        return ((Outcome.Rejected) outcome).problems();
    }

    @Test
    void a_line_becomes_a_fact_with_what_is_computed_from_it() throws IOException {
        imported(lines(HEADER + LINE, StandardCharsets.UTF_8));

        assertThat(facts)
                .containsExactly(
                        new Fact(
                                Instant.parse("2010-12-01T08:26:00Z"),
                                null,
                                "17850",
                                null,
                                List.of(
                                        "536365",
                                        "85123A",
                                        6L,
                                        Instant.parse("2010-12-01T08:26:00Z"),
                                        new BigDecimal("2.55"),
                                        "17850",
                                        "United Kingdom",
                                        new BigDecimal("15.3"),
                                        "sale")));
    }

    @Test
    void each_bad_line_is_rejected_with_its_reason_and_the_others_are_loaded() throws IOException {
        var summary =
                imported(
                        lines(
                                HEADER
                                        + LINE
                                        + "536365,85123A,six,2010-12-01 08:26:00,2.55,17850,France\n"
                                        + "536365,85123A,6,2010-02-30 08:26:00,2.55,17850,France\n"
                                        + "536365,85123A,6,2010-12-01 08:26:00,2.55,17850,France,more\n"
                                        + "536365,85123A,6\n"
                                        + "536365,85123A,6,,2.55,17850,France\n"
                                        + "\"'; drop table account; --\",x,1,2010-12-01 08:26:00,1,,\n",
                                StandardCharsets.UTF_8));

        assertThat(rejects)
                .extracting(Reject::line, Reject::column)
                .containsExactly(
                        tuple(3L, "quantity"),
                        tuple(4L, "invoice_date"),
                        tuple(5L, "8"),
                        tuple(6L, "4"),
                        tuple(7L, "invoice_date"));
        assertThat(summary.loaded()).isEqualTo(2);
        assertThat(facts.getLast().values().getFirst()).isEqualTo("'; drop table account; --");
    }

    @Test
    void a_wrong_header_an_empty_file_a_broken_quote_and_latin_1_change_nothing()
            throws IOException {
        assertThat(
                        refused(
                                lines(
                                        HEADER.replace("quantity", "qantity") + LINE,
                                        StandardCharsets.UTF_8)))
                .singleElement()
                .satisfies(problem -> assertThat(problem.suggestions()).containsExactly("qantity"));
        assertThat(refused(lines("", StandardCharsets.UTF_8))).hasSize(1);
        assertThat(refused(lines(HEADER + LINE + "1,\"2,3\n" + LINE, StandardCharsets.UTF_8)))
                .singleElement()
                .satisfies(problem -> assertThat(problem.place().line()).isEqualTo(3));
        assertThat(refused(lines(HEADER + LINE + "1,caf\u00e9,3\n", StandardCharsets.ISO_8859_1)))
                .singleElement()
                .satisfies(problem -> assertThat(problem.place().line()).isEqualTo(3));
        assertThat(
                        refused(
                                lines(
                                        HEADER.replace(',', ';') + LINE.replace(',', ';'),
                                        StandardCharsets.UTF_8)))
                .anySatisfy(problem -> assertThat(problem.message()).contains("';'"));
    }

    @Test
    void whatever_is_done_to_a_file_it_is_imported_with_totals_that_add_up_or_refused()
            throws IOException {
        long seed = 23;
        var random = new Random(seed);
        var odd =
                List.of(
                        "\"",
                        ",",
                        "\n",
                        "\0",
                        "9".repeat(70),
                        "e99",
                        "-",
                        " ",
                        "NaN",
                        "\u00e9",
                        "2011-02-30",
                        ":",
                        "T");
        for (int round = 0; round < 1_000; round++) {
            var text = new StringBuilder(HEADER + LINE.repeat(3));
            for (int i = random.nextInt(5); i >= 0; i--) {
                int at = random.nextInt(text.length());
                text.replace(
                        at,
                        Math.min(text.length(), at + random.nextInt(3)),
                        odd.get(random.nextInt(odd.size())));
            }
            rejects.clear();
            var outcome = lines(text.toString(), StandardCharsets.UTF_8);
            switch (outcome) {
                case Outcome.Imported(var summary) -> {
                    imported(outcome);
                    assertThat(rejects.stream().map(Reject::line).distinct())
                            .as("seed %d round %d", seed, round)
                            .hasSize((int) summary.rejected());
                }
                case Outcome.Rejected(var problems) ->
                        assertThat(problems).as("seed %d round %d", seed, round).isNotEmpty();
            }
        }
    }

    @Test
    void the_invoice_lines_are_read_whole_in_little_memory() throws IOException {
        var file = RealData.require("online-retail/invoice_lines.csv.gz");
        var counted = new long[2];
        try (var in = Files.newInputStream(file)) {
            var outcome =
                    bring(
                            "online-retail",
                            "invoice_line",
                            in,
                            fact -> {
                                counted[0] += fact.account() == null ? 1 : 0;
                                counted[1] += "sale".equals(fact.values().getLast()) ? 1 : 0;
                            });
            var summary = imported(outcome);
            assertThat(summary.read()).isEqualTo(541_909);
            assertThat(summary.rejected()).as(() -> rejects.toString()).isZero();
            assertThat(counted[0]).isEqualTo(135_080);
            assertThat(counted[1]).isGreaterThan(500_000);
        }
    }

    @Test
    void the_airport_survey_is_read_whole() throws IOException {
        var file = RealData.require("sfo-survey/sfo_customer_survey_2015_2018.csv.gz");
        try (var in = Files.newInputStream(file)) {
            var summary = imported(bring("sfo-survey", "survey", in, _ -> {}));
            assertThat(summary.rejected()).as(() -> rejects.toString()).isZero();
            assertThat(summary.read()).isGreaterThan(10_000);
            assertThat(summary.emptied()).isEmpty();
        }
    }
}
