package dev.cairn.adapters.graphql.limit;

import dev.cairn.application.port.Kept;
import graphql.ExecutionInput;
import graphql.execution.preparsed.PreparsedDocumentEntry;
import graphql.execution.preparsed.PreparsedDocumentProvider;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Documents that were read and found valid, by their text, so that one which is sent again is not read again. Whatever depends on more than the text is checked for each
 * request, and not where documents are read or validated: neither happens to a document that is kept. One with an error is not kept.
 */
public final class KeptDocuments implements PreparsedDocumentProvider {
    private static final long MOST_BYTES = 32L << 20;

    /** A document as it was read takes some fifty times the memory of its text, as measured. */
    private static final int BYTES_PER_CHARACTER = 100;

    private static final int BYTES_OF_ANY = 1_000;

    private final Kept<String, PreparsedDocumentEntry> documents =
            new Kept<>(
                    MOST_BYTES,
                    document ->
                            BYTES_OF_ANY + (long) BYTES_PER_CHARACTER * document.getKey().length());

    @Override
    public CompletableFuture<PreparsedDocumentEntry> getDocumentAsync(
            ExecutionInput input, Function<ExecutionInput, PreparsedDocumentEntry> read) {
        var text = input.getQuery();
        return CompletableFuture.completedFuture(
                documents.find(text).orElseGet(() -> read(text, input, read)));
    }

    private PreparsedDocumentEntry read(
            String text,
            ExecutionInput input,
            Function<ExecutionInput, PreparsedDocumentEntry> read) {
        var document = read.apply(input);
        if (!document.hasErrors()) {
            documents.put(text, document);
        }
        return document;
    }

    /** How many there are. */
    int size() {
        return documents.size();
    }
}
