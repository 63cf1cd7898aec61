package dev.cairn.adapters.terminal.display;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.guard.Guard;
import dev.cairn.domain.guard.Guard.Move;
import dev.cairn.domain.guard.Guard.State;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class GuardLinesTest {
    private static final LocalDate FROM = LocalDate.parse("2026-06-01");

    @Test
    void pairs_are_a_table_with_the_days_and_what_p_has_to_be_below() {
        var tripped =
                new Guard(
                        "first_reply_time",
                        "reopen_rate",
                        State.TRIPPED,
                        FROM,
                        FROM.plusMonths(1),
                        new Move(-4.594, 0.00012, 0.99988, 79),
                        new Move(0.17978, 0.998, 0.002, 150),
                        0.05 / 12,
                        null,
                        FROM.minusMonths(1),
                        Instant.EPOCH);
        var untested =
                new Guard(
                        "leads",
                        "win_rate",
                        State.NOT_ENOUGH_DATA,
                        FROM,
                        FROM.plusMonths(1),
                        null,
                        null,
                        0.05 / 12,
                        "Few.",
                        null,
                        Instant.EPOCH);
        var lines =
                new GuardLines(List.of(tripped, untested)).lines(new Screen(200, Glyphs.UNICODE));
        assertThat(lines.getFirst())
                .isEqualTo(
                        "2026-06-01 to 2026-06-30 beside the cycle before; p has to be below 0.0042.");
        assertThat(lines.stream().map(line -> line.replaceAll(" +", " ").strip()))
                .contains(
                        "first_reply_time tripped 2026-05-01 -4.594 0.0001 reopen_rate +0.180 0.0020",
                        "leads not enough data - - win_rate - -");
    }

    @Test
    void a_catalogue_without_pairs_says_so() {
        assertThat(new GuardLines(List.of()).lines(new Screen(80, Glyphs.UNICODE)))
                .containsExactly("No metric names a counter-metric.");
    }
}
