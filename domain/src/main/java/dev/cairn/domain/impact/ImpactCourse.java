package dev.cairn.domain.impact;

import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.AnalysisResult.Role;
import dev.cairn.domain.analysis.AnalysisResult.Row;
import dev.cairn.domain.impact.Impact.Step;
import dev.cairn.domain.impact.ImpactWindows.Days;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How the metrics went, by weeks or days: answers of {@link ImpactQuestion#course}.
 *
 * @param compared null: there is nothing to compare with
 */
public record ImpactCourse(AnalysisResult treated, @Nullable AnalysisResult compared) {
    private record Found(@Nullable Double value, boolean incomplete) {
        private static final Found NONE = new Found(null, false);
    }

    /**
     * @param perAccount whether the metric adds up over accounts, and is taken through how many there were
     */
    List<Step> steps(int metric, boolean perAccount, int days) {
        var own = values(treated, metric, perAccount);
        var others = compared == null ? own : values(compared, metric, perAccount);
        var steps = new ArrayList<Step>();
        own.forEach((from, value) -> {
            var other = compared == null ? Found.NONE : others.getOrDefault(from, Found.NONE);
            steps.add(
                    new Step(
                            new Days(from, from.plusDays(days)),
                            value.value(),
                            other.value(),
                            value.incomplete() || other.incomplete()));
        });
        return steps;
    }

    private static SortedMap<LocalDate, Found> values(
            AnalysisResult answer, int metric, boolean perAccount) {
        var measures = new ArrayList<Integer>();
        for (int at = 0; at < answer.columns().size(); at++) {
            if (answer.columns().get(at).role() == Role.MEASURE) {
                measures.add(at);
            }
        }
        var values = new TreeMap<LocalDate, Found>();
        for (var row : answer.rows()) {
            if (row.cells().getFirst() instanceof Cell.Time(var label, _, _, _)
                    && label instanceof LocalDate from) {
                var value = found(row, measures.get(metric));
                values.put(
                        from, perAccount ? through(value, found(row, measures.getLast())) : value);
            }
        }
        return values;
    }

    private static Found found(Row row, int column) {
        return row.cells().get(column) instanceof Cell.Value(var value, var incomplete)
                ? new Found(
                        value.value() instanceof Number number
                                ? (Double) number.doubleValue()
                                : null,
                        !incomplete.isEmpty())
                : Found.NONE;
    }

    private static Found through(Found value, Found accounts) {
        return value.value() == null || accounts.value() == null || accounts.value() == 0
                ? Found.NONE
                : new Found(value.value() / accounts.value(), value.incomplete());
    }
}
