package dev.cairn.domain.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNamesTest {

    @ParameterizedTest
    @CsvSource({
        "nps_scor, nps_score", // a letter left out
        "nps_scorre, nps_score", // a letter too many
        "nps_scole, nps_score", // another letter
        "nps_socre, nps_score", // two letters swapped
        "NPS_Score, nps_score", // case
        "response, response_rate", // the beginning
        "response_rate_2024, response_rate", // a longer name
        "plan, account.plan", // the last segment
        "user.plan, account.plan", // the last segment of another
        "acount.plan, account.plan"
    })
    void finds_what_was_meant(String wanted, String meant) {
        assertThat(
                        NearestNames.nearest(
                                wanted,
                                List.of("nps_score", "response_rate", "account.plan", "churned")))
                .first()
                .isEqualTo(meant);
    }

    @ParameterizedTest
    @CsvSource({"xyz", "a", "''", "score_nps_total_revenue", "ns"})
    void suggests_nothing_far_off(String wanted) {
        assertThat(
                        NearestNames.nearest(
                                wanted, List.of("nps_score", "response_rate", "account.plan", "")))
                .isEmpty();
    }

    @Test
    void the_nearest_is_first_and_ties_go_by_name() {
        assertThat(
                        NearestNames.nearest(
                                "orders",
                                List.of("borders", "order", "corders", "orders_total", "odres")))
                .containsExactly("borders", "corders", "order");
    }

    @Test
    void the_order_of_the_known_names_does_not_matter() {
        var names = List.of("revenue_a", "revenue_b", "revenue_c", "revenue_d");
        assertThat(NearestNames.nearest("revenue_x", names.reversed()))
                .isEqualTo(NearestNames.nearest("revenue_x", names));
    }

    @Test
    void at_most_three_and_each_once() {
        assertThat(NearestNames.nearest("abcd", List.of("abce", "abce", "abcf", "abcg", "abch")))
                .containsExactly("abce", "abcf", "abcg");
    }

    @Test
    void the_name_itself_is_no_suggestion() {
        assertThat(NearestNames.nearest("event", List.of("event", "events")))
                .containsExactly("events");
    }

    @Test
    void very_long_names_are_compared_in_little_time() {
        var known = IntStream.range(0, 1_000).mapToObj(number -> "metric_" + number).toList();
        assertThat(NearestNames.nearest("x".repeat(100_000), known)).isEmpty();
    }

    @Test
    void distance_counts_edits_and_swaps_of_neighbours() {
        assertThat(NearestNames.distance("abc", "abc", 3)).isZero();
        assertThat(NearestNames.distance("abc", "acb", 3)).isEqualTo(1);
        assertThat(NearestNames.distance("kitten", "sitting", 3)).isEqualTo(3);
        assertThat(NearestNames.distance("", "ab", 3)).isEqualTo(2);
        assertThat(NearestNames.distance("ca", "abc", 3)).isEqualTo(3);
        assertThat(NearestNames.distance("abc", "xyzuvw", 2)).isGreaterThan(2);
    }
}
