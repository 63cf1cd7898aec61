package dev.cairn.adapters.terminal.display;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.analysis.Incomplete;
import dev.cairn.domain.why.Piece;
import dev.cairn.domain.why.Piece.Kind;
import dev.cairn.domain.why.Piece.Moved;
import dev.cairn.domain.why.Why;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WhyLinesTest {
    private static Piece members(String what, Kind kind, double contribution, Moved... moved) {
        return new Piece(
                what,
                kind,
                null,
                null,
                contribution,
                moved.length,
                List.of(),
                List.of(),
                List.of(),
                List.of(moved));
    }

    private static List<String> lines(Why.Value to) {
        var whole =
                new Piece(
                        "events",
                        Kind.WHOLE,
                        10.0,
                        6.0,
                        -4,
                        2,
                        List.of(),
                        List.of(),
                        List.of(
                                members(
                                        "accounts that left",
                                        Kind.LEFT,
                                        -8,
                                        new Moved(GroupValue.of("A1"), 8.0, null, -8.0)),
                                members(
                                        "accounts in both",
                                        Kind.CHANGED,
                                        4,
                                        new Moved(GroupValue.of("A2"), 2.0, 6.0, 4.0))),
                        List.of());
        var why =
                new Why(
                        "events",
                        "Events",
                        null,
                        null,
                        "events fell by 4.",
                        whole,
                        new Why.Value(10, Set.of()),
                        to,
                        Instant.EPOCH,
                        List.of());
        return new WhyLines(why).lines(new Screen(60, Glyphs.UNICODE));
    }

    @Test
    void the_sentence_comes_first_then_the_pieces_with_their_accounts_then_bars() {
        var lines = lines(new Why.Value(6, Set.of()));

        assertThat(lines.getFirst()).isEqualTo("events fell by 4.");
        assertThat(lines)
                .anyMatch(line -> line.matches("  accounts that left +left +-8.* 1"))
                .anyMatch(line -> line.matches("    A1 +account +8 +-8.*"));
        var bars = lines.subList(lines.lastIndexOf("") + 1, lines.size());
        assertThat(bars).hasSize(3);
        long left = bars.get(0).chars().filter(at -> at == '█').count();
        long right = bars.get(1).chars().filter(at -> at == '█').count();
        assertThat(bars.get(0)).contains("accounts that left", "█│");
        assertThat(bars.get(1)).contains("accounts in both", "│█");
        assertThat((double) left / right).isBetween(1.7, 2.3);
    }

    @Test
    void a_value_that_may_still_change_is_said() {
        assertThat(lines(new Why.Value(6, Set.of(Incomplete.BUCKET_NOT_OVER))))
                .contains("The value of to is incomplete: bucket not over.");
    }
}
