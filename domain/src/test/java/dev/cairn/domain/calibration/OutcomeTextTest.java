package dev.cairn.domain.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutcomeTextTest {
    private static final Place OUTCOME = Place.of("within", "outcome");

    private static Problem at(Place place, int line, int column) {
        return Problem.of(ProblemCode.UNKNOWN_FIELD, place.at(line, column), "No 'zzz'.");
    }

    @Test
    void problem_of_both_copies_is_told_once_where_it_was_written() {
        var text = new OutcomeText("mrr >\n zzz");
        assertThat(text.formula().lines().toList().get(2)).isEqualTo(" zzz");
        assertThat(text.formula().lines().toList().get(5)).isEqualTo(" zzz");
        assertThat(text.placed(List.of(at(OUTCOME, 3, 2), at(OUTCOME, 6, 2))))
                .containsExactly(at(OUTCOME, 2, 2));
    }

    @Test
    void problems_of_other_parts_and_of_no_line_stay_as_they_are() {
        var others =
                List.of(
                        at(Place.of("score"), 9, 1),
                        Problem.of(ProblemCode.UNTRUSTED, OUTCOME, "Not trusted."));
        assertThat(new OutcomeText("zzz").placed(others)).isEqualTo(others);
    }
}
