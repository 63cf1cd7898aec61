package dev.cairn.adapters.graphql.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class HealthCheckTest {
    private final AtomicBoolean ready = new AtomicBoolean();
    private final HealthCheck check = new HealthCheck(ready::get);

    private MockHttpServletResponse answer(String method, String path) throws Exception {
        var request = new MockHttpServletRequest(method, path);
        request.setServletPath(path);
        request.addHeader("Host", "10.1.2.3:8080");
        var response = new MockHttpServletResponse();
        var chain = new MockFilterChain();
        check.doFilter(request, response, chain);
        assertThat(chain.getRequest() == null).isEqualTo(path.startsWith("/health/"));
        return response;
    }

    @Test
    void a_service_is_ready_while_it_can_answer() throws Exception {
        assertThat(answer("GET", "/health/ready").getStatus()).isEqualTo(503);

        ready.set(true);
        var answer = answer("GET", "/health/ready");
        assertThat(answer.getStatus()).isEqualTo(200);
        assertThat(answer.getContentAsString()).isEqualTo("ready\n");
        assertThat(answer.getHeader("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.getHeader("X-Content-Type-Options")).isEqualTo("nosniff");

        ready.set(false);
        assertThat(answer("GET", "/health/ready").getContentAsString()).isEqualTo("not ready\n");
    }

    @Test
    void a_service_that_is_not_ready_lives() throws Exception {
        assertThat(answer("GET", "/health/live").getStatus()).isEqualTo(200);
        assertThat(answer("HEAD", "/health/live").getStatus()).isEqualTo(200);
    }

    @Test
    void it_is_only_read() throws Exception {
        assertThat(answer("POST", "/health/ready").getStatus()).isEqualTo(405);
        assertThat(answer("POST", "/health/ready").getHeader("Allow")).isEqualTo("GET, HEAD");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/health", "/healthy", "/graphql"})
    void other_paths_are_for_others(String path) throws Exception {
        assertThat(answer("GET", path).getStatus()).isEqualTo(200);
    }
}
