package dev.cairn.domain.analysis;

import dev.cairn.domain.time.AskedGrain;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A question, as asked: nothing in it has been looked up.
 *
 * @param groupBy dimensions
 * @param grain time axis; null: one value per group for the whole range
 * @param zone that days are cut in
 * @param weekStarts the first day of a week; null: as it is configured, else Monday
 * @param filter rows to take in, built by a program
 * @param where rows to take in, as a formula; with filter, both must hold
 * @param cohort only accounts of it
 * @param compareTo another time that each metric is asked for too; null: none
 * @param having condition on computed values
 * @param asOf instant that counts as now, to the microsecond; null: {@code knownAt} where it is given, else now
 * @param knownAt instant by which facts had been recorded that are read, to the microsecond; null: what is known now
 * @param totals rows of totals too
 * @param first rows a page
 * @param after cursor of the last row had
 * @param fillGaps rows for buckets with no data too
 * @param top only these groups; null: all
 * @param uncertainty how far each value may be off, too
 * @param keys of rows, too, by which their cells are opened
 * @param targets of metrics too, and how their values stand to them
 * @param baselines that were kept of metrics too, and how far their values are from them
 */
public record AnalysisQuery(
        List<AskedMetric> metrics,
        List<String> groupBy,
        @Nullable AskedGrain grain,
        AskedRange range,
        ZoneId zone,
        @Nullable DayOfWeek weekStarts,
        @Nullable Filter filter,
        @Nullable String where,
        @Nullable CohortReference cohort,
        @Nullable Comparison compareTo,
        @Nullable Filter having,
        @Nullable Instant asOf,
        @Nullable Instant knownAt,
        boolean totals,
        List<OrderBy> orderBy,
        int first,
        @Nullable String after,
        boolean fillGaps,
        @Nullable TopGroups top,
        boolean uncertainty,
        boolean keys,
        boolean targets,
        boolean baselines) {
    /** Of a page, where nobody says how many. */
    public static final int ROWS = 1000;

    public AnalysisQuery {
        metrics = List.copyOf(metrics);
        groupBy = List.copyOf(groupBy);
        orderBy = List.copyOf(orderBy);
        asOf = asOf == null ? null : asOf.truncatedTo(ChronoUnit.MICROS);
        knownAt = knownAt == null ? null : knownAt.truncatedTo(ChronoUnit.MICROS);
    }

    /** Without grain, groups, conditions and totals, the first {@link #ROWS} rows, with their keys. */
    public static AnalysisQuery of(List<AskedMetric> metrics, AskedRange range, ZoneId zone) {
        return new AnalysisQuery(
                metrics, List.of(), null, range, zone, null, null, null, null, null, null, null,
                null, false, List.of(), ROWS, null, true, null, false, true, false, false);
    }

    public AnalysisQuery withMetrics(List<AskedMetric> other) {
        return changed(to -> to.metrics = other);
    }

    public AnalysisQuery withGroupBy(List<String> other) {
        return changed(to -> to.groupBy = other);
    }

    public AnalysisQuery withGrain(@Nullable AskedGrain other) {
        return changed(to -> to.grain = other);
    }

    public AnalysisQuery withRange(AskedRange other) {
        return changed(to -> to.range = other);
    }

    public AnalysisQuery withZone(ZoneId other) {
        return changed(to -> to.zone = other);
    }

    public AnalysisQuery withWeekStarts(@Nullable DayOfWeek other) {
        return changed(to -> to.weekStarts = other);
    }

    /** The first day of a week. */
    public DayOfWeek weekBegins() {
        return weekStarts == null ? DayOfWeek.MONDAY : weekStarts;
    }

    public AnalysisQuery withFilter(@Nullable Filter other) {
        return changed(to -> to.filter = other);
    }

    public AnalysisQuery withWhere(@Nullable String other) {
        return changed(to -> to.where = other);
    }

    public AnalysisQuery withCohort(@Nullable CohortReference other) {
        return changed(to -> to.cohort = other);
    }

    public AnalysisQuery withCompareTo(@Nullable Comparison other) {
        return changed(to -> to.compareTo = other);
    }

    public AnalysisQuery withHaving(@Nullable Filter other) {
        return changed(to -> to.having = other);
    }

    public AnalysisQuery withAsOf(@Nullable Instant other) {
        return changed(to -> to.asOf = other);
    }

    public AnalysisQuery withKnownAt(@Nullable Instant other) {
        return changed(to -> to.knownAt = other);
    }

    public AnalysisQuery withTotals(boolean other) {
        return changed(to -> to.totals = other);
    }

    public AnalysisQuery withOrderBy(List<OrderBy> other) {
        return changed(to -> to.orderBy = other);
    }

    public AnalysisQuery withFillGaps(boolean other) {
        return changed(to -> to.fillGaps = other);
    }

    public AnalysisQuery withTop(@Nullable TopGroups other) {
        return changed(to -> to.top = other);
    }

    /** The same question, which asks how far each value may be off, or does not. */
    public AnalysisQuery withUncertainty(boolean other) {
        return changed(to -> to.uncertainty = other);
    }

    /** The same question, whose rows have keys by which their cells are opened, or have none. */
    public AnalysisQuery withKeys(boolean other) {
        return changed(to -> to.keys = other);
    }

    /** The same question, which asks how values stand to their targets, or does not. */
    public AnalysisQuery withTargets(boolean other) {
        return changed(to -> to.targets = other);
    }

    /** The same question, which asks for baselines that were kept, or does not. */
    public AnalysisQuery withBaselines(boolean other) {
        return changed(to -> to.baselines = other);
    }

    /** The same question for another page. */
    public AnalysisQuery page(int rows, @Nullable String cursor) {
        return changed(to -> {
            to.first = rows;
            to.after = cursor;
        });
    }

    private AnalysisQuery changed(Consumer<Components> change) {
        var components = new Components(this);
        change.accept(components);
        return components.query();
    }

    /** The components of a question while one of them is changed. */
    private static final class Components {
        private List<AskedMetric> metrics;
        private List<String> groupBy;
        private @Nullable AskedGrain grain;
        private AskedRange range;
        private ZoneId zone;
        private @Nullable DayOfWeek weekStarts;
        private @Nullable Filter filter;
        private @Nullable String where;
        private @Nullable CohortReference cohort;
        private @Nullable Comparison compareTo;
        private @Nullable Filter having;
        private @Nullable Instant asOf;
        private @Nullable Instant knownAt;
        private boolean totals;
        private List<OrderBy> orderBy;
        private int first;
        private @Nullable String after;
        private boolean fillGaps;
        private @Nullable TopGroups top;
        private boolean uncertainty;
        private boolean keys;
        private boolean targets;
        private boolean baselines;

        Components(AnalysisQuery of) {
            metrics = of.metrics;
            groupBy = of.groupBy;
            grain = of.grain;
            range = of.range;
            zone = of.zone;
            weekStarts = of.weekStarts;
            filter = of.filter;
            where = of.where;
            cohort = of.cohort;
            compareTo = of.compareTo;
            having = of.having;
            asOf = of.asOf;
            knownAt = of.knownAt;
            totals = of.totals;
            orderBy = of.orderBy;
            first = of.first;
            after = of.after;
            fillGaps = of.fillGaps;
            top = of.top;
            uncertainty = of.uncertainty;
            keys = of.keys;
            targets = of.targets;
            baselines = of.baselines;
        }

        AnalysisQuery query() {
            return new AnalysisQuery(
                    metrics,
                    groupBy,
                    grain,
                    range,
                    zone,
                    weekStarts,
                    filter,
                    where,
                    cohort,
                    compareTo,
                    having,
                    asOf,
                    knownAt,
                    totals,
                    orderBy,
                    first,
                    after,
                    fillGaps,
                    top,
                    uncertainty,
                    keys,
                    targets,
                    baselines);
        }
    }

    /**
     * A metric and what to call its column.
     *
     * @param as null for the metric's own key
     * @param emptyIsNone counts and sums over nothing have no value; for what is made up here, a metric of the catalogue says it itself
     * @param parameters values of parameters that a metric of the catalogue has; the others are as by default
     */
    public record AskedMetric(
            MetricReference metric,
            @Nullable String as,
            boolean emptyIsNone,
            List<ParameterValue> parameters) {
        public AskedMetric {
            parameters = List.copyOf(parameters);
        }

        public AskedMetric(MetricReference metric, @Nullable String as, boolean emptyIsNone) {
            this(metric, as, emptyIsNone, List.of());
        }

        public AskedMetric(MetricReference metric, @Nullable String as) {
            this(metric, as, false);
        }

        public AskedMetric with(ParameterValue... values) {
            return new AskedMetric(metric, as, emptyIsNone, List.of(values));
        }
    }

    /** The value of a parameter as text: {@code 5}, {@code pro}, {@code true}, {@code 2026-01-31}. */
    public record ParameterValue(String name, String value) {}

    /** A metric of the catalogue or one made up here. */
    public sealed interface MetricReference {
        record ByKey(String key) implements MetricReference {}

        record Pinned(String key, int version) implements MetricReference {}

        record Inline(String formula) implements MetricReference {}
    }

    /** The time asked for. */
    public sealed interface AskedRange {
        /** Local dates, half-open. */
        record Between(LocalDate from, LocalDate to) implements AskedRange {}

        /** Half-open, to the microsecond; dates can be read where both are the start of a day. */
        record BetweenInstants(Instant from, Instant to) implements AskedRange {
            public BetweenInstants {
                from = from.truncatedTo(ChronoUnit.MICROS);
                to = to.truncatedTo(ChronoUnit.MICROS);
            }
        }

        /** The last whole buckets that ended by now. */
        record Last(int count, AskedGrain grain) implements AskedRange {}
    }

    /** A cohort of the catalogue or one made up here. */
    public sealed interface CohortReference {
        record ByKey(String key) implements CohortReference {}

        record Rule(String formula) implements CohortReference {}
    }

    /** A condition built by a program. */
    public sealed interface Filter {
        record All(List<Filter> filters) implements Filter {
            public All {
                filters = List.copyOf(filters);
            }
        }

        record Any(List<Filter> filters) implements Filter {
            public Any {
                filters = List.copyOf(filters);
            }
        }

        record Not(Filter filter) implements Filter {}

        /** A dimension (or, in having, a column) against values in text form. */
        record Where(String field, Operator operator, List<String> values) implements Filter {
            public Where {
                values = List.copyOf(values);
            }
        }
    }

    /** Comparison of a {@link Filter.Where}. */
    public enum Operator {
        IN,
        NOT_IN,
        LT,
        LTE,
        GT,
        GTE,
        CONTAINS,
        /** No value; of what is read through the account, of accounts only. */
        IS_NULL,
        IS_NOT_NULL,
        /** No value because there is no account; of {@code account} itself the same as no value. */
        IS_NO_ACCOUNT
    }

    /**
     * The groups with the greatest values in the whole range; of equal ones the first by their keys.
     *
     * @param groups how many at most
     * @param by a column of the answer; null: the first metric's
     * @param other whether all others are a group too, with the values of all their rows
     */
    public record TopGroups(int groups, @Nullable String by, boolean other) {}

    /** An order by a column of the answer; rows without a value come last either way. */
    public record OrderBy(String column, boolean descending) {}
}
