package dev.cairn.adapters.graphql.rest;

import dev.cairn.adapters.graphql.http.HttpRoutes;
import dev.cairn.adapters.graphql.http.JsonConverter;
import dev.cairn.adapters.graphql.http.TaggedAnswer;
import dev.cairn.adapters.graphql.limit.Limits;
import dev.cairn.application.port.in.ExportUseCase;
import java.io.IOException;
import java.util.List;
import org.springframework.graphql.execution.GraphQlSource;
import org.springframework.graphql.server.WebGraphQlHandler;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers a question as plain JSON. It is asked by one document, as it would be over GraphQL, so that limits, scope and whatever else holds there hold here.
 */
public final class AnalyzeEndpoint {
    /** What is asked for of an answer: the members of the JSON. */
    static final String MEMBERS =
            """
                columns { key label role valueType unit currency direction attributesAsOf }
                records
                notices { code message column }
                page: pageInfo { hasNextPage endCursor }
                asOf
                knownAt
            """;

    static final String DOCUMENT =
            """
            query analyze($input: AnalysisInput!) {
              analyze(input: $input) {
            %s  }
            }
            """
                    .formatted(MEMBERS);

    static final String PATH = "/api/analyze";
    static final List<RowFormat> FORMATS = List.of(new CsvRows(), new ArrowRows());

    private final GraphQlSource source;
    private final JsonMapper mapper;
    private final QuestionBody body;
    private final PlainQuestions questions;
    private final ExportEndpoint exports;
    private final SavedQuestionEndpoint saved;

    public AnalyzeEndpoint(
            WebGraphQlHandler requests,
            GraphQlSource source,
            JsonMapper mapper,
            Limits limits,
            ExportUseCase exports,
            ExportLimits exportLimits) {
        this.source = source;
        this.mapper = mapper;
        this.body = new QuestionBody(new JsonConverter(mapper, limits));
        this.questions = new PlainQuestions(requests);
        this.exports = new ExportEndpoint(questions, exports, exportLimits);
        this.saved = new SavedQuestionEndpoint(questions, mapper);
    }

    /** Its own, those of the forms with all rows, that of saved questions, and that of the document that describes them. */
    public RouterFunction<ServerResponse> routes() {
        var routes = HttpRoutes.post(PATH, this::answer);
        for (RowFormat format : FORMATS) {
            routes =
                    routes.and(
                            HttpRoutes.post(
                                    PATH + "." + format.extension(),
                                    request -> answer(request, format)));
        }
        return routes.and(HttpRoutes.page(SavedQuestionEndpoint.PATH, saved::answer))
                .and(HttpRoutes.page(OpenApiDocument.PATH, this::described));
    }

    private ServerResponse described(ServerRequest request) {
        var document = mapper.writeValueAsBytes(OpenApiDocument.of(source.schema()));
        return TaggedAnswer.of(request, MediaType.APPLICATION_JSON, document, document);
    }

    /** In the form that is asked for by name; else JSON. */
    private ServerResponse answer(ServerRequest request) throws IOException {
        for (RowFormat format : FORMATS) {
            if (HttpRoutes.names(request, format.type())
                    && !HttpRoutes.names(request, MediaType.APPLICATION_JSON)) {
                return answer(request, format);
            }
        }
        try {
            var input = body.read(request, source.schema(), MediaType.APPLICATION_JSON);
            return ServerResponse.ok()
                    .contentType(MediaType.APPLICATION_JSON)
                    .body(questions.ask(request, DOCUMENT, input));
        } catch (Refusal refusal) {
            return refusal.problem().response();
        }
    }

    private ServerResponse answer(ServerRequest request, RowFormat format) throws IOException {
        try {
            var input = body.read(request, source.schema(), format.type());
            return exports.answer(request, input, source.schema(), format);
        } catch (Refusal refusal) {
            return refusal.problem().response();
        }
    }
}
