package dev.cairn.adapters.graphql.document;

import dev.cairn.adapters.graphql.problem.ErrorCode;
import dev.cairn.adapters.graphql.problem.Errors;
import dev.cairn.application.port.Kept;
import dev.cairn.domain.problem.NearestNames;
import graphql.ExecutionResultImpl;
import graphql.GraphQLError;
import graphql.execution.preparsed.persisted.PersistedQuerySupport;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.server.WebGraphQlInterceptor;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.graphql.support.DefaultExecutionGraphQlResponse;
import reactor.core.publisher.Mono;

/** Finds the document that a request names by hash or name, keeps those that were sent with their hash, and refuses, where only registered ones run, all others before they are read. */
public final class PersistedDocuments implements WebGraphQlInterceptor {
    private static final int BYTES_OF_ANY = 400;

    /** The attribute of a request whose document is Cairn's own and the same for everybody, as if it were registered. No client can set it. */
    public static final String OWN_DOCUMENT = PersistedDocuments.class.getName() + ".own";

    private final RegisteredDocuments registered;
    private final boolean onlyRegistered;
    private final Kept<DocumentHash, String> kept;

    /** What becomes of a request. */
    private sealed interface Decision {
        /** @param keep under which hash, once it was executed; null: not at all */
        record Run(String document, @Nullable DocumentHash keep) implements Decision {}

        record Refuse(GraphQLError error) implements Decision {}
    }

    /**
     * @param onlyRegistered whether nothing else is answered
     * @param most bytes of memory that documents may take which were sent with their hash
     */
    public PersistedDocuments(RegisteredDocuments registered, boolean onlyRegistered, long most) {
        this.registered = registered;
        this.onlyRegistered = onlyRegistered;
        this.kept = new Kept<>(most, document -> BYTES_OF_ANY + 2L * document.getValue().length());
    }

    @Override
    public Mono<WebGraphQlResponse> intercept(WebGraphQlRequest request, Chain chain) {
        return switch (decide(request)) {
            case Decision.Refuse(var error) ->
                    Mono.fromSupplier(() ->
                            new WebGraphQlResponse(
                                    new DefaultExecutionGraphQlResponse(
                                            request.toExecutionInput(),
                                            ExecutionResultImpl.newExecutionResult()
                                                    .addError(error)
                                                    .build())));
            case Decision.Run(var document, var keep) -> {
                request.configureExecutionInput((_, input) -> input.query(document).build());
                yield chain.next(request).doOnNext(response -> keep(document, keep, response));
            }
        };
    }

    /** Where there is data, the document was valid and within the limits. */
    private void keep(String document, @Nullable DocumentHash hash, WebGraphQlResponse response) {
        if (hash != null && response.getExecutionResult().isDataPresent()) {
            kept.put(hash, document);
        }
    }

    private Decision decide(WebGraphQlRequest request) {
        if (Boolean.TRUE.equals(request.getAttributes().get(OWN_DOCUMENT))) {
            return new Decision.Run(request.getDocument(), null);
        }
        var reference = DocumentReference.in(request.getExtensions()).orElse(null);
        var sent =
                reference != null
                                && request.getDocument()
                                        .equals(PersistedQuerySupport.PERSISTED_QUERY_MARKER)
                        ? null
                        : request.getDocument();
        return switch (reference) {
            case DocumentReference.Unreadable(var message) -> invalid(message);
            case DocumentReference.ByName(var name) ->
                    sent == null ? named(name) : invalid("Give query or documentId, not both.");
            case DocumentReference.ByHash(var hash) ->
                    sent == null ? hashed(hash) : sent(sent, hash);
            case null -> sent == null ? invalid("There is no query.") : sent(sent);
        };
    }

    private Decision sent(String document) {
        return onlyRegistered && registered.find(DocumentHash.of(document)).isEmpty()
                ? notRegistered("")
                : new Decision.Run(document, null);
    }

    private Decision sent(String document, DocumentHash hash) {
        if (!DocumentHash.of(document).equals(hash)) {
            return invalid("The SHA-256 that was sent is not that of the query that was sent.");
        }
        if (registered.find(hash).isPresent()) {
            return new Decision.Run(document, null);
        }
        return onlyRegistered ? notRegistered("") : new Decision.Run(document, hash);
    }

    private Decision hashed(DocumentHash hash) {
        var known = registered.find(hash);
        if (onlyRegistered) {
            return known.<Decision>map(document -> new Decision.Run(document, null))
                    .orElseGet(() -> notRegistered(""));
        }
        return known.or(() -> kept.find(hash))
                .<Decision>map(document -> new Decision.Run(document, null))
                .orElseGet(PersistedDocuments::notFound);
    }

    private Decision named(String name) {
        Optional<String> known = registered.find(name);
        return known.<Decision>map(document -> new Decision.Run(document, null))
                .orElseGet(() -> notRegistered(near(name)));
    }

    private String near(String name) {
        var near = NearestNames.nearest(name, List.copyOf(registered.names()));
        return near.isEmpty()
                ? " There is none called '%s'.".formatted(name)
                : " There is none called '%s'. Did you mean '%s'?".formatted(name, near.getFirst());
    }

    private static Decision invalid(String message) {
        return new Decision.Refuse(Errors.of(ErrorCode.GRAPHQL_VALIDATION_FAILED, message));
    }

    /** These very words are what Apollo's and urql's clients look for; then they send the document. */
    private static Decision notFound() {
        return new Decision.Refuse(
                Errors.of(ErrorCode.PERSISTED_QUERY_NOT_FOUND, "PersistedQueryNotFound"));
    }

    private static Decision notRegistered(String more) {
        return new Decision.Refuse(
                Errors.of(
                        ErrorCode.DOCUMENT_NOT_REGISTERED,
                        "This is no registered document, and it was not executed." + more));
    }
}
