package dev.cairn.domain.planner;

import static dev.cairn.domain.catalog.Shop.shop;
import static dev.cairn.domain.planner.Question.formula;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.time.Grain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with windows and shifts, and how often what is read. */
class WindowQuestionsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "5 over last 3 days                              | LEVEL_MISMATCH metrics/0/metric/formula 1:1",
                "prior(5)                                        | LEVEL_MISMATCH metrics/0/metric/formula 1:1",
                "sum(event : seconds over last 3 days)           | LEVEL_MISMATCH metrics/0/metric/formula 1:13",
                "count(event where prior(beta))                  | LEVEL_MISMATCH metrics/0/metric/formula 1:19",
                "count(event) over last 0 days                   | BAD_RANGE metrics/0/metric/formula 1:24",
                "count(ticket on due) over last 6 hours          | INCOMPATIBLE metrics/0/metric/formula 1:7",
                "prior(count(ticket on due), 30 minutes)         | INCOMPATIBLE metrics/0/metric/formula 1:13",
                "count(event where happened > window.start) over all | INCOMPATIBLE metrics/0/metric/formula 1:30",
                "prior(count(evnt))                              | UNKNOWN_SOURCE metrics/0/metric/formula 1:13",
            })
    void a_window_that_means_nothing_is_refused_at_its_place(String text, String told) {
        assertThat(formula(text).told(shop())).containsExactly(told);
    }

    @Test
    void a_year_of_each_hour_of_a_year_is_refused_with_how_often_it_would_be_read() {
        var problem =
                formula("count(event) over last 1 year")
                        .each(Grain.HOUR)
                        .between("2026-01-01", "2027-01-01")
                        .problem(shop());
        assertThat(Question.brief(problem)).isEqualTo("LIMIT metrics");
        assertThat(problem.message()).contains("for 8760 buckets", "at most 2000");
    }

    @Test
    void a_day_of_each_hour_is_read_for_24_buckets() {
        var plan =
                formula("count(event) over last 1 day")
                        .each(Grain.HOUR)
                        .between("2026-01-01", "2026-03-01")
                        .planned(shop());
        assertThat(plan.time().reaches().getLast().largestOverlap()).isEqualTo(24);
    }

    @Test
    void the_same_time_is_read_once_however_often_it_is_asked_for() {
        var plan =
                formula("count(event) over last 3 days + sum(event : seconds) over last 3 days")
                        .and("other", "prior(count(event)) over last 3 days")
                        .and("again", "count(event) + prior(count(event) over last 3 days)")
                        .planned(shop());
        assertThat(plan.time().reaches()).hasSize(3);
        assertThat(plan.scans()).hasSize(3);
        assertThat(plan.leaves()).hasSize(4);
    }

    @Test
    void a_name_is_read_in_the_window_in_which_it_is_used() {
        var plan = formula("let n = count(event) in n / (n over last 3 days)").planned(shop());
        assertThat(plan.scans()).hasSize(2);
        assertThat(plan)
                .isEqualTo(
                        formula("count(event) / (count(event) over last 3 days)").planned(shop()));
    }
}
