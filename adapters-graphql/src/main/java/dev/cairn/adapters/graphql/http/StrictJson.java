package dev.cairn.adapters.graphql.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads JSON as it has to be sent: each key once, whole characters, exact numbers. */
public final class StrictJson {
    private final JsonMapper mapper;

    public StrictJson(JsonMapper mapper) {
        this.mapper =
                mapper.rebuild()
                        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                        .build();
    }

    /** An object; empty where the text is something else. */
    public Optional<Map<String, Object>> object(String text) {
        try (var tokens = mapper.createParser(text)) {
            if (hasHalfCharacter(tokens)) {
                return Optional.empty();
            }
            return Optional.ofNullable(
                    mapper.readValue(text, new TypeReference<Map<String, Object>>() {}));
        } catch (JacksonException _) {
            return Optional.empty();
        }
    }

    /** An escape can stand for half a character, which no answer could repeat: JSON is written in UTF-8, and that has no halves. */
    static boolean hasHalfCharacter(JsonParser tokens) {
        for (var token = tokens.nextToken(); token != null; token = tokens.nextToken()) {
            boolean isText = token == JsonToken.VALUE_STRING || token == JsonToken.PROPERTY_NAME;
            if (isText && !UTF_8.newEncoder().canEncode(tokens.getString())) {
                return true;
            }
        }
        return false;
    }
}
