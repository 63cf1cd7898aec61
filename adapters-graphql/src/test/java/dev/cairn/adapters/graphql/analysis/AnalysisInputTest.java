package dev.cairn.adapters.graphql.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.adapters.graphql.SliceTest;
import dev.cairn.adapters.graphql.problem.RejectedException;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.AskedMetric;
import dev.cairn.domain.analysis.AnalysisQuery.AskedRange;
import dev.cairn.domain.analysis.AnalysisQuery.CohortReference;
import dev.cairn.domain.analysis.AnalysisQuery.Filter;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.analysis.AnalysisQuery.OrderBy;
import dev.cairn.domain.analysis.AnalysisQuery.ParameterValue;
import dev.cairn.domain.analysis.AnalysisQuery.TopGroups;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.Comparison;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.time.CalendarGrain;
import dev.cairn.domain.time.Grain;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written in a request is what the use case is asked. */
class AnalysisInputTest extends SliceTest {
    private static final String METRICS = "metrics: [{metric: {key: \"nps\"}}]";
    private static final String RANGE = "timeRange: {last: {count: 3, grain: MONTH}}";

    @Test
    void what_is_left_out_has_the_defaults_of_the_schema() {
        assertThat(asked(""))
                .isEqualTo(
                        AnalysisQuery.of(
                                        List.of(
                                                new AskedMetric(
                                                        new MetricReference.ByKey("nps"), null)),
                                        new AskedRange.Last(3, Grain.MONTH),
                                        ZoneId.of("UTC"))
                                // No row's key is selected.
                                .withKeys(false));
    }

    @Test
    void explicit_nulls_mean_the_same_as_leaving_out() {
        var nulls =
                """
                groupBy: null, grain: null, calendarGrain: null, timeZone: null, filter: null, where: null, cohort: null, compareTo: null, having: null, asOf: null, knownAt: null,
                totals: null, orderBy: null, first: null, after: null, fillGaps: null, top: null
                """;

        assertThat(asked(nulls)).isEqualTo(asked(""));
    }

    @Test
    void metrics_by_key_pinned_and_inline() {
        var query =
                askedExactly(
                        """
                        metrics: [
                          {metric: {key: "nps"}},
                          {metric: {pinned: {key: "nps", version: 2}}, as: "old"},
                          {metric: {formula: "count(survey)"}, as: "answers"}]
                        """
                                + RANGE);

        assertThat(query.metrics())
                .containsExactly(
                        new AskedMetric(new MetricReference.ByKey("nps"), null),
                        new AskedMetric(new MetricReference.Pinned("nps", 2), "old"),
                        new AskedMetric(new MetricReference.Inline("count(survey)"), "answers"));
    }

    @Test
    void values_of_parameters() {
        var query =
                askedExactly(
                        """
                        metrics: [
                          {metric: {key: "nps"}, params: [{name: "goal", value: "5"}, {name: "kind", value: "pro"}]},
                          {metric: {pinned: {key: "nps", version: 2}}, params: []}]
                        """
                                + RANGE);

        assertThat(query.metrics())
                .containsExactly(
                        new AskedMetric(new MetricReference.ByKey("nps"), null)
                                .with(
                                        new ParameterValue("goal", "5"),
                                        new ParameterValue("kind", "pro")),
                        new AskedMetric(new MetricReference.Pinned("nps", 2), null));
    }

    @Test
    void group_by() {
        assertThat(asked("groupBy: [\"account.plan\", \"survey.area\"]").groupBy())
                .containsExactly("account.plan", "survey.area");
    }

    @ParameterizedTest
    @EnumSource(Grain.class)
    void grain(Grain grain) {
        assertThat(asked("grain: " + grain).grain()).isEqualTo(grain);
    }

    @Test
    void grains_of_calendars_are_texts() {
        var quarter = new CalendarGrain("fiscal", "quarter");
        assertThat(asked("calendarGrain: \"fiscal.quarter\"").grain()).isEqualTo(quarter);
        assertThat(
                        askedExactly(
                                        METRICS
                                                + " timeRange: {last: {count: 2, calendarGrain: \"fiscal.quarter\"}}")
                                .range())
                .isEqualTo(new AskedRange.Last(2, quarter));
        assertThat(
                        asked("compareTo: {earlier: {count: 1, calendarGrain: \"fiscal.quarter\"}}")
                                .compareTo())
                .isEqualTo(new Comparison.Earlier(1, quarter));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MONTH | fiscal.quarter | CONFLICT",
                "      | quarter        | BAD_VALUE",
                "      |                | MISSING"
            })
    void a_grain_is_of_the_language_or_of_a_calendar(
            @Nullable Grain grain, @Nullable String ofCalendar, ProblemCode told) {
        assertThatThrownBy(() -> GrainInput.required(grain, ofCalendar, Place.NOWHERE))
                .isInstanceOfSatisfying(
                        RejectedException.class,
                        rejected ->
                                assertThat(rejected.problems())
                                        .extracting(Problem::code)
                                        .containsExactly(told));
    }

    @Test
    void time_range_between_dates() {
        var query =
                askedExactly(
                        METRICS
                                + " timeRange: {between: {from: \"2026-01-01\", to: \"2026-02-01\"}}");

        assertThat(query.range())
                .isEqualTo(
                        new AskedRange.Between(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 2, 1)));
    }

    @Test
    void range_between_instants_is_to_the_microsecond() {
        var query =
                askedExactly(
                        METRICS
                                + " timeRange: {betweenInstants: {from: \"2026-01-05T10:30:00.1234567Z\", to: \"2026-01-05T12:00:00+01:00\"}}");

        assertThat(query.range())
                .isEqualTo(
                        new AskedRange.BetweenInstants(
                                Instant.parse("2026-01-05T10:30:00.123456Z"),
                                Instant.parse("2026-01-05T11:00:00Z")));
    }

    @Test
    void a_range_that_ends_before_it_starts_is_for_the_planner_to_refuse() {
        var query =
                askedExactly(
                        METRICS
                                + " timeRange: {between: {from: \"2026-02-01\", to: \"2026-01-01\"}}");

        assertThat(query.range())
                .isEqualTo(
                        new AskedRange.Between(LocalDate.of(2026, 2, 1), LocalDate.of(2026, 1, 1)));
    }

    @Test
    void time_zone() {
        assertThat(asked("timeZone: \"Europe/Paris\"").zone()).isEqualTo(ZoneId.of("Europe/Paris"));
    }

    @Test
    void filter_with_all_its_forms() {
        var query =
                asked(
                        """
                        filter: {all: [
                          {any: [{where: {field: "a", op: IN, values: ["1", "2"]}}, {where: {field: "b", op: IS_NULL}}]},
                          {not: {where: {field: "c", op: LT, values: ["3"]}}}]}
                        """);

        assertThat(query.filter())
                .isEqualTo(
                        new Filter.All(
                                List.of(
                                        new Filter.Any(
                                                List.of(
                                                        new Filter.Where(
                                                                "a",
                                                                Operator.IN,
                                                                List.of("1", "2")),
                                                        new Filter.Where(
                                                                "b", Operator.IS_NULL, List.of()))),
                                        new Filter.Not(
                                                new Filter.Where(
                                                        "c", Operator.LT, List.of("3"))))));
    }

    @ParameterizedTest
    @EnumSource(Operator.class)
    void every_operator(Operator operator) {
        assertThat(
                        asked(
                                        "filter: {where: {field: \"a\", op: %s, values: []}}"
                                                .formatted(operator))
                                .filter())
                .isEqualTo(new Filter.Where("a", operator, List.of()));
    }

    @Test
    void where() {
        assertThat(asked("where: \"account.plan = 'pro'\"").where())
                .isEqualTo("account.plan = 'pro'");
    }

    @Test
    void comparison_with_the_range_before_an_earlier_time_and_any_range() {
        assertThat(asked("compareTo: {previous: true}").compareTo())
                .isEqualTo(new Comparison.Previous());
        assertThat(asked("compareTo: {previous: false}").compareTo()).isNull();
        assertThat(asked("compareTo: {earlier: {count: 1, grain: YEAR}}").compareTo())
                .isEqualTo(new Comparison.Earlier(1, Grain.YEAR));
        assertThat(asked("compareTo: {timeRange: {last: {count: 2, grain: DAY}}}").compareTo())
                .isEqualTo(new Comparison.Other(new AskedRange.Last(2, Grain.DAY)));
    }

    @Test
    void cohort_by_key_and_by_rule() {
        assertThat(asked("cohort: {key: \"promoters\"}").cohort())
                .isEqualTo(new CohortReference.ByKey("promoters"));
        assertThat(asked("cohort: {rule: \"count(event) > 3\"}").cohort())
                .isEqualTo(new CohortReference.Rule("count(event) > 3"));
    }

    @Test
    void having() {
        assertThat(asked("having: {where: {field: \"nps\", op: GTE, values: [\"10\"]}}").having())
                .isEqualTo(new Filter.Where("nps", Operator.GTE, List.of("10")));
    }

    @Test
    void as_of() {
        assertThat(asked("asOf: \"2026-01-31T10:00:00+02:00\"").asOf())
                .isEqualTo(Instant.parse("2026-01-31T08:00:00Z"));
        assertThat(asked("knownAt: \"2026-01-31T10:00:00+02:00\"").knownAt())
                .isEqualTo(Instant.parse("2026-01-31T08:00:00Z"));
    }

    @Test
    void totals() {
        assertThat(asked("totals: true").totals()).isTrue();
    }

    @Test
    void order_by() {
        assertThat(asked("orderBy: [{column: \"nps\", order: DESC}, {column: \"time\"}]").orderBy())
                .containsExactly(new OrderBy("nps", true), new OrderBy("time", false));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10_000, 0, -1, 10_001})
    void first_passes_as_it_is_for_the_planner_to_judge(int first) {
        assertThat(asked("first: " + first).first()).isEqualTo(first);
    }

    @Test
    void after() {
        assertThat(asked("after: \"cursor\"").after()).isEqualTo("cursor");
    }

    @Test
    void counts_over_nothing_are_no_value_where_that_is_asked() {
        var query =
                askedExactly(
                        "metrics: [{metric: {formula: \"count(survey)\"}, as: \"n\", emptyIsNone: true}]"
                                + " timeRange: {last: {count: 1, grain: DAY}}");

        assertThat(query.metrics())
                .containsExactly(
                        new AskedMetric(new MetricReference.Inline("count(survey)"), "n", true));
    }

    @Test
    void fill_gaps() {
        assertThat(asked("fillGaps: false").fillGaps()).isFalse();
    }

    @Test
    void groups_to_show() {
        assertThat(asked("top: {groups: 2}").top()).isEqualTo(new TopGroups(2, null, true));
        assertThat(asked("top: {groups: 3, by: \"x\", other: false}").top())
                .isEqualTo(new TopGroups(3, "x", false));
        assertThat(asked("").top()).isNull();
    }

    @Test
    void sql_in_every_string_is_data() {
        var sql = "'; drop table account; --";
        var input = new HashMap<String, Object>();
        input.put("metrics", List.of(Map.of("metric", Map.of("formula", sql), "as", sql)));
        input.put("groupBy", List.of(sql));
        input.put("timeRange", Map.of("last", Map.of("count", 1, "grain", "DAY")));
        input.put(
                "filter",
                Map.of("where", Map.of("field", sql, "op", "IN", "values", List.of(sql))));
        input.put("where", sql);
        input.put("cohort", Map.of("rule", sql));
        input.put(
                "having",
                Map.of("where", Map.of("field", sql, "op", "CONTAINS", "values", List.of(sql))));
        input.put("orderBy", List.of(Map.of("column", sql)));
        input.put("after", sql);

        var reply =
                ask(
                        "query($i: AnalysisInput!) { analyze(input: $i) { asOf } }",
                        Map.of("i", input));

        assertThat(reply.status()).isEqualTo(200);
        var query = analyses.asked.getLast();
        assertThat(query.metrics())
                .containsExactly(new AskedMetric(new MetricReference.Inline(sql), sql));
        assertThat(query.groupBy()).containsExactly(sql);
        assertThat(query.filter()).isEqualTo(new Filter.Where(sql, Operator.IN, List.of(sql)));
        assertThat(query.where()).isEqualTo(sql);
        assertThat(query.cohort()).isEqualTo(new CohortReference.Rule(sql));
        assertThat(query.having())
                .isEqualTo(new Filter.Where(sql, Operator.CONTAINS, List.of(sql)));
        assertThat(query.orderBy()).containsExactly(new OrderBy(sql, false));
        assertThat(query.after()).isEqualTo(sql);
    }

    @Test
    void explain_is_asked_the_same_as_analyze() {
        var all =
                """
                groupBy: ["a"], grain: DAY, timeZone: "Asia/Tokyo", filter: {any: []}, where: "w", cohort: {key: "c"},
                having: {all: []}, asOf: "2026-01-31T10:00:00Z", knownAt: "2026-02-01T10:00:00Z", totals: true, orderBy: [{column: "x"}], first: 7, after: "z", fillGaps: false, top: {groups: 2}
                """;
        var analyzed = asked(all);

        ask("{ explain(input: {" + METRICS + RANGE + all + "}) { valid } }");

        assertThat(analyses.asked.getLast()).isEqualTo(analyzed.withKeys(true));
    }

    @Test
    void the_use_case_knows_who_asks() {
        asked("");

        assertThat(analyses.callers).containsExactly(new Caller("tester", null));
    }

    @Test
    void every_field_of_the_input_has_a_component() throws ReflectiveOperationException {
        var fields = new TreeSet<String>();
        ask("{ __type(name: \"AnalysisInput\") { inputFields { name } } }")
                .json()
                .at("/data/__type/inputFields")
                .forEach(field -> fields.add(field.path("name").asString()));

        assertThat(fields)
                .isEqualTo(
                        new TreeSet<>(
                                Arrays.stream(AnalysisInput.class.getRecordComponents())
                                        .map(component -> component.getName())
                                        .toList()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "metrics: [{metric: {}}] timeRange: {last: {count: 1, grain: DAY}}",
                "metrics: [{metric: {key: \"a\", formula: \"1\"}}] timeRange: {last: {count: 1, grain: DAY}}",
                "metrics: [] timeRange: {}",
                "metrics: [] timeRange: {last: {count: 1, grain: DAY}, between: {from: \"2026-01-01\", to: \"2026-01-02\"}}",
                "metrics: [] timeRange: {last: {count: 1, grain: DAY}} cohort: {key: \"a\", rule: \"b\"}",
                "metrics: [] timeRange: {last: {count: 1, grain: DAY}} filter: {}",
                "metrics: [] timeRange: {last: {count: 1, grain: DAY}} filter: {all: [], any: []}"
            })
    void exactly_one_of_a_one_of_is_taken(String input) {
        var reply = ask("{ analyze(input: {" + input + "}) { asOf } }");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().at("/errors/0/extensions/code").asString())
                .isEqualTo("GRAPHQL_VALIDATION_FAILED");
        assertThat(analyses.asked).isEmpty();
    }

    @Test
    void null_is_none_of_a_one_of() {
        var reply =
                ask(
                        "{ analyze(input: {metrics: [{metric: {key: null}}], timeRange: {last: {count: 1, grain: DAY}}}) { asOf } }");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("GRAPHQL_VALIDATION_FAILED");
        assertThat(analyses.asked).isEmpty();
    }

    @Test
    void exactly_one_of_a_one_of_is_taken_in_variables_too() {
        var range = Map.of("last", Map.of("count", 1, "grain", "DAY"));
        for (var metric : List.of(Map.of(), Map.of("key", "a", "formula", "1"))) {
            var input = Map.of("metrics", List.of(Map.of("metric", metric)), "timeRange", range);

            var reply =
                    ask(
                            "query($i: AnalysisInput!) { analyze(input: $i) { asOf } }",
                            Map.of("i", input));

            assertThat(reply.code()).isEqualTo("GRAPHQL_VALIDATION_FAILED");
        }
        assertThat(analyses.asked).isEmpty();
    }

    private AnalysisQuery asked(String more) {
        return askedExactly(METRICS + " " + RANGE + " " + more);
    }

    private AnalysisQuery askedExactly(String input) {
        var reply = ask("{ analyze(input: {" + input + "}) { asOf } }");
        assertThat(reply.json().path("errors")).as(reply.response().body()).isEmpty();
        return analyses.asked.getLast();
    }
}
