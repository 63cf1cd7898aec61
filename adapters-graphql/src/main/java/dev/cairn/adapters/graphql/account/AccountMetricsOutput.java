package dev.cairn.adapters.graphql.account;

import dev.cairn.adapters.graphql.analysis.CellOutput;
import dev.cairn.adapters.graphql.catalog.MetricOutput;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.overview.AccountMetrics;
import dev.cairn.domain.overview.AccountMetrics.MetricOfAccount;
import dev.cairn.domain.overview.AccountMetrics.PeerGroup;
import dev.cairn.domain.overview.AccountMetrics.Point;
import dev.cairn.domain.overview.AccountMetrics.Refused;
import dev.cairn.domain.overview.Standing;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Metrics of an account. */
record AccountMetricsOutput(AccountMetrics answer, Catalog catalog) {
    public List<LocalDate> periods() {
        return answer.periods();
    }

    public @Nullable PeerGroup peerGroup() {
        return answer.group();
    }

    public List<AccountMetricOutput> metrics() {
        return answer.metrics().stream()
                .flatMap(metric ->
                        MetricOutput.in(catalog, metric.metric()).stream()
                                .map(defined -> new AccountMetricOutput(metric, defined)))
                .toList();
    }

    public List<Refused> refused() {
        return answer.refused();
    }

    /** A metric of an account. */
    record AccountMetricOutput(MetricOfAccount of, MetricOutput metric) {
        public @Nullable String currency() {
            return of.column().currency();
        }

        public CellOutput value() {
            return trend().getLast();
        }

        public List<CellOutput> trend() {
            return of.trend().stream().map(this::cell).toList();
        }

        public @Nullable Double change() {
            return of.change();
        }

        public @Nullable Standing standing() {
            return of.standing();
        }

        private CellOutput cell(Point point) {
            return new CellOutput(of.column().key(), point.value(), of.question(), point.rowKey());
        }
    }
}
