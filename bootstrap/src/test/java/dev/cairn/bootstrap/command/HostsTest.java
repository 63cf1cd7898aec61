package dev.cairn.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Under which names the service is answered, with a server behind them. */
class HostsTest {
    private static final String QUESTION = "{\"query\": \"{ metrics { totalCount } }\"}";

    @Test
    void questions_and_the_page_are_answered_under_known_names_only() throws Exception {
        try (var cairn = new RunningCairn(List.of("cairn.hosts=cairn.example.com,other.example"))) {
            for (String host : List.of("localhost", "cairn.example.com", "other.example:443")) {
                assertThat(send(cairn, host, "POST /graphql", QUESTION))
                        .startsWith("HTTP/1.1 200")
                        .contains("\"totalCount\":0");
                assertThat(send(cairn, host, "GET /graphiql", "")).startsWith("HTTP/1.1 200");
            }
            for (String request : List.of("POST /graphql", "GET /graphiql", "GET /")) {
                assertThat(send(cairn, "elsewhere.example", request, QUESTION))
                        .startsWith("HTTP/1.1 403")
                        .contains("FORBIDDEN", "X-Content-Type-Options: nosniff")
                        .doesNotContain("totalCount");
            }
        }
    }

    /** Without an HTTP client: they choose the host themselves. */
    private static String send(RunningCairn cairn, String host, String request, String body)
            throws IOException {
        var url = cairn.url("/");
        try (var socket = new Socket(url.getHost(), url.getPort())) {
            socket.getOutputStream()
                    .write(
                            """
                            %s HTTP/1.1\r
                            Host: %s\r
                            Content-Type: application/json\r
                            Content-Length: %d\r
                            Connection: close\r
                            \r
                            %s\
                            """
                                    .formatted(request, host, body.length(), body)
                                    .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
