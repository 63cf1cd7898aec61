package dev.cairn.adapters.graphql.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.graphql.Fakes;
import dev.cairn.adapters.graphql.Samples;
import dev.cairn.adapters.graphql.SliceTest;
import dev.cairn.application.port.AnalysisFailed;
import dev.cairn.application.port.AnalysisFailed.Reason;
import dev.cairn.application.port.StoreFailed;
import dev.cairn.application.port.in.BrowseCatalogUseCase.Values;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Each kind of failure has its place, its code and its classification. */
@ExtendWith(OutputCaptureExtension.class)
class ErrorsTest extends SliceTest {
    private static final String ANALYZE =
            "{ analyze(input: {metrics: [{metric: {key: \"n\"}}], timeRange: {last: {count: 1, grain: DAY}}}) { asOf } }";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "",
                "no query",
                "{ unknown }",
                "{ metric { key } }",
                "{ metric(key: 5) { key } }",
                "{ metrics(first: \"x\") { totalCount } }",
                "{ metrics(first: 3000000000) { totalCount } }",
                "{ metrics(filter: {domains: [NO_SUCH]}) { totalCount } }",
                "{ metric(key: \"n\") { key { inner } } }",
                "{ metric(key: \"n\") }",
                "query($k: String!) { metric(key: $k) { key } }",
                "query one { __typename } query two { __typename }",
                "subscription { analysisUpdated { sequence } }",
                "{ ...F } fragment F on Query { ...F }",
                "{ explain(input: {metrics: [], timeRange: {last: {count: 1, grain: CENTURY}}}) { valid } }"
            })
    void what_is_no_valid_request_is_refused_whole(String document) {
        var reply = ask(document);

        assertThat(reply.status()).as(reply.response().body()).isEqualTo(400);
        assertThat(reply.json().has("data")).isFalse();
        reply.json()
                .path("errors")
                .forEach(error -> {
                    assertThat(error.at("/extensions/code").asString())
                            .isEqualTo("GRAPHQL_VALIDATION_FAILED");
                    assertThat(error.at("/extensions/classification").isMissingNode()).isFalse();
                });
        assertThat(reply.json().path("errors")).isNotEmpty();
    }

    @Test
    void the_same_is_200_for_those_who_take_plain_json() {
        var reply = post("{\"query\": \"{ unknown }\"}", "application/json", "application/json");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).startsWith("application/json");
        assertThat(reply.code()).isEqualTo("GRAPHQL_VALIDATION_FAILED");
    }

    @Test
    void variables_that_cannot_be_read_are_refused_and_say_why() {
        var input =
                Map.of(
                        "metrics",
                        List.of(),
                        "timeRange",
                        Map.of("between", Map.of("from", "2026-02-30", "to", "2026-03-01")));

        var reply =
                ask(
                        "query($i: AnalysisInput!) { explain(input: $i) { valid } }",
                        Map.of("i", input));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("GRAPHQL_VALIDATION_FAILED");
        assertThat(reply.error().path("message").asString())
                .contains("There is no date '2026-02-30'.");
    }

    @Test
    void literals_that_cannot_be_read_say_why() {
        var reply =
                ask(
                        "{ explain(input: {metrics: [], timeZone: \"Europe/Pariss\", timeRange: {last: {count: 1, grain: DAY}}}) { valid } }");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error().path("message").asString())
                .contains("did you mean 'Europe/Paris'?");
    }

    @Test
    void a_bad_question_tells_all_its_problems_at_once() {
        analyses.rejects(
                Problem.of(
                                ProblemCode.UNKNOWN_METRIC,
                                Place.of("metrics", "0", "metric", "key"),
                                "No metric 'nsp'.")
                        .suggesting(List.of("nps")),
                Problem.of(ProblemCode.SYNTAX, Place.of("where").at(3, 7), "Expected ')'."),
                Problem.of(
                        ProblemCode.BAD_PAGE,
                        Place.of("first"),
                        "first must be 1 to 10000, not -1."));

        var reply = ask(ANALYZE);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().at("/data/analyze").isNull()).isTrue();
        assertThat(reply.error().path("path").toString()).isEqualTo("[\"analyze\"]");
        assertThat(reply.error().path("message").asString())
                .isEqualTo(
                        "3 problems: No metric 'nsp'. Did you mean 'nps'? Expected ')'. first must be 1 to 10000, not -1.");
        assertThat(reply.error().path("extensions").toString())
                .isEqualTo(
                        "{\"code\":\"BAD_QUERY\",\"problems\":["
                                + "{\"code\":\"UNKNOWN_METRIC\",\"message\":\"No metric 'nsp'. Did you mean 'nps'?\","
                                + "\"path\":[\"metrics\",\"0\",\"metric\",\"key\"],\"line\":null,\"column\":null,\"suggestions\":[\"nps\"]},"
                                + "{\"code\":\"SYNTAX\",\"message\":\"Expected ')'.\",\"path\":[\"where\"],\"line\":3,\"column\":7,\"suggestions\":[]},"
                                + "{\"code\":\"BAD_PAGE\",\"message\":\"first must be 1 to 10000, not -1.\",\"path\":[\"first\"],\"line\":null,\"column\":null,\"suggestions\":[]}],"
                                + "\"classification\":\"BAD_REQUEST\"}");
    }

    @Test
    void a_question_of_too_many_rows_tells_programs_how_many() {
        analyses.rejects(
                Problem.of(ProblemCode.LIMIT, Place.of("metrics"), "Too many rows.")
                        .expecting(3_000_000_000L));

        assertThat(ask(ANALYZE).error().at("/extensions/rowsToRead").asLong())
                .isEqualTo(3_000_000_000L);
    }

    @Test
    void an_error_of_one_field_leaves_the_others() {
        analyses.rejects(Problem.of(ProblemCode.MISSING, Place.of("metrics"), "Ask for a metric."));

        var reply = ask(ANALYZE.replace("{ analyze", "{ metrics { totalCount } analyze"));

        assertThat(reply.code()).isEqualTo("BAD_QUERY");
        assertThat(reply.json().at("/data/metrics/totalCount").asInt()).isZero();
    }

    @Test
    void a_message_may_hold_anything_the_caller_wrote() {
        analyses.rejects(
                Problem.of(ProblemCode.SYNTAX, Place.of("where"), "Not expected: %s %d 100%"));

        assertThat(ask(ANALYZE).error().path("message").asString())
                .isEqualTo("Not expected: %s %d 100%");
    }

    @Test
    void of_very_many_problems_the_first_are_listed_and_all_are_counted() {
        var many =
                IntStream.range(0, 15_000)
                        .mapToObj(at ->
                                Problem.of(
                                        ProblemCode.UNKNOWN_METRIC,
                                        Place.of("metrics", String.valueOf(at)),
                                        "No metric 'm%d'.",
                                        at))
                        .toArray(Problem[]::new);
        analyses.rejects(many);
        definitions.rejects(many);

        var error = ask(ANALYZE).error();
        var refused =
                ask("""
                mutation { defineMetric(input: {key: "n", label: "N", direction: NEUTRAL, of: CELL, formula: "1"}) {
                  problems { message } } }
                """)
                        .json();

        assertThat(error.path("message").asString())
                .isEqualTo(
                        "15,000 problems: No metric 'm0'. No metric 'm1'. No metric 'm2'. No metric 'm3'. No metric 'm4'. ...");
        for (var problems :
                List.of(
                        error.at("/extensions/problems"),
                        refused.at("/data/defineMetric/problems"))) {
            assertThat(problems.size()).isEqualTo(101);
            assertThat(problems.get(100).path("message").asString())
                    .isEqualTo("There are 15,000 problems in all; these are the first 100.");
        }
    }

    @Test
    void a_refused_definition_is_data() {
        definitions.rejects(
                Problem.of(ProblemCode.SYNTAX, Place.of("formula").at(1, 5), "Expected ')'."));

        var reply =
                ask(
                        """
                        mutation { defineMetric(input: {key: "n", label: "N", direction: NEUTRAL, of: CELL, formula: "sum("}) {
                          metric { key } problems { code path line column } } }
                        """);

        assertThat(reply.json().path("errors")).isEmpty();
        assertThat(reply.json().at("/data/defineMetric").toString())
                .isEqualTo(
                        "{\"metric\":null,\"problems\":[{\"code\":\"SYNTAX\",\"path\":[\"formula\"],\"line\":1,\"column\":5}]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "metrics(first: -1)", "metrics(first: 201)", "metrics(last: 201)",
                        "metrics(first: 1, last: 1)",
                "metrics(after: \"nonsense\")", "metrics(before: \"\")", "accounts(first: -1)",
                        "accounts(first: 201)",
                "accounts(after: \"nonsense\")"
            })
    void connections_refuse_what_they_cannot_page_by(String field) {
        var reply = ask("{ " + field + " { pageInfo { hasNextPage } } }");

        assertThat(reply.code()).isEqualTo("BAD_USER_INPUT");
        assertThat(reply.error().at("/extensions/classification").asString())
                .isEqualTo("BAD_REQUEST");
        assertThat(reply.error().at("/extensions/problems/0/code").asString())
                .isEqualTo("BAD_PAGE");
        assertThat(accounts.filters).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "metrics(first: 0)",
                "metrics(first: 200)",
                "metrics(last: 200)",
                "accounts(first: 200)"
            })
    void connections_take_pages_at_the_limits(String field) {
        assertThat(ask("{ " + field + " { pageInfo { hasNextPage } } }").json().path("errors"))
                .isEmpty();
    }

    @Test
    void a_filter_of_accounts_that_cannot_be_read_is_refused_with_its_problems() {
        accounts.rejects(
                Problem.of(
                                ProblemCode.UNKNOWN_FIELD,
                                Place.of("filter", "where", "field"),
                                "No field 'plam'.")
                        .suggesting(List.of("account.plan")));

        var reply =
                ask(
                        "{ accounts(filter: {where: {field: \"plam\", op: IS_NULL}}) { edges { cursor } } }");

        assertThat(reply.code()).isEqualTo("BAD_USER_INPUT");
        assertThat(reply.error().at("/extensions/problems/0/suggestions/0").asString())
                .isEqualTo("account.plan");
    }

    @Test
    void values_that_cannot_be_listed_say_why() {
        catalogs.hasDimensions(Map.of("n", List.of(Fakes.dimension("account.plan"))));
        catalogs.hasValues(_ ->
                new Values.Rejected(
                        List.of(
                                Problem.of(
                                        ProblemCode.UNKNOWN_DIMENSION,
                                        Place.of("dimension"),
                                        "No dimension."))));

        var reply = ask("{ dimension(key: \"account.plan\") { values } }");

        assertThat(reply.code()).isEqualTo("BAD_USER_INPUT");
        assertThat(reply.error().path("message").asString()).isEqualTo("No dimension.");
    }

    @Test
    void a_statement_that_took_too_long_is_a_timeout() {
        analyses.does(_ -> {
            throw new AnalysisFailed(
                    Reason.TIMEOUT, new IllegalStateException("canceling statement"));
        });

        var reply = ask(ANALYZE);

        assertThat(reply.code()).isEqualTo("TIMEOUT");
        assertThat(reply.error().at("/extensions/classification").asString())
                .isEqualTo("ExecutionAborted");
        assertThat(reply.response().body()).doesNotContain("canceling statement");
    }

    @Test
    void a_failure_that_a_service_wrapped_is_still_known() {
        analyses.does(_ -> {
            throw new IllegalStateException(
                    new AnalysisFailed(Reason.TIMEOUT, new IllegalStateException()));
        });

        assertThat(ask(ANALYZE).code()).isEqualTo("TIMEOUT");
    }

    @ParameterizedTest
    @EnumSource(names = {"NUMBER_OUT_OF_RANGE", "TOO_LARGE", "ANSWER_TOO_LARGE"})
    void what_is_too_large_for_the_database_is_a_bad_question(Reason reason) {
        analyses.does(_ -> {
            throw new AnalysisFailed(reason, new IllegalStateException());
        });

        var reply = ask(ANALYZE);

        assertThat(reply.code()).isEqualTo("BAD_QUERY");
        assertThat(reply.error().at("/extensions/problems/0/code").asString()).isEqualTo("LIMIT");
    }

    @Test
    void what_is_still_recorded_is_a_bad_question_of_what_was_known() {
        analyses.does(_ -> {
            throw new AnalysisFailed(Reason.STILL_RECORDED, new IllegalStateException());
        });

        var reply = ask(ANALYZE);

        assertThat(reply.code()).isEqualTo("BAD_QUERY");
        assertThat(reply.error().at("/extensions/problems/0/code").asString())
                .isEqualTo("BAD_RANGE");
    }

    @Test
    void a_database_that_has_given_way_is_no_bug(CapturedOutput log) {
        analyses.does(_ -> {
            throw new IllegalStateException(
                    new StoreFailed("The database was stopped.", new IllegalStateException()));
        });

        var reply = ask(ANALYZE);

        assertThat(reply.code()).isEqualTo("DATABASE_OUT_OF_REACH");
        assertThat(reply.json().at("/data/analyze").isNull()).isTrue();
        assertThat(log.getAll()).doesNotContain("IllegalStateException", "\tat ");
    }

    @Test
    void a_database_that_gave_way_at_the_commit_may_have_done_it(CapturedOutput log) {
        definitions.fails(
                new StoreFailed("The database was stopped.", new IllegalStateException())
                        .atCommit());

        var reply =
                ask(
                        """
                        mutation { defineMetric(input: {key: "n", label: "N", direction: NEUTRAL, of: CELL, formula: "1"}) {
                          problems { message } } }
                        """);

        assertThat(reply.code()).isEqualTo("DATABASE_OUT_OF_REACH");
        assertThat(reply.error().path("message").asString())
                .contains("may or may not have been done");
        assertThat(log.getAll()).doesNotContain("\tat ");
    }

    @Test
    void a_bug_is_told_by_an_id_that_the_log_explains(CapturedOutput log) {
        analyses.does(_ -> {
            throw new IllegalStateException("secret detail");
        });

        var reply = ask(ANALYZE);

        assertThat(reply.code()).isEqualTo("INTERNAL_ERROR");
        assertThat(reply.error().at("/extensions/classification").asString())
                .isEqualTo("INTERNAL_ERROR");
        assertThat(reply.response().body()).doesNotContain("secret detail");
        var id = reply.error().at("/extensions/id").asString();
        assertThat(id).isNotEmpty();
        assertThat(reply.error().path("message").asString()).contains(id);
        assertThat(log.getAll())
                .contains(id)
                .contains("java.lang.IllegalStateException: secret detail");
    }

    @Test
    void a_value_that_cannot_be_given_is_a_bug_with_an_id(CapturedOutput log) {
        analyses.answers(
                new AnalysisResult(
                        List.of(Samples.measure("n", null)),
                        List.of(Samples.row(Samples.value(Double.NaN))),
                        false,
                        null,
                        Instant.EPOCH,
                        List.of()));

        var reply = ask(ANALYZE.replace("asOf", "records"));

        assertThat(reply.code()).isEqualTo("INTERNAL_ERROR");
        assertThat(log.getAll())
                .contains(reply.error().at("/extensions/id").asString())
                .contains("NaN");
    }
}
