package dev.cairn.adapters.graphql.graphiql;

import dev.cairn.adapters.graphql.http.HttpRoutes;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

/** GraphiQL, with everything it needs from here: the page may load nothing from other hosts, and nobody may frame it. */
public final class GraphiqlPage {
    /** GraphiQL's dialogs bring style elements along, and its styles fonts and images as data. */
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self' 'unsafe-inline'; font-src data:; "
                    + "img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final MediaType SCRIPT = MediaType.valueOf("text/javascript;charset=UTF-8");
    private static final MediaType STYLE = MediaType.valueOf("text/css;charset=UTF-8");
    private static final MediaType PAGE = MediaType.valueOf("text/html;charset=UTF-8");

    private final String endpoint;
    private final Supplier<List<String>> questions;
    private final boolean signIn;

    /**
     * @param endpoint path that questions are sent to
     * @param questions that the page opens with, one a tab; anybody can read them
     * @param signIn whether a key or token has to be given, beside each question
     */
    public GraphiqlPage(String endpoint, Supplier<List<String>> questions, boolean signIn) {
        this.endpoint = endpoint;
        this.questions = questions;
        this.signIn = signIn;
    }

    public RouterFunction<ServerResponse> routes() {
        return HttpRoutes.page(
                        "/", _ -> ServerResponse.temporaryRedirect(URI.create("/graphiql")).build())
                .and(HttpRoutes.page("/graphiql", _ -> page()))
                .and(HttpRoutes.page("/graphiql/start.json", _ -> start()))
                .and(HttpRoutes.page("/graphiql/start.js", _ -> own("start.js", SCRIPT)))
                .and(HttpRoutes.page("/graphiql/start.css", _ -> own("start.css", STYLE)))
                .and(library("graphiql.js", "graphiql", "graphiql.min.js", SCRIPT))
                .and(library("graphiql.css", "graphiql", "graphiql.min.css", STYLE))
                .and(library("react.js", "react", "umd/react.production.min.js", SCRIPT))
                .and(
                        library(
                                "react-dom.js",
                                "react-dom",
                                "umd/react-dom.production.min.js",
                                SCRIPT));
    }

    private static ServerResponse page() {
        return ServerResponse.ok()
                .contentType(PAGE)
                .header("Content-Security-Policy", POLICY)
                .header("Referrer-Policy", "no-referrer")
                .body(new ClassPathResource("graphiql/page.html"));
    }

    private ServerResponse start() {
        return ServerResponse.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .body(Map.of("endpoint", endpoint, "questions", questions.get(), "signIn", signIn));
    }

    private static ServerResponse own(String file, MediaType type) {
        return resource(new ClassPathResource("graphiql/" + file), type);
    }

    private static RouterFunction<ServerResponse> library(
            String path, String name, String file, MediaType type) {
        return HttpRoutes.page("/graphiql/" + path, _ -> library(name, file, type));
    }

    /** A file of a WebJar, whatever its version. */
    private static ServerResponse library(String name, String file, MediaType type)
            throws IOException {
        var found =
                new PathMatchingResourcePatternResolver()
                        .getResources(
                                "classpath*:META-INF/resources/webjars/%s/*/%s"
                                        .formatted(name, file));
        if (found.length != 1) {
            throw new IllegalStateException(
                    "%d files %s of the WebJar %s, expected one"
                            .formatted(found.length, file, name));
        }
        return resource(found[0], type);
    }

    private static ServerResponse resource(Resource resource, MediaType type) {
        return ServerResponse.ok().contentType(type).body(resource);
    }
}
