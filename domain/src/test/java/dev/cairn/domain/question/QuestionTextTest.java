package dev.cairn.domain.question;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.AnalysisQuery.AskedMetric;
import dev.cairn.domain.analysis.AnalysisQuery.AskedRange;
import dev.cairn.domain.analysis.AnalysisQuery.CohortReference;
import dev.cairn.domain.analysis.AnalysisQuery.Filter;
import dev.cairn.domain.analysis.AnalysisQuery.Filter.Where;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.analysis.AnalysisQuery.OrderBy;
import dev.cairn.domain.analysis.AnalysisQuery.ParameterValue;
import dev.cairn.domain.analysis.AnalysisQuery.TopGroups;
import dev.cairn.domain.analysis.Comparison;
import dev.cairn.domain.model.WrittenQuestion;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.question.QuestionText.Spot;
import dev.cairn.domain.time.Grain;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class QuestionTextTest {
    private static WrittenQuestion words(
            List<String> metrics,
            List<String> by,
            List<String> order,
            @Nullable String having,
            @Nullable String cohort) {
        return new WrittenQuestion(
                metrics, by, null, "2026", "UTC", null, null, having, cohort, null, null, null,
                order, false, true, false, 10, null, null, true, false, false);
    }

    private static QuestionText metrics(String... metrics) {
        return QuestionText.read(words(List.of(metrics), List.of(), List.of(), null, null));
    }

    private static QuestionText having(String having) {
        return QuestionText.read(words(List.of("nps"), List.of(), List.of(), having, null));
    }

    private static @Nullable Filter filter(String having) {
        return having(having).query().having();
    }

    @Test
    void a_metric_has_values_of_its_parameters_behind_its_name() {
        var goal = new ParameterValue("goal", "-5");
        assertThat(
                        metrics(
                                        "loyal(goal: -5)",
                                        "n = loyal(goal: -5, kind: 'it''s', since: @2026-01-31, late: true)",
                                        "sum(event : 5)",
                                        "round(2.5)")
                                .query()
                                .metrics())
                .containsExactly(
                        new AskedMetric(new MetricReference.ByKey("loyal"), "loyal(goal: -5)")
                                .with(goal),
                        new AskedMetric(new MetricReference.ByKey("loyal"), "n")
                                .with(
                                        goal,
                                        new ParameterValue("kind", "it's"),
                                        new ParameterValue("since", "2026-01-31"),
                                        new ParameterValue("late", "true")),
                        new AskedMetric(
                                new MetricReference.Inline("sum(event : 5)"), "sum(event : 5)"),
                        new AskedMetric(new MetricReference.Inline("round(2.5)"), "round(2.5)"));
    }

    @Test
    void a_metric_is_a_name_a_version_or_a_formula_and_its_column_may_be_named() {
        assertThat(
                        metrics(
                                        "nps",
                                        "nps@3",
                                        "count(login)",
                                        " n = count(login where a = b) ",
                                        "\"new name\" = nps",
                                        "old=nps@1",
                                        "(a = b)")
                                .query()
                                .metrics())
                .containsExactly(
                        new AskedMetric(new MetricReference.ByKey("nps"), null),
                        new AskedMetric(new MetricReference.Pinned("nps", 3), null),
                        new AskedMetric(new MetricReference.Inline("count(login)"), "count(login)"),
                        new AskedMetric(
                                new MetricReference.Inline("count(login where a = b)"), "n"),
                        new AskedMetric(new MetricReference.ByKey("nps"), "new name"),
                        new AskedMetric(new MetricReference.Pinned("nps", 1), "old"),
                        new AskedMetric(new MetricReference.Inline("(a = b)"), "(a = b)"));
    }

    @Test
    void lists_are_taken_apart_at_commas_outside_of_parentheses_and_quotes() {
        var question =
                QuestionText.read(
                        words(
                                List.of("nps"),
                                List.of("account.plan, account.region", "(a in ('x', 'y)')) as b"),
                                List.of("nps desc,\"a,b\"", "count(x, y) ASC"),
                                null,
                                null));
        assertThat(question.query().groupBy())
                .containsExactly("account.plan", "account.region", "(a in ('x', 'y)')) as b");
        assertThat(question.query().orderBy())
                .containsExactly(
                        new OrderBy("nps", true),
                        new OrderBy("\"a,b\"", false),
                        new OrderBy("count(x, y)", false));
    }

    private static @Nullable Comparison compared(String text, List<Problem> problems) {
        return ComparisonText.read(text, problems::add);
    }

    @Test
    void what_is_compared_with_is_the_range_before_so_much_earlier_or_a_range() {
        var problems = new ArrayList<Problem>();
        assertThat(compared("previous", problems)).isEqualTo(new Comparison.Previous());
        assertThat(compared("year", problems)).isEqualTo(new Comparison.Earlier(1, Grain.YEAR));
        assertThat(compared("4 weeks", problems)).isEqualTo(new Comparison.Earlier(4, Grain.WEEK));
        assertThat(compared("2025-Q1", problems))
                .isEqualTo(
                        new Comparison.Other(
                                new AskedRange.Between(
                                        LocalDate.parse("2025-01-01"),
                                        LocalDate.parse("2025-04-01"))));
        assertThat(problems).isEmpty();
    }

    @Test
    void what_cannot_be_compared_with_is_told_with_near_words() {
        var problems = new ArrayList<Problem>();
        assertThat(compared("previus", problems)).isNull();
        assertThat(compared("2025-Q7", problems)).isNull();
        assertThat(problems)
                .extracting(problem -> problem.code() + " " + problem.place().path().getFirst())
                .containsExactly("BAD_VALUE compareTo", "BAD_RANGE compareTo");
        assertThat(problems.getFirst().suggestions()).containsExactly("previous");
    }

    @Test
    void a_cohort_is_a_name_or_a_rule() {
        assertThat(
                        QuestionText.read(
                                        words(List.of("nps"), List.of(), List.of(), null, "large"))
                                .query()
                                .cohort())
                .isEqualTo(new CohortReference.ByKey("large"));
        assertThat(
                        QuestionText.read(
                                        words(
                                                List.of("nps"),
                                                List.of(),
                                                List.of(),
                                                null,
                                                "account.plan = 'pro'"))
                                .query()
                                .cohort())
                .isEqualTo(new CohortReference.Rule("account.plan = 'pro'"));
    }

    @Test
    void having_compares_columns_with_values() {
        assertThat(filter("nps > 20")).isEqualTo(new Where("nps", Operator.GT, List.of("20")));
        assertThat(filter("-1.5 >= nps"))
                .isEqualTo(new Where("nps", Operator.LTE, List.of("-1.5")));
        assertThat(filter("nps != 0")).isEqualTo(new Where("nps", Operator.NOT_IN, List.of("0")));
        assertThat(filter("nps is not none"))
                .isEqualTo(new Where("nps", Operator.IS_NOT_NULL, List.of()));
        assertThat(filter("plan not in ('a', 'it''s')"))
                .isEqualTo(new Where("plan", Operator.NOT_IN, List.of("a", "it's")));
        assertThat(filter("begun < @2026-01-31"))
                .isEqualTo(new Where("begun", Operator.LT, List.of("2026-01-31")));
        assertThat(filter("contains(plan, 'pro')"))
                .isEqualTo(new Where("plan", Operator.CONTAINS, List.of("pro")));
        assertThat(filter("large")).isEqualTo(new Where("large", Operator.IN, List.of("true")));
        assertThat(filter("count( login ) > 1"))
                .isEqualTo(new Where("count( login )", Operator.GT, List.of("1")));
        assertThat(filter("a > 1 and b > 2 and not (c > 3 or d > 4)"))
                .isEqualTo(
                        new Filter.All(
                                List.of(
                                        new Where("a", Operator.GT, List.of("1")),
                                        new Where("b", Operator.GT, List.of("2")),
                                        new Filter.Not(
                                                new Filter.Any(
                                                        List.of(
                                                                new Where(
                                                                        "c",
                                                                        Operator.GT,
                                                                        List.of("3")),
                                                                new Where(
                                                                        "d",
                                                                        Operator.GT,
                                                                        List.of("4"))))))));
    }

    @Test
    void having_points_at_what_it_does_not_understand() {
        assertThat(having("a > 1 and b > c and 1 + 1").problems())
                .extracting(problem -> problem.place().column())
                .containsExactly(15, 21);
        assertThat(having("a >").problems())
                .singleElement()
                .extracting(Problem::code)
                .isEqualTo(ProblemCode.SYNTAX);
    }

    @Test
    void a_problem_of_the_answers_columns_is_found_again_in_the_text_of_having() {
        var question = having("nps > 1 and npps > 2");
        var problem =
                Problem.of(
                        ProblemCode.UNKNOWN_COLUMN,
                        Place.of("having", "all", "1", "where", "field"),
                        "No column.");
        assertThat(question.spot(problem))
                .contains(new Spot("having", "nps > 1 and npps > 2", 1, 13));
    }

    @Test
    void a_problem_of_a_formula_points_into_the_formula_behind_its_name() {
        var question = metrics("nps", "n = count(logn)");
        var problem =
                Problem.of(
                        ProblemCode.UNKNOWN_SOURCE,
                        Place.of("metrics", "1", "metric", "formula").at(1, 7),
                        "No source.");
        assertThat(question.spot(problem)).contains(new Spot("", "count(logn)", 1, 7));
    }

    @Test
    void everything_that_cannot_be_read_is_told_at_once() {
        var question =
                QuestionText.read(
                        new WrittenQuestion(
                                List.of("nps"),
                                List.of(),
                                "mnth",
                                "soon",
                                "Europe/Pari",
                                "sonday",
                                null,
                                "1 + 1",
                                null,
                                null,
                                "noon",
                                "midnight",
                                List.of(),
                                false,
                                true,
                                false,
                                10,
                                null,
                                null,
                                true,
                                false,
                                false));
        assertThat(question.problems())
                .extracting(problem -> problem.place().path().getFirst())
                .containsExactlyInAnyOrder(
                        "grain",
                        "timeRange",
                        "timeZone",
                        "weekStarts",
                        "having",
                        "asOf",
                        "knownAt");
        assertThat(question.problems())
                .filteredOn(problem -> problem.place().path().getFirst().equals("timeZone"))
                .singleElement()
                .extracting(Problem::suggestions)
                .asString()
                .contains("Europe/Paris");
    }

    private static QuestionText top(String top, boolean other) {
        return QuestionText.read(
                new WrittenQuestion(
                        List.of("nps"),
                        List.of("account"),
                        null,
                        "2026",
                        "UTC",
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        List.of(),
                        false,
                        true,
                        false,
                        10,
                        null,
                        top,
                        other,
                        false,
                        false));
    }

    @Test
    void groups_are_chosen_by_the_first_column_or_one_that_is_said() {
        assertThat(top("10", true).query().top()).isEqualTo(new TopGroups(10, null, true));
        assertThat(top("3 by nps", false).query().top()).isEqualTo(new TopGroups(3, "nps", false));
        var unreadable = top("some", true);
        assertThat(unreadable.query().top()).isNull();
        assertThat(unreadable.problems()).hasSize(1);
        assertThat(unreadable.spot(unreadable.problems().getFirst()))
                .contains(new Spot("top", "some", 0, 0));
    }

    @Test
    void nothing_is_no_value_for_formulas_where_that_is_asked_for() {
        assertThat(emptyIsNone("nps", "count(event)", "n = sum(event : amount)", "nps@2"))
                .containsExactly(false, true, true, false);
    }

    @Test
    void metrics_of_the_catalogue_alone_are_asked_for_it_and_refuse_it() {
        assertThat(emptyIsNone("nps", "nps@2")).containsExactly(true, true);
    }

    private static List<Boolean> emptyIsNone(String... metrics) {
        var words =
                new WrittenQuestion(
                        List.of(metrics),
                        List.of(),
                        null,
                        "2026",
                        "UTC",
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        List.of(),
                        false,
                        true,
                        true,
                        10,
                        null,
                        null,
                        true,
                        false,
                        false);
        return QuestionText.read(words).query().metrics().stream()
                .map(AskedMetric::emptyIsNone)
                .toList();
    }

    @Test
    void as_of_a_date_and_what_was_known_at_it_are_its_start_in_the_zone() {
        var words =
                new WrittenQuestion(
                        List.of("nps"),
                        List.of(),
                        null,
                        "2026",
                        "Europe/Paris",
                        "Sunday",
                        null,
                        null,
                        null,
                        null,
                        "2026-07-01",
                        "2026-07-02",
                        List.of(),
                        false,
                        true,
                        false,
                        10,
                        null,
                        null,
                        true,
                        false,
                        false);
        assertThat(QuestionText.read(words).query().asOf())
                .isEqualTo(Instant.parse("2026-06-30T22:00:00Z"));
        assertThat(QuestionText.read(words).query().weekStarts()).isEqualTo(DayOfWeek.SUNDAY);
        assertThat(QuestionText.read(words).query().knownAt())
                .isEqualTo(Instant.parse("2026-07-01T22:00:00Z"));
    }
}
