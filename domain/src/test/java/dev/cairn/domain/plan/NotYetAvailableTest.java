package dev.cairn.domain.plan;

import static dev.cairn.domain.plan.Question.ask;
import static dev.cairn.domain.plan.Question.formula;
import static dev.cairn.domain.plan.Shop.shop;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotYetAvailableTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "count(event) over last 28 days                                           | 1:1",
                "count(event) over month to date                                          | 1:1",
                "count(event) over range                                                  | 1:1",
                "count(event) over range to date                                          | 1:1",
                "count(event) over all                                                    | 1:1",
                "count(event) over all before                                             | 1:1",
                "count(event) over ever                                                   | 1:1",
                "1 + count(ticket) over 14 days from opened                               | 1:5",
                "prior(count(event))                                                      | 1:1",
                "prior(count(event), 3 months)                                            | 1:1",
                "next(count(event))                                                       | 1:1",
                "total(count(event))                                                      | 1:1",
                "total(count(event) by account.plan)                                      | 1:1",
                "count(event where per(account : count(ticket)) > 3)                      | 1:19",
                "weighted(0.5: usage, 0.5: nps_score)                                     | 1:1",
                "scale(nps_score, 0 to 100)                                               | 1:1",
                "survival(account : signed -> signed, 12)                                 | 1:1",
                "conversion(event -> ticket within 7 days per account)                    | 1:1",
                "first(nps.score)                                                         | 1:1",
                "last(nps.score)                                                          | 1:1",
                "stddev(nps.score)                                                        | 1:1",
                "avg(day : count(event))                                                  | 1:5",
                "avg(every 7 days : count(event))                                         | 1:5",
                "count(steps(event -> ticket within 7 days per account first))            | 1:7",
                "count(touch(ticket after event within 7 days per account))               | 1:7",
                "count(changes(account.plan per account))                                 | 1:7",
                "count(event via person)                                                  | 1:7",
                "count(invoice at start)                                                  | 1:7",
                "count(invoice at @2026-01-01)                                            | 1:7",
                "count(invoice during)                                                    | 1:7",
                "count(account at start)                                                  | 1:7",
                "sum(invoice weight quantity : amount)                                    | 1:20",
                "count(event where account.plan as of start = 'pro')                      | 1:19",
                "count(event where account in pilots as of @2026-01-01)                   | 1:19",
                "max(ticket : opened + open days)                                         | 1:23",
                "events(goal: 3)                                                          | 1:1",
            })
    void what_a_later_version_brings_is_refused_at_its_place(String formula, String place) {
        assertThat(formula(formula).told(shop()))
                .contains("NOT_YET_AVAILABLE metrics/0/metric/formula " + place);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "event.happened by month",
                "account.plan as of now",
                "weekday",
                "age month",
            })
    void dimensions_of_a_later_version_are_refused(String dimension) {
        assertThat(ask("events").by(dimension).told(shop()))
                .containsExactly("NOT_YET_AVAILABLE groupBy/0 1:1");
    }

    @Test
    void time_is_asked_for_as_grain_and_not_as_dimension() {
        assertThat(ask("events").by("month").problem(shop()).message())
                .isEqualTo("Time is asked for by the grain 'month', not as a dimension.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "usage > 3                       | 1:1",
                "count(event) > 3                | 1:1",
                "plan = 'pro' and exists(ticket) | 1:18",
            })
    void rules_over_facts_are_refused(String rule, String place) {
        assertThat(ask("events").cohortRule(rule).told(shop()))
                .containsExactly("NOT_YET_AVAILABLE cohort/rule " + place);
        assertThat(ask("events").cohort("ruled").told(shop().rule("ruled", rule)))
                .containsExactly("NOT_YET_AVAILABLE cohort/key");
    }

    @Test
    void membership_as_of_now_is_what_there_is() {
        assertThat(formula("count(event where account in pilots as of now)").planned(shop()))
                .isEqualTo(formula("count(event where account in pilots)").planned(shop()));
    }

    @Test
    void what_stands_beneath_is_looked_at_all_the_same() {
        assertThat(formula("distinct(event.usr) over last 28 days").told(shop()))
                .containsExactlyInAnyOrder(
                        "UNKNOWN_FIELD metrics/0/metric/formula 1:16",
                        "NOT_YET_AVAILABLE metrics/0/metric/formula 1:1");
        assertThat(formula("prior(evnts)").told(shop()))
                .containsExactlyInAnyOrder(
                        "UNKNOWN_METRIC metrics/0/metric/formula 1:7",
                        "NOT_YET_AVAILABLE metrics/0/metric/formula 1:1");
        assertThat(formula("sum(invoice at start where qantity > 3 : amout)").told(shop()))
                .containsExactlyInAnyOrder(
                        "NOT_YET_AVAILABLE metrics/0/metric/formula 1:5",
                        "UNKNOWN_FIELD metrics/0/metric/formula 1:28",
                        "UNKNOWN_FIELD metrics/0/metric/formula 1:42");
    }
}
