package dev.cairn.domain.model;

import dev.cairn.domain.model.Target.ScopeKey;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value of a metric as it was answered once, which later values stand beside. It is never computed anew.
 *
 * @param metric by name
 * @param metricVersion of the metric when it was kept; null: it was not kept from an answer of it, and nothing is known of how it was measured
 * @param value in the unit of the metric
 * @param sampleSize observations under it; null where it has none
 * @param standardError in the unit of the metric; null where there is none
 * @param from first local date of what it is of, in
 * @param until last local date, out
 * @param zone in which those dates begin
 * @param scope of which rows; empty: of the company
 * @param level whether values of a time of any length stand beside it; else of a time as long
 * @param kept when: no answer of what was known before has it
 * @param asOf what counted as now; null: when it was kept
 */
public record Baseline(
        String name,
        String label,
        String description,
        String metric,
        @Nullable Integer metricVersion,
        BigDecimal value,
        @Nullable Long sampleSize,
        @Nullable BigDecimal standardError,
        LocalDate from,
        LocalDate until,
        ZoneId zone,
        List<ScopeKey> scope,
        boolean level,
        Instant kept,
        @Nullable Instant asOf)
        implements Definition {
    public Baseline {
        scope =
                List.copyOf(
                        scope.stream()
                                .sorted(
                                        Comparator.comparing(ScopeKey::dimension)
                                                .thenComparing(ScopeKey::value))
                                .toList());
        kept = kept.truncatedTo(ChronoUnit.MICROS);
        asOf = asOf == null ? null : asOf.truncatedTo(ChronoUnit.MICROS);
    }

    /** As people read it: {@code the company}, or the keys. */
    public String of() {
        return ScopeKey.text(scope);
    }

    /** The same under another name, which is its label too where that was its name. */
    public Baseline named(String other) {
        return new Baseline(
                other,
                label.equals(name) ? other : label,
                description,
                metric,
                metricVersion,
                value,
                sampleSize,
                standardError,
                from,
                until,
                zone,
                scope,
                level,
                kept,
                asOf);
    }

    /** As people read it: {@code from 2026-01-01 until 2026-04-01}. */
    public String period() {
        return "from %s until %s".formatted(from, until);
    }

    /** Whole months of what it is of; 0 where it does not begin and end with a month. */
    public long months() {
        return months(from, until);
    }

    /** Days of what it is of. */
    public long days() {
        return ChronoUnit.DAYS.between(from, until);
    }

    /** Whole months between two dates; 0 where one of them begins none. */
    public static long months(LocalDate from, LocalDate until) {
        return from.getDayOfMonth() == 1 && until.getDayOfMonth() == 1
                ? Period.between(from, until).toTotalMonths()
                : 0;
    }

    /** Whether its days are those of a zone, under whatever name of it: UTC is Z. */
    public boolean isIn(ZoneId days) {
        return zone.normalized().equals(days.normalized());
    }

    /** Whether there are values that both would stand beside. */
    public boolean standsWhere(Baseline other) {
        return metric.equals(other.metric)
                && scope.equals(other.scope)
                && isIn(other.zone)
                && level == other.level
                && (level
                        || days() == other.days()
                        || (months() > 0 && months() == other.months()));
    }

    @Override
    public String meaning() {
        return "%s version %s %s of %s error %s %s %s %s in %s%s kept %s as of %s"
                .formatted(
                        metric,
                        metricVersion,
                        value.stripTrailingZeros().toPlainString(),
                        sampleSize,
                        standardError == null
                                ? null
                                : standardError.stripTrailingZeros().toPlainString(),
                        of(),
                        from,
                        until,
                        zone,
                        level ? " level" : "",
                        kept,
                        asOf);
    }
}
