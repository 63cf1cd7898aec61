package dev.cairn.domain.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CalendarDaysTest {
    private static CalendarDays.Day day(String on, @Nullable String... values) {
        return new CalendarDays.Day(LocalDate.parse(on), Arrays.asList(values));
    }

    private static CalendarDays of(CalendarDays.Day... days) {
        return CalendarDays.of("retail", List.of("period"), List.of(days));
    }

    private static String why(CalendarDays.Day... days) {
        return ((CalendarDays.Broken) of(days)).why();
    }

    /** Four days of {@code p1} from January 1, three of {@code p2}. */
    private static RowPeriods week() {
        var days = new ArrayList<CalendarDays.Day>();
        for (int day = 1; day <= 7; day++) {
            days.add(day("2026-01-0" + day, day <= 4 ? "p1" : "p2"));
        }
        return ((CalendarDays.Known) CalendarDays.of("retail", List.of("period"), days))
                .periods("period")
                .orElseThrow();
    }

    @Test
    void a_period_is_an_unbroken_run_of_days_of_one_value_whatever_the_order_of_the_rows() {
        var found = of(day("2026-01-03", "p2"), day("2026-01-01", "p1"), day("2026-01-02", "p1"));
        assertThat(((CalendarDays.Known) found).periods("period"))
                .contains(
                        new RowPeriods(
                                "retail",
                                "period",
                                List.of(
                                        LocalDate.parse("2026-01-01"),
                                        LocalDate.parse("2026-01-03")),
                                List.of("p1", "p2"),
                                LocalDate.parse("2026-01-04")));
    }

    @Test
    void days_that_are_missing_or_there_twice_are_told() {
        assertThat(why()).isEqualTo("it has no days; import the rows of its source");
        assertThat(why(day("2026-01-01", "p1"), day("2026-01-04", "p1")))
                .isEqualTo(
                        "there is no row of 2026-01-02, which is between 2026-01-01 and 2026-01-04");
        assertThat(why(day("2026-01-01", "p1"), day("2026-01-01", "p2")))
                .isEqualTo("it has several rows of 2026-01-01");
        assertThat(why(day("2026-01-01", (String) null)))
                .isEqualTo("the row of 2026-01-01 does not say its 'period'");
    }

    @Test
    void a_period_that_comes_back_is_told() {
        assertThat(why(day("2026-01-01", "1"), day("2026-01-02", "2"), day("2026-01-03", "1")))
                .startsWith("'1' comes back as a 'period' on 2026-01-03, after another");
    }

    @Test
    void a_date_is_in_the_period_that_began_last() {
        assertThat(week().floor(LocalDate.parse("2026-01-04"))).isEqualTo("2026-01-01");
        assertThat(week().floor(LocalDate.parse("2026-01-05"))).isEqualTo("2026-01-05");
        assertThat(week().number(LocalDate.parse("2026-01-07"))).isEqualTo(1);
        assertThat(week().name(LocalDate.parse("2026-01-05"))).contains("p2");
    }

    @Test
    void a_day_of_a_period_moves_to_that_of_another_or_to_its_last() {
        assertThat(week().moved(LocalDate.parse("2026-01-02"), 1)).isEqualTo("2026-01-06");
        assertThat(week().moved(LocalDate.parse("2026-01-04"), 1)).isEqualTo("2026-01-07");
        assertThat(week().moved(LocalDate.parse("2026-01-08"), -1)).isEqualTo("2026-01-05");
        assertThat(week().plus(LocalDate.parse("2026-01-05"), 1)).isEqualTo("2026-01-08");
    }

    @Test
    void days_that_the_calendar_does_not_have_are_refused() {
        assertThatExceptionOfType(OutsideCalendar.class)
                .isThrownBy(() -> week().floor(LocalDate.parse("2026-02-01")))
                .withMessage(
                        "The calendar 'retail' has the days from 2026-01-01 to 2026-01-07; this question needs 2026-02-01 too.");
        assertThatExceptionOfType(OutsideCalendar.class)
                .isThrownBy(() -> week().plus(LocalDate.parse("2026-01-01"), -1));
        assertThatExceptionOfType(OutsideCalendar.class)
                .isThrownBy(() -> week().moved(LocalDate.parse("2026-01-06"), 1));
    }
}
