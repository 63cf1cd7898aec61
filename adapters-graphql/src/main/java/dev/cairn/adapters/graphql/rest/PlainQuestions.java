package dev.cairn.adapters.graphql.rest;

import dev.cairn.adapters.graphql.document.PersistedDocuments;
import java.util.HashMap;
import java.util.Map;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.graphql.server.WebGraphQlHandler;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.util.AlternativeJdkIdGenerator;
import org.springframework.util.IdGenerator;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.web.servlet.function.ServerRequest;

/** Asks over GraphQL for whoever posts a plain input: what holds for a request there holds here too. */
final class PlainQuestions {
    private final WebGraphQlHandler requests;
    private final IdGenerator ids = new AlternativeJdkIdGenerator();

    PlainQuestions(WebGraphQlHandler requests) {
        this.requests = requests;
    }

    /**
     * The first field of a document.
     *
     * @param document with one variable, input
     * @throws Refusal where there are errors
     */
    Object ask(ServerRequest request, String document, Map<String, Object> input) {
        return askWith(request, document, Map.of("input", input));
    }

    /**
     * The first field of a document.
     *
     * @throws Refusal where there are errors
     */
    Object askWith(ServerRequest request, String document, Map<String, Object> variables) {
        var response = requests.handleRequest(asked(request, document, variables)).block();
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
        return data.values().iterator().next();
    }

    private WebGraphQlRequest asked(
            ServerRequest request, String document, Map<String, Object> variables) {
        var attributes = new HashMap<>(request.attributes());
        attributes.put(PersistedDocuments.OWN_DOCUMENT, true);
        return new WebGraphQlRequest(
                request.uri(),
                request.headers().asHttpHeaders(),
                new LinkedMultiValueMap<>(),
                request.remoteAddress().orElse(null),
                attributes,
                Map.of("query", document, "variables", variables),
                ids.generateId().toString(),
                LocaleContextHolder.getLocale());
    }
}
