package dev.cairn.domain.impact;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.AskedMetric;
import dev.cairn.domain.analysis.AnalysisQuery.AskedRange;
import dev.cairn.domain.analysis.AnalysisQuery.CohortReference;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.formula.FormulaPrinter;
import dev.cairn.domain.impact.ImpactQuery.Unit;
import dev.cairn.domain.impact.ImpactWindows.Days;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.Metric.Level;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.time.Grain;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a change, in questions of the language.
 *
 * @param columns the metrics, such that each is a value of any cell
 * @param windows of which the time after is over as far as it is asked for
 * @param treated as given or marked; null: all accounts
 * @param asOf what counts as now
 */
public record ImpactQuestion(
        ImpactQuery query,
        List<AskedMetric> columns,
        ImpactWindows windows,
        @Nullable CohortReference treated,
        Instant asOf) {
    /** Key of the column that is 1 for accounts which the change concerned. */
    static final String TREATED = "concerned_by_the_change";

    /** Key of the column that is 1 for accounts to compare with. */
    static final String COMPARED = "compared_with_them";

    /** Key of the column that counts accounts. */
    public static final String ACCOUNTS = "accounts_there_were";

    private static final int WEEK = 7;

    /** Windows of so many days are shown by weeks. */
    private static final int DAYS_UNTIL = 21;

    /** Weeks that moves at earlier days are looked for: two years. */
    private static final int MOST_WEEKS = 104;

    public ImpactQuestion {
        columns = List.copyOf(columns);
    }

    /**
     * @param treated that the marker names; null: none
     * @param today of the question's zone: with {@link ImpactQuery#daily} the windows are as long as the time after has come
     */
    public static ImpactQuestion of(
            ImpactQuery query,
            Catalog catalog,
            LocalDate changedOn,
            @Nullable CohortReference treated,
            Instant asOf,
            LocalDate today) {
        long come = ChronoUnit.DAYS.between(changedOn.plusDays(query.gapDays()), today);
        int days = query.daily() && come < query.windowDays() ? (int) come : query.windowDays();
        return new ImpactQuestion(
                query,
                query.metrics().stream().map(metric -> ofAnyCell(metric, catalog)).toList(),
                ImpactWindows.of(changedOn, days, query.gapDays()),
                query.treated() == null ? treated : query.treated(),
                asOf);
    }

    /**
     * What was written in other parts than those that are wrong, which are as where nobody says anything: what else is wrong is with it.
     *
     * @param treated that the marker names; null: none, or it is not known
     */
    public static ImpactQuestion rest(
            ImpactQuery query,
            Catalog catalog,
            @Nullable CohortReference treated,
            Instant asOf,
            LocalDate today) {
        int days =
                ImpactCheck.isWindow(query.windowDays())
                        ? query.windowDays()
                        : ImpactQuery.WINDOW_DAYS;
        int gap = ImpactCheck.isGap(query.gapDays()) ? query.gapDays() : 0;
        var latest = today.minusDays(days + gap);
        var changedOn = query.changedOn();
        var asked =
                query.rest(
                        query.metrics().stream().limit(ImpactCheck.MOST_METRICS).toList(),
                        query.where(),
                        days,
                        gap);
        return of(
                asked,
                catalog,
                changedOn == null || changedOn.isAfter(latest) ? latest : changedOn,
                treated,
                asOf,
                today);
    }

    /** The groups alone, of which rows of no account say nothing. */
    public ImpactQuestion ofGroups() {
        return new ImpactQuestion(
                query.rest(List.of(), null, query.windowDays(), query.gapDays()),
                List.of(),
                windows,
                treated,
                asOf);
    }

    private List<AskedMetric> memberships() {
        var asked = new ArrayList<AskedMetric>();
        if (treated != null) {
            asked.add(membership(treated, TREATED));
        }
        if (query.comparison() != null) {
            asked.add(membership(query.comparison(), COMPARED));
        }
        return asked;
    }

    /** Of a metric of accounts that does not say how their values become one, the mean. */
    private static AskedMetric ofAnyCell(AskedMetric asked, Catalog catalog) {
        return asked.metric() instanceof MetricReference.ByKey(var key)
                        && asked.parameters().isEmpty()
                        && catalog.metric(key).filter(ImpactQuestion::isUnrolled).isPresent()
                ? new AskedMetric(
                        new MetricReference.Inline(
                                "avg(account : %s)".formatted(FormulaPrinter.name(key))),
                        asked.as() == null ? key : asked.as())
                : asked;
    }

    private static boolean isUnrolled(Metric metric) {
        return metric.level() == Level.ACCOUNT && metric.rollUp() == null;
    }

    /** Of each account the metrics before the change, and of which group it is. */
    public AnalysisQuery before() {
        var asked = new ArrayList<>(columns);
        asked.addAll(memberships());
        return over(asked, windows.before());
    }

    /** Of each account the metrics after the change. */
    public AnalysisQuery after() {
        return over(columns, windows.after());
    }

    /** Of each account the metrics in the time before the time before. */
    public AnalysisQuery prior() {
        return over(columns, windows.prior());
    }

    /** Of those that the change concerned together, the metrics before it. */
    public AnalysisQuery together() {
        return over(columns, windows.before()).withCohort(everyone());
    }

    /** Of all rows, with how far the values may be off. */
    public AnalysisQuery rows(Days days) {
        return over(columns, days).withUncertainty(true);
    }

    /** Whether moves of a metric can be looked for at earlier days: by weeks, and by its formula alone, which has neither parameters nor an older version. */
    public boolean hasPlacebos(int metric) {
        var asked = columns.get(metric);
        return span() % WEEK == 0
                && length() % WEEK == 0
                && asked.parameters().isEmpty()
                && !(asked.metric() instanceof MetricReference.Pinned);
    }

    /** One metric by weeks, of the window that ends with each, until that after the change ends, and how many accounts there were. */
    public AnalysisQuery placebos(int metric) {
        var windowed = "(\n%s\n) over last %d days".formatted(text(columns.get(metric)), length());
        var both =
                List.of(
                        new AskedMetric(new MetricReference.Inline(windowed), "windowed"),
                        new AskedMetric(new MetricReference.Inline("count(account)"), ACCOUNTS));
        int weeks = MOST_WEEKS + span() / WEEK;
        return over(
                        both,
                        new Days(
                                windows.after().until().minusWeeks(weeks), windows.after().until()))
                .withGrain(Grain.WEEK)
                .withWeekStarts(windows.changedOn().getDayOfWeek())
                .withCohort(everyone());
    }

    /**
     * The metrics by whole weeks from the change on, before it and after; by days, where the windows have fewer than three weeks. The accounts are those that are of the group in each.
     *
     * @param compared of those to compare with, not of those that the change concerned
     */
    public AnalysisQuery course(boolean compared) {
        boolean rows = query.unit() == Unit.ROW;
        var asked = new ArrayList<>(columns);
        if (!rows) {
            asked.add(new AskedMetric(new MetricReference.Inline("count(account)"), ACCOUNTS));
        }
        long step = stepDays();
        return over(
                        asked,
                        new Days(
                                windows.changedOn().minusDays(length() / step * step),
                                windows.changedOn().plusDays(span() / step * step)))
                .withGrain(step == 1 ? Grain.DAY : Grain.WEEK)
                .withWeekStarts(windows.changedOn().getDayOfWeek())
                .withCohort(rows ? null : compared ? others() : everyone());
    }

    int stepDays() {
        return length() < DAYS_UNTIL ? 1 : WEEK;
    }

    /** Accounts of both groups are concerned. */
    private CohortReference others() {
        var compared = Objects.requireNonNull(query.comparison());
        return treated == null
                ? compared
                : new CohortReference.Rule(
                        "(\n%s\n) and not coalesce((\n%s\n), false)"
                                .formatted(condition(compared), condition(treated)));
    }

    /** Weeks from the end of the window before to the end of that after. */
    public int weeksBetween() {
        return span() / WEEK;
    }

    int length() {
        return (int) ChronoUnit.DAYS.between(windows.after().from(), windows.after().until());
    }

    private int span() {
        return (int) ChronoUnit.DAYS.between(windows.changedOn(), windows.after().until());
    }

    private static String text(AskedMetric metric) {
        return switch (metric.metric()) {
            case MetricReference.ByKey(var key) -> FormulaPrinter.name(key);
            case MetricReference.Pinned(var key, _) -> FormulaPrinter.name(key);
            case MetricReference.Inline(var formula) -> formula;
        };
    }

    private AnalysisQuery over(List<AskedMetric> metrics, Days days) {
        return AnalysisQuery.of(
                        metrics, new AskedRange.Between(days.from(), days.until()), query.zone())
                .withWhere(query.where())
                .withAsOf(asOf)
                .withKeys(false);
    }

    /** Facts of no account are of none of them. */
    private CohortReference everyone() {
        return treated == null ? new CohortReference.Rule("account is not none") : treated;
    }

    /** A column that is 1 for accounts of the cohort, and 0 for others. */
    public static AskedMetric membership(CohortReference cohort, String as) {
        return new AskedMetric(
                new MetricReference.Inline(
                        "sum(account : case when (\n%s\n) then 1 else 0 end)"
                                .formatted(condition(cohort))),
                as);
    }

    private static String condition(CohortReference cohort) {
        return switch (cohort) {
            case CohortReference.ByKey(var key) -> "account in " + FormulaPrinter.name(key);
            case CohortReference.Rule(var rule) -> rule;
        };
    }

    /** Problems with these questions, where the caller wrote what they are about. */
    public List<Problem> placed(List<Problem> problems) {
        return problems.stream()
                .map(problem -> problem.in(place(problem.place())))
                .distinct()
                .toList();
    }

    private Place place(Place place) {
        var path = place.path();
        if (path.isEmpty()) {
            return place;
        }
        return switch (path.getFirst()) {
            case "cohort" -> Place.of("treated").at(place.line(), place.column());
            case "timeRange" -> Place.of("windowDays");
            case "metrics" -> ofMetric(place);
            default -> place;
        };
    }

    /** Behind the metrics are the groups, each on a line of its own. */
    private Place ofMetric(Place place) {
        int count = query.metrics().size();
        int at = place.path().size() > 1 ? Integer.parseInt(place.path().get(1)) : 0;
        if (at < count) {
            return place;
        }
        var group = Place.of(at == count && treated != null ? "treated" : "comparison");
        return place.line() > 1 ? group.at(place.line() - 1, place.column()) : group;
    }
}
