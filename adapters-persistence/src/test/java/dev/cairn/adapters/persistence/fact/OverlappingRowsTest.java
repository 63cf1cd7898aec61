package dev.cairn.adapters.persistence.fact;

import static dev.cairn.adapters.persistence.Declarations.save;
import static dev.cairn.adapters.persistence.fact.Facts.MONDAY;
import static dev.cairn.adapters.persistence.fact.Facts.fact;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.persistence.Declarations;
import dev.cairn.adapters.persistence.MigratedDatabase;
import dev.cairn.application.port.out.FactStore.Fact;
import dev.cairn.application.port.out.FactStore.Overlap;
import dev.cairn.application.port.out.FactStore.Overlaps;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.model.Validity;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OverlappingRowsTest {
    private static final Source TERM = term(new Validity("at", "until", List.of("contract")));

    @RegisterExtension final MigratedDatabase migrated = new MigratedDatabase();

    private final Facts facts = Facts.in(migrated.dataSource());

    private static Source term(Validity validity) {
        return Declarations.source(
                        "term",
                        List.of("id"),
                        Field.of("id", DataType.TEXT),
                        Field.of("contract", DataType.TEXT),
                        Field.of("at", DataType.DATE),
                        Field.of("until", DataType.DATE))
                .with(validity);
    }

    private static Fact row(
            String id, @Nullable String contract, String from, @Nullable String until) {
        return fact(
                TERM,
                id,
                contract,
                LocalDate.parse(from),
                until == null ? null : LocalDate.parse(until));
    }

    @Test
    void rows_of_one_thing_that_hold_at_one_time_are_told_with_what_they_overlap() {
        save(migrated.dataSource(), TERM);

        var overlaps =
                facts.load(
                                TERM,
                                MONDAY,
                                row("1", "a", "2026-01-01", "2026-03-01"),
                                // within the first, and behind it the third begins in the first too
                                row("2", "a", "2026-01-10", "2026-01-20"),
                                row("3", "a", "2026-02-01", "2026-04-01"),
                                // begins as the one before ends
                                row("4", "a", "2026-04-01", null),
                                row("5", "a", "2026-05-01", null),
                                // never holds, and holds beside nobody
                                row("6", "a", "2026-06-01", "2026-06-01"),
                                row("7", "b", "2026-01-01", null),
                                // of what is not said
                                row("8", null, "2026-01-01", null),
                                row("9", null, "2026-01-01", null))
                        .overlaps();

        assertThat(overlaps)
                .isEqualTo(
                        new Overlaps(
                                3,
                                List.of(
                                        new Overlap(List.of("a"), "2026-01-10", "2026-03-01"),
                                        new Overlap(List.of("a"), "2026-02-01", "2026-03-01"),
                                        new Overlap(List.of("a"), "2026-05-01", null))));
    }

    @Test
    void rows_in_force_count_and_only_of_what_a_file_is_about() {
        save(migrated.dataSource(), TERM);
        facts.load(
                TERM,
                MONDAY,
                row("1", "a", "2026-01-01", null),
                row("2", "a", "2026-02-01", null),
                row("3", "b", "2026-01-01", null));

        assertThat(facts.load(TERM, MONDAY, row("4", "b", "2026-03-01", null)).overlaps())
                .isEqualTo(new Overlaps(1, List.of(new Overlap(List.of("b"), "2026-03-01", null))));
        assertThat(facts.load(TERM, MONDAY, row("1", "a", "2026-01-01", "2026-02-01")).overlaps())
                .isEqualTo(Overlaps.NONE);
    }

    @Test
    void rows_may_overlap_where_nothing_says_what_one_of_them_holds_for() {
        var many = term(new Validity("at", "until"));
        save(migrated.dataSource(), many);

        assertThat(
                        facts.load(
                                        many,
                                        MONDAY,
                                        row("1", "a", "2026-01-01", null),
                                        row("2", "a", "2026-01-01", null))
                                .overlaps())
                .isEqualTo(Overlaps.NONE);
    }
}
