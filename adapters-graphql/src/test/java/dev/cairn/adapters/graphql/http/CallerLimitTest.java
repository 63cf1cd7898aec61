package dev.cairn.adapters.graphql.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.graphql.caller.HttpCaller;
import dev.cairn.domain.analysis.Caller;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import tools.jackson.databind.json.JsonMapper;

class CallerLimitTest {
    private static final Caller ANN = new Caller("ann", null);
    private static final Caller BOB = new Caller("bob", null);
    private static final int PER_MINUTE = 6;
    private static final FilterChain ANSWERS = (_, _) -> {};

    private final AtomicLong now = new AtomicLong(-5);
    private final CallerLimit limit =
            new CallerLimit(new CallerPace(2, PER_MINUTE, now::get), JsonMapper.builder().build());

    private MockHttpServletResponse ask(@Nullable Caller caller, FilterChain chain)
            throws ServletException, IOException {
        return ask(new MockHttpServletRequest("POST", "/graphql"), caller, chain);
    }

    private MockHttpServletResponse ask(
            MockHttpServletRequest request, @Nullable Caller caller, FilterChain chain)
            throws ServletException, IOException {
        request.setAsyncSupported(true);
        if (caller != null) {
            request.setAttribute(HttpCaller.ATTRIBUTE, caller);
        }
        var response = new MockHttpServletResponse();
        limit.doFilter(request, response, chain);
        return response;
    }

    @Test
    void a_minutes_requests_are_answered_at_once_and_the_next_when_its_time_has_come()
            throws Exception {
        for (int at = 0; at < PER_MINUTE; at++) {
            assertThat(ask(ANN, ANSWERS).getStatus()).isEqualTo(200);
        }

        var refused = ask(ANN, new MockFilterChain());
        assertThat(refused.getStatus()).isEqualTo(429);
        assertThat(refused.getHeader("Retry-After")).isEqualTo("10");
        assertThat(refused.getContentAsString())
                .contains(
                        "TOO_MANY_REQUESTS",
                        "\"retryAfterSeconds\":10",
                        "cairn.callers.per-minute");
        assertThat(ask(BOB, ANSWERS).getStatus()).isEqualTo(200);

        now.addAndGet(Duration.ofSeconds(10).toNanos() - 1);
        assertThat(ask(ANN, ANSWERS).getStatus()).isEqualTo(429);
        now.addAndGet(1);
        assertThat(ask(ANN, ANSWERS).getStatus()).isEqualTo(200);
        assertThat(ask(ANN, ANSWERS).getStatus()).isEqualTo(429);
    }

    @Test
    void a_caller_who_was_refused_does_not_pay_for_it() throws Exception {
        for (int at = 0; at < 10 * PER_MINUTE; at++) {
            ask(ANN, ANSWERS);
        }

        now.addAndGet(Duration.ofSeconds(10).toNanos());
        assertThat(ask(ANN, ANSWERS).getStatus()).isEqualTo(200);
    }

    @Test
    void so_many_are_answered_at_once_and_each_that_ends_makes_room() throws Exception {
        var innermost = new AtomicInteger();
        ask(
                ANN,
                (_, _) ->
                        ask(
                                ANN,
                                (_, _) -> {
                                    innermost.set(ask(ANN, ANSWERS).getStatus());
                                    assertThat(ask(BOB, ANSWERS).getStatus()).isEqualTo(200);
                                }));

        assertThat(innermost).hasValue(429);
        assertThat(ask(ANN, ANSWERS).getStatus()).isEqualTo(200);
    }

    @Test
    void a_request_that_fails_makes_room_too() throws Exception {
        for (int at = 0; at < 3; at++) {
            try {
                ask(
                        ANN,
                        (_, _) -> {
                            throw new ServletException("broken");
                        });
            } catch (ServletException broken) {
                assertThat(broken).hasMessage("broken");
            }
        }
        assertThat(ask(ANN, ANSWERS).getStatus()).isEqualTo(200);
    }

    @Test
    void an_answer_that_goes_on_counts_until_it_is_complete() throws Exception {
        var first = new MockHttpServletRequest("POST", "/graphql");
        var second = new MockHttpServletRequest("POST", "/graphql");
        ask(first, ANN, (_, _) -> first.startAsync());
        ask(second, ANN, (_, _) -> second.startAsync());
        assertThat(ask(ANN, ANSWERS).getStatus()).isEqualTo(429);

        first.getAsyncContext().complete();

        assertThat(ask(ANN, ANSWERS).getStatus()).isEqualTo(200);
    }

    @Test
    void who_is_nobody_is_not_counted() throws Exception {
        for (int at = 0; at < 2 * PER_MINUTE; at++) {
            assertThat(ask(null, ANSWERS).getStatus()).isEqualTo(200);
        }
    }
}
