package dev.cairn.adapters.persistence.trust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.persistence.MigratedDatabase;
import dev.cairn.application.port.out.SourceCounts.Found;
import dev.cairn.domain.trust.SourceFigures;
import dev.cairn.domain.trust.SourceFigures.ControlFigure;
import dev.cairn.domain.trust.SourceFigures.Period;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class JooqSourceCountsTest {
    @RegisterExtension private final MigratedDatabase database = new MigratedDatabase();

    private static final LocalDate DAY = LocalDate.of(2026, 7, 1);

    private static final SourceFigures FIGURES =
            new SourceFigures(
                    DAY,
                    List.of(
                            new Period(DAY, DAY.plusDays(1), null, List.of(), true),
                            new Period(
                                    DAY.plusDays(1), DAY.plusDays(2), 7L, List.of(0L, 3L), false)),
                    7,
                    6,
                    List.of(new ControlFigure("ledger", DAY, DAY.plusDays(2), 0.1, null)),
                    Map.of("emea", Arrays.asList(1L, 2L)));

    @Test
    void a_count_is_found_as_it_was_kept_by_its_basis_alone() {
        var counts = new JooqSourceCounts(database.dataSource());
        assertThat(counts.find("event", "1")).isEqualTo(new Found.Nothing());
        counts.keep("event", "1", FIGURES);
        assertThat(counts.find("event", "1")).isEqualTo(new Found.Counted(FIGURES));
        assertThat(counts.find("event", "2")).isEqualTo(new Found.Nothing());
        counts.keep("event", "2", SourceFigures.EMPTY);
        assertThat(counts.find("event", "1")).isEqualTo(new Found.Nothing());
        assertThat(counts.find("event", "2")).isEqualTo(new Found.Counted(SourceFigures.EMPTY));
    }

    @Test
    void that_a_count_takes_long_is_kept_until_it_has_ended() {
        var counts = new JooqSourceCounts(database.dataSource());
        counts.takesLong("event", "1");
        assertThat(counts.find("event", "1")).isEqualTo(new Found.TakesLong());
        counts.keep("event", "1", FIGURES);
        counts.takesLong("event", "1");
        assertThat(counts.find("event", "1")).isEqualTo(new Found.Counted(FIGURES));
        counts.takesLong("event", "2");
        assertThat(counts.find("event", "2")).isEqualTo(new Found.TakesLong());
    }
}
