package dev.cairn.bootstrap.command;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.graphql.limit.Limit;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Each list among the arguments, as long as any may be, is answered or refused, and never takes the time or the place of others. */
class ListArgumentsTest {
    private static final String RANGE =
            "timeRange: {between: {from: \"2026-01-01\", to: \"2026-07-01\"}}";
    private static final String FRAME = "frame: {" + RANGE + ", grain: MONTH}";
    private static final String METRIC =
            "mutation { defineMetric(input: {key: \"m\", label: \"M\", direction: NEUTRAL, of: CELL, formula: \"count(sample_event)\", validateOnly: true, %s}) { problems { code } } }";
    private static final String FUNNEL =
            "{ funnel(input: {" + FRAME + ", within: \"1 day\", %s}) { table { records } } }";
    private static final String TWO_STEPS =
            "steps: [{facts: \"sample_event\"}, {facts: \"sample_event\"}], ";

    /** Documents, {@code %s} being the list, and what stands in it. */
    private record Asked(String document, String value) {}

    private static final Map<String, Asked> LISTS =
            Map.ofEntries(
                    entry(
                            "Query.commonDimensions.metrics",
                            new Asked(
                                    "{ commonDimensions(metrics: %s) { items { key } } }",
                                    "\"none\"")),
                    entry(
                            "Query.sourceTrust.sources",
                            new Asked(
                                    "{ sourceTrust(sources: %s) { items { grade } } }",
                                    "\"none\"")),
                    entry(
                            "Query.commonMetrics.dimensions",
                            new Asked(
                                    "{ commonMetrics(dimensions: %s) { items { key } } }",
                                    "\"none\"")),
                    entry(
                            "MetricFilterInput.domains",
                            new Asked(
                                    "{ metrics(filter: {domains: %s}) { totalCount } }",
                                    "REVENUE")),
                    entry(
                            "MetricFilterInput.statuses",
                            new Asked(
                                    "{ metrics(filter: {statuses: %s}) { totalCount } }",
                                    "PUBLISHED")),
                    entry(
                            "AnalysisInput.metrics",
                            new Asked(analyze("metrics: %s"), "{metric: {key: \"sample_nps\"}}")),
                    entry("AnalysisInput.groupBy", analyzed("groupBy: %s", "\"account.plan\"")),
                    entry(
                            "AnalysisInput.orderBy",
                            analyzed("orderBy: %s", "{column: \"sample_nps\"}")),
                    entry(
                            "AskedMetricInput.params",
                            new Asked(
                                    analyze(
                                            "metrics: [{metric: {key: \"sample_nps\"}, params: %s}]"),
                                    "{name: \"p\", value: \"1\"}")),
                    entry("FilterInput.all", analyzed("filter: {all: %s}", "{all: []}")),
                    entry("FilterInput.any", analyzed("filter: {any: %s}", "{any: []}")),
                    entry(
                            "PredicateInput.values",
                            analyzed(
                                    "filter: {where: {field: \"account.plan\", op: NOT_IN, values: %s}}",
                                    "\"none\"")),
                    entry(
                            "FrameInput.groupBy",
                            new Asked(
                                    "{ lifecycle(input: {frame: {"
                                            + RANGE
                                            + ", grain: MONTH, groupBy: %s}, active: {facts: \"sample_event\"}}) { table { records } } }",
                                    "\"account.plan\"")),
                    entry(
                            "AgesInput.brackets",
                            new Asked(
                                    "{ retention(input: {"
                                            + FRAME
                                            + ", start: {facts: \"sample_event\"}, ages: {brackets: %s}}) { table { records } } }",
                                    "{from: 1, to: 2}")),
                    entry(
                            "FunnelInput.steps",
                            new Asked(FUNNEL.formatted("steps: %s"), "{facts: \"sample_event\"}")),
                    entry(
                            "FunnelInput.same",
                            new Asked(FUNNEL.formatted(TWO_STEPS + "same: %s"), "\"name\"")),
                    entry(
                            "FunnelInput.without",
                            new Asked(
                                    FUNNEL.formatted(TWO_STEPS + "without: %s"),
                                    "{facts: \"sample_survey\"}")),
                    entry(
                            "DefineMetricInput.params",
                            new Asked(
                                    METRIC.formatted("params: %s"),
                                    "{name: \"p\", type: INTEGER, defaultValue: \"1\"}")),
                    entry(
                            "DefineMetricInput.bands",
                            new Asked(METRIC.formatted("bands: %s"), "{name: \"b\"}")),
                    entry(
                            "MetricNotesInput.rules",
                            new Asked(METRIC.formatted("notes: {rules: %s}"), "\"r\"")),
                    entry(
                            "MetricNotesInput.pitfalls",
                            new Asked(METRIC.formatted("notes: {pitfalls: %s}"), "\"r\"")),
                    entry(
                            "MetricNotesInput.sources",
                            new Asked(METRIC.formatted("notes: {sources: %s}"), "\"r\"")),
                    entry(
                            "CohortMembersInput.accounts",
                            new Asked(
                                    "mutation { defineCohort(input: {key: \"c\", label: \"C\", members: {accounts: %s}, validateOnly: true}) { problems { code } } }",
                                    "\"a\"")),
                    entry(
                            "AccountOverview.facts.sources",
                            new Asked(
                                    "{ accountOverview(input: {key: \"acme-01\"}) { facts(sources: %s) { __typename } } }",
                                    "\"none\"")),
                    entry("AccountOverview.metrics.keys", overview("keys: %s", "\"none\"")),
                    entry("AccountOverview.metrics.domains", overview("domains: %s", "REVENUE")),
                    entry(
                            "StickinessInput.counts",
                            new Asked(
                                    "{ stickiness(input: {"
                                            + FRAME
                                            + ", active: {facts: \"sample_event\"}, counts: %s}) { table { records } } }",
                                    "{from: 1}")),
                    entry(
                            "TrendInput.metrics",
                            new Asked(
                                    "{ trend(input: {"
                                            + FRAME
                                            + ", metrics: %s}) { table { records } } }",
                                    "{metric: {key: \"sample_nps\"}}")),
                    entry(
                            "WhyInput.by",
                            new Asked(
                                    "{ why(input: {metric: {metric: {key: \"sample_nps\"}}, from: {"
                                            + RANGE
                                            + "}, to: {"
                                            + RANGE
                                            + ", where: \"true\"}, by: %s}) { sentence } }",
                                    "\"account.plan\"")),
                    entry(
                            "CalibrationInput.thresholds",
                            new Asked(
                                    "{ calibration(input: {score: \"sample_health\", alarm: 50, thresholds: %s, outcomes: {within: {outcome: \"true\", dates: [\"2026-05-01\"], days: 30}}}) { asOf } }",
                                    "1.5")),
                    entry(
                            "CalibrationWithinInput.dates",
                            new Asked(
                                    "{ calibration(input: {score: \"sample_health\", alarm: 50, outcomes: {within: {outcome: \"true\", dates: %s, days: 30}}}) { asOf } }",
                                    "\"2026-05-01\"")),
                    entry(
                            "CalibrationRenewalsInput.days",
                            new Asked(
                                    "{ calibration(input: {score: \"sample_health\", alarm: 50, outcomes: {renewals: {from: \"2026-01-01\", until: \"2026-07-01\", days: %s}}}) { asOf } }",
                                    "30")),
                    entry(
                            "RenewalForecastInput.days",
                            new Asked(
                                    "{ renewalForecast(input: {score: \"sample_health\", alarm: 50, from: \"2027-01-01\", until: \"2027-07-01\", days: %s}) { asOf } }",
                                    "30")),
                    entry(
                            "GuardsInput.metrics",
                            new Asked(
                                    "{ guards(input: {metrics: %s}) { pairs { state } } }",
                                    "\"none\"")),
                    entry(
                            "ImpactInput.metrics",
                            new Asked(
                                    "{ impact(input: {metrics: %s, changedOn: \"2026-04-01\", windowDays: 70}) { __typename } }",
                                    "{metric: {key: \"sample_nps\"}}")),
                    entry(
                            "SeparationInput.leadWeeks",
                            new Asked(
                                    "{ separation(input: {metric: {key: \"sample_active_users\"}, success: \"none\", leadWeeks: %s}) { __typename } }",
                                    "4")),
                    entry(
                            "KeepBaselineInput.scope",
                            new Asked(
                                    "mutation { keepBaseline(input: {metric: \"sample_nps\", from: \"2026-01-01\", to: \"2026-07-01\", scope: %s, validateOnly: true}) { problems { code } } }",
                                    "{dimension: \"account.plan\", value: \"pro\"}")),
                    entry(
                            "SetTargetInput.scope",
                            new Asked(
                                    "mutation { setTarget(input: {key: \"t\", metric: \"sample_nps\", value: \"1\", from: \"2026-01-01\", scope: %s, validateOnly: true}) { problems { code } } }",
                                    "{dimension: \"none\", value: \"1\"}")));

    private static String analyze(String part) {
        return "{ analyze(input: {" + RANGE + ", " + part + "}) { records } }";
    }

    private static Asked overview(String argument, String value) {
        return new Asked(
                "{ accountOverview(input: {key: \"acme-01\"}) { metrics(%s) { periods } } }"
                        .formatted(argument),
                value);
    }

    private static Asked analyzed(String part, String value) {
        return new Asked(analyze("metrics: [{metric: {key: \"sample_nps\"}}], " + part), value);
    }

    @Test
    void a_list_as_long_as_may_be_is_answered_or_refused() {
        try (var cairn = new RunningCairn(List.of("cairn.limits.tokens=200000"))) {
            SmallCompany.fill(cairn);
            assertThat(LISTS.keySet()).containsExactlyInAnyOrderElementsOf(listsOf(cairn));
            var softly = new SoftAssertions();
            LISTS.forEach((list, asked) -> {
                var values = Collections.nCopies(Limit.LIST.standard(), asked.value);
                var answer =
                        cairn.ask(
                                asked.document.formatted("[" + String.join(" ", values) + "]"),
                                Map.of());
                softly.assertThat(answer.at("/errors/0/extensions/code").asString(""))
                        .as("%s: %s", list, answer)
                        .isIn("", "BAD_QUERY", "BAD_USER_INPUT");
            });
            softly.assertAll();
        }
    }

    private static TreeSet<String> listsOf(RunningCairn cairn) {
        var types =
                cairn.ask(
                        "{ __schema { types { name inputFields { name type { kind ofType { kind } } } fields { name args { name type { kind ofType { kind } } } } } } }",
                        Map.of());
        var lists = new TreeSet<String>();
        for (var type : types.at("/data/__schema/types")) {
            var name = type.path("name").asString();
            if (name.startsWith("__")) {
                continue;
            }
            type.path("inputFields").forEach(field -> add(lists, name, field));
            type.path("fields")
                    .forEach(field ->
                            field.path("args")
                                    .forEach(argument ->
                                            add(
                                                    lists,
                                                    name + "." + field.path("name").asString(),
                                                    argument)));
        }
        return lists;
    }

    private static void add(TreeSet<String> lists, String of, JsonNode value) {
        if ((value.at("/type/kind").asString() + value.at("/type/ofType/kind").asString(""))
                .matches("LIST.*|NON_NULLLIST")) {
            lists.add(of + "." + value.path("name").asString());
        }
    }
}
