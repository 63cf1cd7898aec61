package dev.cairn.application.service;

import dev.cairn.domain.analysis.AnalysisQuery.AskedMetric;
import dev.cairn.domain.analysis.AnalysisQuery.AskedRange;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.guard.Guard;
import dev.cairn.domain.why.WhyQuery;
import dev.cairn.domain.why.WhyQuery.AskedCell;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What an alert says of a guard. */
final class GuardWords {
    /** Told by name. */
    private static final int MOST_ACCOUNTS = 10;

    private static final double LEAST_TOLD = 0.0001;

    private GuardWords() {}

    /** Whether there is enough data to tell: from then on the cycle is not looked at again. */
    static boolean isDecided(Guard guard) {
        return guard.state() == Guard.State.TRIPPED || guard.state() == Guard.State.QUIET;
    }

    /** Why a metric of the guard moved in its cycle, of all accounts. */
    static WhyQuery question(Guard guard, String metric, LocalDate before, Instant now) {
        return new WhyQuery(
                new AskedMetric(new MetricReference.ByKey(metric), null),
                new AskedCell(new AskedRange.Between(before, guard.from()), null),
                new AskedCell(new AskedRange.Between(guard.from(), guard.until()), null),
                null,
                null,
                null,
                List.of(),
                ZoneOffset.UTC,
                null,
                now,
                null,
                WhyQuery.DEPTH,
                MOST_ACCOUNTS);
    }

    /**
     * Both changes, and why.
     *
     * @param metric why the metric moved; null where that is not known
     * @param counter the same of its counter-metric
     */
    static String why(Guard guard, @Nullable String metric, @Nullable String counter) {
        return "%s got better (%s) while %s got worse (%s), each by more than chance does.%s%s"
                .formatted(
                        guard.metric(),
                        moved(Objects.requireNonNull(guard.metricMove()), true),
                        guard.counter(),
                        moved(Objects.requireNonNull(guard.counterMove()), false),
                        metric == null ? "" : " " + metric,
                        counter == null ? "" : " " + counter);
    }

    private static String moved(Guard.Move move, boolean better) {
        double p = better ? move.better() : move.worse();
        return String.format(
                Locale.ROOT,
                "%+.4g of %d accounts, p %s",
                move.change(),
                move.accounts(),
                p < LEAST_TOLD ? "below 0.0001" : String.format(Locale.ROOT, "%.4f", p));
    }
}
