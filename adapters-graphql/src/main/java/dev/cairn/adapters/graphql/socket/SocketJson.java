package dev.cairn.adapters.graphql.socket;

import dev.cairn.adapters.graphql.http.StrictJson;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** Messages as text. */
record SocketJson(StrictJson strict, JsonMapper mapper) {
    SocketJson(JsonMapper mapper) {
        this(new StrictJson(mapper), mapper);
    }

    Optional<Map<String, Object>> read(String text) {
        return strict.object(text);
    }

    String write(ServerMessage message) {
        return mapper.writeValueAsString(message);
    }
}
