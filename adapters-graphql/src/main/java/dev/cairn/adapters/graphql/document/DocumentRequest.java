package dev.cairn.adapters.graphql.document;

import graphql.execution.preparsed.persisted.PersistedQuerySupport;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.server.support.SerializableGraphQlRequest;

/** The body of a request that may name its document by {@code documentId}, or by an extension, instead of having it. */
public final class DocumentRequest extends SerializableGraphQlRequest {
    private @Nullable String documentId;

    /** What a body of another transport says, whose members are of these types or null. */
    @SuppressWarnings("unchecked")
    public static DocumentRequest of(Map<String, Object> body) {
        var request = new DocumentRequest();
        if (body.get("query") instanceof String query) {
            request.setQuery(query);
        }
        request.setOperationName((String) body.get("operationName"));
        if (body.get("variables") instanceof Map<?, ?> variables) {
            request.setVariables((Map<String, Object>) variables);
        }
        request.setExtensions((Map<String, Object>) body.get("extensions"));
        request.setDocumentId((String) body.get(DocumentReference.ID));
        return request;
    }

    public void setDocumentId(@Nullable String documentId) {
        this.documentId = documentId;
    }

    @Override
    public void setExtensions(@Nullable Map<String, Object> extensions) {
        super.setExtensions(extensions == null ? Map.of() : extensions);
    }

    @Override
    public Map<String, Object> getExtensions() {
        if (documentId == null) {
            return super.getExtensions();
        }
        var all = new LinkedHashMap<>(super.getExtensions());
        all.put(DocumentReference.ID, documentId);
        return all;
    }

    /** The document, or the mark of graphql-java for one that is not sent. */
    @Override
    public String getDocument() {
        return getQuery() == null && documentId != null
                ? PersistedQuerySupport.PERSISTED_QUERY_MARKER
                : super.getDocument();
    }
}
