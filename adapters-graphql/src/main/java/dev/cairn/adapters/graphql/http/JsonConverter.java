package dev.cairn.adapters.graphql.http;

import dev.cairn.adapters.graphql.document.DocumentRequest;
import dev.cairn.adapters.graphql.limit.Limit;
import dev.cairn.adapters.graphql.limit.Limits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.server.support.SerializableGraphQlRequest;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.web.servlet.function.ServerRequest;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/** Reads {@code application/json} and nothing else, up to a length: each key once, whole characters, exact numbers, no number for a text; {@code null} is no request. */
public final class JsonConverter implements HttpMessageConverter<Object> {
    private final JsonMapper mapper;
    private final JacksonJsonHttpMessageConverter json;
    private final Limits limits;

    private record Received(HttpHeaders headers, InputStream body) implements HttpInputMessage {
        @Override
        public HttpHeaders getHeaders() {
            return headers;
        }

        @Override
        public InputStream getBody() {
            return body;
        }
    }

    public JsonConverter(JsonMapper mapper, Limits limits) {
        this.mapper =
                mapper.rebuild()
                        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                        .withCoercionConfig(
                                LogicalType.Textual,
                                text ->
                                        text.setCoercion(
                                                        CoercionInputShape.Integer,
                                                        CoercionAction.Fail)
                                                .setCoercion(
                                                        CoercionInputShape.Float,
                                                        CoercionAction.Fail)
                                                .setCoercion(
                                                        CoercionInputShape.Boolean,
                                                        CoercionAction.Fail))
                        .build();
        this.json = new JacksonJsonHttpMessageConverter(this.mapper);
        this.limits = limits;
    }

    @Override
    public boolean canRead(Class<?> type, @Nullable MediaType mediaType) {
        return MediaType.APPLICATION_JSON.equalsTypeAndSubtype(mediaType);
    }

    @Override
    public boolean canWrite(Class<?> type, @Nullable MediaType mediaType) {
        return json.canWrite(type, mediaType);
    }

    @Override
    public List<MediaType> getSupportedMediaTypes() {
        return List.of(MediaType.APPLICATION_JSON);
    }

    @Override
    public Object read(Class<? extends Object> type, HttpInputMessage input) throws IOException {
        var bytes = input.getBody().readNBytes(limits.most(Limit.BODY) + 1);
        limits.check(Limit.BODY, bytes.length);
        refuseHalfCharacters(bytes, input);
        Object body =
                json.read(
                        withDocumentId(type),
                        new Received(input.getHeaders(), new ByteArrayInputStream(bytes)));
        if (body == null) {
            throw new HttpMessageNotReadableException("The body is null.", input);
        }
        return body;
    }

    /**
     * Members of a body that is one object.
     *
     * @throws HttpMessageNotReadableException where it is not
     * @throws dev.cairn.adapters.graphql.limit.OverLimit where it is too long
     */
    public Map<String, Object> readObject(ServerRequest request) throws IOException {
        var body =
                new Received(
                        request.headers().asHttpHeaders(),
                        request.servletRequest().getInputStream());
        var members = new LinkedHashMap<String, Object>();
        ((Map<?, ?>) read(Map.class, body))
                .forEach((name, value) -> members.put(String.valueOf(name), value));
        return members;
    }

    private static Class<?> withDocumentId(Class<?> type) {
        return type == SerializableGraphQlRequest.class ? DocumentRequest.class : type;
    }

    private void refuseHalfCharacters(byte[] bytes, HttpInputMessage input) {
        try (var tokens = mapper.createParser(bytes)) {
            if (StrictJson.hasHalfCharacter(tokens)) {
                throw new HttpMessageNotReadableException(
                        "A text of the body has half a character.", input);
            }
        } catch (JacksonException unreadable) {
            throw new HttpMessageNotReadableException("The body is not JSON.", unreadable, input);
        }
    }

    @Override
    public void write(Object body, @Nullable MediaType contentType, HttpOutputMessage output)
            throws IOException {
        json.write(body, contentType, output);
    }
}
