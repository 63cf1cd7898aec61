package dev.cairn.application.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class KeptTest {
    private final Kept<String, Integer> kept = new Kept<>(10, KeptTest::weight);

    private static long weight(Map.Entry<String, Integer> entry) {
        return entry.getValue();
    }

    @Test
    void what_was_asked_for_longest_ago_goes_first() {
        kept.put("a", 4);
        kept.put("b", 4);
        kept.find("a");
        kept.put("c", 4);

        assertThat(kept.find("a")).contains(4);
        assertThat(kept.find("b")).isEmpty();
        assertThat(kept.find("c")).contains(4);
        assertThat(kept.weight()).isEqualTo(8);
    }

    @Test
    void what_is_too_heavy_is_not_kept_and_nothing_goes_for_it() {
        kept.put("a", 4);
        kept.put("b", 11);

        assertThat(kept.find("a")).contains(4);
        assertThat(kept.find("b")).isEmpty();
    }

    @Test
    void the_same_key_counts_once() {
        kept.put("a", 4);
        kept.put("a", 6);

        assertThat(kept.find("a")).contains(6);
        assertThat(kept.weight()).isEqualTo(6);
        assertThat(kept.size()).isEqualTo(1);
    }

    @Test
    void what_has_become_too_heavy_is_not_kept_as_it_was() {
        kept.put("a", 4);
        kept.put("a", 11);

        assertThat(kept.find("a")).isEmpty();
        assertThat(kept.weight()).isZero();
    }

    @Test
    void nothing_is_kept_where_nothing_may_be() {
        var none = new Kept<String, Integer>(0, _ -> 1);
        none.put("a", 1);

        assertThat(none.find("a")).isEmpty();
    }
}
