package dev.cairn.adapters.graphql.rest;

import dev.cairn.adapters.graphql.analysis.AnalysisInput;
import dev.cairn.adapters.graphql.caller.Authority;
import dev.cairn.adapters.graphql.caller.HttpCaller;
import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.in.ExportUseCase;
import graphql.GraphQLContext;
import graphql.execution.RawVariables;
import graphql.execution.ValuesResolver;
import graphql.language.OperationDefinition;
import graphql.parser.Parser;
import graphql.schema.GraphQLSchema;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.core.ResolvableType;
import org.springframework.graphql.data.GraphQlArgumentBinder;
import org.springframework.http.HttpHeaders;
import org.springframework.validation.BindException;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** Answers a question with all its rows, sent while they are read. */
final class ExportEndpoint {
    /** Asks what is wrong, as anybody could: so that an export is let through by whatever lets a question through. */
    private static final String CHECK =
            """
            query export($input: AnalysisInput!) {
              explain(input: $input) { problems { code message path line column suggestions } }
            }
            """;

    private static final OperationDefinition OPERATION =
            new Parser()
                    .parseDocument(CHECK)
                    .getDefinitionsOfType(OperationDefinition.class)
                    .getFirst();

    private final PlainQuestions questions;
    private final ExportUseCase exports;
    private final ExportLimits limits;

    ExportEndpoint(PlainQuestions questions, ExportUseCase exports, ExportLimits limits) {
        this.questions = questions;
        this.exports = exports;
        this.limits = limits;
    }

    /** @throws Refusal where nothing is sent */
    ServerResponse answer(
            ServerRequest request,
            Map<String, Object> input,
            GraphQLSchema schema,
            RowFormat format) {
        check(request, input);
        var asked = bound(input, schema);
        var most = input.get("first") == null ? null : asked.first();
        var caller = HttpCaller.in(request.attributes());
        var authority = Authority.in(request.attributes());
        var export =
                Export.start(
                        format,
                        limits.patience(),
                        taker ->
                                exports.export(
                                        asked.toDomain().withKeys(false),
                                        most,
                                        caller,
                                        Deadline.in(limits.time(), System::nanoTime),
                                        taker));
        return ServerResponse.ok()
                .header("Cairn-As-Of", export.begun().toString())
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "attachment; filename=\"answer.%s\"".formatted(format.extension()))
                .contentType(format.type())
                .build((_, response) -> {
                    export.send(
                            response.getOutputStream(),
                            () -> authority.now().equals(Optional.of(caller)));
                    return null;
                });
    }

    private void check(ServerRequest request, Map<String, Object> input) {
        var explained = (Map<?, ?>) questions.ask(request, CHECK, input);
        if (explained.get("problems") instanceof List<?> problems && !problems.isEmpty()) {
            throw new Refusal(HttpProblem.ofQuestion(problems));
        }
    }

    private static AnalysisInput bound(Map<String, Object> input, GraphQLSchema schema) {
        var variables =
                ValuesResolver.coerceVariableValues(
                        schema,
                        OPERATION.getVariableDefinitions(),
                        RawVariables.of(Map.of("input", input)),
                        GraphQLContext.getDefault(),
                        Locale.ROOT);
        try {
            var bound =
                    new GraphQlArgumentBinder()
                            .bind(
                                    variables.get("input"),
                                    false,
                                    ResolvableType.forClass(AnalysisInput.class));
            if (bound instanceof AnalysisInput asked) {
                return asked;
            }
        } catch (BindException failed) {
            throw new IllegalStateException("An input that was checked is not bound.", failed);
        }
        throw new IllegalStateException("An input that was checked is bound to nothing.");
    }
}
