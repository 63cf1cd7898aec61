package dev.cairn.domain.why;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.Absence;
import dev.cairn.domain.analysis.ScoreChange;
import dev.cairn.domain.analysis.ScoreChange.PartChange;
import dev.cairn.domain.analysis.ScoreChange.Score;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScoreSentenceTest {
    private static final Score WAS = new Score(60.0, null, "yellow", Set.of());

    @Test
    void the_parts_that_did_most_come_first() {
        var change =
                new ScoreChange(
                        WAS,
                        new Score(54.5, null, "yellow", Set.of()),
                        -5.5,
                        List.of(
                                new PartChange("usage", 20.0, 22.5, 2.5),
                                new PartChange("seats", 10.0, 9.9, -0.1),
                                new PartChange("urgent", 15.0, 7.1, -7.9)));

        // Seats did less than a twentieth of 5.5.
        assertThat(ScoreSentence.of("health", change))
                .isEqualTo("health fell by 5.5, from 60 to 54.5: -7.9 by urgent, +2.5 by usage.");
    }

    @Test
    void what_has_no_score_on_one_of_the_days_did_not_move() {
        var change =
                new ScoreChange(
                        WAS, new Score(null, Absence.NO_DATA, null, Set.of()), null, List.of());
        assertThat(ScoreSentence.of("health", change)).isNull();
    }
}
