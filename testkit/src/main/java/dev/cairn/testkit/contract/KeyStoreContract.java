package dev.cairn.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.application.port.ApiKey;
import dev.cairn.application.port.Identity;
import dev.cairn.application.port.out.KeyStore;
import dev.cairn.domain.analysis.Role;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Everything that a {@link KeyStore} must do. */
public interface KeyStoreContract {
    Instant MADE = Instant.parse("2026-03-01T10:00:00.123456Z");
    Instant LATER = MADE.plusSeconds(60);

    ApiKey WHOLE =
            new ApiKey(
                    "a1",
                    new Identity("power-bi", Role.ADMIN, true, List.of(), Map.of()),
                    MADE,
                    null,
                    null,
                    null);

    ApiKey PART =
            new ApiKey(
                    "b2",
                    new Identity(
                            "grafana",
                            Role.VIEWER,
                            false,
                            List.of("own", "emea"),
                            Map.of("csm", "ann@example.com", "note", "a \"quoted\" é")),
                    MADE,
                    LATER,
                    null,
                    null);

    /** A store without keys. */
    KeyStore store();

    @Test
    default void a_key_is_found_by_its_hash_as_it_was_kept() {
        var store = store();

        assertThat(store.add(WHOLE)).isTrue();
        assertThat(store.add(PART)).isTrue();

        assertThat(store.find("a1")).contains(WHOLE);
        assertThat(store.find("b2")).contains(PART);
        assertThat(store.find("a")).isEmpty();
        assertThat(store.keys()).containsExactly(PART, WHOLE);
    }

    @Test
    default void a_name_is_of_one_key_also_after_it_was_revoked() {
        var store = store();
        store.add(WHOLE);
        store.revoke("power-bi", LATER);
        var another =
                new ApiKey(
                        "c3",
                        new Identity("power-bi", Role.VIEWER, true, List.of(), Map.of()),
                        LATER,
                        null,
                        null,
                        null);

        assertThat(store.add(another)).isFalse();

        assertThat(store.find("c3")).isEmpty();
        assertThat(store.keys()).hasSize(1);
    }

    @Test
    default void a_revoked_key_stays_revoked_since_it_first_was() {
        var store = store();
        store.add(WHOLE);
        store.add(PART);

        assertThat(store.revoke("power-bi", LATER).map(ApiKey::revoked)).contains(LATER);
        assertThat(store.revoke("power-bi", LATER.plusSeconds(1)).map(ApiKey::revoked))
                .contains(LATER);
        assertThat(store.revoke("elsewhere", LATER)).isEmpty();

        assertThat(store.find("a1").map(ApiKey::revoked)).contains(LATER);
        assertThat(store.find("b2")).contains(PART);
    }

    @Test
    default void the_latest_use_is_kept() {
        var store = store();
        store.add(WHOLE);
        store.add(PART);

        store.used("a1", LATER);
        store.used("a1", MADE);
        store.used("nobody", LATER);

        assertThat(store.find("a1").map(ApiKey::lastUsed)).contains(LATER);
        assertThat(store.find("b2")).contains(PART);
    }
}
