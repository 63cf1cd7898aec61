package dev.cairn.adapters.persistence.fact;

import static dev.cairn.adapters.persistence.Declarations.covering;
import static dev.cairn.adapters.persistence.Declarations.in;
import static dev.cairn.adapters.persistence.Declarations.save;
import static dev.cairn.adapters.persistence.Declarations.source;
import static dev.cairn.adapters.persistence.fact.Facts.fact;
import static dev.cairn.adapters.persistence.generated.Tables.COVERAGE_HISTORY;
import static dev.cairn.adapters.persistence.generated.Tables.SOURCE_STATE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.persistence.MigratedDatabase;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.model.Validity;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CoverageTest {
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    private static final Field ID = Field.of("id", DataType.TEXT);
    private static final Source EVENT =
            in(
                    ZoneId.of("America/Los_Angeles"),
                    source("event", List.of("id"), ID, Field.of("at", DataType.TIMESTAMP)));

    @RegisterExtension final MigratedDatabase migrated = new MigratedDatabase();

    private final DataSource database = migrated.dataSource();
    private final Facts facts = Facts.in(database);

    @Test
    void there_is_none_before_the_first_fact() {
        save(database, EVENT);

        assertThat(coverage()).isEqualTo("null null .. null null");
    }

    @Test
    void undeclared_it_runs_from_the_local_day_of_the_first_fact_to_the_day_after_the_last() {
        save(database, EVENT);

        facts.load(EVENT, NOW, at("1", "2026-01-05T03:00:00Z"), at("2", "2026-03-08T12:00:00Z"));

        assertThat(coverage())
                .isEqualTo("2026-01-04 2026-01-04T08:00:00Z .. 2026-03-09 2026-03-09T07:00:00Z");
    }

    @Test
    void undeclared_it_follows_the_facts_in_force() {
        save(database, EVENT);
        facts.load(
                EVENT,
                NOW,
                at("1", "2026-01-05T12:00:00Z"),
                at("2", "2026-03-08T12:00:00Z"),
                at("3", "2026-02-01T12:00:00Z"));

        facts.load(EVENT, NOW, at("1", "2026-02-02T12:00:00Z"), at("2", "2026-02-03T12:00:00Z"));

        assertThat(coverage())
                .isEqualTo("2026-02-01 2026-02-01T08:00:00Z .. 2026-02-04 2026-02-04T08:00:00Z");
    }

    /** An end that lies ahead says nothing about what is known until then. */
    @Test
    void of_rows_that_hold_for_a_time_it_runs_from_the_first_start_to_the_day_after_the_last_one() {
        var since = Field.of("since", DataType.DATE);
        var until = Field.of("until", DataType.DATE);
        var term =
                new Source(
                                "event",
                                "",
                                "",
                                null,
                                ZoneId.of("America/Los_Angeles"),
                                null,
                                null,
                                null,
                                null,
                                List.of("id"),
                                List.of(ID, since, until))
                        .with(new Validity("since", "until"));
        save(database, term);
        var may = LocalDate.parse("2026-05-01");

        facts.load(
                term,
                NOW,
                fact(term, "1", LocalDate.parse("2026-01-04"), LocalDate.parse("2030-01-01")),
                fact(term, "2", LocalDate.parse("2026-03-08"), null));
        assertThat(coverage())
                .isEqualTo("2026-01-04 2026-01-04T08:00:00Z .. 2026-03-09 2026-03-09T07:00:00Z");

        facts.load(term, NOW, may, fact(term, "2", LocalDate.parse("2026-03-08"), may));
        assertThat(coverage()).endsWith(".. 2026-05-01 2026-05-01T07:00:00Z");
    }

    @Test
    void dates_are_the_days_that_they_are() {
        var daily =
                in(
                        ZoneId.of("Asia/Tokyo"),
                        source("daily", List.of(), Field.of("at", DataType.DATE)));
        save(database, daily);

        facts.load(daily, NOW, fact(daily, LocalDate.parse("2026-02-28")));

        assertThat(coverage())
                .isEqualTo("2026-02-28 2026-02-27T15:00:00Z .. 2026-03-01 2026-02-28T15:00:00Z");
    }

    @Test
    void declared_ends_win_over_the_facts() {
        var declared =
                covering(EVENT, LocalDate.parse("2026-01-01"), LocalDate.parse("2026-02-01"));
        save(database, declared);

        facts.load(declared, NOW, at("1", "2025-01-05T12:00:00Z"), at("2", "2026-03-08T12:00:00Z"));

        assertThat(coverage()).startsWith("2026-01-01 ").contains(" .. 2026-02-01 ");
    }

    @Test
    void one_end_may_be_declared_alone() {
        var declared = covering(EVENT, LocalDate.parse("2026-01-01"), null);
        save(database, declared);
        assertThat(coverage()).isEqualTo("2026-01-01 2026-01-01T08:00:00Z .. null null");

        facts.load(declared, NOW, at("2", "2026-03-08T12:00:00Z"));
        assertThat(coverage()).startsWith("2026-01-01 ").contains(" .. 2026-03-09 ");
    }

    @Test
    void an_import_moves_the_end_and_later_ones_leave_it() {
        var declared = covering(EVENT, null, LocalDate.parse("2026-02-01"));
        save(database, declared);

        facts.load(declared, NOW, LocalDate.parse("2026-04-01"), at("1", "2026-03-08T12:00:00Z"));
        assertThat(coverage()).endsWith(".. 2026-04-01 2026-04-01T07:00:00Z");

        facts.load(declared, NOW, at("2", "2026-05-08T12:00:00Z"));
        assertThat(coverage()).endsWith(".. 2026-04-01 2026-04-01T07:00:00Z");
    }

    @Test
    void moving_the_end_alone_is_a_change() {
        save(database, EVENT);
        facts.load(EVENT, NOW, at("1", "2026-03-08T12:00:00Z"));

        facts.load(EVENT, NOW, LocalDate.parse("2026-04-01"));
        assertThat(facts.store().dataVersion("event")).isEqualTo(2);

        facts.load(EVENT, NOW, LocalDate.parse("2026-04-01"));
        assertThat(facts.store().dataVersion("event")).isEqualTo(2);
    }

    @Test
    void what_an_import_said_outlives_a_revision_of_something_else_and_not_one_of_the_end() {
        var declared = covering(EVENT, null, LocalDate.parse("2026-02-01"));
        save(database, declared);
        facts.load(declared, NOW, LocalDate.parse("2026-04-01"), at("1", "2026-01-08T12:00:00Z"));

        save(
                database,
                covering(EVENT, LocalDate.parse("2025-12-01"), LocalDate.parse("2026-02-01")));
        assertThat(coverage()).startsWith("2025-12-01 ").contains(" .. 2026-04-01 ");

        save(
                database,
                covering(EVENT, LocalDate.parse("2025-12-01"), LocalDate.parse("2026-03-01")));
        assertThat(coverage()).startsWith("2025-12-01 ").contains(" .. 2026-03-01 ");

        save(database, covering(EVENT, null, null));
        assertThat(coverage()).startsWith("2026-01-08 ").contains(" .. 2026-01-09 ");
    }

    @Test
    void a_coverage_that_was_declared_during_a_load_counts_for_it() {
        save(database, EVENT);
        try (var load = facts.store().begin(EVENT, NOW)) {
            load.add(at("1", "2026-01-08T12:00:00Z"));
            save(database, covering(EVENT, LocalDate.parse("2020-01-01"), null));
            load.commit(null);
        }

        assertThat(coverage()).startsWith("2020-01-01 ");
    }

    @Test
    void what_was_known_of_it_is_kept_and_read_by_the_declaration_of_today() {
        save(database, EVENT);
        facts.load(EVENT, NOW, at("1", "2026-01-05T12:00:00Z"));
        facts.load(EVENT, NOW, LocalDate.parse("2026-03-01"), at("2", "2026-01-06T12:00:00Z"));
        facts.load(EVENT, NOW, at("2", "2026-01-06T12:00:00Z"));
        facts.load(EVENT, NOW, at("3", "2026-01-07T12:00:00Z"));

        assertThat(known())
                .containsExactly(
                        "null .. null",
                        "2026-01-05 .. 2026-01-06",
                        "2026-01-05 .. 2026-03-01",
                        "2026-01-05 .. 2026-03-01");

        save(database, covering(EVENT, LocalDate.parse("2026-01-01"), null));
        assertThat(known())
                .containsExactly(
                        "2026-01-01 .. null",
                        "2026-01-01 .. 2026-01-06",
                        "2026-01-01 .. 2026-03-01",
                        "2026-01-01 .. 2026-03-01");

        save(database, covering(EVENT, null, LocalDate.parse("2026-02-01")));
        assertThat(known())
                .containsExactly(
                        "null .. 2026-02-01",
                        "2026-01-05 .. 2026-02-01",
                        "2026-01-05 .. 2026-02-01",
                        "2026-01-05 .. 2026-02-01");
    }

    private List<String> known() {
        return facts.dsl()
                .select(COVERAGE_HISTORY.FROM_DATE, COVERAGE_HISTORY.UNTIL_DATE)
                .from(COVERAGE_HISTORY)
                .orderBy(COVERAGE_HISTORY.RECORDED)
                .fetch(row -> row.value1() + " .. " + row.value2());
    }

    private static dev.cairn.application.port.out.FactStore.Fact at(String id, String instant) {
        return fact(EVENT, id, Instant.parse(instant));
    }

    private String coverage() {
        var state = facts.dsl().fetchSingle(SOURCE_STATE);
        return "%s %s .. %s %s"
                .formatted(
                        state.get(SOURCE_STATE.FROM_DATE),
                        state.get(SOURCE_STATE.FROM_AT),
                        state.get(SOURCE_STATE.UNTIL_DATE),
                        state.get(SOURCE_STATE.UNTIL_AT));
    }
}
