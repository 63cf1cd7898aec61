package dev.cairn.domain.separation;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.AskedMetric;
import dev.cairn.domain.analysis.AnalysisQuery.AskedRange;
import dev.cairn.domain.analysis.AnalysisQuery.CohortReference;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.formula.FormulaPrinter;
import dev.cairn.domain.model.Success;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The questions to ask of each account. What a caller or a definition wrote stands on lines of its own, so that problems with it can be told where it was written.
 *
 * @param metrics columns to hold against success, each under a key of its own
 * @param start attribute that says since when an account is there; null where none does, and where days are counted from it
 */
public record SeparationQuestion(
        SeparationQuery query,
        Success success,
        List<Asked> metrics,
        When when,
        @Nullable String start,
        Instant now) {
    /** Keys of columns besides those of the metrics. */
    public static final String LABEL = "succeeded";

    public static final String SIZE = "size_of_account";
    public static final String TENURE = "start_of_account";
    public static final String ANCHOR = "counted_from";

    private static final LocalDate BEGINNING = LocalDate.of(1970, 1, 1);

    public SeparationQuestion {
        metrics = List.copyOf(metrics);
    }

    /**
     * A metric as a column.
     *
     * @param formula of one account; a name for a metric of an account
     * @param cell null: the formula is what is asked; else it is asked as it is, by account
     */
    public record Asked(String key, String formula, @Nullable MetricReference cell) {}

    /** When what is read. */
    public sealed interface When {
        /** Local days, half-open: the metric, then success. */
        record Dates(LocalDate from, LocalDate to, LocalDate decidedFrom, LocalDate decidedUntil)
                implements When {}

        /**
         * Days of each account.
         *
         * @param days that the metric is read of, from the date where success is decided later, else before it
         */
        record Days(String after, int from, int until, int days) implements When {
            boolean isFromDate() {
                return from > 0;
            }
        }

        /** Both of one time. */
        record Together(LocalDate from, LocalDate to) implements When {}
    }

    /** Metrics, tenure and size of each account, with the label where it is of the same time. */
    public AnalysisQuery features() {
        return features(when, true);
    }

    /** The metrics alone, so many weeks earlier. */
    public AnalysisQuery lead(int weeks) {
        return features(
                switch (when) {
                    case When.Dates(var from, var to, var decidedFrom, var decidedUntil) ->
                            new When.Dates(
                                    from.minusWeeks(weeks),
                                    to.minusWeeks(weeks),
                                    decidedFrom,
                                    decidedUntil);
                    case When.Days(var after, var from, var until, var days) ->
                            new When.Days(after, from, until, days - 7 * weeks);
                    case When.Together together -> together;
                },
                false);
    }

    /** The metrics alone, in the time before, of as many whole months or as many days; null where there is none. */
    public @Nullable AnalysisQuery before() {
        return switch (when) {
            case When.Dates(var from, var to, var decidedFrom, var decidedUntil) ->
                    features(
                            new When.Dates(
                                    Earlier.start(from, to), from, decidedFrom, decidedUntil),
                            false);
            case When.Days _, When.Together _ -> null;
        };
    }

    /** The same of other metrics. */
    public SeparationQuestion of(List<Asked> others) {
        return new SeparationQuestion(query, success, others, when, start, now);
    }

    /** The same metrics for the time in which success was decided so many times before. */
    public AnalysisQuery slice(int back) {
        return features(earlier(back), false);
    }

    private AnalysisQuery features(When of, boolean isWhole) {
        var columns = new ArrayList<AskedMetric>();
        metrics.forEach(metric -> columns.add(column(metric, of)));
        var asked =
                switch (of) {
                    case When.Dates(var from, var to, _, _) -> {
                        if (isWhole) {
                            trivial(columns);
                        }
                        yield asked(columns, from, to).withAsOf(startOf(to));
                    }
                    case When.Days(var after, _, _, _) -> {
                        columns.add(
                                inline(
                                        "max(account : trunc(%s, day))".formatted(name(after)),
                                        ANCHOR));
                        columns.add(label(of));
                        if (isWhole) {
                            trivial(columns);
                        }
                        yield asked(columns, BEGINNING, today().plusDays(1)).withAsOf(now);
                    }
                    case When.Together(var from, var to) -> {
                        columns.add(label(of));
                        trivial(columns);
                        yield asked(columns, from, to).withAsOf(now);
                    }
                };
        return asked.withCohort(members())
                .withGroupBy(
                        isWhole && query.segment() != null ? List.of(query.segment()) : List.of());
    }

    /** The accounts of the cohort that meet the condition when the metric is read; null: all. */
    private @Nullable CohortReference members() {
        if (query.where() == null) {
            return query.cohort();
        }
        var condition = "(\n%s\n)".formatted(query.where());
        return switch (query.cohort()) {
            case null -> new CohortReference.Rule(condition);
            case CohortReference.ByKey(var key) ->
                    new CohortReference.Rule(
                            "account in %s and %s".formatted(FormulaPrinter.name(key), condition));
            case CohortReference.Rule(var rule) ->
                    new CohortReference.Rule("(\n%s\n) and %s".formatted(rule, condition));
        };
    }

    /** Whether each account succeeded, in a question of its own; null where {@link #features} has it. */
    public @Nullable AnalysisQuery labels() {
        return labels(when);
    }

    /** The same for the time in which success was decided so many times before. */
    public @Nullable AnalysisQuery labelsOfSlice(int back) {
        return labels(earlier(back));
    }

    private @Nullable AnalysisQuery labels(When of) {
        return switch (of) {
            case When.Dates(_, _, var from, var until) ->
                    asked(List.of(label(of)), from, until).withAsOf(now);
            case When.Days _, When.Together _ -> null;
        };
    }

    /** Dates so many times before; what is counted from a date of the account has none. */
    public When earlier(int back) {
        return when instanceof When.Dates dates ? Earlier.of(dates, back) : when;
    }

    private AnalysisQuery asked(List<AskedMetric> columns, LocalDate from, LocalDate to) {
        return AnalysisQuery.of(columns, new AskedRange.Between(from, to), query.zone());
    }

    private Instant startOf(LocalDate day) {
        return day.atStartOfDay(query.zone()).toInstant();
    }

    private LocalDate today() {
        return now.atZone(query.zone()).toLocalDate();
    }

    private AskedMetric column(Asked metric, When of) {
        return switch (of) {
            case When.Dates _, When.Together _ ->
                    metric.cell() == null
                            ? inline(
                                    "avg(account : (\n%s\n))".formatted(metric.formula()),
                                    metric.key())
                            : new AskedMetric(metric.cell(), metric.key());
            case When.Days days ->
                    inline(
                            "avg(account : (\n%s\n) over %d days %s %s)"
                                    .formatted(
                                            metric.formula(),
                                            days.days(),
                                            days.isFromDate() ? "from" : "before",
                                            name(days.after())),
                            metric.key());
        };
    }

    /** Where facts are read from the date on, over the days until it is decided. */
    private AskedMetric label(When of) {
        var over =
                of instanceof When.Days days && !days.isFromDate()
                        ? " over %d days from %s".formatted(days.until(), name(days.after()))
                        : "";
        return inline(
                "sum(account : case when (\n%s\n)%s then 1 else 0 end)"
                        .formatted(success.rule(), over),
                LABEL);
    }

    private void trivial(List<AskedMetric> columns) {
        if (start != null) {
            columns.add(inline("min(account : %s)".formatted(name(start)), TENURE));
        }
        if (success.size() != null) {
            columns.add(inline("avg(account : (\n%s\n))".formatted(success.size()), SIZE));
        }
    }

    /** Why no question asks how long an account has been there; null where one does. */
    @Nullable String noTenure() {
        if (start != null) {
            return null;
        }
        return when instanceof When.Days days
                ? "no attribute of accounts besides %s, from which the days are counted, says since when they are there"
                        .formatted(days.after())
                : "no attribute of accounts says since when they are there (marks: start)";
    }

    /** Why no question asks how large an account is; null where one does. */
    @Nullable String noSize() {
        return success.size() == null
                ? "'%s' says no size of an account (size)".formatted(success.name())
                : null;
    }

    private static String name(String attribute) {
        return FormulaPrinter.name(attribute);
    }

    private static AskedMetric inline(String formula, String as) {
        return new AskedMetric(new MetricReference.Inline(formula), as);
    }

    /** Problems with these questions, where the caller wrote what they are about. */
    public List<Problem> placed(List<Problem> problems) {
        return problems.stream().map(problem -> problem.in(place(problem.place()))).toList();
    }

    private Place place(Place place) {
        if (place.path().isEmpty()) {
            return place;
        }
        return switch (place.path().getFirst()) {
            case "metrics" -> {
                int at = place.path().size() > 1 ? Integer.parseInt(place.path().get(1)) : -1;
                yield at >= 0 && at < metrics.size() ? ofMetric(place) : Place.of("success");
            }
            case "groupBy" -> Place.of("segment");
            case "cohort" -> ofMembers(place);
            default -> place;
        };
    }

    /** One line before the condition, and the rule of the cohort with one line more before both. */
    private Place ofMembers(Place place) {
        if (query.where() == null) {
            return place;
        }
        int lines =
                query.cohort() instanceof CohortReference.Rule(var rule)
                        ? (int) rule.lines().count() + 1
                        : 0;
        if (place.line() > lines + 1) {
            return Place.of("where").at(place.line() - lines - 1, place.column());
        }
        return query.cohort() == null
                ? Place.of("where")
                : place.line() > 1
                        ? Place.of("cohort").at(place.line() - 1, place.column())
                        : Place.of("cohort");
    }

    private static Place ofMetric(Place place) {
        var metric = Place.of("metric");
        return place.line() > 1 ? metric.at(place.line() - 1, place.column()) : metric;
    }

    /** The same time, as often before as the success takes. */
    private static final class Earlier {
        private Earlier() {}

        static When of(When.Dates dates, int back) {
            var months = months(dates.decidedFrom(), dates.decidedUntil());
            if (months > 0) {
                return new When.Dates(
                        dates.from().minusMonths(back * months),
                        dates.to().minusMonths(back * months),
                        dates.decidedFrom().minusMonths(back * months),
                        dates.decidedUntil().minusMonths(back * months));
            }
            long days = dates.decidedUntil().toEpochDay() - dates.decidedFrom().toEpochDay();
            return new When.Dates(
                    dates.from().minusDays(back * days),
                    dates.to().minusDays(back * days),
                    dates.decidedFrom().minusDays(back * days),
                    dates.decidedUntil().minusDays(back * days));
        }

        /** Where as many months begin, or else as many days: whole months stay such. */
        static LocalDate start(LocalDate from, LocalDate until) {
            var months = months(from, until);
            return months > 0
                    ? from.minusMonths(months)
                    : from.minusDays(until.toEpochDay() - from.toEpochDay());
        }

        private static long months(LocalDate from, LocalDate until) {
            return from.getDayOfMonth() == 1 && until.getDayOfMonth() == 1
                    ? ChronoUnit.MONTHS.between(from, until)
                    : 0;
        }
    }
}
