package dev.cairn.adapters.graphql.rest;

import dev.cairn.adapters.graphql.http.HttpRoutes;
import dev.cairn.adapters.graphql.http.JsonConverter;
import dev.cairn.adapters.graphql.limit.OverLimit;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLSchema;
import java.io.IOException;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.servlet.function.ServerRequest;

/** Reads a question that is posted as the JSON of an {@code AnalysisInput}. */
final class QuestionBody {
    static final String INPUT = "AnalysisInput";

    private final JsonConverter json;

    QuestionBody(JsonConverter json) {
        this.json = json;
    }

    /**
     * The fields that are given, of the form that the schema wants.
     *
     * @param answer what can be given for it
     * @throws Refusal where the request is of another form, with everything that is wrong with its body
     */
    Map<String, Object> read(ServerRequest request, GraphQLSchema schema, MediaType answer)
            throws IOException {
        if (!HttpRoutes.isJson(request)) {
            throw refused(
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                    "Send the question as application/json, in UTF-8.");
        }
        if (HttpRoutes.isPacked(request)) {
            throw refused(
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                    "Send the question as it is, without a Content-Encoding.");
        }
        if (!HttpRoutes.accepts(request, answer)) {
            throw refused(
                    HttpStatus.NOT_ACCEPTABLE, "The answer is %s: accept that.".formatted(answer));
        }
        var given = given(request);
        var problems = InputCheck.problems((GraphQLInputObjectType) schema.getType(INPUT), given);
        if (!problems.isEmpty()) {
            throw new Refusal(HttpProblem.ofForm(problems));
        }
        return given;
    }

    private Map<String, Object> given(ServerRequest request) throws IOException {
        try {
            return json.readObject(request);
        } catch (HttpMessageNotReadableException _) {
            throw refused(
                    HttpStatus.BAD_REQUEST,
                    "Send the question as one JSON object, each key once, as %s describes it."
                            .formatted(OpenApiDocument.PATH));
        } catch (OverLimit over) {
            throw new Refusal(HttpProblem.of(HttpStatus.CONTENT_TOO_LARGE, over.error()));
        }
    }

    private static Refusal refused(HttpStatus status, String detail) {
        return new Refusal(HttpProblem.of(status, detail));
    }
}
