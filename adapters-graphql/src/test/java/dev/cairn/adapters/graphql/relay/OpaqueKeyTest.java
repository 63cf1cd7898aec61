package dev.cairn.adapters.graphql.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpaqueKeyTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"a-17", "", "with:colons:in:it", "Grüße 🗿", "'; drop table account; --"})
    void a_key_comes_back_as_it_went(String key) {
        var opaque = new OpaqueKey("Account", key);

        assertThat(OpaqueKey.read(opaque.text())).contains(opaque);
    }

    @Test
    void the_text_is_safe_in_a_url() {
        assertThat(new OpaqueKey("Account", "ÿþ>>>???").text()).matches("[A-Za-z0-9_-]+");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not base64!", "MQ", "====", "AAAA", "🗿"})
    void what_was_never_given_is_nothing(String text) {
        assertThat(OpaqueKey.read(text)).isEmpty();
    }

    @Test
    void another_version_is_nothing() {
        assertThat(OpaqueKey.read(base64("2:Account:a-17"))).isEmpty();
        assertThat(OpaqueKey.read(base64("1:Account:a-17"))).isPresent();
    }

    @Test
    void another_spelling_of_the_same_bytes_is_nothing() {
        var text = new OpaqueKey("Metric", "nps").text();

        assertThat(OpaqueKey.read(text + "=")).isEmpty();
        assertThat(OpaqueKey.read(" " + text)).isEmpty();
    }

    @Test
    void bytes_that_are_no_text_are_nothing() {
        assertThat(
                        OpaqueKey.read(
                                Base64.getUrlEncoder()
                                        .withoutPadding()
                                        .encodeToString(new byte[] {49, 58, -1, 58})))
                .isEmpty();
    }

    private static String base64(String plain) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }
}
