package dev.cairn.domain.question;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.AnalysisQuery.AskedRange;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.time.Grain;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RangeTextTest {
    private final List<Problem> problems = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({
        "2018, 2018-01-01, 2019-01-01",
        "2018-H2, 2018-07-01, 2019-01-01",
        "2018-Q1, 2018-01-01, 2018-04-01",
        "2018-q4, 2018-10-01, 2019-01-01",
        "2018-03, 2018-03-01, 2018-04-01",
        "2018-W01, 2018-01-01, 2018-01-08",
        "2020-W53, 2020-12-28, 2021-01-04",
        "2020-02-29, 2020-02-29, 2020-03-01",
        "2018-01-01..2018-06-30, 2018-01-01, 2018-07-01",
        "2018-01..2018-06, 2018-01-01, 2018-07-01",
        "2018-01..<2018-06, 2018-01-01, 2018-06-01",
        "2018-Q1 .. 2019, 2018-01-01, 2020-01-01",
        "' 2018 ', 2018-01-01, 2019-01-01"
    })
    void a_period_is_all_of_its_days(String text, LocalDate from, LocalDate to) {
        assertThat(RangeText.read(text, problems::add)).contains(new AskedRange.Between(from, to));
        assertThat(problems).isEmpty();
    }

    @Test
    void instants_with_their_offsets_are_a_range() {
        assertThat(RangeText.read("2026-01-05T10:30+01:00..<2026-01-05T12:00:00.5Z", problems::add))
                .contains(
                        new AskedRange.BetweenInstants(
                                Instant.parse("2026-01-05T09:30:00Z"),
                                Instant.parse("2026-01-05T12:00:00.5Z")));
        assertThat(problems).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "last 6 months, 6, MONTH",
        "last month, 1, MONTH",
        "Last 1 Day, 1, DAY",
        "last 12 weeks, 12, WEEK",
        "last 0 years, 0, YEAR"
    })
    void last_is_a_number_of_whole_buckets(String text, int count, Grain grain) {
        assertThat(RangeText.read(text, problems::add)).contains(new AskedRange.Last(count, grain));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "yesterday | 1 | not a time range",
                "2018-5 | 1 | not a time range",
                "2018-13 | 1 | does not exist in the calendar",
                "2019-02-29 | 1 | does not exist in the calendar",
                "2019-W53 | 1 | does not exist in the calendar",
                "2018..20 | 7 | not a time range",
                "2018..<2018-Q5 | 8 | not a time range",
                "2018.. | 7 | not a time range",
                "2026-01-05T10:30..<2026-01-06T00:00Z | 1 | not an instant",
                "2026-01-05T10:30Z..<2026-01-06 | 21 | not an instant",
                "2026-01-05T10:30Z..2026-01-06 | 18 | write ..<, as",
                "last 6 fortnights | 8 | not a unit of time",
                "last 6 month of 2018 | 1 | not a time range"
            })
    void what_is_no_range_is_told_with_its_place(String text, int column, String message) {
        assertThat(RangeText.read(text, problems::add)).isEmpty();
        assertThat(problems)
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.code()).isEqualTo(ProblemCode.BAD_RANGE);
                    assertThat(problem.message()).contains(message);
                    assertThat(problem.place().column()).isEqualTo(column);
                });
    }

    @Test
    void both_ends_of_a_range_are_told() {
        assertThat(RangeText.read("2018-00..2018-99", problems::add)).isEmpty();
        assertThat(problems).hasSize(2);
    }

    @Test
    void a_misspelt_unit_gets_the_nearest() {
        RangeText.read("last 6 mnths", problems::add);
        assertThat(problems.getFirst().suggestions()).first().isEqualTo("months");
    }
}
