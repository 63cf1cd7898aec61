package dev.cairn.adapters.graphql.rest;

import dev.cairn.adapters.graphql.problem.ErrorCode;
import dev.cairn.domain.problem.ProblemCode;
import graphql.schema.GraphQLSchema;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.http.HttpStatus;

/** Describes {@code /api/analyze} and {@code /api/questions} in OpenAPI 3.1, from the types of the GraphQL schema: what is not in that cannot stand here. */
final class OpenApiDocument {
    static final String PATH = "/api/openapi.json";

    /** Of the small made-up company that a service without definitions takes in. */
    static final Map<String, Object> EXAMPLE =
            Map.of(
                    "metrics",
                    List.of(Map.of("metric", Map.of("key", "sample_active_users"))),
                    "groupBy",
                    List.of("account.plan"),
                    "grain",
                    "MONTH",
                    "timeRange",
                    Map.of("last", Map.of("count", 6, "grain", "MONTH")));

    /** A key, or a token of a provider; where nobody signs in, nothing. */
    private static final String BEARER = "bearer";

    private static final String JSON = "application/json";
    private static final String SCHEMA = "schema";
    private static final String DESCRIPTION = "description";
    private static final String TYPE = "type";
    private static final String STRING = "string";

    private OpenApiDocument() {}

    static Map<String, Object> of(GraphQLSchema schema) {
        var types = new JsonSchemas(schema);
        var answer = types.ofAnswer(AnalyzeEndpoint.DOCUMENT, "analyze");
        var input = types.ofInput(QuestionBody.INPUT);
        var components = new TreeMap<>(types.components());
        components.put("Answer", answer);
        components.put("Problem", problem());
        return ordered(
                "openapi",
                "3.1.0",
                "info",
                ordered(
                        "title",
                        "Cairn",
                        "version",
                        "1",
                        DESCRIPTION,
                        "Questions about customer success, answered as plain JSON. The same question over GraphQL has the same answer, limits and problems."),
                "servers",
                List.of(Map.of("url", "/")),
                "paths",
                paths(input),
                "components",
                ordered(
                        "schemas",
                        components,
                        "securitySchemes",
                        Map.of(BEARER, ordered(TYPE, "http", "scheme", BEARER))),
                "security",
                List.of(Map.of(), Map.of(BEARER, List.of())));
    }

    private static Map<String, Object> paths(Map<String, Object> input) {
        var json = Map.of(JSON, Map.of(SCHEMA, reference("Answer")));
        var paths = new LinkedHashMap<String, Object>();
        paths.put(
                AnalyzeEndpoint.PATH,
                Map.of(
                        "post",
                        asked(
                                "analyze",
                                "Answers a question, or reports everything that is wrong with it.",
                                input,
                                json)));
        for (RowFormat format : AnalyzeEndpoint.FORMATS) {
            paths.put(
                    AnalyzeEndpoint.PATH + "." + format.extension(),
                    Map.of(
                            "post",
                            asked(
                                    "export_" + format.extension(),
                                    "Answers a question with all its rows, or as many as first says, as %s. So does %s where that is accepted and JSON is not."
                                            .formatted(format.extension(), AnalyzeEndpoint.PATH),
                                    input,
                                    Map.of(format.type().toString(), Map.of()))));
        }
        paths.put(SavedQuestionEndpoint.PATH, Map.of("get", saved(json)));
        return paths;
    }

    private static Map<String, Object> saved(Map<String, ?> answer) {
        var responses = responses(answer);
        responses.put(
                "304",
                ordered(DESCRIPTION, "The answer is the one whose ETag If-None-Match names."));
        responses.put("404", ordered(DESCRIPTION, "No question is saved under this key."));
        return ordered(
                "operationId",
                "ask",
                "summary",
                "Answers a saved question.",
                "parameters",
                List.of(
                        parameter("question", "path", text("Key of the question.")),
                        parameter(
                                "first",
                                "query",
                                ordered(
                                        TYPE,
                                        "integer",
                                        DESCRIPTION,
                                        "Rows a page, 1 to 10,000; left out: as the question says, else 1,000.")),
                        parameter("after", "query", text("Cursor that the page begins after."))),
                "responses",
                responses);
    }

    private static Map<String, Object> parameter(
            String name, String place, Map<String, Object> schema) {
        return ordered("name", name, "in", place, "required", place.equals("path"), SCHEMA, schema);
    }

    private static Map<String, Object> asked(
            String id, String summary, Map<String, Object> input, Map<String, ?> answer) {
        return ordered(
                "operationId",
                id,
                "summary",
                summary,
                "requestBody",
                ordered(
                        "required",
                        true,
                        "content",
                        Map.of(JSON, ordered(SCHEMA, input, "example", EXAMPLE))),
                "responses",
                responses(answer));
    }

    private static Map<String, Object> responses(Map<String, ?> answer) {
        var responses = new LinkedHashMap<String, Object>();
        responses.put("200", ordered(DESCRIPTION, "The answer.", "content", answer));
        responses.put("401", ordered(DESCRIPTION, "Nothing that is valid says who asks."));
        responses.put("403", ordered(DESCRIPTION, "Whoever asks may not."));
        refusals()
                .forEach((status, meaning) ->
                        responses.put(
                                String.valueOf(status.value()),
                                ordered(
                                        DESCRIPTION,
                                        meaning,
                                        "content",
                                        Map.of(
                                                "application/problem+json",
                                                Map.of(SCHEMA, reference("Problem"))))));
        return responses;
    }

    private static Map<HttpStatus, String> refusals() {
        var refusals = new LinkedHashMap<HttpStatus, String>();
        refusals.put(
                HttpStatus.BAD_REQUEST,
                "The body is no AnalysisInput; problems has all that is wrong.");
        refusals.put(
                HttpStatus.NOT_ACCEPTABLE, "The request accepts nothing that can be given here.");
        refusals.put(HttpStatus.CONTENT_TOO_LARGE, "The body is larger than is taken.");
        refusals.put(
                HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                "The body is not application/json in UTF-8, or it is packed.");
        refusals.put(
                HttpStatus.UNPROCESSABLE_CONTENT,
                "The question cannot be answered as asked, or is over a limit; problems has all that is wrong. Nothing was computed.");
        refusals.put(
                HttpStatus.TOO_MANY_REQUESTS,
                "The caller asks too much at once; Retry-After says when to ask again.");
        refusals.put(HttpStatus.INTERNAL_SERVER_ERROR, "A bug in Cairn; id is in its log.");
        refusals.put(HttpStatus.SERVICE_UNAVAILABLE, "The database does not answer.");
        refusals.put(
                HttpStatus.GATEWAY_TIMEOUT, "It took longer than is allowed and was cancelled.");
        return refusals;
    }

    private static Map<String, Object> problem() {
        var one =
                ordered(
                        TYPE,
                        "object",
                        "required",
                        List.of("code", "message", "path", "suggestions"),
                        "properties",
                        ordered(
                                "code", words(ProblemCode.values()),
                                "message", text("What is wrong, and the way out."),
                                "path", texts("Where in the body."),
                                "line", number("Within a formula, from 1; null: of the whole."),
                                "column", number("Within a formula, from 1; null: of the whole."),
                                "suggestions", texts("Near names or rewrites, best first.")));
        return ordered(
                TYPE,
                "object",
                DESCRIPTION,
                "Why a question is not answered (RFC 9457).",
                "required",
                List.of("title", "status", "detail", "code"),
                "properties",
                ordered(
                        "title", text("What the status means."),
                        "status", Map.of(TYPE, "integer"),
                        "detail", text("What is wrong, for people."),
                        "code", words(ErrorCode.values()),
                        "problems", ordered(TYPE, "array", "items", one)));
    }

    private static Map<String, Object> words(Enum<?>[] words) {
        return ordered(TYPE, STRING, "enum", Arrays.stream(words).map(Enum::name).toList());
    }

    private static Map<String, Object> text(String description) {
        return ordered(TYPE, STRING, DESCRIPTION, description);
    }

    private static Map<String, Object> texts(String description) {
        return ordered(TYPE, "array", "items", Map.of(TYPE, STRING), DESCRIPTION, description);
    }

    private static Map<String, Object> number(String description) {
        return ordered(TYPE, List.of("integer", "null"), DESCRIPTION, description);
    }

    static Map<String, Object> reference(String component) {
        return Map.of("$ref", "#/components/schemas/" + component);
    }

    /** Names and values in turn. */
    static Map<String, Object> ordered(Object... members) {
        var map = new LinkedHashMap<String, Object>();
        for (int at = 0; at < members.length; at += 2) {
            map.put((String) members[at], members[at + 1]);
        }
        return map;
    }
}
