package dev.cairn.adapters.graphql.socket;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a client may send. */
sealed interface ClientMessage {
    /** @param payload empty where there is none */
    record ConnectionInit(Map<String, Object> payload) implements ClientMessage {}

    record Ping(@Nullable Object payload) implements ClientMessage {}

    record Pong() implements ClientMessage {}

    /** @param request as in the body of a POST */
    record Subscribe(String id, Map<String, Object> request) implements ClientMessage {}

    record Complete(String id) implements ClientMessage {}

    /** Empty where the protocol has no such message. */
    static Optional<ClientMessage> of(Map<String, Object> message) {
        var payload = message.get("payload");
        var id = message.get("id") instanceof String text && !text.isEmpty() ? text : null;
        boolean isOptional = payload == null || payload instanceof Map<?, ?>;
        return switch (message.get("type") instanceof String type ? type : "") {
            case "connection_init" ->
                    when(
                            isOptional,
                            () -> new ConnectionInit(payload == null ? Map.of() : object(payload)));
            case "ping" -> when(isOptional, () -> new Ping(payload));
            case "pong" -> when(isOptional, Pong::new);
            case "subscribe" ->
                    id != null && payload != null && isRequest(payload)
                            ? Optional.of(new Subscribe(id, object(payload)))
                            : Optional.empty();
            case "complete" -> id == null ? Optional.empty() : Optional.of(new Complete(id));
            default -> Optional.empty();
        };
    }

    private static Optional<ClientMessage> when(boolean isSound, Supplier<ClientMessage> message) {
        return isSound ? Optional.of(message.get()) : Optional.empty();
    }

    private static boolean isRequest(Object payload) {
        return payload instanceof Map<?, ?> request
                && isNullOr(String.class, request.get("query"))
                && isNullOr(String.class, request.get("operationName"))
                && isNullOr(Map.class, request.get("variables"))
                && isNullOr(Map.class, request.get("extensions"))
                && isNullOr(String.class, request.get("documentId"))
                && Stream.of("query", "extensions", "documentId")
                        .anyMatch(part -> request.get(part) != null);
    }

    private static boolean isNullOr(Class<?> type, @Nullable Object value) {
        return value == null || type.isInstance(value);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(Object json) {
        return (Map<String, Object>) json;
    }
}
