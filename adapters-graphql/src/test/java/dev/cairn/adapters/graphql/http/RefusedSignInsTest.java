package dev.cairn.adapters.graphql.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import tools.jackson.databind.json.JsonMapper;

class RefusedSignInsTest {
    private static final int PER_MINUTE = 6;

    private final AtomicLong now = new AtomicLong(-5);
    private final RefusedSignIns refused =
            new RefusedSignIns(
                    PER_MINUTE,
                    new Proxies(List.of("10.0.0.7")),
                    now::get,
                    JsonMapper.builder().build());

    private static MockHttpServletRequest from(String address, @Nullable String forwarded) {
        var request = new MockHttpServletRequest("POST", "/graphql");
        request.setRemoteAddr(address);
        request.addHeader("Authorization", "Bearer x");
        if (forwarded != null) {
            request.addHeader("X-Forwarded-For", forwarded);
        }
        return request;
    }

    private MockHttpServletResponse ask(MockHttpServletRequest request) throws Exception {
        var response = new MockHttpServletResponse();
        refused.doFilter(request, response, new MockFilterChain());
        return response;
    }

    @Test
    void an_address_that_is_refused_too_often_waits_and_others_do_not() throws Exception {
        var one = from("192.0.2.1", null);
        for (int at = 0; at < PER_MINUTE; at++) {
            assertThat(ask(from("192.0.2.1", null)).getStatus()).isEqualTo(200);
            refused.refused(one);
        }

        var answer = ask(from("192.0.2.1", null));
        assertThat(answer.getStatus()).isEqualTo(429);
        assertThat(answer.getHeader("Retry-After")).isEqualTo("10");
        assertThat(answer.getContentAsString()).contains("\"retryAfterSeconds\":10");
        assertThat(ask(from("192.0.2.2", null)).getStatus()).isEqualTo(200);

        now.addAndGet(Duration.ofSeconds(10).toNanos());
        assertThat(ask(from("192.0.2.1", null)).getStatus()).isEqualTo(200);
    }

    @Test
    void behind_a_proxy_that_is_known_the_last_address_it_names_counts() throws Exception {
        for (int at = 0; at < PER_MINUTE; at++) {
            refused.refused(from("10.0.0.7", "198.51.100.9, 192.0.2.1"));
        }

        assertThat(ask(from("10.0.0.7", "1.2.3.4, 192.0.2.1")).getStatus()).isEqualTo(429);
        assertThat(ask(from("10.0.0.7", "192.0.2.1, 192.0.2.2")).getStatus()).isEqualTo(200);
        assertThat(ask(from("192.0.2.3", "192.0.2.1")).getStatus()).isEqualTo(200);
    }

    @Test
    void where_many_may_stand_behind_an_address_none_of_them_waits_for_another() throws Exception {
        for (int at = 0; at < 2 * PER_MINUTE; at++) {
            refused.refused(from("10.0.0.7", null));
            refused.refused(from("127.0.0.1", null));
        }

        assertThat(ask(from("10.0.0.7", null)).getStatus()).isEqualTo(200);
        assertThat(ask(from("127.0.0.1", null)).getStatus()).isEqualTo(200);
    }
}
