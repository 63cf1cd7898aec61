package dev.cairn.adapters.graphql.http;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import tools.jackson.databind.json.JsonMapper;

/** Reads {@code application/json} and nothing else; {@code null} is no request. */
final class JsonConverter implements HttpMessageConverter<Object> {
    private final JacksonJsonHttpMessageConverter json;

    JsonConverter(JsonMapper mapper) {
        this.json = new JacksonJsonHttpMessageConverter(mapper);
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
        Object body = json.read(type, input);
        if (body == null) {
            throw new HttpMessageNotReadableException("The body is null.", input);
        }
        return body;
    }

    @Override
    public void write(Object body, @Nullable MediaType contentType, HttpOutputMessage output)
            throws IOException {
        json.write(body, contentType, output);
    }
}
