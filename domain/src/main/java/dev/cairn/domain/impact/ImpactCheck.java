package dev.cairn.domain.impact;

import dev.cairn.domain.analysis.AnalysisQuery.AskedMetric;
import dev.cairn.domain.analysis.AnalysisQuery.CohortReference;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.impact.ImpactQuery.Unit;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.Metric.Direction;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.problem.Problems;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is wrong with what is asked of a change, as far as that can be told before its questions are asked. */
public final class ImpactCheck {
    /** Each is a test. */
    public static final int MOST_METRICS = 20;

    /** Of a window: two years. */
    public static final int MOST_DAYS = 731;

    /** Of the days in which a change takes hold. */
    public static final int MOST_GAP_DAYS = 366;

    /** Of a time that is looked at before it is over. */
    static final int FEWEST_DAYS = 7;

    private final ImpactQuery query;
    private final Problems problems = new Problems();

    private ImpactCheck(ImpactQuery query) {
        this.query = query;
    }

    /** Without regard to time and marker. */
    public static List<Problem> problems(ImpactQuery query, Catalog catalog) {
        var check = new ImpactCheck(query);
        check.sizes();
        check.change();
        check.groups();
        check.direction(catalog);
        return check.problems.all();
    }

    /**
     * With regard to time; nothing of windows and days that are wrong themselves.
     *
     * @param changedOn as given or marked
     * @param today of the question's zone
     */
    public static List<Problem> problems(ImpactQuery query, LocalDate changedOn, LocalDate today) {
        var check = new ImpactCheck(query);
        boolean isOneDay = query.changedOn() == null || query.change() == null;
        if (isOneDay && isWindow(query.windowDays()) && isGap(query.gapDays())) {
            check.time(changedOn, today);
        }
        return check.problems.all();
    }

    /**
     * With regard to the accounts that a marker names.
     *
     * @param named null: it names none
     */
    public static List<Problem> ofMarker(ImpactQuery query, @Nullable CohortReference named) {
        var check = new ImpactCheck(query);
        if (query.treated() == null) {
            check.marked(named);
        }
        return check.problems.all();
    }

    private void marked(@Nullable CohortReference named) {
        if (query.comparison() != null && named == null) {
            problem(
                    ProblemCode.MISSING,
                    "treated",
                    "The marker names no accounts, so that it concerned all: say which it concerned, where they are to be compared with others.");
        }
        if (query.unit() == Unit.ROW && named != null) {
            problem(
                    ProblemCode.INCOMPATIBLE,
                    "unit",
                    "The marker names accounts, and rows are taken as they are, of whatever account: give the day, or compare accounts.");
        }
    }

    static boolean isWindow(int days) {
        return days >= 1 && days <= MOST_DAYS;
    }

    static boolean isGap(int days) {
        return days >= 0 && days <= MOST_GAP_DAYS;
    }

    private void sizes() {
        int count = query.metrics().size();
        if (count < 1 || count > MOST_METRICS) {
            problem(
                    ProblemCode.LIMIT,
                    "metrics",
                    "Ask for 1 to %d metrics, not %d.",
                    MOST_METRICS,
                    count);
        }
        if (!isWindow(query.windowDays())) {
            problem(
                    ProblemCode.BAD_VALUE,
                    "windowDays",
                    "A window has 1 to %d days, best whole weeks, not %d.",
                    MOST_DAYS,
                    query.windowDays());
        }
        if (!isGap(query.gapDays())) {
            problem(
                    ProblemCode.BAD_VALUE,
                    "gapDays",
                    "Between both windows are 0 to %d days, not %d.",
                    MOST_GAP_DAYS,
                    query.gapDays());
        }
    }

    private void change() {
        if (query.changedOn() == null && query.change() == null) {
            problem(
                    ProblemCode.MISSING,
                    "changedOn",
                    "Say the day of the change, or with 'change' the key of its marker.");
        } else if (query.changedOn() != null && query.change() != null) {
            problem(
                    ProblemCode.BAD_VALUE,
                    "changedOn",
                    "The marker '%s' has a day of its own: give either the day or the marker.",
                    query.change());
        }
    }

    private void groups() {
        if (query.comparison() != null && query.treated() == null && query.change() == null) {
            problem(
                    ProblemCode.MISSING,
                    "treated",
                    "Where accounts are to be compared with others, say which the change concerned.");
        }
        var share = query.treatedShare();
        if (share != null && !(share > 0 && share < 1)) {
            problem(
                    ProblemCode.BAD_VALUE,
                    "treatedShare",
                    "The part that was to have the change is above 0 and below 1, not %s.",
                    share);
        }
        if (share != null && query.comparison() == null) {
            problem(
                    ProblemCode.MISSING,
                    "comparison",
                    "Where chance decided who had the change, say who had it not.");
        }
        if (query.unit() == Unit.ROW && (query.comparison() != null || query.treated() != null)) {
            problem(
                    ProblemCode.INCOMPATIBLE,
                    "unit",
                    "Rows are taken as they are, of whatever account: leave out 'treated' and 'comparison', or compare accounts.");
        }
        if (query.unit() == Unit.ROW && query.daily()) {
            problem(
                    ProblemCode.INCOMPATIBLE,
                    "daily",
                    "Intervals for those who look every day are of accounts.");
        }
    }

    private void direction(Catalog catalog) {
        var asked = query.direction();
        if (asked == null) {
            return;
        }
        query.metrics().stream()
                .flatMap(metric -> metric(metric, catalog).stream())
                .distinct()
                .filter(metric -> metric.direction() != Direction.NEUTRAL)
                .filter(metric -> metric.direction() != asked)
                .forEach(metric ->
                        problem(
                                ProblemCode.INCOMPATIBLE,
                                "direction",
                                "'%s' says itself that %s is good: leave 'direction' out, or ask for it in a question of its own.",
                                metric.name(),
                                metric.direction().name().toLowerCase(Locale.ROOT)));
    }

    /** Empty of a formula, and of a name that is not known. */
    static Optional<Metric> metric(AskedMetric asked, Catalog catalog) {
        return switch (asked.metric()) {
            case MetricReference.ByKey(var key) -> catalog.metric(key);
            case MetricReference.Pinned(var key, int version) ->
                    catalog.metricAt(key, version).map(entry -> (Metric) entry.definition());
            case MetricReference.Inline _ -> Optional.empty();
        };
    }

    private void time(LocalDate changedOn, LocalDate today) {
        var windows = ImpactWindows.of(changedOn, query.windowDays(), query.gapDays());
        var from = windows.after().from();
        if (windows.after().until().isAfter(today) && !query.daily()) {
            problem(
                    ProblemCode.BAD_RANGE,
                    "windowDays",
                    "The %d days from %s are not over before %s, and today is %s. Ask then, for fewer days, or with 'daily' for what can be said so far.",
                    query.windowDays(),
                    from,
                    windows.after().until(),
                    today);
        } else if (query.daily() && ChronoUnit.DAYS.between(from, today) < FEWEST_DAYS) {
            problem(
                    ProblemCode.BAD_RANGE,
                    "daily",
                    "What came of it can be looked at from %s on, %d days after %s; today is %s.",
                    from.plusDays(FEWEST_DAYS),
                    FEWEST_DAYS,
                    from,
                    today);
        }
    }

    private void problem(ProblemCode code, String part, String message, Object... arguments) {
        problems.add(Problem.of(code, Place.of(part), message, arguments));
    }
}
