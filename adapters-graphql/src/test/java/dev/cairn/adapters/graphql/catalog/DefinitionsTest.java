package dev.cairn.adapters.graphql.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.graphql.SliceTest;
import dev.cairn.application.port.Author;
import dev.cairn.application.port.in.DefineUseCase.Draft;
import dev.cairn.application.port.in.DefineUseCase.Request;
import dev.cairn.application.port.in.ReviseMetricUseCase.Revision;
import dev.cairn.domain.analysis.Role;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.MetricNotes;
import dev.cairn.domain.model.Parameter;
import dev.cairn.domain.model.Slice;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DefinitionsTest extends SliceTest {
    @Test
    void every_field_of_a_metric_reaches_the_definition() {
        var reply =
                ask(
                        """
                        mutation { defineMetric(input: {
                            key: "logins", label: "Logins", summary: "Times.", domain: ADOPTION, unit: COUNT, direction: HIGHER_IS_BETTER,
                            of: ACCOUNT, rollUp: MEDIAN, formula: "count(event)", emptyIsNone: true, owner: "ops", counter: "nps",
                            params: [{name: "goal", type: INTEGER, defaultValue: "4"}], minSample: 30, clusteredByAccount: true,
                            notes: {timing: LEADING, decision: "Whom to train.", rules: ["Nobody is 0."], example: "2 of 4."}}) {
                          metric { key version direction minSample clusteredByAccount params { name type defaultValue }
                            notes { timing decision rules pitfalls example sources noCounter } } problems { code } } }
                        """);

        assertThat(reply.json().at("/data/defineMetric").toString())
                .isEqualTo(
                        "{\"metric\":{\"key\":\"logins\",\"version\":1,\"direction\":\"HIGHER_IS_BETTER\",\"minSample\":30,\"clusteredByAccount\":true,"
                                + "\"params\":[{\"name\":\"goal\",\"type\":\"INTEGER\",\"defaultValue\":\"4\"}],"
                                + "\"notes\":{\"timing\":\"LEADING\",\"decision\":\"Whom to train.\",\"rules\":[\"Nobody is 0.\"],\"pitfalls\":[],"
                                + "\"example\":\"2 of 4.\",\"sources\":[],\"noCounter\":null}},\"problems\":[]}");
        var metric =
                new Metric(
                                "logins",
                                "Logins",
                                "Times.",
                                Metric.Level.ACCOUNT,
                                Metric.RollUp.MEDIAN,
                                "count(event)",
                                Metric.MetricUnit.COUNT,
                                Metric.Direction.HIGHER,
                                Metric.MetricDomain.ADOPTION,
                                "ops",
                                "nps",
                                true,
                                Metric.Status.PUBLISHED)
                        .with(List.of(new Parameter("goal", DataType.INTEGER, "4")))
                        .with(new Metric.Sample(30, Metric.Cluster.ACCOUNT))
                        .with(
                                new MetricNotes(
                                        MetricNotes.Timing.LEADING,
                                        "Whom to train.",
                                        List.of("Nobody is 0."),
                                        List.of(),
                                        "2 of 4.",
                                        List.of(),
                                        null));
        assertThat(definitions.requests)
                .containsExactly(
                        new Request(List.of(new Draft(metric, Place.NOWHERE, 0)), false, false)
                                .by(new Author("tester", Role.ADMIN, "defineMetric")));
    }

    @Test
    void a_metric_needs_only_what_decides_its_numbers() {
        ask(
                """
                mutation { defineMetric(input: {key: "n", label: "N", direction: NEUTRAL, of: CELL, formula: "1"}) { metric { key } } }
                """);

        assertThat(definitions.requests.getFirst().drafts().getFirst().definition())
                .isEqualTo(
                        new Metric(
                                "n",
                                "N",
                                "",
                                Metric.Level.CELL,
                                null,
                                "1",
                                null,
                                Metric.Direction.NEUTRAL,
                                null,
                                null,
                                null,
                                false,
                                Metric.Status.PUBLISHED));
    }

    @Test
    void a_check_makes_nothing() {
        var reply =
                ask(
                        """
                        mutation {
                          defineMetric(input: {key: "n", label: "N", direction: NEUTRAL, of: CELL, formula: "1", validateOnly: true}) {
                            metric { key } problems { code } }
                          defineSlice(input: {key: "s", source: "survey", where: "true", validateOnly: true}) { slice problems { code } }
                          defineSource(input: {yaml: "source: x", validateOnly: true}) { source problems { code } }
                          reviseMetric(input: {key: "n", expectedVersion: 1, formula: "2", validateOnly: true}) {
                            metric { key } problems { code } }
                          defineCohort(input: {key: "c", label: "C", members: {accounts: []}, validateOnly: true}) {
                            cohort { key } problems { code } } }
                        """);

        assertThat(reply.json().path("data").toString())
                .isEqualTo(
                        "{\"defineMetric\":{\"metric\":null,\"problems\":[]},\"defineSlice\":{\"slice\":null,\"problems\":[]},"
                                + "\"defineSource\":{\"source\":null,\"problems\":[]},\"reviseMetric\":{\"metric\":null,\"problems\":[]},"
                                + "\"defineCohort\":{\"cohort\":null,\"problems\":[]}}");
        assertThat(definitions.requests).hasSize(3).allMatch(Request::validateOnly);
        assertThat(definitions.texts).containsExactly("check source: x");
        assertThat(definitions.revisions).allMatch(Revision::validateOnly);
    }

    @Test
    void a_revision_says_what_it_started_from() {
        var reply =
                ask(
                        """
                        mutation { reviseMetric(input: {key: "n", expectedVersion: 4, formula: "count(event)"}) {
                          metric { key version formula } problems { code } } }
                        """);

        assertThat(reply.json().at("/data/reviseMetric").toString())
                .isEqualTo(
                        "{\"metric\":{\"key\":\"n\",\"version\":5,\"formula\":\"count(event)\"},\"problems\":[]}");
        assertThat(definitions.revisions)
                .containsExactly(new Revision("n", 4, "count(event)", false));
    }

    @Test
    void a_revision_may_change_what_is_asked_of_the_sample_alone() {
        ask(
                "mutation { reviseMetric(input: {key: \"n\", expectedVersion: 4, minSample: 30, clusteredByAccount: false}) { problems { code } } }");

        assertThat(definitions.revisions)
                .containsExactly(new Revision("n", 4, null, 30, false, false));
    }

    @Test
    void a_conflict_is_data() {
        definitions.rejects(
                Problem.of(ProblemCode.CONFLICT, Place.NOWHERE, "'n' is at version 5, not 4."));

        var reply =
                ask(
                        """
                        mutation { reviseMetric(input: {key: "n", expectedVersion: 4, formula: "1"}) {
                          metric { key } problems { code message path line } } }
                        """);

        assertThat(reply.json().at("/data/reviseMetric").toString())
                .isEqualTo(
                        "{\"metric\":null,\"problems\":[{\"code\":\"CONFLICT\",\"message\":\"'n' is at version 5, not 4.\",\"path\":[],\"line\":null}]}");
    }

    @Test
    void a_source_is_defined_from_its_text() {
        var yaml = "source: survey\ntime: answered_on\n";

        var reply =
                ask(
                        "mutation($yaml: String!) { defineSource(input: {yaml: $yaml}) { source problems { code } } }",
                        Map.of("yaml", yaml));

        assertThat(reply.json().at("/data/defineSource").toString())
                .isEqualTo("{\"source\":\"survey\",\"problems\":[]}");
        assertThat(definitions.texts).containsExactly("define " + yaml);
    }

    @Test
    void a_source_that_is_refused_says_where_in_its_text() {
        definitions.rejects(
                Problem.of(ProblemCode.UNKNOWN_KEY, Place.of("yaml").at(2, 1), "No key 'tim'."));

        var reply =
                ask(
                        "mutation { defineSource(input: {yaml: \"x\"}) { source problems { code path line column } } }");

        assertThat(reply.json().at("/data/defineSource").toString())
                .isEqualTo(
                        "{\"source\":null,\"problems\":[{\"code\":\"UNKNOWN_KEY\",\"path\":[\"yaml\"],\"line\":2,\"column\":1}]}");
    }

    @Test
    void every_field_of_a_slice_reaches_the_definition() {
        var reply =
                ask(
                        """
                        mutation { defineSlice(input: {key: "nps", label: "NPS", summary: "Answers.", source: "survey", where: "kind = 'nps'"}) {
                          slice problems { code } } }
                        """);

        assertThat(reply.json().at("/data/defineSlice").toString())
                .isEqualTo("{\"slice\":\"nps\",\"problems\":[]}");
        assertThat(definitions.requests)
                .containsExactly(
                        new Request(
                                        List.of(
                                                new Draft(
                                                        new Slice(
                                                                "nps",
                                                                "NPS",
                                                                "Answers.",
                                                                "survey",
                                                                "kind = 'nps'"),
                                                        Place.NOWHERE)),
                                        false,
                                        false)
                                .by(new Author("tester", Role.ADMIN, "defineSlice")));
    }

    @Test
    void a_slice_without_a_label_is_called_by_its_key() {
        ask(
                "mutation { defineSlice(input: {key: \"nps\", source: \"survey\", where: \"true\"}) { slice } }");

        assertThat(definitions.requests.getFirst().drafts().getFirst().definition())
                .isEqualTo(new Slice("nps", "nps", "", "survey", "true"));
    }

    @Test
    void problems_are_placed_by_the_names_of_the_input() {
        definitions.rejects(
                Problem.of(ProblemCode.BAD_VALUE, Place.of("name"), "No name."),
                Problem.of(ProblemCode.INCOMPATIBLE, Place.of("rollup").at(1, 2), "No roll-up."),
                Problem.of(ProblemCode.UNKNOWN_SOURCE, Place.of("of"), "No source."),
                Problem.of(ProblemCode.CONFLICT, Place.NOWHERE, "Taken."));

        var reply =
                ask(
                        """
                        mutation {
                          defineMetric(input: {key: "N!", label: "N", direction: NEUTRAL, of: CELL, formula: "1"}) { problems { path } }
                          defineSlice(input: {key: "N!", source: "x", where: "true"}) { problems { path } } }
                        """);

        assertThat(reply.json().path("data").toString())
                .isEqualTo(
                        "{\"defineMetric\":{\"problems\":[{\"path\":[\"key\"]},{\"path\":[\"rollUp\"]},{\"path\":[\"of\"]},{\"path\":[]}]},"
                                + "\"defineSlice\":{\"problems\":[{\"path\":[\"key\"]},{\"path\":[\"rollup\"]},{\"path\":[\"source\"]},{\"path\":[]}]}}");
    }
}
