package dev.cairn.domain.shape;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.Absence;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.Incomplete;
import dev.cairn.domain.analysis.Measured;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SumsTest {
    private static Cell.Value share(long numerator, long denominator, Incomplete... incomplete) {
        return new Cell.Value(
                new Measured((double) numerator / denominator, numerator, denominator, null, null),
                Set.of(incomplete));
    }

    @Test
    void broken_data_marks_a_ratio_of_sums_and_leaves_nothing_out() {
        var ratio = Sums.ratio(List.of(share(1, 4), share(5, 6, Incomplete.BROKEN_DATA)), true);
        assertThat(ratio.value().value()).isEqualTo(0.6);
        assertThat(ratio.incomplete()).containsExactly(Incomplete.BROKEN_DATA);
    }

    @Test
    void what_may_change_or_is_cut_is_left_out_of_a_ratio_of_what_is_complete() {
        var cut = share(5, 6, Incomplete.BROKEN_DATA, Incomplete.CUT_BY_RANGE);
        var ratio = Sums.ratio(List.of(share(1, 4), cut), true);
        assertThat(ratio.value().value()).isEqualTo(0.25);
        assertThat(ratio.incomplete()).isEmpty();
        assertThat(Sums.ratio(List.of(cut), true).value().absence()).isEqualTo(Absence.NOT_YET);
        assertThat(Sums.ratio(List.of(cut), false).value().value()).isEqualTo(5 / 6.0);
    }
}
