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

    private final HostCheck check =
            new HostCheck(List.of("Cairn.example.com"), List.of(), Proxies.NONE, JSON);

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

    private static int sent(String from, boolean secure, String... headers) throws Exception {
        var check =
                new HostCheck(
                        List.of("cairn.example.com"),
                        List.of("https://bi.example.com"),
                        new Proxies(List.of("10.0.0.7", "10.1.0.0/16")),
                        JSON);
        var request = new MockHttpServletRequest("POST", "/graphql");
        request.setRemoteAddr(from);
        request.setSecure(secure);
        for (int i = 0; i < headers.length; i += 2) {
            request.addHeader(headers[i], headers[i + 1]);
        }
        var response = new MockHttpServletResponse();
        check.doFilter(request, response, new MockFilterChain());
        return response.getStatus();
    }

    @Test
    void a_request_comes_by_a_proxy_or_over_tls_or_from_this_machine() throws Exception {
        for (String from : List.of("10.0.0.7", "10.1.255.1", "127.0.0.1", "::1")) {
            assertThat(sent(from, false, "Host", "cairn.example.com")).as(from).isEqualTo(200);
        }
        for (String from : List.of("10.0.0.8", "10.2.0.1", "192.0.2.1", "2001:db8::1")) {
            assertThat(sent(from, false, "Host", "cairn.example.com")).as(from).isEqualTo(403);
            assertThat(sent(from, true, "Host", "cairn.example.com")).as(from).isEqualTo(200);
        }
    }

    @Test
    void a_proxy_says_which_host_was_asked_and_nobody_else() throws Exception {
        assertThat(
                        sent(
                                "10.0.0.7",
                                false,
                                "Host",
                                "upstream:8080",
                                "X-Forwarded-Host",
                                "cairn.example.com"))
                .isEqualTo(200);
        assertThat(
                        sent(
                                "10.0.0.7",
                                false,
                                "Host",
                                "cairn.example.com",
                                "X-Forwarded-Host",
                                "elsewhere.example"))
                .isEqualTo(403);
        assertThat(
                        sent(
                                "192.0.2.1",
                                true,
                                "Host",
                                "elsewhere.example",
                                "X-Forwarded-Host",
                                "cairn.example.com"))
                .isEqualTo(403);
    }

    @Test
    void two_hosts_in_what_a_proxy_passes_on_are_refused() throws Exception {
        assertThat(
                        sent(
                                "10.0.0.7",
                                false,
                                "Host",
                                "cairn.example.com",
                                "X-Forwarded-Host",
                                "cairn.example.com, elsewhere.example"))
                .isEqualTo(403);
        assertThat(
                        sent(
                                "10.0.0.7",
                                false,
                                "Host",
                                "cairn.example.com",
                                "X-Forwarded-Host",
                                "cairn.example.com",
                                "X-Forwarded-Host",
                                "cairn.example.com"))
                .isEqualTo(403);
    }

    @Test
    void pages_of_listed_origins_are_answered_and_of_like_ones_not() throws Exception {
        var host = "cairn.example.com";
        assertThat(sent("10.0.0.7", false, "Host", host, "Origin", "https://bi.example.com"))
                .isEqualTo(200);
        for (String origin :
                List.of(
                        "http://bi.example.com",
                        "https://bi.example.com:8443",
                        "https://bi.example.com.elsewhere.example",
                        "null")) {
            assertThat(sent("10.0.0.7", false, "Host", host, "Origin", origin))
                    .as(origin)
                    .isEqualTo(403);
        }
    }

    @Test
    void addresses_of_proxies_and_origins_are_exact() {
        assertThat(List.of("10.0.0.7", "10.0.0.0/24", "::1", "2001:db8::/32"))
                .allMatch(Proxies::isAddress);
        assertThat(List.of("", "proxy", "10.0.0", "0.0.0.0/0", "::/0", "10.0.0.0/33", "*", "1:2"))
                .noneMatch(Proxies::isAddress);
        assertThat(
                        List.of(
                                "https://bi.example.com",
                                "https://bi.example.com:8443",
                                "http://localhost:3000",
                                "http://127.0.0.1:3000"))
                .allMatch(HostCheck::isOrigin);
        assertThat(
                        List.of(
                                "*",
                                "https://*",
                                "https://*.example.com",
                                "bi.example.com",
                                "http://bi.example.com",
                                "https://bi.example.com/",
                                "https://BI.example.com",
                                "null"))
                .noneMatch(HostCheck::isOrigin);
    }
}
