package dev.cairn.bootstrap.observation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.graphql.caller.HttpCaller;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.Role;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class MetersPageTest {
    private static MockHttpServletResponse answer(
            String method, String path, @Nullable Caller caller) throws Exception {
        var request = new MockHttpServletRequest(method, path);
        request.setServletPath(path);
        if (caller != null) {
            request.setAttribute(HttpCaller.ATTRIBUTE, caller);
        }
        var response = new MockHttpServletResponse();
        var chain = new MockFilterChain();
        new MetersPage(() -> "cairn 1\n").doFilter(request, response, chain);
        assertThat(chain.getRequest() == null).isEqualTo(path.equals("/metrics"));
        return response;
    }

    @Test
    void administrators_read_measurements() throws Exception {
        var answer = answer("GET", "/metrics", Caller.LOCAL);

        assertThat(answer.getStatus()).isEqualTo(200);
        assertThat(answer.getContentAsString()).isEqualTo("cairn 1\n");
    }

    @ParameterizedTest
    @EnumSource(names = {"VIEWER", "ANALYST"})
    void others_do_not(Role role) throws Exception {
        var answer = answer("GET", "/metrics", new Caller("bob", role, null));

        assertThat(answer.getStatus()).isEqualTo(403);
        assertThat(answer.getContentAsString()).doesNotContain("cairn 1");
    }

    @Test
    void nobody_in_particular_does_not() throws Exception {
        assertThat(answer("GET", "/metrics", null).getStatus()).isEqualTo(403);
    }

    @Test
    void they_are_only_read() throws Exception {
        assertThat(answer("POST", "/metrics", Caller.LOCAL).getStatus()).isEqualTo(405);
        assertThat(answer("GET", "/metrics/x", Caller.LOCAL).getContentAsString()).isEmpty();
    }
}
