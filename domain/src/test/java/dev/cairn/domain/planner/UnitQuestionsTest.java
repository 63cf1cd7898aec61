package dev.cairn.domain.planner;

import static dev.cairn.domain.catalog.Shop.shop;
import static dev.cairn.domain.planner.Question.formula;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.plan.PlanWords;
import dev.cairn.domain.plan.Relation;
import dev.cairn.domain.plan.Units;
import dev.cairn.domain.time.Bucket;
import dev.cairn.domain.time.Grain;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Units of time as relations: which there are, and what is refused. */
class UnitQuestionsTest {
    private static Units units(Question question) {
        var relation = question.planned(shop()).scans().getFirst().relation();
        return ((Relation.Ticks) relation).units();
    }

    private static List<String> starts(Units units, int bucket) {
        return units.of(bucket).stream()
                .map(unit -> units.time().buckets().get(unit))
                .map(Bucket::startDate)
                .map(date -> date.toString().substring(5))
                .toList();
    }

    @Test
    void units_of_overlapping_windows_are_there_once() {
        var units =
                units(
                        formula("avg(day : count(event)) over last 3 days")
                                .each(Grain.DAY)
                                .between("2026-01-05", "2026-01-07"));
        assertThat(units.time().buckets()).hasSize(4);
        assertThat(starts(units, 0)).containsExactly("01-03", "01-04", "01-05");
        assertThat(starts(units, 1)).containsExactly("01-04", "01-05", "01-06");
        assertThat(units.ofWhole()).isEmpty();
    }

    @Test
    void units_of_the_whole_range_are_there_where_there_are_totals() {
        var units =
                units(
                        formula("max(every 2 days : count(event))")
                                .each(Grain.WEEK)
                                .between("2026-01-05", "2026-01-19")
                                .withTotals());
        assertThat(starts(units, 0)).containsExactly("01-06", "01-08", "01-10");
        assertThat(starts(units, -1))
                .containsExactly("01-05", "01-07", "01-09", "01-11", "01-13", "01-15", "01-17");
    }

    @Test
    void tiles_of_months_keep_to_the_day_of_the_end_where_there_is_one() {
        var units =
                units(
                        formula("max(every 1 month : count(event))")
                                .between("2025-11-30", "2026-03-31"));
        assertThat(starts(units, 0)).containsExactly("11-30", "12-31", "01-31", "02-28");
    }

    @Test
    void an_edge_that_no_day_begins_with_is_told_by_its_time() {
        assertThat(
                        formula("avg(day : count(event))")
                                .each(Grain.HOUR)
                                .between("2026-01-05", "2026-01-06")
                                .problem(shop())
                                .message())
                .startsWith("The bucket from 2026-01-05 to 2026-01-05T01:00 begins or ends inside");
    }

    @Test
    void a_bucket_edge_inside_a_unit_is_refused_with_what_to_ask_instead() {
        var problem =
                formula("max(week : count(event))")
                        .each(Grain.MONTH)
                        .between("2026-01-01", "2026-03-01")
                        .problem(shop());
        assertThat(Question.brief(problem)).isEqualTo("INCOMPATIBLE metrics");
        assertThat(problem.message())
                .contains(
                        "The bucket from 2026-01-01 to 2026-02-01",
                        "inside a week",
                        "'every 1 week'");
        assertThat(
                        formula("max(week : count(event)) + prior(max(week : count(event)))")
                                .between("2026-01-01", "2026-01-08")
                                .told(shop()))
                .as("also the range of a question without buckets")
                .contains("INCOMPATIBLE metrics");
        assertThat(
                        starts(
                                units(
                                        formula("count(month)")
                                                .each(Grain.QUARTER)
                                                .between("2026-01-01", "2026-07-01")),
                                1))
                .containsExactly("04-01", "05-01", "06-01");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "avg(day on happened : count(event))      | INCOMPATIBLE metrics/0/metric/formula 1:5",
                "avg(every 0 days : count(event))         | BAD_RANGE metrics/0/metric/formula 1:11",
                "count(day) over ever                     | INCOMPATIBLE metrics/0/metric/formula 1:1",
                "total(avg(day : count(event)))           | INCOMPATIBLE metrics/0/metric/formula 1:11",
                "avg(day : count(event) / total(count(event))) | INCOMPATIBLE metrics",
                "avg(hour : count(ticket on due))         | INCOMPATIBLE metrics",
                "avg(every 90 minutes : count(ticket on due)) | INCOMPATIBLE metrics",
                "avg(day : count(evnt))                   | UNKNOWN_SOURCE metrics/0/metric/formula 1:17",
                "sum(event : count(day))                  | LEVEL_MISMATCH metrics/0/metric/formula 1:13",
                "avg(fiscl.quarter : count(event))        | UNKNOWN_CALENDAR metrics/0/metric/formula 1:5",
            })
    void a_unit_of_time_that_means_nothing_is_refused(String text, String told) {
        assertThat(formula(text).by("account.plan").told(shop())).containsExactly(told);
    }

    @Test
    void a_condition_of_accounts_between_units_of_time_is_refused_with_where_to_put_it() {
        var condition = "per(account : count(event)) > 1";
        var problem =
                formula(
                                "sum(every 7 days : only(count(day where exists(event)) where %s))"
                                        .formatted(condition))
                        .problem(shop());
        assertThat(Question.brief(problem)).isEqualTo("INCOMPATIBLE metrics/0/metric/formula 1:62");
        assertThat(problem.message()).contains("between units of time", "around all units");
        assertThat(problem.suggestions())
                .containsExactly(
                        "only(sum(week : count(day where exists(event))) where per(account : ...))");
        for (var kept :
                List.of(
                        "only(sum(every 7 days : count(day where exists(event))) where %s)",
                        "sum(every 7 days : only(count(event) where %s))",
                        "sum(every 7 days : count(day where only(exists(event) where %s)))")) {
            assertThat(formula(kept.formatted(condition)).planned(shop()).scans()).hasSize(1);
        }
        assertThat(
                        formula(
                                        "sum(every 7 days : only(count(day where exists(event)) where account.plan = 'pro'))")
                                .planned(shop())
                                .scans())
                .hasSize(1);
    }

    @Test
    void a_year_of_hours_for_each_of_many_buckets_is_refused_with_how_often_it_would_be_read() {
        var problem =
                formula("avg(hour : count(event)) over last 1 year")
                        .each(Grain.DAY)
                        .between("2026-01-01", "2027-01-01")
                        .asOf("2027-01-01T00:00:00Z")
                        .problem(shop());
        assertThat(Question.brief(problem)).isEqualTo("LIMIT metrics");
        assertThat(problem.message()).contains("about 3197400 times", "at most 200000");
        assertThat(
                        formula("avg(every 1 minute : count(event))")
                                .between("2026-01-01", "2026-07-01")
                                .told(shop()))
                .containsExactly("LIMIT metrics");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "avg(hour : count(event) over last 1 year)                | 2025 | 8760",
                "avg(account : max(hour : count(event) over last 1 year)) | 2025 | 8760",
                "avg(day : count(contract at end))                        | 2018 | 2922",
                "avg(every 1 year : max(day : sum(contract during : mrr))) | 2018 | 2922",
            })
    void what_would_be_read_again_in_thousands_of_units_is_refused(
            String text, int from, String often) {
        var years = formula(text).between(from + "-01-01", "2026-01-01");
        assertThat(years.told(shop())).contains("LIMIT metrics");
        assertThat(years.problems(shop()))
                .anyMatch(problem -> problem.message().contains(often + " units of time"));
        var weeks =
                formula(text.replace("last 1 year", "last 1 month"))
                        .between("2025-12-01", "2025-12-29");
        assertThat(weeks.planned(shop())).isNotNull();
    }

    @Test
    void a_plan_tells_its_units() {
        var words =
                PlanWords.of(
                        formula("max(week : count(event))")
                                .between("2026-01-05", "2026-01-19")
                                .planned(shop()));
        assertThat(words)
                .anyMatch(line ->
                        line.startsWith(
                                "Read units of time: 2 from [2026-01-05T00:00:00Z, 2026-01-12T00:00:00Z)"));
    }

    @Test
    void a_cohort_in_units_of_time_is_a_filter_of_what_may_be_undecided() {
        var catalog =
                shop().rule("active", "count(day where exists(event)) over last 28 days > 10");
        for (var grain : List.of(Grain.MONTH, Grain.DAY)) {
            assertThat(
                            formula("count(event where name != 'x')")
                                    .filter("active", Operator.IN, "true")
                                    .each(grain)
                                    .planned(catalog)
                                    .tallies()
                                    .counts()
                                    .scans())
                    .isEmpty();
        }
        assertThat(
                        formula("sum(account : count(event where name != 'x'))")
                                .filter("active", Operator.IN, "true")
                                .planned(catalog)
                                .tallies()
                                .counts()
                                .scans())
                .isEmpty();
    }

    private static void isRefused(Question question, String brief, String message, String offer) {
        var problem = question.problem(shop());
        assertThat(Question.brief(problem)).isEqualTo(brief);
        assertThat(problem.message()).isEqualTo(message);
        assertThat(problem.suggestions()).containsExactly(offer);
    }

    @Test
    void an_age_of_members_is_no_key_of_days() {
        isRefused(
                formula("avg(day : count(account where exists(event)))")
                        .by("age month from account.signed"),
                "INCOMPATIBLE groupBy",
                "What is at no one time has an age in units of its own, and not in those of 'day :'. Ask by the time axis for what is read in each unit, or count facts, which have the age of their own time.",
                "avg(day : count(event))");
        assertThat(
                        formula("avg(day : count(event))")
                                .by("age month from account.signed")
                                .planned(shop()))
                .isNotNull();
    }

    @Test
    void who_is_pending_by_a_key_or_condition_is_not_counted_in_days() {
        var window = "exists(event) over 14 days from account.signed";
        var message =
                "Who is pending in a key or condition that reads a window of each member may come to be of any group, and a unit of time ('day :') has no place to count them. Ask by the time axis for what is read in each unit, or leave the window out of the key.";
        isRefused(
                formula("count(day where exists(event))").by("(" + window + ") as activated"),
                "INCOMPATIBLE metrics",
                message,
                "grain: DAY");
        isRefused(
                formula("count(day where exists(event))").where("per(account : " + window + ")"),
                "INCOMPATIBLE metrics",
                message,
                "grain: DAY");
    }

    @Test
    void units_are_those_of_each_bucket_where_that_is_read_in_them_too() {
        var question =
                formula("avg(day : count(event)) over last 3 days")
                        .each(Grain.DAY)
                        .between("2026-01-05", "2026-01-07");
        assertThat(units(question).time().buckets()).hasSize(4);
        var units = units(question.by("(count(event) >= 2) as busy"));
        assertThat(units.time().buckets()).hasSize(6);
        assertThat(starts(units, 0)).containsExactly("01-03", "01-04", "01-05");
        assertThat(starts(units, 1)).containsExactly("01-04", "01-05", "01-06");
    }
}
