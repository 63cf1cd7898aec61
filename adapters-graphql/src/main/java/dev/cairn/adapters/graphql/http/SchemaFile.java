package dev.cairn.adapters.graphql.http;

import dev.cairn.adapters.graphql.caller.HttpCaller;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

/** The schema as text, for programs that make clients, whether or not it can be asked for over GraphQL. */
public final class SchemaFile {
    /** Ends as graphql-codegen expects of a schema that is text. */
    public static final String PATH = "/schema.graphql";

    private static final MediaType TYPE =
            new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8);

    private SchemaFile() {}

    /** Given to whoever is a caller. */
    public static RouterFunction<ServerResponse> routes() {
        var text = read();
        return HttpRoutes.page(
                PATH,
                request -> {
                    HttpCaller.in(request.attributes());
                    return TaggedAnswer.of(request, TYPE, text, text);
                });
    }

    private static byte[] read() {
        try (InputStream text =
                Objects.requireNonNull(
                        SchemaFile.class.getResourceAsStream("/graphql/cairn.graphqls"))) {
            return text.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
