package dev.cairn.domain.planner;

import static dev.cairn.domain.catalog.Shop.shop;
import static dev.cairn.domain.planner.Question.ask;
import static dev.cairn.domain.planner.Question.formula;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.AnalysisQuery.AskedRange;
import dev.cairn.domain.analysis.Comparison;
import dev.cairn.domain.time.Grain;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static Comparison with(String from, String to) {
        return new Comparison.Other(
                new AskedRange.Between(LocalDate.parse(from), LocalDate.parse(to)));
    }

    @Test
    void each_metric_has_a_column_more_whose_name_says_so() {
        var ready = ask("events").comparedTo(new Comparison.Previous()).ready(shop());
        assertThat(ready.columns())
                .extracting(column -> column.key() + ": " + column.label())
                .contains("events: The events", "events.compared: The events, compared");
    }

    @Test
    void a_range_of_other_length_is_refused_with_both_numbers_of_buckets() {
        var question = ask("events").each(Grain.DAY).comparedTo(with("2025-01-01", "2025-01-03"));
        assertThat(question.told(shop())).containsExactly("BAD_RANGE compareTo/timeRange");
        assertThat(question.problem(shop()).message()).contains("has 2, that of the question 31");
    }

    @Test
    void what_is_wrong_with_the_other_time_is_told_where_it_stands() {
        assertThat(ask("events").comparedTo(new Comparison.Earlier(0, Grain.YEAR)).told(shop()))
                .containsExactly("BAD_RANGE compareTo/earlier/count");
        assertThat(ask("events").comparedTo(with("2025-01-03", "2025-01-01")).told(shop()))
                .containsExactly("BAD_RANGE compareTo/timeRange/between");
    }

    @Test
    void dates_are_not_compared_by_the_hour() {
        var lastDay = new Comparison.Other(new AskedRange.Last(24, Grain.HOUR));
        assertThat(formula("count(invoice)").comparedTo(lastDay).told(shop()))
                .containsExactly("INCOMPATIBLE compareTo/timeRange/last/grain");
    }

    @Test
    void what_reads_nothing_is_not_grouped() {
        assertThat(
                        formula("1 + 1")
                                .by("account.plan")
                                .comparedTo(new Comparison.Previous())
                                .told(shop()))
                .contains("INCOMPATIBLE groupBy");
    }

    @Test
    void a_problem_of_a_metric_is_told_once_where_the_order_names_its_other_column() {
        assertThat(
                        formula("count(evnt)")
                                .comparedTo(new Comparison.Previous())
                                .down("x.compared")
                                .told(shop()))
                .containsExactly("UNKNOWN_SOURCE metrics/0/metric/formula 1:7");
    }

    @Test
    void the_range_before_one_of_centuries_is_beyond_the_years_that_can_be_asked_for() {
        formula("count(event) over last 2 days")
                .betweenInstants("1600-01-01T00:30:00Z", "2026-01-01T00:00:00Z")
                .comparedTo(new Comparison.Previous())
                .planned(shop());
    }
}
