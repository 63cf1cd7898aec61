package dev.cairn.domain.overview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class StandingTest {
    @Test
    void equals_share_a_rank_and_count_half_below() {
        // 30 is the greatest; 20, 20 share rank 2; below 20 there is 10. Of four: (1 + 2/2) / 4 =
        // 50 in a hundred. Median of 10, 20, 20, 30: 20.
        assertThat(Standing.of(20, List.of(10.0, 20.0, 30.0, 20.0), 3))
                .isEqualTo(new Standing(2, 50, 20, 4, 3));
    }

    @Test
    void the_least_value_has_the_last_rank() {
        // Above 10 there are three: rank 4; (0 + 1/2) / 4 = 12.5.
        assertThat(Standing.of(10, List.of(10.0, 20.0, 30.0, 20.0), 0))
                .isEqualTo(new Standing(4, 12.5, 20, 4, 0));
    }

    @Test
    void the_median_of_an_even_number_is_between_the_two_in_the_middle() {
        // -5, 1, 2, 9: (1 + 2) / 2 = 1.5. 9 is the first; (3 + 1/2) / 4 = 87.5.
        assertThat(Standing.of(9, List.of(9.0, -5.0, 2.0, 1.0), 0))
                .isEqualTo(new Standing(1, 87.5, 1.5, 4, 0));
    }

    @Test
    void where_all_are_equal_each_is_in_the_middle_and_the_first() {
        assertThat(Standing.of(0, List.of(0.0, -0.0, 0.0), 0))
                .isEqualTo(new Standing(1, 50, 0, 3, 0));
    }

    @Test
    void a_value_alone_is_in_the_middle() {
        assertThat(Standing.of(7, List.of(7.0), 12)).isEqualTo(new Standing(1, 50, 7, 1, 12));
    }

    @Test
    void the_median_of_great_values_does_not_overflow() {
        assertThat(Standing.of(1e308, List.of(1e308, 1.2e308), 0).median())
                .isCloseTo(1.1e308, within(1e295));
    }

    @Test
    void a_value_that_no_peer_has_stands_nowhere() {
        assertThatThrownBy(() -> Standing.of(5, List.of(1.0), 0))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
