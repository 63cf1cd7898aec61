package dev.cairn.bootstrap.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.application.port.Stage;
import dev.cairn.application.port.out.QuestionLog.End;
import dev.cairn.application.port.out.QuestionLog.Question;
import jakarta.servlet.FilterChain;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class RequestWatchTest {
    private static final Question QUESTION = new Question(End.ANSWERED, List.of(), null, 24);

    private final List<ObservedRequest> told = new ArrayList<>();
    private final RequestWatch watch = new RequestWatch(List.of(told::add));

    private MockHttpServletResponse ask(String path, FilterChain work) throws Exception {
        var request = new MockHttpServletRequest("POST", path);
        request.setServletPath(path);
        var response = new MockHttpServletResponse();
        watch.doFilter(request, response, work);
        assertThat(RunningRequest.current()).isEmpty();
        return response;
    }

    private static RunningRequest running() {
        return RunningRequest.current().orElseThrow();
    }

    @Test
    void a_request_is_told_when_it_is_over() throws Exception {
        var response =
                ask(
                        "/graphql",
                        (_, _) -> {
                            running().add(Stage.PARSE, 1, 2);
                            running().add(QUESTION);
                            running().answered("OK");
                        });

        var request = told.getFirst();
        assertThat(response.getHeader("X-Request-Id")).isEqualTo(request.id());
        assertThat(request.face()).isEqualTo("graphql");
        assertThat(request.end()).isEqualTo("OK");
        assertThat(request.questions()).containsExactly(QUESTION);
        assertThat(request.nanosIn(Stage.PARSE)).isEqualTo(1);
        assertThat(request.nanosIn(Stage.ENCODE)).isBetween(0L, request.nanos());
    }

    @Test
    void what_was_not_asked_over_graphql_ends_by_its_status() throws Exception {
        ask("/no/such/path", (_, response) -> ((MockHttpServletResponse) response).setStatus(404));

        assertThat(told).extracting(ObservedRequest::face).containsExactly("other");
        assertThat(told).extracting(ObservedRequest::end).containsExactly("4XX");
    }

    @Test
    void an_answer_that_is_broken_off_is_no_good_end() {
        assertThatThrownBy(() ->
                        ask(
                                "/api/analyze.csv",
                                (_, _) -> {
                                    running().answered("OK");
                                    throw new IOException("the client is gone");
                                }))
                .hasMessage("the client is gone");

        assertThat(told).extracting(ObservedRequest::face).containsExactly("export");
        assertThat(told).extracting(ObservedRequest::end).containsExactly("BROKEN_OFF");
    }

    @Test
    void a_stream_is_not_told_and_keeps_no_questions() throws Exception {
        ask(
                "/graphql",
                (_, response) -> {
                    response.setContentType("text/event-stream");
                    var running = running();
                    running.answered("OK");
                    running.goesOn();
                    running.add(QUESTION);
                    assertThat(running.over(200).questions()).isEmpty();
                });

        assertThat(told).isEmpty();
    }

    @Test
    void whoever_looks_after_the_service_is_not_told() throws Exception {
        for (var path : List.of("/health/live", "/health/ready", "/metrics")) {
            ask(path, (_, _) -> assertThat(RunningRequest.current()).isEmpty());
        }

        assertThat(told).isEmpty();
    }
}
