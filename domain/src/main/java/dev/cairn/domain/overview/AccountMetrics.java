package dev.cairn.domain.overview;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.AnalysisResult.Column;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Metrics of one account, each with its last periods and where it stands among its peers.
 *
 * @param periods first days of the periods, in order; the last is the one that values and standings are of
 * @param group what peers have in common with the account; null: they are all accounts, nobody asks, or the account did not exist in the last period
 * @param refused metrics that cannot be asked of one account, and why
 */
public record AccountMetrics(
        List<LocalDate> periods,
        @Nullable PeerGroup group,
        List<MetricOfAccount> metrics,
        List<Refused> refused) {
    public AccountMetrics {
        periods = List.copyOf(periods);
        metrics = List.copyOf(metrics);
        refused = List.copyOf(refused);
    }

    /**
     * What peers have in common.
     *
     * @param attribute as a dimension: {@code account.segment}
     * @param value as text; null: they have none
     */
    public record PeerGroup(String attribute, @Nullable String value) {}

    /**
     * A metric of the account.
     *
     * @param question that the values are an answer to, by which they are opened
     * @param trend a value for each period, the last that of now, with the key of its row
     * @param change the last value less the one before; null where one of them has none, and of what is no number
     * @param standing null where there is no value, or it is no number, or nobody asked; or the account is no peer: a test account, or one that did not exist in the period
     */
    public record MetricOfAccount(
            String metric,
            Column column,
            AnalysisQuery question,
            List<Point> trend,
            @Nullable Double change,
            @Nullable Standing standing) {
        public MetricOfAccount {
            trend = List.copyOf(trend);
        }

        /** Of the last period. */
        public Cell.Value value() {
            return trend.getLast().value();
        }
    }

    /** A value of a period, and the key of the row that it is in. */
    public record Point(LocalDate start, Cell.Value value, @Nullable String rowKey) {}

    /** A metric that is not shown. */
    public record Refused(String metric, String message) {}
}
