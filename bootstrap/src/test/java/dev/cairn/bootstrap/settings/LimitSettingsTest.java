package dev.cairn.bootstrap.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.graphql.limit.Limit;
import dev.cairn.adapters.graphql.limit.Limits;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LimitSettingsTest {
    @Test
    void what_is_not_set_is_as_usual() {
        assertThat(LimitSettings.read(Map.of())).isEqualTo(Limits.STANDARD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "grammar-depth",
                "grammarDepth",
                "grammardepth",
                "GRAMMARDEPTH",
                "grammar.depth"
            })
    void a_limit_is_set_by_its_name_however_it_is_spelt(String key) {
        assertThat(LimitSettings.read(Map.of(key, " 77 ")).most(Limit.GRAMMAR_DEPTH)).isEqualTo(77);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "1000000000"})
    void the_smallest_and_the_largest_are_taken(String value) {
        assertThat(LimitSettings.read(Map.of("cost", value)).most(Limit.COST))
                .isEqualTo(Integer.parseInt(value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1000000001", "99999999999", "", "many", "1.5", "30s"})
    void what_is_no_limit_is_refused(String value) {
        assertThat(LimitSettings.problems(Map.of("seconds", value)))
                .containsExactly(
                        "cairn.limits.seconds is '%s', which is no whole number from 1 to 1,000,000,000."
                                .formatted(value));
    }

    @Test
    void all_that_is_wrong_is_told_at_once() {
        assertThat(LimitSettings.problems(Map.of("dept", "3", "cost", "x", "nonsense", "1")))
                .containsExactly(
                        "cairn.limits.cost is 'x', which is no whole number from 1 to 1,000,000,000.",
                        "There is no limit cairn.limits.dept. Did you mean cairn.limits.depth?",
                        "There is no limit cairn.limits.nonsense. There are body, characters, tokens, whitespace, grammar-depth, depth, introspection-depth, fragment-depth, aliases, repeats, list, cost, seconds, message, operations, subscriptions, idle.");
    }
}
