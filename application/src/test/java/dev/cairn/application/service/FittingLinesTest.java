package dev.cairn.application.service;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FittingLinesTest {
    @Test
    void lines_are_known_past_rejected_rows_and_values_of_several_lines() {
        var lines = new FittingLines();
        for (long line : new long[] {2, 3, 6, 7, 12}) {
            lines.add(line);
        }

        assertThat(lines.line(2)).hasValue(3);
        assertThat(lines.line(3)).hasValue(6);
        assertThat(lines.line(4)).hasValue(7);
        assertThat(lines.line(5)).hasValue(12);
    }

    @Test
    void of_a_file_whose_rows_stand_nowhere_regularly_no_line_is_told() {
        var lines = new FittingLines();
        for (long row = 1; row <= 300_000; row++) {
            lines.add(3 * row);
        }

        assertThat(lines.line(7)).isEmpty();
    }
}
