package dev.cairn.adapters.graphql.http;

import jakarta.servlet.ServletException;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** All routes of the server, and the answers to requests for other paths, methods and content types. */
public final class HttpRoutes {
    /** Before the routes that Spring Boot adds: they pass on what they do not serve. */
    public static final int ORDER = Ordered.HIGHEST_PRECEDENCE;

    private static final MediaType TEXT = MediaType.valueOf("text/plain;charset=UTF-8");

    private HttpRoutes() {}

    /**
     * All routes.
     *
     * @param path where questions are sent
     * @param pages what else there is
     */
    public static RouterFunction<ServerResponse> of(
            String path, JsonEndpoint questions, RouterFunction<ServerResponse> pages) {
        return RouterFunctions.route(
                        RequestPredicates.path(path), request -> ask(questions, request))
                .and(pages)
                .andRoute(
                        RequestPredicates.all(),
                        _ ->
                                plain(
                                        HttpStatus.NOT_FOUND,
                                        "There is nothing here. Questions are sent to %s."
                                                .formatted(path)));
    }

    /** What a browser opens: it is read, and nothing else. */
    public static RouterFunction<ServerResponse> page(
            String path, HandlerFunction<ServerResponse> page) {
        return RouterFunctions.route(
                RequestPredicates.path(path),
                request ->
                        request.method().equals(HttpMethod.GET)
                                        || request.method().equals(HttpMethod.HEAD)
                                ? page.handle(request)
                                : notAllowed(Set.of(HttpMethod.GET, HttpMethod.HEAD)));
    }

    /** What a program posts to. */
    public static RouterFunction<ServerResponse> post(
            String path, HandlerFunction<ServerResponse> answer) {
        return RouterFunctions.route(
                RequestPredicates.path(path),
                request ->
                        request.method().equals(HttpMethod.POST)
                                ? answer.handle(request)
                                : notAllowed(Set.of(HttpMethod.POST)));
    }

    private static ServerResponse ask(JsonEndpoint questions, ServerRequest request)
            throws ServletException {
        if (!request.method().equals(HttpMethod.POST)) {
            return notAllowed(Set.of(HttpMethod.POST));
        }
        if (!isJson(request)) {
            return JsonEndpoint.refused(HttpStatus.UNSUPPORTED_MEDIA_TYPE, ContentTypeCheck.WANTED);
        }
        if (isPacked(request)) {
            return JsonEndpoint.refusedPacked();
        }
        if (!accepts(
                request,
                MediaType.APPLICATION_JSON,
                MediaType.APPLICATION_GRAPHQL_RESPONSE,
                MediaType.TEXT_EVENT_STREAM)) {
            return JsonEndpoint.refused(
                    HttpStatus.NOT_ACCEPTABLE,
                    "Answers are application/graphql-response+json or application/json, or text/event-stream: accept one of them.");
        }
        return questions.handleRequest(request);
    }

    /** The type must be given: a form on another site can send only other types. */
    public static boolean isJson(ServerRequest request) {
        try {
            return request.headers()
                    .contentType()
                    .filter(MediaType.APPLICATION_JSON::equalsTypeAndSubtype)
                    .filter(type ->
                            type.getParameter("charset") == null
                                    || "utf-8".equalsIgnoreCase(type.getParameter("charset")))
                    .isPresent();
        } catch (InvalidMediaTypeException _) {
            return false;
        }
    }

    /** Whether the body is sent in another form than as it is. */
    public static boolean isPacked(ServerRequest request) {
        return request.headers().header(HttpHeaders.CONTENT_ENCODING).stream()
                .anyMatch(encoding -> !encoding.equalsIgnoreCase("identity"));
    }

    /** Whether an answer of one of these types is of use. */
    public static boolean accepts(ServerRequest request, MediaType... answers) {
        try {
            var accepted = request.headers().accept();
            return accepted.isEmpty()
                    || accepted.stream()
                            .anyMatch(type -> Arrays.stream(answers).anyMatch(type::includes));
        } catch (InvalidMediaTypeException _) {
            return false;
        }
    }

    /** Whether an answer of this very type is asked for. */
    public static boolean names(ServerRequest request, MediaType answer) {
        try {
            return request.headers().accept().stream().anyMatch(answer::equalsTypeAndSubtype);
        } catch (InvalidMediaTypeException _) {
            return false;
        }
    }

    private static ServerResponse notAllowed(Set<HttpMethod> allowed) {
        var names =
                allowed.stream().map(HttpMethod::name).sorted().collect(Collectors.joining(", "));
        return ServerResponse.status(HttpStatus.METHOD_NOT_ALLOWED)
                .headers(headers -> headers.setAllow(allowed))
                .contentType(TEXT)
                .body("Only %s is answered here.%n".formatted(names));
    }

    private static ServerResponse plain(HttpStatus status, String message) {
        return ServerResponse.status(status).contentType(TEXT).body(message + "\n");
    }
}
