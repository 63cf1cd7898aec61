package dev.cairn.domain.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class KeySearchTest {
    private static final int MANY = 100_500;

    @Test
    void the_likeliest_pair_comes_first() {
        assertThat(
                        found(
                                List.of("color", "line_no", "order_id"),
                                8,
                                row -> List.of("c" + row / 2, "" + row % 2, "o" + row / 2)))
                .containsExactly(List.of(1, 2), List.of(1, 0));
    }

    @Test
    void three_are_tried_where_no_two_do() {
        assertThat(
                        found(
                                List.of("a", "b", "c"),
                                8,
                                row -> List.of("" + (row & 1), "" + (row & 2), "" + (row & 4))))
                .containsExactly(List.of(0, 1, 2));
    }

    @Test
    void a_pair_that_holds_over_the_first_rows_only_is_none() {
        IntFunction<List<String>> cells =
                row -> List.of("o" + row / 2 % 50_200, "l" + row % 2, "n" + row / 3);

        assertThat(found(List.of("order_id", "line_no", "name"), MANY - 200, cells))
                .contains(List.of(0, 1));
        assertThat(found(List.of("order_id", "line_no", "name"), MANY, cells))
                .doesNotContain(List.of(0, 1));
    }

    @Test
    void a_pair_that_is_empty_in_a_late_row_is_none() {
        assertThat(
                        found(
                                List.of("order_id", "line_no"),
                                MANY,
                                row ->
                                        List.of(
                                                row == MANY - 1 ? "" : "o" + row / 2,
                                                "l" + row % 2)))
                .isEmpty();
    }

    private static List<List<Integer>> found(
            List<String> header, int rows, IntFunction<List<String>> cells) {
        var profiles = header.stream().map(ColumnProfile::new).toList();
        var search = new KeySearch(profiles);
        for (int row = 0; row < rows; row++) {
            var values = cells.apply(row);
            for (int i = 0; i < values.size(); i++) {
                profiles.get(i).add(values.get(i));
            }
            search.add(values);
        }
        return search.found();
    }
}
