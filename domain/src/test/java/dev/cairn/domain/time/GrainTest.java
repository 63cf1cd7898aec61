package dev.cairn.domain.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrainTest {

    @ParameterizedTest
    @CsvSource({
        "DAY, 2024-02-29, 2024-02-29",
        "WEEK, 2026-01-05, 2026-01-05",
        "WEEK, 2026-01-11, 2026-01-05",
        "WEEK, 2026-01-01, 2025-12-29",
        "MONTH, 2024-02-29, 2024-02-01",
        "QUARTER, 2026-01-01, 2026-01-01",
        "QUARTER, 2026-03-31, 2026-01-01",
        "QUARTER, 2026-05-31, 2026-04-01",
        "QUARTER, 2026-12-31, 2026-10-01",
        "YEAR, 2024-12-31, 2024-01-01",
        "HOUR, 2026-05-31, 2026-05-31"
    })
    void a_bucket_begins_on(Grain grain, LocalDate date, LocalDate start) {
        assertThat(grain.floor(date)).isEqualTo(start);
    }

    @ParameterizedTest
    @CsvSource({
        "DAY, 2024-02-28, 1, 2024-02-29",
        "DAY, 2024-02-28, 2, 2024-03-01",
        "WEEK, 2025-12-29, 1, 2026-01-05",
        "MONTH, 2026-01-01, -1, 2025-12-01",
        "QUARTER, 2025-10-01, 1, 2026-01-01",
        "QUARTER, 2026-01-01, -5, 2024-10-01",
        "YEAR, 2024-01-01, 1, 2025-01-01"
    })
    void a_bucket_is_moved_by_whole_buckets_and_back(
            Grain grain, LocalDate start, int count, LocalDate moved) {
        assertThat(grain.plus(start, count)).isEqualTo(moved);
        assertThat(grain.plus(moved, -count)).isEqualTo(start);
        assertThat(grain.between(start, moved)).isEqualTo(count);
    }

    @Test
    void an_hour_is_no_number_of_days() {
        var date = LocalDate.of(2026, 1, 1);
        assertThatIllegalArgumentException().isThrownBy(() -> Grain.HOUR.plus(date, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> Grain.HOUR.between(date, date));
    }
}
