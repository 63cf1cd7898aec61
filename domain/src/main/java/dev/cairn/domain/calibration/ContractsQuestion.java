package dev.cairn.domain.calibration;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.AskedMetric;
import dev.cairn.domain.analysis.AnalysisQuery.AskedRange;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.formula.FormulaPrinter;
import dev.cairn.domain.planner.QuestionLimits;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * The question for terms of contracts, by account, day due and day of decision. What a caller wrote stands on lines of its own.
 *
 * @param source that the rows are of
 */
public record ContractsQuestion(Contracts contracts, String source) {
    /** Columns, after the groups. */
    public static final String TERMS = "terms";

    public static final String DECIDED = "terms_decided";
    public static final String RENEWED = "terms_renewed";
    public static final String VALUE = "terms_value";
    public static final String VALUE_DECIDED = "terms_value_decided";
    public static final String VALUE_RENEWED = "terms_value_renewed";

    /** Not {@code over all}: that begins with the first fact by the source's own time, and terms begin before the first is due. */
    private static final LocalDate BEGINNING = LocalDate.of(1970, 1, 1);

    /** Those due from a day until another, out, as known at an instant. */
    public AnalysisQuery due(LocalDate from, LocalDate until, Instant asOf, ZoneId zone) {
        var today = asOf.atZone(zone).toLocalDate();
        var due = field(contracts.due());
        var groups = new ArrayList<String>();
        groups.add("account");
        groups.add(due);
        if (contracts.decidedOn() != null) {
            groups.add(field(contracts.decidedOn()));
        }
        return AnalysisQuery.of(metrics(), new AskedRange.Between(BEGINNING, today), zone)
                .withGroupBy(groups)
                .withWhere(
                        "account is not none and %s >= %s and %s < %s"
                                .formatted(due, day(from), due, day(until)))
                .withAsOf(asOf)
                .withKeys(false)
                .page(QuestionLimits.MOST_ROWS, null);
    }

    private List<AskedMetric> metrics() {
        var metrics = new ArrayList<AskedMetric>();
        metrics.add(metric("count(\n%s\n)".formatted(contracts.rows()), TERMS));
        metrics.add(ofRows(condition(contracts.decided()), "1", DECIDED));
        metrics.add(ofRows(renewed(), "1", RENEWED));
        if (contracts.value() != null) {
            var value = "(\n" + contracts.value() + "\n)";
            metrics.add(metric("sum(\n%s\n : %s)".formatted(contracts.rows(), value), VALUE));
            metrics.add(ofRows(condition(contracts.decided()), value, VALUE_DECIDED));
            metrics.add(ofRows(renewed(), value, VALUE_RENEWED));
        }
        return metrics;
    }

    private String renewed() {
        return condition(contracts.decided()) + " and " + condition(contracts.renewed());
    }

    private static String condition(String text) {
        return "coalesce((\n" + text + "\n), false)";
    }

    private AskedMetric ofRows(String condition, String value, String as) {
        return metric(
                "sum(\n%s\n : case when %s then %s end)"
                        .formatted(contracts.rows(), condition, value),
                as);
    }

    private static AskedMetric metric(String formula, String as) {
        return new AskedMetric(new MetricReference.Inline(formula), as);
    }

    private String field(String name) {
        return FormulaPrinter.name(source) + "." + FormulaPrinter.name(name);
    }

    private static String day(LocalDate day) {
        return "date(%d, %d, %d)"
                .formatted(day.getYear(), day.getMonthValue(), day.getDayOfMonth());
    }

    /** Problems with the question, at the part of the contracts that they are of. */
    public static List<Problem> placed(List<Problem> problems) {
        return problems.stream()
                .map(problem -> problem.in(place(problem.place())))
                .distinct()
                .toList();
    }

    private static Place place(Place place) {
        var path = place.path();
        if (path.size() < 2) {
            return Place.of("contracts");
        }
        return switch (path.get(0) + path.get(1)) {
            case "metrics0" -> Place.of("contracts", "rows");
            case "metrics1" -> Place.of("contracts", "decided");
            case "metrics2" -> Place.of("contracts", "renewed");
            case "metrics3", "metrics4", "metrics5" -> Place.of("contracts", "value");
            case "groupBy1" -> Place.of("contracts", "due");
            case "groupBy2" -> Place.of("contracts", "decidedOn");
            default -> Place.of("contracts");
        };
    }
}
