package dev.cairn.adapters.graphql.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import tools.jackson.databind.json.JsonMapper;

/** A page of another site must not read along by having its name point here. */
class HostCheckTest {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final HostCheck check = new HostCheck(List.of("Cairn.example.com"), JSON);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "localhost:8080",
                "LocalHost.:8080",
                "cairn.localhost:8080",
                "127.0.0.1",
                "127.0.0.1:8080",
                "127.42.0.7:9000",
                "[::1]",
                "[::1]:8080",
                "cairn.example.com",
                "CAIRN.example.com:443"
            })
    void this_machine_and_the_listed_names_are_answered(String host) throws Exception {
        assertThat(status(host, null)).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "elsewhere.example",
                "elsewhere.example:8080",
                "127.0.0.1.elsewhere.example",
                "localhost.elsewhere.example",
                "notlocalhost",
                "example.com",
                "www.cairn.example.com",
                "cairn.example.com.elsewhere.example",
                "10.0.0.1:8080",
                "0.0.0.0",
                "[::]",
                "[fe80::1]",
                "localhost@elsewhere.example",
                "elsewhere.example#localhost",
                "localhost:8080:80",
                "localhost, elsewhere.example",
                ""
            })
    void other_hosts_are_refused(String host) throws Exception {
        assertThat(status(host, null)).isEqualTo(403);
    }

    @Test
    void no_host_is_refused() throws Exception {
        assertThat(status(null, null)).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:8080",
                "http://127.0.0.1:3000",
                "https://cairn.example.com",
                "http://[::1]:8080"
            })
    void pages_of_known_hosts_are_answered(String origin) throws Exception {
        assertThat(status("127.0.0.1:8080", origin)).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "http://elsewhere.example",
                "http://elsewhere.example:8080",
                "https://localhost.elsewhere.example",
                "http://localhost http://elsewhere.example",
                "localhost",
                "file://",
                ""
            })
    void pages_of_other_sites_are_refused(String origin) throws Exception {
        assertThat(status("127.0.0.1:8080", origin)).isEqualTo(403);
    }

    @Test
    void what_a_page_may_say_itself_does_not_count() throws Exception {
        var request = request("elsewhere.example", null);
        request.addHeader("X-Forwarded-Host", "localhost");
        request.addHeader("Forwarded", "host=localhost");

        assertThat(answer(request).getStatus()).isEqualTo(403);
    }

    @Test
    void a_second_origin_is_looked_at_too() throws Exception {
        var request = request("localhost", "http://localhost");
        request.addHeader("Origin", "https://elsewhere.example");

        assertThat(answer(request).getStatus()).isEqualTo(403);
    }

    @Test
    void a_refusal_says_why_and_what_to_do() throws Exception {
        var error = error("elsewhere.example:8080", null);

        assertThat(error.at("/extensions/code").asString()).isEqualTo("FORBIDDEN");
        assertThat(error.path("message").asString())
                .contains("'elsewhere.example:8080'", "127.0.0.1", "cairn.hosts");
        assertThat(error("localhost", "null").path("message").asString())
                .contains("A page of 'null'", "cairn.hosts");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://cairn.example.com",
                "cairn:443",
                "*.example.com",
                "a/b",
                "käse",
                ""
            })
    void what_could_never_match_is_no_name(String text) {
        assertThat(HostCheck.isName(text)).isFalse();
        assertThat(HostCheck.isName("cairn.example.com")).isTrue();
    }

    private int status(@Nullable String host, @Nullable String origin) throws Exception {
        return answer(request(host, origin)).getStatus();
    }

    private tools.jackson.databind.JsonNode error(String host, @Nullable String origin)
            throws Exception {
        return JSON.readTree(answer(request(host, origin)).getContentAsString()).at("/errors/0");
    }

    private static MockHttpServletRequest request(@Nullable String host, @Nullable String origin) {
        var request = new MockHttpServletRequest("POST", "/graphql");
        if (host != null) {
            request.addHeader("Host", host);
        }
        if (origin != null) {
            request.addHeader("Origin", origin);
        }
        return request;
    }

    /** Status 200 means that it was passed on. */
    private MockHttpServletResponse answer(MockHttpServletRequest request) throws Exception {
        var response = new MockHttpServletResponse();
        var next = new MockFilterChain();
        check.doFilter(request, response, next);
        assertThat(next.getRequest() == null).isEqualTo(response.getStatus() == 403);
        return response;
    }
}
