package dev.cairn.domain.impact;

import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.AnalysisResult.Role;
import dev.cairn.domain.analysis.AnalysisResult.Row;
import dev.cairn.domain.impact.Impact.Placebos;
import dev.cairn.domain.statistics.Estimate;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Moves of a metric at days when there was no change, by weeks: how far from the window before to that after, as at the change.
 *
 * <p>Where windows are longer than a week they overlap, and moves of near days are alike: that none of 20 is as large as that at the change, which stands at the end of all, is then no chance of 1 in 21.
 * So the move has to be far in the measure of the others, too: Student's test of it by their root mean square, with a degree of freedom for each span that does not overlap.
 */
final class PlaceboMoves {
    private PlaceboMoves() {}

    /**
     * @param perAccount whether the metric adds up over accounts, and is taken through how many there were
     * @return null where it is not known how far it moved at the change itself
     */
    static @Nullable Placebos of(
            ImpactQuestion question, AnalysisResult answer, boolean perAccount) {
        var byEnd = new HashMap<LocalDate, Double>();
        for (var row : answer.rows()) {
            if (row.cells().getFirst() instanceof Cell.Time(var label, _, _, _)
                    && label instanceof LocalDate start) {
                double value = value(answer, row, perAccount);
                if (Double.isFinite(value)) {
                    byEnd.put(start.plusWeeks(1), value);
                }
            }
        }
        var changedOn = question.windows().changedOn();
        int weeks = question.weeksBetween();
        var own = move(byEnd, changedOn, weeks);
        if (own == null) {
            return null;
        }
        int dates = 0;
        int asLarge = 0;
        double squares = 0;
        var first = byEnd.keySet().stream().min(LocalDate::compareTo).orElse(changedOn);
        for (var day = changedOn.minusWeeks(weeks); !day.isBefore(first); day = day.minusWeeks(1)) {
            var move = move(byEnd, day, weeks);
            if (move != null) {
                dates++;
                asLarge += Math.abs(move) >= Math.abs(own) ? 1 : 0;
                squares += move * move;
            }
        }
        double byRank = (1.0 + asLarge) / (1.0 + dates);
        var bySize = new Estimate(own, Math.sqrt(squares / dates), (double) dates / weeks);
        return new Placebos(
                dates, asLarge, bySize.isTestable() ? Math.max(byRank, bySize.p()) : byRank);
    }

    private static @Nullable Double move(Map<LocalDate, Double> byEnd, LocalDate day, int weeks) {
        var before = byEnd.get(day);
        var after = byEnd.get(day.plusWeeks(weeks));
        return before == null || after == null ? null : (Double) (after - before);
    }

    private static double value(AnalysisResult answer, Row row, boolean perAccount) {
        double[] both = {Double.NaN, Double.NaN};
        int seen = 0;
        for (int at = 0; at < answer.columns().size(); at++) {
            if (answer.columns().get(at).role() == Role.MEASURE
                    && row.cells().get(at) instanceof Cell.Value(var value, var incomplete)) {
                if (incomplete.isEmpty() && value.value() instanceof Number number) {
                    both[seen] = number.doubleValue();
                }
                seen++;
            }
        }
        return perAccount ? both[0] / both[1] : both[0];
    }
}
