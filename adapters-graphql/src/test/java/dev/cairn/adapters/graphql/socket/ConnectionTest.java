package dev.cairn.adapters.graphql.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.graphql.caller.Authority;
import dev.cairn.adapters.graphql.caller.HttpCaller;
import dev.cairn.adapters.graphql.http.CallerPace;
import dev.cairn.adapters.graphql.limit.Limits;
import dev.cairn.domain.analysis.Caller;
import io.micrometer.context.ContextSnapshotFactory;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.graphql.server.WebGraphQlHandler;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.graphql.server.WebSocketGraphQlInterceptor;
import org.springframework.http.HttpHeaders;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.WebSocketMessage;
import org.springframework.web.socket.WebSocketSession;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

class ConnectionTest {
    private static final Caller ANN = new Caller("ann", null);

    private final List<String> sent = new ArrayList<>();
    private final List<CloseStatus> closed = new ArrayList<>();

    private WebSocketSession session() {
        Authority authority = () -> Optional.of(ANN);
        Map<String, Object> attributes =
                Map.of(HttpCaller.ATTRIBUTE, ANN, Authority.ATTRIBUTE, authority);
        return (WebSocketSession)
                Proxy.newProxyInstance(
                        getClass().getClassLoader(),
                        new Class<?>[] {WebSocketSession.class},
                        (_, method, arguments) -> {
                            switch (method.getName()) {
                                case "sendMessage" ->
                                        sent.add(
                                                String.valueOf(
                                                        ((WebSocketMessage<?>) arguments[0])
                                                                .getPayload()));
                                case "close" -> closed.add((CloseStatus) arguments[0]);
                                default -> {
                                    // Nothing is done by it.
                                }
                            }
                            return switch (method.getName()) {
                                case "getAttributes" -> attributes;
                                case "getId" -> "one";
                                case "getHandshakeHeaders" -> new HttpHeaders();
                                case "isOpen" -> true;
                                default -> null;
                            };
                        });
    }

    private static final class Broken implements WebGraphQlHandler {
        @Override
        public Mono<WebGraphQlResponse> handleRequest(WebGraphQlRequest request) {
            throw new IllegalStateException("broken");
        }

        @Override
        public WebSocketGraphQlInterceptor getWebSocketInterceptor() {
            return new WebSocketGraphQlInterceptor() {};
        }

        @Override
        public ContextSnapshotFactory contextSnapshotFactory() {
            return ContextSnapshotFactory.builder().build();
        }
    }

    @Test
    void whoever_asks_has_his_place_back_where_an_operation_fails_before_it_begins() {
        var pace = new CallerPace(1, 1_000, () -> 0);
        var connection =
                new Connection(
                        session(),
                        new Connection.Service(
                                new Broken(),
                                new SocketJson(JsonMapper.builder().build()),
                                Limits.STANDARD,
                                Credentials.NONE,
                                pace,
                                Runnable::run),
                        0);
        connection.receive("{\"type\": \"connection_init\"}", true, 0);
        connection.receive(
                "{\"type\": \"subscribe\", \"id\": \"a\", \"payload\": {\"query\": \"{ __typename }\"}}",
                true,
                0);

        assertThat(sent).containsExactly("{\"type\":\"connection_ack\"}");
        assertThat(closed).containsExactly(CloseStatus.SERVER_ERROR);
        assertThat(connection.operations()).isZero();
        assertThat(pace.begin(ANN.name())).isInstanceOf(CallerPace.Turn.Now.class);
    }
}
