package dev.cairn.domain.why;

import dev.cairn.domain.analysis.AnalysisResult.Notice;
import dev.cairn.domain.analysis.Incomplete;
import dev.cairn.domain.model.Metric.MetricUnit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Why a value moved.
 *
 * @param metric its name, or the formula
 * @param label for people
 * @param unit of the value and of all that contributes to the change; null where it has none
 * @param currency ISO 4217, of money; null for others
 * @param sentence what moved it most, in words
 * @param whole the change; its pieces add up to it
 * @param from of the cell that it moved from
 * @param to of the other
 * @param asOf what counted as now
 * @param notices about the values and about what could not be split, each once
 */
public record Why(
        String metric,
        String label,
        @Nullable MetricUnit unit,
        @Nullable String currency,
        String sentence,
        Piece whole,
        Value from,
        Value to,
        Instant asOf,
        List<Notice> notices) {
    public Why {
        notices = List.copyOf(notices);
    }

    /**
     * Of a cell.
     *
     * @param incompleteBecause why it may still change; empty: it is complete
     */
    public record Value(double value, Set<Incomplete> incompleteBecause) {
        public Value {
            incompleteBecause = Incomplete.copyOf(incompleteBecause);
        }
    }

    public double change() {
        return to.value() - from.value();
    }

    /** How the pieces of another are made: pieces of one kind of one piece add up to it. */
    public enum Axis {
        /** It is the whole. */
        WHOLE,
        /** Along the formula. */
        FORMULA,
        /** By the dimensions that were asked for. */
        GROUP,
        /** By what accounts did. */
        ACCOUNT
    }

    /**
     * A piece in the list of all.
     *
     * @param number from 0, in the order of the list
     * @param parent number of the piece that it is a part of; null for the whole
     * @param level how deep it is; 0 for the whole
     */
    public record Line(int number, @Nullable Integer parent, int level, Axis axis, Piece piece) {}

    /** All pieces, each before those that it is made of. */
    public List<Line> lines() {
        var lines = new ArrayList<Line>();
        add(lines, whole, null, 0, Axis.WHOLE);
        return lines;
    }

    private static void add(
            List<Line> lines, Piece piece, @Nullable Integer parent, int level, Axis axis) {
        int number = lines.size();
        lines.add(new Line(number, parent, level, axis, piece));
        piece.parts().forEach(part -> add(lines, part, number, level + 1, Axis.FORMULA));
        piece.groups().forEach(group -> add(lines, group, number, level + 1, Axis.GROUP));
        piece.members().forEach(member -> add(lines, member, number, level + 1, Axis.ACCOUNT));
    }
}
