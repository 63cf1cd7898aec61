package dev.cairn.adapters.graphql.http;

import static org.assertj.core.api.Assertions.assertThat;

import graphql.ExecutionInput;
import graphql.ExecutionResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.graphql.support.DefaultExecutionGraphQlResponse;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import tools.jackson.databind.json.JsonMapper;

@Timeout(180)
class EventStreamsTest {
    private final EventStreams streams =
            new EventStreams(JsonMapper.shared(), Duration.ofMinutes(1));

    private FutureTask<String> sent(Mono<WebGraphQlResponse> coming) {
        var sent =
                new FutureTask<>(() -> {
                    var response = new MockHttpServletResponse();
                    streams.of(coming).writeTo(new MockHttpServletRequest(), response, List::of);
                    return response.getContentAsString();
                });
        Thread.startVirtualThread(sent);
        return sent;
    }

    private static WebGraphQlResponse answer(Object data) {
        return new WebGraphQlResponse(
                new DefaultExecutionGraphQlResponse(
                        ExecutionInput.newExecutionInput("{ a }").build(),
                        ExecutionResult.newExecutionResult().data(data).build()));
    }

    private void awaitOpen() {
        while (streams.open() == 0) {
            Thread.onSpinWait();
        }
    }

    @Test
    void who_asked_before_the_service_stops_is_answered() throws Exception {
        var coming = Sinks.<WebGraphQlResponse>one();
        var sent = sent(coming.asMono());
        awaitOpen();
        streams.close();
        coming.tryEmitValue(answer(Map.of("a", 1)));

        assertThat(sent.get())
                .isEqualTo("event: next\ndata: {\"data\":{\"a\":1}}\n\nevent: complete\ndata:\n\n");
    }

    @Test
    void what_goes_on_ends_when_the_service_stops_and_begins_no_more() throws Exception {
        var begun = Sinks.<Object>empty();
        var live = Flux.never().doOnSubscribe(_ -> begun.tryEmitEmpty());
        var sent = sent(Mono.just(answer(live)));
        begun.asMono().block();
        streams.close();

        assertThat(sent.get()).isEqualTo("event: complete\ndata:\n\n");
        assertThat(sent(Mono.just(answer(live))).get()).isEqualTo("event: complete\ndata:\n\n");
    }
}
