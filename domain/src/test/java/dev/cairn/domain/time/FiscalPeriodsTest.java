package dev.cairn.domain.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.time.MonthDay;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiscalPeriodsTest {
    private static FiscalPeriods periods(Grain of, String begins) {
        return new FiscalPeriods("fiscal", of, MonthDay.parse("--" + begins));
    }

    @ParameterizedTest
    @CsvSource({
        "YEAR, 02-01, 2026-01-31, 2025-02-01, FY2026",
        "YEAR, 02-01, 2026-02-01, 2026-02-01, FY2027",
        "YEAR, 01-01, 2026-12-31, 2026-01-01, FY2026",
        "YEAR, 12-28, 2026-12-27, 2025-12-28, FY2026",
        "YEAR, 12-28, 2026-12-28, 2026-12-28, FY2027",
        "QUARTER, 02-01, 2026-04-30, 2026-02-01, FY2027 Q1",
        "QUARTER, 02-01, 2026-01-31, 2025-11-01, FY2026 Q4",
        "QUARTER, 03-15, 2026-03-14, 2025-12-15, FY2026 Q4",
        "QUARTER, 12-28, 2026-03-27, 2025-12-28, FY2026 Q1",
        "MONTH, 02-01, 2024-02-29, 2024-02-01, FY2025 M01",
        "MONTH, 03-15, 2024-03-01, 2024-02-15, FY2024 M12",
        "MONTH, 03-28, 2024-03-31, 2024-03-28, FY2025 M01"
    })
    void a_date_is_in_the_period_that_began_last(
            Grain of, String begins, LocalDate date, LocalDate start, String name) {
        assertThat(periods(of, begins).floor(date)).isEqualTo(start);
        assertThat(periods(of, begins).name(start)).contains(name);
    }

    @Test
    void periods_follow_each_other_and_a_year_has_twelve_months() {
        for (var begins : new String[] {"01-01", "02-01", "03-15", "10-28", "12-28"}) {
            var year = periods(Grain.YEAR, begins);
            var month = periods(Grain.MONTH, begins);
            var quarter = periods(Grain.QUARTER, begins);
            var end = LocalDate.of(2029, 1, 1);
            for (var date = LocalDate.of(2023, 1, 1); date.isBefore(end); date = date.plusDays(1)) {
                for (var periods : new FiscalPeriods[] {year, quarter, month}) {
                    var start = periods.floor(date);
                    assertThat(start).isBeforeOrEqualTo(date);
                    assertThat(periods.plus(start, 1)).isAfter(date);
                    assertThat(periods.floor(start)).isEqualTo(start);
                    assertThat(periods.floor(periods.plus(start, 1)))
                            .isEqualTo(periods.plus(start, 1));
                }
                var start = year.floor(date);
                assertThat(month.floor(start)).isEqualTo(start);
                assertThat(quarter.floor(start)).isEqualTo(start);
                assertThat(month.between(start, year.plus(start, 1))).isEqualTo(12);
                assertThat(quarter.between(start, year.plus(start, 1))).isEqualTo(4);
            }
        }
    }

    @Test
    void a_day_that_some_month_has_not_is_refused() {
        assertThatThrownBy(() -> periods(Grain.MONTH, "01-31"))
                .hasMessageContaining("not each month has the day");
        assertThatThrownBy(() -> periods(Grain.WEEK, "02-01"))
                .hasMessageContaining("has months and quarters");
    }
}
