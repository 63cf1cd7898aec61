package dev.cairn.domain.trust;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.AskedMetric;
import dev.cairn.domain.analysis.AnalysisQuery.AskedRange;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.analysis.AnalysisQuery.TopGroups;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.AnalysisResult.Row;
import dev.cairn.domain.analysis.Incomplete;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Expectations.Control;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.time.Grain;
import dev.cairn.domain.trust.SourceFigures.ControlFigure;
import dev.cairn.domain.trust.SourceFigures.Period;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The questions of the language that count what is to be known of a source. Facts stay in the database: an answer has a row a period.
 *
 * @param asOf what counts as now
 */
public record TrustQuestions(Source source, Instant asOf) {
    private static final int MOST_ROWS = 2_000;

    /** The greatest values of a dimension that are looked at, and their rows. */
    private static final int SEGMENTS = 12;

    private static final int MOST_SEGMENT_ROWS = 10_000;
    private static final LocalDate EVER = LocalDate.of(1900, 1, 1);

    private static final String NEWEST = "newest";
    private static final String FACTS = "facts";
    private static final String KEYED = "keyed";
    private static final String DISTINCT = "distinct_keys";
    private static final String WRONG = "wrong_";
    private static final String ACTUAL = "actual_";
    private static final String EXPECTED = "expected_";

    /** Periods that are looked at, back from the newest fact. */
    static int periods(Grain grain) {
        return switch (grain) {
            case HOUR, DAY -> 731;
            case WEEK -> 261;
            case MONTH -> 121;
            case QUARTER -> 81;
            case YEAR -> 51;
        };
    }

    /** The periods that facts are counted by: as they come, by the day where that is not said. */
    public Grain grain() {
        var cadence = source.expectations().cadence();
        return cadence == null || cadence == Grain.HOUR ? Grain.DAY : cadence;
    }

    private LocalDate today() {
        return asOf.atZone(source.zone()).toLocalDate();
    }

    /** On which day the newest fact happened. */
    public AnalysisQuery newest() {
        var time = Literals.name(source, source.placing());
        boolean isDate = source.placedBy().type() == DataType.DATE;
        return question(
                List.of(
                        metric(
                                "max(%s%s : %s)"
                                        .formatted(
                                                Literals.name(source.name()),
                                                on(),
                                                isDate ? time : "date(%s)".formatted(time)),
                                NEWEST)),
                new AskedRange.Between(EVER, today().plusDays(1)));
    }

    /** Empty where it has no fact until now. */
    public static Optional<LocalDate> newest(AnalysisResult answer) {
        return answer.rows().stream()
                .flatMap(row -> Optional.ofNullable(value(answer, row, NEWEST)).stream())
                .map(LocalDate.class::cast)
                .findFirst();
    }

    /** Counts by the period, of the time up to the newest fact. */
    public AnalysisQuery counts(LocalDate newest) {
        var grain = grain();
        var end = grain.plus(grain.floor(newest), 1);
        var start = grain.plus(end, -periods(grain));
        var metrics = new ArrayList<AskedMetric>();
        metrics.add(metric("count(%s%s)".formatted(Literals.name(source.name()), on()), FACTS));
        var unique = source.expectations().unique();
        if (!unique.isEmpty()) {
            var key =
                    unique.size() == 1
                            ? Literals.name(source, unique.getFirst())
                            : unique.stream()
                                    .map(field -> Literals.name(source, field))
                                    .collect(Collectors.joining(", ", "key(", ")"));
            metrics.add(
                    metric(
                            "count(%s%s where %s is not none)"
                                    .formatted(Literals.name(source.name()), on(), key),
                            KEYED));
            metrics.add(
                    metric(
                            "distinct(%s%s : %s)"
                                    .formatted(Literals.name(source.name()), on(), key),
                            DISTINCT));
        }
        var checks = RowCheck.of(source);
        for (int at = 0; at < checks.size(); at++) {
            metrics.add(
                    metric(
                            "count(%s%s where %s)"
                                    .formatted(
                                            Literals.name(source.name()),
                                            on(),
                                            checks.get(at).condition()),
                            WRONG + at));
        }
        return question(metrics, new AskedRange.Between(start, end))
                .withGrain(grain)
                .withTotals(true);
    }

    /** Counts by the period and the greatest values of a dimension, of the same time; empty where none is asked for. */
    public Optional<AnalysisQuery> segments(LocalDate newest) {
        var by = source.expectations().volumeBy();
        var whole = counts(newest);
        return by == null
                ? Optional.empty()
                : Optional.of(
                        whole.withMetrics(whole.metrics().subList(0, 1))
                                .withGroupBy(List.of(by))
                                .withTotals(false)
                                .withTop(new TopGroups(SEGMENTS, null, false))
                                .page(MOST_SEGMENT_ROWS, null));
    }

    /** By the names of the segments, in the order of the periods; a segment without a row has none in that period. */
    private static Map<String, List<Long>> segments(AnalysisResult answer, List<Period> periods) {
        var byDay = new LinkedHashMap<String, Map<LocalDate, Long>>();
        for (var row : answer.rows()) {
            byDay.computeIfAbsent(String.valueOf(row.group()), _ -> new LinkedHashMap<>())
                    .put(day(row), count(answer, row, FACTS));
        }
        var segments = new LinkedHashMap<String, List<Long>>();
        byDay.forEach((name, days) ->
                segments.put(
                        name,
                        periods.stream()
                                .map(period -> days.getOrDefault(period.from(), 0L))
                                .toList()));
        return segments;
    }

    /** A question for all control totals of the same time. */
    public List<Controls> controls(LocalDate newest) {
        var byTime = new LinkedHashMap<List<Object>, List<Control>>();
        source.expectations()
                .controls()
                .forEach(control ->
                        byTime.computeIfAbsent(
                                        java.util.Arrays.asList(
                                                control.per(), control.from(), control.until()),
                                        _ -> new ArrayList<>())
                                .add(control));
        return byTime.values().stream().map(controls -> controls(controls, newest)).toList();
    }

    private Controls controls(List<Control> controls, LocalDate newest) {
        var first = controls.getFirst();
        var metrics = new ArrayList<AskedMetric>();
        for (int at = 0; at < controls.size(); at++) {
            metrics.add(metric(controls.get(at).formula(), ACTUAL + at));
            if (!Literals.isPlainNumber(controls.get(at).expected())) {
                metrics.add(metric(controls.get(at).expected(), EXPECTED + at));
            }
        }
        var per = first.per();
        if (per == null) {
            var from = java.util.Objects.requireNonNull(first.from());
            var until = java.util.Objects.requireNonNull(first.until());
            return new Controls(
                    controls, question(metrics, new AskedRange.Between(from, until)), from, until);
        }
        var until = per.plus(per.floor(newest), 1);
        var from = per.plus(until, -periods(per));
        return new Controls(
                controls,
                question(metrics, new AskedRange.Between(from, until)).withGrain(per),
                from,
                until);
    }

    /**
     * Control totals of one time.
     *
     * @param from first local day of it
     * @param until the day after its last
     */
    public record Controls(
            List<Control> controls, AnalysisQuery question, LocalDate from, LocalDate until) {
        public Controls {
            controls = List.copyOf(controls);
        }

        /** What the answer says; of periods that are not over nothing. */
        List<ControlFigure> figures(AnalysisResult answer, LocalDate today) {
            var figures = new ArrayList<ControlFigure>();
            for (var row : answer.rows()) {
                for (int at = 0; at < controls.size(); at++) {
                    var control = controls.get(at);
                    var per = control.per();
                    var begins = per == null ? from : day(row);
                    var ends = per == null ? until : per.plus(begins, 1);
                    if (!ends.isAfter(today)) {
                        figures.add(
                                new ControlFigure(
                                        control.name(),
                                        begins,
                                        ends,
                                        number(value(answer, row, ACTUAL + at)),
                                        Literals.isPlainNumber(control.expected())
                                                ? Double.valueOf(control.expected().strip())
                                                : number(value(answer, row, EXPECTED + at))));
                    }
                }
            }
            return figures;
        }
    }

    /**
     * @param counts the answer to {@link #counts}
     * @param segments the answer to {@link #segments}; null: it was not asked
     * @param controls the answers to {@link #controls}
     */
    public SourceFigures figures(
            LocalDate newest,
            AnalysisResult counts,
            @Nullable AnalysisResult segments,
            Map<Controls, AnalysisResult> controls) {
        var grain = grain();
        int checks = RowCheck.of(source).size();
        var periods = new ArrayList<Period>();
        long keyed = 0;
        long distinct = 0;
        for (var row : counts.rows()) {
            if (row.kind().hasTime()) {
                var from = day(row);
                var wrong = new ArrayList<Long>();
                for (int at = 0; at < checks; at++) {
                    wrong.add(count(counts, row, WRONG + at));
                }
                var facts = value(counts, row, FACTS);
                periods.add(
                        new Period(
                                from,
                                grain.plus(from, 1),
                                facts == null ? null : ((Number) facts).longValue(),
                                wrong,
                                isWhole(counts, row)));
            } else if (!source.expectations().unique().isEmpty()) {
                keyed = count(counts, row, KEYED);
                distinct = count(counts, row, DISTINCT);
            }
        }
        return new SourceFigures(
                newest,
                periods,
                keyed,
                distinct,
                controls.entrySet().stream()
                        .flatMap(of -> of.getKey().figures(of.getValue(), today()).stream())
                        .toList(),
                segments == null ? Map.of() : segments(segments, periods));
    }

    private AnalysisQuery question(List<AskedMetric> metrics, AskedRange range) {
        return AnalysisQuery.of(metrics, range, source.zone())
                .withAsOf(asOf)
                .withKeys(false)
                .page(MOST_ROWS, null);
    }

    private static AskedMetric metric(String formula, String as) {
        return new AskedMetric(new MetricReference.Inline(formula), as);
    }

    /** Facts without a time of their own are placed by when they begin to hold. */
    private String on() {
        return source.timeField() == null ? " on " + Literals.name(source.placing()) : "";
    }

    private static long count(AnalysisResult answer, Row row, String column) {
        return value(answer, row, column) instanceof Number number ? number.longValue() : 0;
    }

    private static @Nullable Double number(@Nullable Object value) {
        return value instanceof Number number ? number.doubleValue() : null;
    }

    private static LocalDate day(Row row) {
        return row.cells().getFirst() instanceof Cell.Time(LocalDate label, _, _, _) ? label : EVER;
    }

    /** Whether it is covered from its beginning to its end. */
    private static boolean isWhole(AnalysisResult answer, Row row) {
        return cell(answer, row, FACTS)
                .filter(cell ->
                        cell.incomplete().contains(Incomplete.BEYOND_COVERAGE)
                                || cell.incomplete().contains(Incomplete.BEFORE_COVERAGE))
                .isEmpty();
    }

    private static @Nullable Object value(AnalysisResult answer, Row row, String column) {
        return cell(answer, row, column).map(cell -> cell.value().value()).orElse(null);
    }

    private static Optional<Cell.Value> cell(AnalysisResult answer, Row row, String column) {
        for (int at = 0; at < answer.columns().size(); at++) {
            if (answer.columns().get(at).key().equals(column)
                    && row.cells().get(at) instanceof Cell.Value value) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }
}
