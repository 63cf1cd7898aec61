package dev.cairn.adapters.graphql.http;

import dev.cairn.adapters.graphql.limit.Limits;
import dev.cairn.adapters.graphql.limit.OverLimit;
import dev.cairn.adapters.graphql.problem.ErrorCode;
import dev.cairn.adapters.graphql.problem.Errors;
import graphql.GraphQLError;
import jakarta.servlet.ServletException;
import org.reactivestreams.Publisher;
import org.springframework.graphql.server.WebGraphQlHandler;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.graphql.server.webmvc.GraphQlHttpHandler;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.server.ServerWebInputException;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Takes one request as a JSON object, and says so to those who send something else. */
public final class JsonEndpoint extends GraphQlHttpHandler {
    private final EventStreams streams;

    public JsonEndpoint(
            WebGraphQlHandler requests, JsonMapper mapper, Limits limits, EventStreams streams) {
        super(requests, new JsonConverter(mapper, limits));
        this.streams = streams;
    }

    @Override
    public ServerResponse handleRequest(ServerRequest request) throws ServletException {
        try {
            return super.handleRequest(request);
        } catch (HttpMessageNotReadableException | ServerWebInputException _) {
            return refused(
                    HttpStatus.BAD_REQUEST,
                    "Send one request as a JSON object: query as a string, variables as an object. A list of requests is not taken.");
        } catch (OverLimit over) {
            return refused(HttpStatus.CONTENT_TOO_LARGE, over.error());
        }
    }

    /**
     * As events where nothing else is taken: they begin before there is an answer. Else waits for it, on the request's own virtual thread. Left to itself the server gives up after a time of its own (Tomcat: 30 seconds)
     * with a bare 503, before the time limit of requests could say what happened.
     */
    @Override
    protected ServerResponse prepareResponse(
            ServerRequest request, Mono<WebGraphQlResponse> response) {
        if (takesEvents(request) && !takesJson(request)) {
            return streams.of(response);
        }
        var answer = response.block();
        boolean isStream = answer != null && answer.getData() instanceof Publisher<?>;
        if (answer != null && isStream && takesEvents(request)) {
            return streams.of(Mono.just(answer));
        }
        return isStream
                ? refusedStream()
                : super.prepareResponse(request, Mono.justOrEmpty(answer));
    }

    /** What takes anything takes JSON. */
    static boolean takesJson(ServerRequest request) {
        var accepted = request.headers().accept();
        return accepted.isEmpty()
                || accepted.stream()
                        .anyMatch(type ->
                                type.includes(MediaType.APPLICATION_JSON)
                                        || type.includes(MediaType.APPLICATION_GRAPHQL_RESPONSE));
    }

    /** Events are for those who say so. */
    static boolean takesEvents(ServerRequest request) {
        return request.headers().accept().stream()
                .anyMatch(MediaType.TEXT_EVENT_STREAM::equalsTypeAndSubtype);
    }

    private static ServerResponse refusedStream() {
        return refused(
                HttpStatus.NOT_ACCEPTABLE,
                "A subscription is answered by more than one answer: accept text/event-stream, or open a socket of graphql-transport-ws at this path.");
    }

    static ServerResponse refused(HttpStatus status, String message) {
        return refused(status, Errors.of(ErrorCode.GRAPHQL_VALIDATION_FAILED, message));
    }

    /** To those who send the body in another form than as it is. */
    static ServerResponse refusedPacked() {
        return ServerResponse.status(HttpStatus.UNSUPPORTED_MEDIA_TYPE)
                .header(HttpHeaders.ACCEPT_ENCODING, "identity")
                .contentType(MediaType.APPLICATION_JSON)
                .body(
                        ErrorBody.of(
                                Errors.of(
                                        ErrorCode.GRAPHQL_VALIDATION_FAILED,
                                        "Send the request as it is, without a Content-Encoding.")));
    }

    private static ServerResponse refused(HttpStatus status, GraphQLError error) {
        return ServerResponse.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .body(ErrorBody.of(error));
    }
}
