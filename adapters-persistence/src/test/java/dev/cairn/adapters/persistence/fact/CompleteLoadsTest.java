package dev.cairn.adapters.persistence.fact;

import static dev.cairn.adapters.persistence.Declarations.save;
import static dev.cairn.adapters.persistence.fact.Facts.MONDAY;
import static dev.cairn.adapters.persistence.fact.Facts.fact;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.cairn.adapters.persistence.Declarations;
import dev.cairn.adapters.persistence.MigratedDatabase;
import dev.cairn.application.port.Closing;
import dev.cairn.application.port.ClosingRefused;
import dev.cairn.application.port.out.FactStore.Ending;
import dev.cairn.application.port.out.FactStore.Fact;
import dev.cairn.application.port.out.FactStore.Loaded;
import dev.cairn.domain.change.Rereading;
import dev.cairn.domain.lowering.RowFormulas;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.model.Validity;
import dev.cairn.domain.problem.Place;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Loads of rows that hold for a time, which say all that holds. */
class CompleteLoadsTest {
    private static final Source TERM =
            Declarations.source(
                            "term",
                            List.of("id"),
                            Field.of("id", DataType.TEXT),
                            Field.of("customer", DataType.TEXT),
                            Field.of("at", DataType.DATE),
                            Field.of("until", DataType.DATE),
                            new Field(
                                    "is_open",
                                    "",
                                    DataType.BOOLEAN,
                                    null,
                                    "until is none",
                                    List.of(),
                                    null,
                                    null))
                    .with(new Validity("at", "until"));

    @RegisterExtension final MigratedDatabase migrated = new MigratedDatabase();

    private final Facts facts = Facts.in(migrated.dataSource());

    @BeforeEach
    void declare() {
        save(migrated.dataSource(), TERM);
    }

    private static Fact row(
            String id, @Nullable String customer, String from, @Nullable String until) {
        return fact(
                TERM,
                id,
                customer,
                LocalDate.parse(from),
                until == null ? null : LocalDate.parse(until),
                until == null);
    }

    private Loaded complete(String on, @Nullable Long accepted, boolean isTrial, Fact... rows) {
        var ending =
                new Ending(
                        new Closing(LocalDate.parse(on), false, accepted),
                        Rereading.of(TERM, RowFormulas.of(TERM, Map.of(), Place.of("term"))));
        try (var load = facts.store().begin(TERM, MONDAY)) {
            for (var row : rows) {
                load.add(row);
            }
            return load.commit(null, ending, isTrial);
        }
    }

    private List<String> inForce() {
        return facts.inForce(TERM).stream()
                .map(row -> "%s: %s".formatted(row.getFirst(), row.subList(1, row.size())))
                .toList();
    }

    @Test
    void rows_that_a_complete_file_no_longer_says_end_on_its_day() {
        facts.load(
                TERM,
                MONDAY,
                row("1", "a", "2026-01-01", null),
                row("2", "a", "2026-01-01", "2026-12-01"),
                row("3", "b", "2026-01-01", "2026-02-01"),
                row("4", null, "2026-05-01", null),
                row("5", "b", "2026-01-01", null));

        var loaded = complete("2026-03-01", 3L, false, row("5", "b", "2026-01-01", null));

        assertThat(loaded.closed()).isEqualTo(3);
        assertThat(loaded.loaded()).isZero();
        assertThat(loaded.superseded()).isZero();
        assertThat(loaded.duplicates()).isEqualTo(1);
        // what follows from the end is computed again, and what has not begun never holds
        assertThat(facts.inForce(TERM))
                .extracting(row -> row.get(1), row -> row.get(4), row -> row.get(5))
                .containsExactly(
                        tuple("1", LocalDate.parse("2026-03-01"), false),
                        tuple("2", LocalDate.parse("2026-03-01"), false),
                        tuple("3", LocalDate.parse("2026-02-01"), false),
                        tuple("4", LocalDate.parse("2026-05-01"), false),
                        tuple("5", null, true));
        // the rows as they were are known of earlier
        assertThat(facts.rows(TERM)).isEqualTo(8);
    }

    @Test
    void accounts_of_closed_rows_stay() {
        facts.load(TERM, MONDAY, row("1", "a", "2026-01-01", null));
        var before = facts.inForce(TERM).getFirst().getFirst();

        complete("2026-03-01", 1L, false);

        assertThat(facts.inForce(TERM).getFirst().getFirst()).isEqualTo(before);
        assertThat(inForce()).hasSize(1);
    }

    @Test
    void the_same_complete_file_twice_closes_once_and_a_row_that_comes_back_holds_again() {
        facts.load(
                TERM, MONDAY, row("1", "a", "2026-01-01", null), row("2", "a", "2026-01-01", null));
        complete("2026-03-01", 1L, false, row("1", "a", "2026-01-01", null));

        assertThat(complete("2026-03-01", null, false, row("1", "a", "2026-01-01", null)).closed())
                .isZero();
        facts.load(TERM, MONDAY, row("2", "a", "2026-01-01", null));
        assertThat(inForce()).noneMatch(row -> row.contains("2026-03-01"));
    }

    @Test
    void a_row_that_has_not_begun_is_closed_once() {
        facts.load(
                TERM,
                MONDAY,
                row("1", "a", "2026-01-01", null),
                row("2", "a", "2026-05-01", null),
                // cancelled before it began: it never holds, and is not counted among those that do
                row("3", "a", "2026-06-01", "2026-06-01"));
        var only = row("1", "a", "2026-01-01", null);
        assertThat(complete("2026-03-01", 1L, false, only).closed()).isEqualTo(1);

        var again = complete("2026-03-02", 0L, false, only);

        assertThat(again).isEqualTo(new Loaded(0, 0, 1));
    }

    @Test
    void a_trial_tells_what_would_be_done_and_too_many_are_refused() {
        facts.load(
                TERM, MONDAY, row("1", "a", "2026-01-01", null), row("2", "a", "2026-01-01", null));
        var before = inForce();

        assertThatThrownBy(() ->
                        complete("2026-03-01", null, false, row("1", "a", "2026-01-01", null)))
                .isInstanceOf(ClosingRefused.class)
                .hasMessageContaining("1 of the 2 rows of term")
                .hasMessageContaining("--accept-closing 1");
        var trial =
                complete(
                        "2026-03-01",
                        1L,
                        true,
                        row("3", "a", "2026-01-01", null),
                        row("1", "a", "2026-01-01", null));

        assertThat(trial.closed()).isEqualTo(1);
        assertThat(trial.loaded()).isEqualTo(1);
        assertThat(inForce()).isEqualTo(before);
        assertThat(facts.store().dataVersion("term")).isEqualTo(1);
    }
}
