package dev.cairn.adapters.graphql.rest;

import dev.cairn.adapters.graphql.http.HttpRoutes;
import dev.cairn.adapters.graphql.http.JsonConverter;
import dev.cairn.adapters.graphql.limit.Limits;
import java.io.IOException;
import java.util.Map;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.graphql.execution.GraphQlSource;
import org.springframework.graphql.server.WebGraphQlHandler;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.http.MediaType;
import org.springframework.util.AlternativeJdkIdGenerator;
import org.springframework.util.IdGenerator;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers a question as plain JSON. It is asked by one document, as it would be over GraphQL, so that limits, scope and whatever else holds there hold here.
 */
public final class AnalyzeEndpoint {
    /** What is asked for of an answer; its selections are the members of the JSON. */
    static final String DOCUMENT =
            """
            query analyze($input: AnalysisInput!) {
              analyze(input: $input) {
                columns { key label role valueType unit currency direction attributesAsOf }
                records
                notices { code message column }
                page: pageInfo { hasNextPage endCursor }
                asOf
                knownAt
              }
            }
            """;

    static final String PATH = "/api/analyze";

    private final WebGraphQlHandler questions;
    private final GraphQlSource source;
    private final QuestionBody body;
    private final IdGenerator ids = new AlternativeJdkIdGenerator();

    public AnalyzeEndpoint(
            WebGraphQlHandler questions, GraphQlSource source, JsonMapper mapper, Limits limits) {
        this.questions = questions;
        this.source = source;
        this.body = new QuestionBody(new JsonConverter(mapper, limits));
    }

    /** Its own, and that of the document that describes it. */
    public RouterFunction<ServerResponse> routes() {
        return HttpRoutes.post(PATH, this::answer)
                .and(HttpRoutes.page(OpenApiDocument.PATH, _ -> described()));
    }

    private ServerResponse described() {
        return ServerResponse.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .body(OpenApiDocument.of(source.schema()));
    }

    private ServerResponse answer(ServerRequest request) throws IOException {
        try {
            var input = body.read(request, source.schema(), MediaType.APPLICATION_JSON);
            return ServerResponse.ok()
                    .contentType(MediaType.APPLICATION_JSON)
                    .body(answer(request, input));
        } catch (Refusal refusal) {
            return refusal.problem().response();
        }
    }

    private Object answer(ServerRequest request, Map<String, Object> input) {
        var response = questions.handleRequest(asked(request, input)).block();
        if (response == null) {
            throw new IllegalStateException("A question has no response.");
        }
        return answer(response);
    }

    private static Object answer(WebGraphQlResponse response) {
        if (!response.getErrors().isEmpty()) {
            throw new Refusal(HttpProblem.of(response.getErrors().getFirst()));
        }
        Map<String, Object> data = response.getData();
        if (data == null) {
            throw new IllegalStateException("An answer has no data.");
        }
        return data.get("analyze");
    }

    private WebGraphQlRequest asked(ServerRequest request, Map<String, Object> input) {
        return new WebGraphQlRequest(
                request.uri(),
                request.headers().asHttpHeaders(),
                new LinkedMultiValueMap<>(),
                request.remoteAddress().orElse(null),
                request.attributes(),
                Map.of("query", DOCUMENT, "variables", Map.of("input", input)),
                ids.generateId().toString(),
                LocaleContextHolder.getLocale());
    }
}
