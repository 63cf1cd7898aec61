package dev.cairn.domain.planner;

import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.AnalysisResult.Notice;
import dev.cairn.domain.analysis.Measured;
import dev.cairn.domain.model.Baseline;
import dev.cairn.domain.model.Target.ScopeKey;
import dev.cairn.domain.planner.Standards.Standard;
import dev.cairn.domain.standing.BaselineTest;
import dev.cairn.domain.standing.BaselinesOfMetric;
import dev.cairn.domain.standing.RowScope;
import dev.cairn.domain.time.Bucket;
import dev.cairn.domain.time.BusinessCalendar;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says of the values of one column how far they are from the baselines that were kept of its metric. One answer's: it remembers which were used. */
final class BaselineStandings {
    /** Code of the notice which baselines values stand beside. */
    static final String BASELINES = "BASELINES";

    /** Code of the notice that no baseline stands beside any of a column's values. */
    static final String NO_BASELINE = "NO_BASELINE";

    /** Code of the notice that a metric means something else than when its baseline was kept. */
    static final String BASELINE_REDEFINED = "BASELINE_REDEFINED";

    /** Code of the notice that what a metric reads was declared anew since its baseline was kept. */
    static final String BASELINE_DECLARED_SINCE = "BASELINE_DECLARED_SINCE";

    /** Code of the notice why it is not known of values whether they differ from a baseline beyond chance. */
    static final String BASELINE_NOT_TESTED = "BASELINE_NOT_TESTED";

    private final Standard standard;
    private final KeptBaselines kept;
    private final ZoneId zone;
    private final List<Baseline> known;
    private final BaselinesOfMetric comparable;
    private final TreeMap<String, Baseline> used = new TreeMap<>();
    private final TreeSet<String> lacking = new TreeSet<>();

    /** @param kept of the column's metric; those that were kept after as-of, or what is known then, are not told of in any way, and none is to who sees only some accounts */
    BaselineStandings(Standard standard, KeptBaselines kept, Planned.Ready ready, ZoneId zone) {
        this.standard = standard;
        this.kept = kept;
        this.zone = zone;
        var time = ready.plan().time();
        this.known =
                kept.all().stream()
                        .filter(_ -> !ready.standards().scoped())
                        .filter(baseline -> !baseline.kept().isAfter(time.asOf()))
                        .filter(baseline ->
                                time.knownAt() == null || !baseline.kept().isAfter(time.knownAt()))
                        .toList();
        this.comparable =
                new BaselinesOfMetric(
                        known.stream()
                                .filter(baseline -> baseline.isIn(zone))
                                .filter(baseline -> !kept.redefined().containsKey(baseline.name()))
                                .toList(),
                        new BusinessCalendar(zone));
    }

    /** The baseline, how far the value is from it, and that as a part of it; and, where it is asked how far values may be off, whether it is more than chance. */
    List<Cell> cells(RowScope rows, Bucket bucket, Measured measured, boolean isComplete) {
        var baseline = of(rows, bucket).orElse(null);
        if (baseline == null) {
            return Collections.nCopies(standard.tested() ? 7 : 3, new Cell.Standing(null));
        }
        used.put(baseline.name(), baseline);
        var difference = difference(measured.value(), baseline.value());
        var cells = new ArrayList<Cell>();
        cells.add(new Cell.Standing(baseline.value()));
        cells.add(new Cell.Standing(difference));
        cells.add(
                new Cell.Standing(
                        difference == null || baseline.value().signum() == 0
                                ? null
                                : (Double)
                                        (difference.doubleValue()
                                                / Math.abs(baseline.value().doubleValue()))));
        if (standard.tested()) {
            cells.addAll(
                    difference == null
                            ? Collections.nCopies(4, new Cell.Standing(null))
                            : tested(
                                    isOfItsOwnDays(baseline, bucket)
                                            ? BaselineTest.ofItsOwnDays(baseline)
                                            : BaselineTest.of(
                                                    baseline, measured.uncertainty(), isComplete)));
        }
        return cells;
    }

    /** One that was measured elsewhere, of no version, is a sample of its own whatever its days. */
    private static boolean isOfItsOwnDays(Baseline baseline, Bucket bucket) {
        return baseline.metricVersion() != null
                && baseline.from().equals(bucket.startDate())
                && baseline.until().equals(bucket.endDate());
    }

    /** Empty where there is none. */
    Optional<Baseline> of(RowScope rows, Bucket bucket) {
        return comparable.of(rows, bucket);
    }

    /** What their rows are named by. */
    List<ScopeKey> named() {
        return comparable.baselines().stream()
                .flatMap(baseline -> baseline.scope().stream())
                .toList();
    }

    private List<Cell> tested(BaselineTest test) {
        if (test.lacking() != null) {
            lacking.add(test.lacking());
        }
        var estimate = test.difference();
        return List.of(
                new Cell.Standing(estimate == null ? null : (Double) estimate.interval().low()),
                new Cell.Standing(estimate == null ? null : (Double) estimate.interval().high()),
                new Cell.Standing(estimate == null ? null : (Double) estimate.p()),
                new Cell.Standing(test.verdict().name()));
    }

    private static @Nullable Number difference(@Nullable Object value, BigDecimal baseline) {
        return switch (value) {
            case BigDecimal exact -> exact.subtract(baseline);
            case Number number -> (Number) (number.doubleValue() - baseline.doubleValue());
            case null, default -> null;
        };
    }

    List<Notice> notices() {
        var column = standard.column().key();
        var notices = new ArrayList<Notice>();
        if (!used.isEmpty()) {
            notices.add(
                    new Notice(
                            BASELINES,
                            "The baselines of '%s': %s."
                                    .formatted(
                                            column,
                                            used.values().stream()
                                                    .map(BaselineStandings::words)
                                                    .collect(Collectors.joining("; "))),
                            column));
        }
        for (var baseline : known) {
            var redefined = kept.redefined().get(baseline.name());
            if (redefined != null) {
                notices.add(
                        new Notice(
                                BASELINE_REDEFINED,
                                redefined
                                        + ": values are not compared with it. Keep it anew, or remove it.",
                                column));
            }
            var declared = kept.declared().getOrDefault(baseline.name(), Set.of());
            if (used.containsKey(baseline.name()) && !declared.isEmpty()) {
                notices.add(
                        new Notice(
                                BASELINE_DECLARED_SINCE,
                                "Since '%s' was kept (%s), what '%s' reads was declared anew: %s. Whether both mean the same, the declarations say."
                                        .formatted(
                                                baseline.name(),
                                                baseline.kept(),
                                                baseline.metric(),
                                                quoted(declared)),
                                column));
            }
        }
        if (!lacking.isEmpty()) {
            notices.add(
                    new Notice(
                            BASELINE_NOT_TESTED,
                            "Whether '%s' differs from its baseline beyond chance is not known of every value: %s."
                                    .formatted(column, String.join("; ", lacking)),
                            column));
        }
        if (used.isEmpty()) {
            notices.add(new Notice(NO_BASELINE, none(), column));
        }
        return notices;
    }

    private static String quoted(Set<String> names) {
        return names.stream()
                .sorted()
                .map(name -> "'" + name + "'")
                .collect(Collectors.joining(", "));
    }

    private static String words(Baseline baseline) {
        return "%s (%s%s%s for %s, %s, kept %s%s)"
                .formatted(
                        baseline.name(),
                        rounded(baseline.value(), 10),
                        baseline.sampleSize() == null ? "" : " of " + baseline.sampleSize(),
                        baseline.standardError() == null
                                ? ""
                                : ", standard error " + rounded(baseline.standardError(), 4),
                        baseline.of(),
                        baseline.period(),
                        baseline.kept(),
                        baseline.asOf() == null ? "" : " as of " + baseline.asOf());
    }

    private static String rounded(BigDecimal number, int digits) {
        return number.round(new MathContext(digits)).stripTrailingZeros().toPlainString();
    }

    private String none() {
        var others =
                known.stream()
                        .filter(baseline -> !kept.redefined().containsKey(baseline.name()))
                        .map(baseline ->
                                "%s (for %s, %s%s%s)"
                                        .formatted(
                                                baseline.name(),
                                                baseline.of(),
                                                baseline.period(),
                                                baseline.level() ? ", a level" : "",
                                                baseline.isIn(zone)
                                                        ? ""
                                                        : ", in " + baseline.zone()))
                        .collect(Collectors.joining("; "));
        return others.isEmpty()
                ? "No baseline of '%s' was kept that values can be compared with."
                        .formatted(standard.metric().name())
                : "No baseline of '%s' stands beside these values. It stands beside those of exactly its rows, of a time as long (or of any, if it is a level) that does not begin before it, in its time zone: %s."
                        .formatted(standard.column().key(), others);
    }
}
