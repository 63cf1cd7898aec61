package dev.cairn.domain.check;

import static dev.cairn.domain.catalog.Shop.shop;
import static dev.cairn.domain.planner.Question.formula;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.model.Calendar;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.time.CalendarGrain;
import dev.cairn.domain.time.Grain;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalendarsTest {
    private static List<Problem> problems(int month, int day) {
        var entry = new Entry(new Calendar("fiscal", "", "", month, day), 1, Map.of());
        var catalog = Catalog.empty().with(List.of(entry), Set.of());
        return DefinitionChecker.check(catalog, entry, Place.NOWHERE).problems();
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 28", "12, 28", "7, 15"})
    void a_year_begins_on_a_day_that_each_month_has(int month, int day) {
        assertThat(problems(month, day)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "1, 31, not each has a 31",
        "1, 29, not each has a 29",
        "2, 29, not each has a 29",
        "2, 30, There is no month and day 02-30",
        "13, 1, There is no month and day 13-01",
        "0, 1, There is no month and day 00-01",
        "4, 0, There is no month and day 04-00"
    })
    void any_other_day_is_refused(int month, int day, String told) {
        assertThat(problems(month, day))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.code()).isEqualTo(ProblemCode.BAD_VALUE);
                    assertThat(problem.place()).isEqualTo(Place.of("year_begins"));
                    assertThat(problem.message()).contains(told);
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "count(event) over last 2 fiscl.quarter | 1:24 | fiscal",
                "count(event) over fiscal.quater to date | 1:1 | quarter",
                "count(event where trunc(happened, fiscal.week) = @2026-01-01) | 1:35 |",
                "avg(fiscal.day : count(event)) | 1:5 |",
                "prior(count(event), start of fiscl.year) | 1:1 | fiscal"
            })
    void a_grain_that_no_calendar_has_is_told_with_the_nearest(
            String text, String at, String near) {
        var problem = formula(text).problem(shop());
        assertThat(problem.code()).isEqualTo(ProblemCode.UNKNOWN_CALENDAR);
        assertThat(problem.place().line() + ":" + problem.place().column()).isEqualTo(at);
        assertThat(problem.suggestions()).isEqualTo(near == null ? List.of() : List.of(near));
    }

    @ParameterizedTest
    @CsvSource({"1, 31", "2, 30", "13, 1"})
    void what_names_a_calendar_that_is_not_sound_is_refused(int month, int day) {
        var catalog = shop().calendar("fiscal", month, day);
        var problem = formula("count(event) over fiscal.quarter to date").problem(catalog);
        assertThat(problem.code()).isEqualTo(ProblemCode.UNKNOWN_CALENDAR);
        assertThat(problem.message()).contains("its year begins on no day that each month has");
    }

    @Test
    void the_time_axis_the_range_and_the_comparison_of_a_question_are_looked_up() {
        var unknown = new CalendarGrain("retail", "week");
        var problem = formula("count(event)").each(unknown).problem(shop());
        assertThat(problem.code()).isEqualTo(ProblemCode.UNKNOWN_CALENDAR);
        assertThat(problem.place()).isEqualTo(Place.of("grain"));
    }

    @Test
    void a_calendar_is_no_value_and_its_name_may_be_that_of_a_field() {
        var problem = formula("sum(event : seconds) + fiscal").problem(shop());
        assertThat(problem.code()).isEqualTo(ProblemCode.LEVEL_MISMATCH);
        assertThat(problem.suggestions()).contains("fiscal.quarter");
        var shelf = shop().source("shelf", "put_on date, fiscal integer");
        assertThat(formula("sum(shelf : fiscal)").each(Grain.MONTH).planned(shelf)).isNotNull();
    }
}
