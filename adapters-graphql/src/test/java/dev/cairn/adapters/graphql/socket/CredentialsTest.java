package dev.cairn.adapters.graphql.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.graphql.caller.Authority;
import dev.cairn.adapters.graphql.http.Proxies;
import dev.cairn.adapters.graphql.http.RefusedSignIns;
import dev.cairn.domain.analysis.Caller;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import tools.jackson.databind.json.JsonMapper;

/** Who signs in with the first message of a socket. */
class CredentialsTest {
    private static final int PER_MINUTE = 6;
    private static final Authority ANN = () -> Optional.of(new Caller("ann", null));

    private final AtomicInteger looked = new AtomicInteger();
    private final RefusedSignIns refused =
            new RefusedSignIns(
                    PER_MINUTE, new Proxies(List.of()), () -> 0, JsonMapper.builder().build());
    private final Credentials credentials =
            new Credentials(
                    said -> {
                        looked.incrementAndGet();
                        return said.equals("Bearer good") ? Optional.of(ANN) : Optional.empty();
                    },
                    refused);

    private Optional<Authority> from(String address, String token) {
        var request = new MockHttpServletRequest("GET", "/graphql");
        request.setRemoteAddr(address);
        var handshake = new HashMap<String, Object>();
        credentials.note(request, handshake);
        return credentials.authority(Map.of("authorization", token), handshake);
    }

    @Test
    void an_address_that_is_refused_too_often_is_not_looked_at_and_others_are() {
        for (int at = 0; at < PER_MINUTE; at++) {
            assertThat(from("192.0.2.1", "Bearer bad")).isEmpty();
        }

        assertThat(from("192.0.2.1", "Bearer good")).isEmpty();
        assertThat(looked).hasValue(PER_MINUTE);
        assertThat(refused.mustWait("192.0.2.1")).as("over HTTP too").isTrue();
        assertThat(from("192.0.2.2", "Bearer good")).containsSame(ANN);
    }

    @Test
    void who_is_let_in_or_comes_from_this_machine_never_waits() {
        for (int at = 0; at < 2 * PER_MINUTE; at++) {
            assertThat(from("192.0.2.1", "Bearer good")).containsSame(ANN);
            assertThat(from("127.0.0.1", "Bearer bad")).isEmpty();
        }

        assertThat(from("127.0.0.1", "Bearer good")).containsSame(ANN);
    }
}
