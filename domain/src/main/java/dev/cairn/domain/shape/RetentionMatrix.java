package dev.cairn.domain.shape;

import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.AnalysisResult.Row;
import java.util.List;

/**
 * Who came back.
 *
 * @param brackets the ages, a column each
 * @param cohorts those who started, a row for each period and group, in the order of time
 * @param averages of each group over its cohorts, and of all groups last; an age counts the cohorts that have reached it. Their rows have no keys
 * @param table the same, averages as totals
 */
public record RetentionMatrix(
        List<Retention.Bracket> brackets,
        List<Cohort> cohorts,
        List<Cohort> averages,
        AnalysisResult table)
        implements Shaped {
    public RetentionMatrix {
        brackets = List.copyOf(brackets);
        cohorts = List.copyOf(cohorts);
        averages = List.copyOf(averages);
    }

    /**
     * Those who started in a period.
     *
     * @param row of the table
     * @param size how many
     * @param ages in the order of the brackets: a share, with what was divided by what. NOT_YET: time has not reached it
     */
    public record Cohort(Row row, Cell.Value size, List<Cell.Value> ages) {
        public Cohort {
            ages = List.copyOf(ages);
        }
    }
}
