package dev.cairn.adapters.graphql.catalog;

import static dev.cairn.adapters.graphql.Fakes.dimension;
import static dev.cairn.adapters.graphql.Samples.metric;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.graphql.SliceTest;
import dev.cairn.application.port.in.BrowseCatalogUseCase.Values;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.catalog.Origin;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.Metric.MetricDomain;
import dev.cairn.domain.model.Metric.Status;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class CatalogTest extends SliceTest {
    @Test
    void a_metric_says_all_that_its_definition_says() {
        catalogs.has(
                new Metric(
                        "logins",
                        "Logins",
                        "Times somebody came in.",
                        Metric.Level.ACCOUNT,
                        Metric.RollUp.AVG,
                        "count(event)",
                        Metric.MetricUnit.COUNT,
                        Metric.Direction.LOWER,
                        MetricDomain.ADOPTION,
                        "ops",
                        "nps",
                        true,
                        Status.PUBLISHED));

        graphQl.document(
                        """
                        { metric(key: "logins") {
                          key label summary domain unit direction status version level rollUp formula emptyIsNone owner counter } }
                        """)
                .execute()
                .path("metric")
                .matchesJsonStrictly(
                        """
                        {"key": "logins", "label": "Logins", "summary": "Times somebody came in.", "domain": "ADOPTION",
                         "unit": "COUNT", "direction": "LOWER_IS_BETTER", "status": "PUBLISHED", "version": 3, "level": "ACCOUNT",
                         "rollUp": "AVG", "formula": "count(event)", "emptyIsNone": true, "owner": "ops", "counter": "nps"}
                        """);
    }

    @Test
    void what_was_not_said_of_a_metric_is_null() {
        catalogs.has(metric("n", "count(event)"));

        graphQl.document("{ metric(key: \"n\") { summary domain unit rollUp owner counter } }")
                .execute()
                .path("metric")
                .matchesJsonStrictly(
                        """
                        {"summary": null, "domain": null, "unit": null, "rollUp": null, "owner": null, "counter": null}
                        """);
    }

    @Test
    void a_metric_that_is_not_there_is_null() {
        graphQl.document("{ metric(key: \"none\") { key } }")
                .execute()
                .path("metric")
                .valueIsNull();
    }

    @Test
    void metrics_are_those_in_use_when_nothing_is_said() {
        catalogs.has(
                metric("b", "1"),
                metric("a", "1"),
                metric("draft", "Draft", "1", null, Status.DRAFT),
                metric("old", "Old", "1", null, Status.DEPRECATED));

        assertThat(keys("")).containsExactly("a", "b");
        assertThat(keys("(filter: {})")).containsExactly("a", "b");
        assertThat(keys("(filter: null)")).containsExactly("a", "b");
    }

    @Test
    void metrics_by_state() {
        catalogs.has(metric("a", "1"), metric("old", "Old", "1", null, Status.DEPRECATED));

        assertThat(keys("(filter: {statuses: [DEPRECATED]})")).containsExactly("old");
        assertThat(keys("(filter: {statuses: [DEPRECATED, PUBLISHED]})"))
                .containsExactly("a", "old");
        assertThat(keys("(filter: {statuses: []})")).isEmpty();
    }

    @Test
    void metrics_by_domain() {
        catalogs.has(
                metric("churn", "Churn", "1", MetricDomain.RETENTION, Status.PUBLISHED),
                metric("nps", "NPS", "1", MetricDomain.SENTIMENT, Status.PUBLISHED),
                metric("none", "None", "1", null, Status.PUBLISHED));

        assertThat(keys("(filter: {domains: [RETENTION, SENTIMENT]})"))
                .containsExactly("churn", "nps");
        assertThat(keys("(filter: {domains: [HEALTH]})")).isEmpty();
    }

    @Test
    void a_metric_says_in_what_it_is_not_that_of_its_pack() {
        var pack = new Origin("canon", "3", Map.of());
        catalogs.has(
                new Entry(metric("nps", "1"), 2, Map.of(), pack.insteadOf(metric("nps", "2"))));
        assertThat(origin("nps"))
                .isEqualTo(
                        "{\"pack\":\"canon\",\"packVersion\":\"3\",\"isOverridden\":true,"
                                + "\"departures\":[{\"part\":\"formula\",\"value\":\"1\",\"standard\":\"2\"}]}");
        catalogs.has(new Entry(metric("nps", "1"), 2, Map.of(), pack));
        assertThat(origin("nps")).contains("\"isOverridden\":false,\"departures\":[]");
        catalogs.has(metric("nps", "1"));
        assertThat(origin("nps")).isEqualTo("null");
    }

    private String origin(String key) {
        return ask("{ metric(key: \"%s\") { origin { pack packVersion isOverridden departures { part value standard } } } }"
                        .formatted(key))
                .json()
                .at("/data/metric/origin")
                .toString();
    }

    @Test
    void metrics_by_text_in_key_or_label_in_either_case() {
        catalogs.has(
                metric("churn_rate", "Lost", "1", null, Status.PUBLISHED),
                metric("x", "Churn of users", "1", null, Status.PUBLISHED),
                metric("nps", "NPS", "1", null, Status.PUBLISHED));

        assertThat(keys("(filter: {text: \"CHURN\"})")).containsExactly("churn_rate", "x");
        assertThat(keys("(filter: {text: \"'; drop table metric; --\"})")).isEmpty();
    }

    @Test
    void the_count_is_of_all_pages() {
        catalogs.has(metric("a", "1"), metric("b", "1"), metric("c", "1"));

        var connection =
                ask("{ metrics(first: 2) { totalCount pageInfo { hasNextPage endCursor } edges { cursor node { key } } } }")
                        .json()
                        .at("/data/metrics");
        var rest =
                ask("{ metrics(first: 2, after: \"%s\") { edges { node { key } } pageInfo { hasNextPage hasPreviousPage } } }"
                                .formatted(connection.at("/pageInfo/endCursor").asString()))
                        .json()
                        .at("/data/metrics");

        assertThat(connection.path("totalCount").asInt()).isEqualTo(3);
        assertThat(connection.at("/edges/1/cursor"))
                .isEqualTo(connection.at("/pageInfo/endCursor"));
        assertThat(rest.toString())
                .isEqualTo(
                        "{\"edges\":[{\"node\":{\"key\":\"c\"}}],\"pageInfo\":{\"hasNextPage\":false,\"hasPreviousPage\":true}}");
    }

    @Test
    void what_metrics_depend_on_is_looked_up_once_a_level() {
        catalogs.has(
                metric("top", "left + right"),
                metric("left", "base"),
                metric("right", "base + other"),
                metric("base", "1"),
                metric("other", "2"));

        var metric =
                ask("{ metric(key: \"top\") { dependsOn { key dependsOn { key dependsOn { key } } } } }")
                        .json()
                        .at("/data/metric/dependsOn");

        assertThat(metric.toString())
                .isEqualTo(
                        "[{\"key\":\"left\",\"dependsOn\":[{\"key\":\"base\",\"dependsOn\":[]}]},"
                                + "{\"key\":\"right\",\"dependsOn\":[{\"key\":\"base\",\"dependsOn\":[]},{\"key\":\"other\",\"dependsOn\":[]}]}]");
        assertThat(catalogs.calls.stream().filter(call -> call.startsWith("dependencies")))
                .containsExactly(
                        "dependencies [top]",
                        "dependencies [left, right]",
                        "dependencies [base, other]");
    }

    @Test
    void dimensions_of_metrics_are_looked_up_at_once() {
        catalogs.has(metric("a", "1"), metric("b", "1"), metric("c", "1"));
        catalogs.hasDimensions(
                Map.of(
                        "a",
                        List.of(dimension("account.plan")),
                        "b",
                        List.of(dimension("survey.area"))));

        var metrics =
                ask("{ metrics { edges { node { dimensions { key label valueType } } } } }").json();

        assertThat(metrics.at("/data/metrics/edges/0/node/dimensions").toString())
                .isEqualTo(
                        "[{\"key\":\"account.plan\",\"label\":\"Label of account.plan\",\"valueType\":\"TEXT\"}]");
        assertThat(metrics.at("/data/metrics/edges/2/node/dimensions")).isEmpty();
        assertThat(catalogs.calls.stream().filter(call -> call.startsWith("dimensions")))
                .hasSize(1);
    }

    @Test
    void values_of_a_dimension() {
        catalogs.hasDimensions(Map.of("a", List.of(dimension("account.plan"))));
        catalogs.hasValues(_ -> new Values.Found(List.of("free", "pro")));

        graphQl.document(
                        "{ dimension(key: \"account.plan\") { values(startsWith: \"p\", first: 7) } }")
                .execute()
                .path("dimension.values")
                .entityList(String.class)
                .containsExactly("free", "pro");

        assertThat(catalogs.calls).containsExactly("values account.plan 'p' 7 tester");
    }

    @Test
    void values_are_twenty_from_the_start_when_nothing_is_said() {
        catalogs.hasDimensions(Map.of("a", List.of(dimension("account.plan"))));

        ask(
                "{ dimension(key: \"account.plan\") { values nulls: values(startsWith: null, first: null) } }");

        assertThat(catalogs.calls).containsExactly("values account.plan '' 20 tester");
    }

    @Test
    void values_are_looked_up_once_for_each_dimension_however_many_metrics_have_it() {
        var plan = List.of(dimension("account.plan"), dimension("account.region"));
        catalogs.has(metric("a", "1"), metric("b", "1"), metric("c", "1"));
        catalogs.hasDimensions(Map.of("a", plan, "b", plan, "c", plan));
        catalogs.hasValues(dimension -> new Values.Found(List.of("of " + dimension)));

        var metrics = ask("{ metrics { edges { node { dimensions { key values } } } } }").json();

        assertThat(metrics.at("/data/metrics/edges/2/node/dimensions/1").toString())
                .isEqualTo("{\"key\":\"account.region\",\"values\":[\"of account.region\"]}");
        assertThat(catalogs.calls.stream().filter(call -> call.startsWith("values"))).hasSize(2);
    }

    @Test
    void more_values_than_two_hundred_are_refused() {
        catalogs.hasDimensions(Map.of("a", List.of(dimension("account.plan"))));

        assertThat(
                        ask("{ dimension(key: \"account.plan\") { values(first: 200) } }")
                                .json()
                                .path("errors"))
                .isEmpty();
        for (var first : List.of(-1, 201)) {
            assertThat(
                            ask("{ dimension(key: \"account.plan\") { values(first: %d) } }"
                                            .formatted(first))
                                    .code())
                    .isEqualTo("BAD_USER_INPUT");
        }
    }

    @Test
    void a_dimension_that_is_not_there_is_null() {
        graphQl.document("{ dimension(key: \"none\") { key } }")
                .execute()
                .path("dimension")
                .valueIsNull();
    }

    @Test
    void common_dimensions_are_those_of_all_the_metrics() {
        catalogs.hasDimensions(
                Map.of(
                        "a", List.of(dimension("x"), dimension("y"), dimension("z")),
                        "b", List.of(dimension("z"), dimension("y"))));

        graphQl.document("{ commonDimensions(metrics: [\"a\", \"b\"]) { items { key } } }")
                .execute()
                .path("commonDimensions.items[*].key")
                .entityList(String.class)
                .containsExactly("y", "z");
    }

    @Test
    void common_dimensions_of_a_metric_that_is_not_known_are_refused_with_near_names() {
        catalogs.has(metric("nps", "1"));
        catalogs.hasDimensions(Map.of("nps", List.of(dimension("x"))));

        var reply = ask("{ commonDimensions(metrics: [\"nps\", \"nsp\"]) { items { key } } }");

        assertThat(reply.code()).isEqualTo("BAD_USER_INPUT");
        assertThat(reply.error().at("/extensions/problems/0").toString())
                .isEqualTo(
                        "{\"code\":\"UNKNOWN_METRIC\",\"message\":\"No metric 'nsp'. Did you mean 'nps'?\",\"path\":[\"metrics\",\"1\"],"
                                + "\"line\":null,\"column\":null,\"suggestions\":[\"nps\"]}");
    }

    @Test
    void common_dimensions_of_no_metric_are_refused() {
        assertThat(ask("{ commonDimensions(metrics: []) { items { key } } }").code())
                .isEqualTo("BAD_USER_INPUT");
    }

    @Test
    void common_metrics_have_all_the_dimensions() {
        catalogs.has(metric("a", "1"), metric("b", "1"));
        catalogs.hasDimensions(
                Map.of("a", List.of(dimension("x"), dimension("y")), "b", List.of(dimension("y"))));

        assertThat(common("y")).containsExactly("a", "b");
        assertThat(common("x\", \"y")).containsExactly("a");
    }

    @Test
    void a_dimension_that_goes_with_no_metric_is_not_one_that_is_not_known() {
        catalogs.has(metric("a", "1"), metric("b", "1"));
        catalogs.hasDimensions(
                Map.of("a", List.of(dimension("account.plan")), "b", List.of(dimension("y"))));

        assertThat(common("account.plan\", \"y")).isEmpty();
        var reply = ask("{ commonMetrics(dimensions: [\"account.plam\"]) { items { key } } }");
        assertThat(reply.code()).isEqualTo("BAD_USER_INPUT");
        assertThat(reply.error().path("message").asString())
                .isEqualTo("No dimension 'account.plam'. Did you mean 'account.plan'?");
    }

    @Test
    void what_is_common_is_asked_of_so_many_names() {
        var names = "[" + "\"x\", ".repeat(201) + "]";
        for (var field : List.of("commonMetrics(dimensions: ", "commonDimensions(metrics: ")) {
            var reply = ask("{ " + field + names + ") { items { key } } }");
            assertThat(reply.code()).isEqualTo("BAD_USER_INPUT");
            assertThat(reply.error().path("message").asString())
                    .isEqualTo("Name at most 200, not 201.");
        }
    }

    private List<String> common(String dimensions) {
        return graphQl.document(
                        "{ commonMetrics(dimensions: [\"%s\"]) { items { key version } } }"
                                .formatted(dimensions))
                .execute()
                .path("commonMetrics.items[*].key")
                .entityList(String.class)
                .get();
    }

    private List<String> keys(String arguments) {
        JsonNode edges =
                ask("{ metrics%s { edges { node { key } } } }".formatted(arguments))
                        .json()
                        .at("/data/metrics/edges");
        return edges.findValuesAsString("key");
    }
}
