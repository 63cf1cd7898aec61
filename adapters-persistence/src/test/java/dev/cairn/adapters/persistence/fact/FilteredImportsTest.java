package dev.cairn.adapters.persistence.fact;

import static dev.cairn.adapters.persistence.Declarations.save;
import static dev.cairn.adapters.persistence.Declarations.source;
import static dev.cairn.adapters.persistence.Declarations.where;
import static dev.cairn.adapters.persistence.fact.Facts.MONDAY;
import static dev.cairn.adapters.persistence.generated.Tables.SOURCE_STATE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.persistence.MigratedDatabase;
import dev.cairn.adapters.persistence.account.JooqAccountDirectory;
import dev.cairn.adapters.persistence.catalog.JooqDefinitionStore;
import dev.cairn.application.port.Records;
import dev.cairn.application.port.Records.Raw;
import dev.cairn.application.port.in.ImportUseCase.Outcome;
import dev.cairn.application.port.in.ImportUseCase.Request;
import dev.cairn.application.port.in.ImportUseCase.Summary;
import dev.cairn.application.port.out.FactStore.Load;
import dev.cairn.application.port.out.FactStore.Loaded;
import dev.cairn.application.service.ImportService;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Source;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a source's condition on rows leaves out, by hand and against a plain reckoning of random files. */
class FilteredImportsTest {
    private static final int BATCH_BYTES = 200;
    private static final Field ID = Field.of("id", DataType.INTEGER);
    private static final Field AT = Field.of("at", DataType.DATE);
    private static final Field CUSTOMER = Field.of("customer", DataType.TEXT);
    private static final Field SCORE = Field.of("score", DataType.INTEGER);
    private static final String ABOVE_3 = "score > 3";

    @RegisterExtension final MigratedDatabase database = new MigratedDatabase();
    private final Facts facts = Facts.in(database.dataSource());
    private final JooqFactStore store = new JooqFactStore(database.dataSource(), BATCH_BYTES);

    private record Lines(Iterator<String> lines) implements Records {
        @Override
        public List<String> header() {
            return List.of("id", "at", "customer", "score");
        }

        @Override
        public @Nullable Raw next() {
            if (!lines.hasNext()) {
                return null;
            }
            var cells =
                    Arrays.stream(lines.next().split(",", -1))
                            .map(cell -> cell.isEmpty() ? null : cell)
                            .toList();
            return new Raw.Read(1, new ArrayList<@Nullable String>(cells));
        }

        @Override
        public void close() {}
    }

    private static Source answer(String name, boolean keyed) {
        return where(
                source(name, keyed ? List.of("id") : List.of(), ID, AT, CUSTOMER, SCORE), ABOVE_3);
    }

    private Summary imported(Source source, List<String> lines) {
        var service =
                new ImportService(
                        () -> new JooqDefinitionStore(database.dataSource()).load(),
                        _ -> {
                            throw new AssertionError("no file is opened");
                        },
                        store,
                        new JooqAccountDirectory(database.dataSource()),
                        Clock.fixed(MONDAY, ZoneOffset.UTC));
        var outcome =
                service.importRecords(
                        new Request(
                                source.name(),
                                new Lines(lines.iterator()),
                                Map.of(),
                                null,
                                Long.MAX_VALUE,
                                _ -> {},
                                _ -> {}));
        assertThat(outcome).isInstanceOf(Outcome.Imported.class);
        var summary = ((Outcome.Imported) outcome).summary();
        assertThat(summary.loaded() + summary.duplicates() + summary.filtered())
                .isEqualTo(summary.read() - summary.rejected() - summary.deleted());
        return summary;
    }

    private List<String> inForce(Source source) {
        return facts.inForce(source).stream()
                .map(row -> row.get(1) + "," + row.get(2) + "," + row.get(3) + "," + row.get(4))
                .sorted()
                .toList();
    }

    @Test
    void a_row_that_does_not_pass_is_not_stored_and_takes_what_was_stored_of_its_key_away() {
        var answer = answer("answer", true);
        save(database.dataSource(), answer);

        var first =
                imported(
                        answer,
                        List.of(
                                "1,2026-01-01,acme,5",
                                "2,2026-01-02,acme,4",
                                "3,2026-01-03,bolt,3",
                                "4,2026-01-04,bolt,9",
                                "5,2026-01-05,core,"));
        assertThat(first.loaded()).isEqualTo(3);
        assertThat(first.filtered()).isEqualTo(2);
        assertThat(first.undecided()).isEqualTo(1);
        assertThat(first.superseded()).isZero();
        assertThat(facts.accounts()).containsExactly("acme", "bolt");

        var second =
                imported(
                        answer,
                        List.of(
                                "1,2026-01-01,acme,2",
                                "2,2026-01-02,acme,6",
                                "3,2026-01-03,bolt,7",
                                "4,2026-01-04,bolt,",
                                "6,2026-01-06,acme,1"));
        assertThat(inForce(answer)).containsExactly("2,2026-01-02,acme,6", "3,2026-01-03,bolt,7");
        assertThat(second.loaded()).isEqualTo(2);
        assertThat(second.superseded()).isEqualTo(3);
        assertThat(second.filtered()).isEqualTo(3);
        assertThat(facts.firstDay("acme")).isEqualTo(LocalDate.of(2026, 1, 2));
        assertThat(facts.firstDay("bolt")).isEqualTo(LocalDate.of(2026, 1, 3));
        var until =
                facts.dsl()
                        .select(SOURCE_STATE.UNTIL_DATE)
                        .from(SOURCE_STATE)
                        .where(SOURCE_STATE.SOURCE.eq("answer"))
                        .fetchOne(SOURCE_STATE.UNTIL_DATE);
        assertThat(until).isEqualTo(LocalDate.of(2026, 1, 4));

        long version = store.dataVersion("answer");
        assertThat(imported(answer, List.of("4,2026-01-04,bolt,")).superseded()).isZero();
        assertThat(store.dataVersion("answer")).isEqualTo(version);
        imported(answer, List.of("2,2026-01-02,acme,1"));
        assertThat(store.dataVersion("answer")).isEqualTo(version + 1);
        assertThat(facts.firstDay("acme")).isNull();
    }

    @Test
    void the_last_row_of_a_key_in_a_file_says_whether_it_is_there() {
        var answer = answer("answer", true);
        save(database.dataSource(), answer);

        var summary =
                imported(
                        answer,
                        List.of(
                                "1,2026-01-01,acme,5",
                                "2,2026-01-02,acme,1",
                                "1,2026-01-01,acme,2",
                                "2,2026-01-02,acme,8",
                                "3,2026-01-02,acme,",
                                "3,2026-01-02,acme,"));

        assertThat(inForce(answer)).containsExactly("2,2026-01-02,acme,8");
        assertThat(summary.loaded()).isEqualTo(2);
        assertThat(summary.superseded()).isEqualTo(1);
        assertThat(summary.filtered()).isEqualTo(4);
        assertThat(summary.undecided()).isEqualTo(2);
    }

    @Test
    void an_import_that_was_interrupted_goes_on_with_what_it_withdrew() {
        var answer = answer("answer", true);
        save(database.dataSource(), answer);
        imported(answer, List.of("1,2026-01-01,acme,5", "2,2026-01-02,acme,4"));
        try (var load = new JooqFactStore(database.dataSource(), 1).begin(answer, MONDAY)) {
            addSome(load, answer);
        }

        try (var load = new JooqFactStore(database.dataSource(), 1).begin(answer, MONDAY)) {
            addSome(load, answer);
            load.withdraw("1:2");
            assertThat(load.commit(null)).isEqualTo(new Loaded(1, 2, 0));
        }

        assertThat(inForce(answer)).containsExactly("3,2026-01-03,acme,9");
    }

    private static void addSome(Load load, Source answer) {
        load.withdraw("1:1");
        var day = LocalDate.of(2026, 1, 3);
        var fact = Facts.fact(answer, 3L, day, "acme", 9L);
        load.add(
                new dev.cairn.application.port.out.FactStore.Fact(
                        Instant.parse("2026-01-03T00:00:00Z"), "1:3", "acme", null, fact.values()));
    }

    @Test
    void whatever_the_files_the_facts_are_those_of_a_plain_reckoning() {
        for (int seed = 0; seed < 24; seed++) {
            var random = new Random(seed);
            boolean keyed = seed % 3 > 0;
            var answer = answer("answer_" + seed, keyed);
            save(database.dataSource(), answer);
            var byKey = new TreeMap<String, String>();
            var occurrences = new TreeMap<String, Integer>();
            for (int file = 0; file < 3; file++) {
                var lines = new ArrayList<String>();
                for (int i = random.nextInt(30); i > 0; i--) {
                    lines.add(line(random));
                }
                imported(answer, lines);
                for (var line : lines) {
                    byKey.put(line.substring(0, line.indexOf(',')), line);
                }
                for (var line : lines) {
                    occurrences.merge(line, Collections.frequency(lines, line), Math::max);
                }
            }
            var expected = new ArrayList<String>();
            if (keyed) {
                expected.addAll(byKey.values());
            } else {
                occurrences.forEach((line, n) -> expected.addAll(Collections.nCopies(n, line)));
            }
            expected.removeIf(FilteredImportsTest::isLeftOut);
            expected.sort(null);
            assertThat(inForce(answer)).as("seed %d", seed).isEqualTo(expected);
        }
    }

    private static String line(Random random) {
        int score = random.nextInt(8);
        return "%d,2026-01-0%d,%s,%s"
                .formatted(
                        random.nextInt(9),
                        1 + random.nextInt(3),
                        random.nextBoolean() ? "acme" : "bolt",
                        score == 7 ? "" : score);
    }

    private static boolean isLeftOut(String line) {
        var score = line.substring(line.lastIndexOf(',') + 1);
        return score.isEmpty() || Integer.parseInt(score) <= 3;
    }
}
