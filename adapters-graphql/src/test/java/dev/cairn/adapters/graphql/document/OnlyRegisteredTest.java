package dev.cairn.adapters.graphql.document;

import static org.assertj.core.api.Assertions.assertThat;

import graphql.ExecutionResultImpl;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.graphql.support.DefaultExecutionGraphQlResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.util.LinkedMultiValueMap;
import reactor.core.publisher.Mono;

/** Where only registered documents run, nothing else gets as far as the parser. */
class OnlyRegisteredTest {
    private static final String REGISTERED = "{ metrics { totalCount } }";
    private static final String HASH = DocumentHash.of(REGISTERED).hex();

    private final List<String> executed = new ArrayList<>();
    private final PersistedDocuments documents =
            new PersistedDocuments(
                    new RegisteredDocuments(Map.of(HASH, REGISTERED), Map.of("count", REGISTERED)),
                    true,
                    1 << 20);

    @Test
    void a_registered_document_runs_by_text_by_hash_and_by_name() {
        ask(Map.of("query", REGISTERED));
        ask(Map.of("query", REGISTERED, "extensions", extension(HASH)));
        ask(Map.of("extensions", extension(HASH)));
        ask(Map.of("documentId", "sha256:" + HASH));
        ask(Map.of("documentId", "count"));

        assertThat(executed)
                .containsExactly(REGISTERED, REGISTERED, REGISTERED, REGISTERED, REGISTERED);
    }

    @Test
    void everything_else_is_refused() {
        var other = "{ __typename }";
        var hash = DocumentHash.of(other).hex();

        assertThat(
                        List.of(
                                ask(Map.of("query", other)),
                                ask(Map.of("query", REGISTERED + " ")),
                                ask(Map.of("query", "{ __schema { types { name } } }")),
                                ask(Map.of("query", "}{")),
                                ask(Map.of("query", other, "extensions", extension(hash))),
                                ask(Map.of("extensions", extension(hash))),
                                ask(Map.of("documentId", "sha256:" + hash)),
                                ask(Map.of("documentId", "counted"))))
                .containsOnly("DOCUMENT_NOT_REGISTERED");
        assertThat(executed).isEmpty();
    }

    @Test
    void a_registered_hash_does_not_let_another_document_in() {
        assertThat(ask(Map.of("query", "{ __typename }", "extensions", extension(HASH))))
                .isEqualTo("GRAPHQL_VALIDATION_FAILED");
        assertThat(executed).isEmpty();
    }

    @Test
    void a_document_of_cairns_own_runs() {
        var own = "{ __typename }";

        assertThat(ask(Map.of("query", own), Map.of(PersistedDocuments.OWN_DOCUMENT, true)))
                .isEmpty();
        assertThat(executed).containsExactly(own);
    }

    private static Map<String, Object> extension(String hash) {
        return Map.of("persistedQuery", Map.of("version", 1, "sha256Hash", hash));
    }

    private String ask(Map<String, Object> body) {
        return ask(body, Map.of());
    }

    /** The code of the error; empty where it was executed. */
    @SuppressWarnings("unchecked")
    private String ask(Map<String, Object> body, Map<String, Object> attributes) {
        var request = new DocumentRequest();
        request.setQuery((String) body.get("query"));
        request.setDocumentId((String) body.get("documentId"));
        request.setExtensions((Map<String, Object>) body.getOrDefault("extensions", Map.of()));
        var response =
                documents
                        .intercept(
                                new WebGraphQlRequest(
                                        URI.create("/graphql"),
                                        new HttpHeaders(),
                                        new LinkedMultiValueMap<>(),
                                        InetSocketAddress.createUnresolved("localhost", 1),
                                        attributes,
                                        request,
                                        "1",
                                        Locale.ENGLISH),
                                this::execute)
                        .block();
        return Objects.requireNonNull(response).getErrors().stream()
                .map(error -> String.valueOf(error.getExtensions().get("code")))
                .findFirst()
                .orElse("");
    }

    private Mono<WebGraphQlResponse> execute(WebGraphQlRequest request) {
        var input = request.toExecutionInput();
        executed.add(input.getQuery());
        return Mono.just(
                new WebGraphQlResponse(
                        new DefaultExecutionGraphQlResponse(
                                input,
                                ExecutionResultImpl.newExecutionResult().data(Map.of()).build())));
    }
}
