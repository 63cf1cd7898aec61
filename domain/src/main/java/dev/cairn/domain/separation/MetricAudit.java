package dev.cairn.domain.separation;

import dev.cairn.domain.model.Grade;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.separation.Separation.Code;
import dev.cairn.domain.separation.Separation.Reason;
import dev.cairn.domain.separation.Separation.Strength;
import dev.cairn.domain.separation.Separation.Time;
import dev.cairn.domain.separation.Separation.Trivial;
import dev.cairn.domain.separation.Separation.Verdict;
import dev.cairn.domain.statistics.Auc;
import dev.cairn.domain.statistics.ManyTests;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All metrics that an account can have, held against one success.
 *
 * @param trivial what tells as much without any metric
 * @param rows those that separate first, by how well; then those of which too little is known
 * @param refused metrics that were not read, with the reason
 */
public record MetricAudit(
        String success, Time time, List<Trivial> trivial, List<Row> rows, List<Refused> refused) {
    private static final double ALARM = 0.05;

    public MetricAudit {
        trivial = List.copyOf(trivial);
        rows = List.copyOf(rows);
        refused = List.copyOf(refused);
    }

    /**
     * A metric.
     *
     * @param strength of its AUC
     * @param p the chance of such an AUC where nothing can be told, corrected for all metrics of the audit by Holm; null where there is no AUC
     * @param moved share of accounts whose value was another in the time as long before; null where days are counted from a date of the account, or no account has both
     * @param sources that it reads, near or far, in the order of their names
     * @param gaps what is not said of it, and has to be for somebody to act on it
     */
    public record Row(
            Metric metric,
            Strength strength,
            @Nullable Double p,
            @Nullable Double moved,
            List<SourceGrade> sources,
            Verdict verdict,
            List<Reason> reasons,
            Set<Gap> gaps) {
        public Row {
            sources = List.copyOf(sources);
            reasons = List.copyOf(reasons);
            gaps = gaps.isEmpty() ? Set.of() : Set.copyOf(gaps);
        }

        /** The worst grade of the sources that it reads; null where none of them has one. */
        public @Nullable Grade trust() {
            return sources.stream()
                    .map(SourceGrade::grade)
                    .filter(Objects::nonNull)
                    .max(Comparator.naturalOrder())
                    .orElse(null);
        }
    }

    /**
     * How far a source can be trusted.
     *
     * @param grade null: nothing is expected of it, so nothing was looked at
     */
    public record SourceGrade(String source, @Nullable Grade grade) {
        boolean isTrusted() {
            return grade != null && !grade.isBelow(Grade.B);
        }
    }

    /** What a metric lacks. */
    public enum Gap {
        /** Nobody answers for it. */
        OWNER,
        /** No decision is said that it serves. */
        DECISION,
        /** No band says from which value on something is done. */
        THRESHOLD,
        /** Nothing is to be reached. */
        TARGET,
        /** No metric guards it, and no reason is given. */
        COUNTER,
        /** For a tenth of accounts at most it was another in the time before: nobody sees within a cycle whether work helps. */
        DOES_NOT_MOVE,
        /** Of a source that it reads a check fails, or nothing is expected, so that nobody looks at it. */
        TRUST
    }

    /** A metric that was not read. */
    public record Refused(String metric, String reason) {}

    /** A share of accounts up to which a metric does not move. */
    private static final double STILL = 0.1;

    /** What is not said of a metric. */
    static Set<Gap> gaps(
            Metric metric, boolean hasTarget, @Nullable Double moved, List<SourceGrade> sources) {
        var gaps = EnumSet.noneOf(Gap.class);
        if (metric.owner() == null) {
            gaps.add(Gap.OWNER);
        }
        if (metric.notes().decision() == null) {
            gaps.add(Gap.DECISION);
        }
        if (metric.bands().isEmpty()) {
            gaps.add(Gap.THRESHOLD);
        }
        if (!hasTarget) {
            gaps.add(Gap.TARGET);
        }
        if (metric.counter() == null && metric.notes().noCounter() == null) {
            gaps.add(Gap.COUNTER);
        }
        if (moved != null && moved <= STILL) {
            gaps.add(Gap.DOES_NOT_MOVE);
        }
        if (!sources.stream().allMatch(SourceGrade::isTrusted)) {
            gaps.add(Gap.TRUST);
        }
        return gaps;
    }

    /** The rows corrected for their number, in order. */
    public static List<Row> ranked(List<Row> rows) {
        var chances =
                ManyTests.holm(rows.stream().map(row -> chance(row.strength().auc())).toList());
        var corrected = new ArrayList<Row>();
        for (int at = 0; at < rows.size(); at++) {
            corrected.add(corrected(rows.get(at), chances.get(at)));
        }
        corrected.sort(
                Comparator.comparing((Row row) -> row.verdict() == Verdict.NOT_ENOUGH_DATA)
                        .thenComparing(row -> -strength(row.strength().auc()))
                        .thenComparing(row -> row.metric().name()));
        return corrected;
    }

    private static double chance(@Nullable Auc auc) {
        return auc == null ? Double.NaN : auc.p();
    }

    private static double strength(@Nullable Auc auc) {
        return auc == null ? 0 : auc.strength();
    }

    private static Row corrected(Row row, double p) {
        var reasons = new ArrayList<>(row.reasons());
        var verdict = row.verdict();
        if (verdict == Verdict.ACTIONABLE && !(p <= ALARM)) {
            verdict = Verdict.WEAK;
            reasons.add(
                    new Reason(
                            Code.NOT_AFTER_CORRECTION,
                            String.format(
                                    Locale.ROOT,
                                    "Among so many metrics one like it is found by chance (p %.2f).",
                                    p)));
        }
        return new Row(
                row.metric(),
                row.strength(),
                Double.isNaN(p) ? null : p,
                row.moved(),
                row.sources(),
                verdict,
                reasons,
                row.gaps());
    }
}
