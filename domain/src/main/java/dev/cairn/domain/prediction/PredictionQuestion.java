package dev.cairn.domain.prediction;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.AskedMetric;
import dev.cairn.domain.analysis.AnalysisQuery.AskedRange;
import dev.cairn.domain.analysis.AnalysisQuery.CohortReference;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.formula.FormulaPrinter;
import dev.cairn.domain.planner.QuestionLimits;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.problem.Problems;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The questions to ask of the facts for a prediction. All purchases of an account on one day are one; what they are worth is added up. What a caller wrote stands on
 * lines of its own in the formulas, so that problems with it can be told where the caller wrote it.
 *
 * @param day formula of the local day of a row
 * @param calibratedUntil first day that the models do not know
 * @param horizonUntil first day after the horizon
 * @param asOf what counts as now for all of them
 */
public record PredictionQuestion(
        PredictionQuery query,
        String day,
        LocalDate calibratedUntil,
        LocalDate horizonUntil,
        Instant asOf) {
    /** Columns, in this order where there are customers to count; after the account and without them where there are accounts. */
    public static final String DAYS = "buying_days";

    public static final String FIRST = "first_on";
    public static final String LAST = "last_on";
    public static final String LATER = "later_value";
    public static final String CUSTOMERS = "customers";
    public static final String ROWS = "rows_read";
    public static final String BOUGHT = "bought";

    /** From so many repeats on customers are of one class. */
    public static final int LAST_CLASS = 7;

    private static final Pattern OUR_COLUMN =
            Pattern.compile(
                    "^'(?:%s)'"
                            .formatted(
                                    String.join(
                                            "|", DAYS, FIRST, LAST, LATER, CUSTOMERS, ROWS,
                                            BOUGHT)));

    private static final Place OF_TRANSACTIONS = Place.of("transactions");
    private static final Place OF_VALUE = Place.of("value");
    private static final Place OF_WHERE = Place.of("where");

    /** How many customers bought on so many days, first and last on these days, for so much after the first day. */
    public AnalysisQuery counts() {
        return asked(
                        List.of(
                                metric("count(account)", CUSTOMERS),
                                metric("count(\n%s\n) over all".formatted(rows()), ROWS)),
                        lastDay())
                .withGroupBy(
                        List.of(
                                key(days("over all"), DAYS),
                                key(edge("min"), FIRST),
                                key(edge("max"), LAST),
                                key(laterValue(), LATER)))
                .page(QuestionLimits.MOST_ROWS, null);
    }

    /** The same of each account. */
    public AnalysisQuery accounts(int rows, @Nullable String after) {
        return asked(
                        List.of(
                                metric(days("over all"), DAYS),
                                metric(edge("min"), FIRST),
                                metric(edge("max"), LAST),
                                metric(laterValue(), LATER)),
                        lastDay())
                .withGroupBy(List.of("account"))
                .page(rows, after);
    }

    /**
     * How many customers bought on so many days before, and on how many in the horizon. It is asked of the last day that the models know, as of the end of the
     * horizon: whoever is of the cohort when the calibration ends is asked about, whatever became of them.
     */
    public AnalysisQuery holdout() {
        var own = "distinct(\n%s\n : %s)".formatted(rows(), day);
        return asked(
                        List.of(
                                metric(
                                        "sum(account : %s over onward - %s)".formatted(own, own),
                                        BOUGHT)),
                        lastDay())
                .withAsOf(horizonUntil.atStartOfDay(query.zone()).toInstant())
                .withGroupBy(
                        List.of(
                                key(
                                        "least(%s, %d)".formatted(days("over all"), LAST_CLASS + 1),
                                        DAYS)));
    }

    private AskedRange lastDay() {
        return new AskedRange.Between(calibratedUntil.minusDays(1), calibratedUntil);
    }

    private AnalysisQuery asked(List<AskedMetric> metrics, AskedRange range) {
        return AnalysisQuery.of(metrics, range, query.zone())
                .withWhere("account is not none")
                .withCohort(members())
                .withAsOf(asOf)
                .withKeys(false);
    }

    /** The accounts of the cohort that meet the condition when the calibration ends; null: all. */
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

    private static AskedMetric metric(String formula, String as) {
        return new AskedMetric(new MetricReference.Inline(formula), as);
    }

    private static String key(String formula, String as) {
        return "(%s) as %s".formatted(formula, as);
    }

    private String rows() {
        return query.transactions();
    }

    private String days(String window) {
        return "distinct(\n%s\n : %s) %s".formatted(rows(), day, window);
    }

    private String edge(String function) {
        return "%s(\n%s\n : %s) over all".formatted(function, rows(), day);
    }

    private String laterValue() {
        return """
        sum(
        %s
         : case when %s > per(account : min(
        %s
         : %s) over all) then
        %s
         end) over all\
        """
                .formatted(rows(), day, rows(), day, query.value());
    }

    /** Problems with these questions, where the caller wrote what they are about; nothing twice. */
    public List<Problem> placed(List<Problem> problems) {
        var placed = new Problems();
        for (var problem : problems) {
            placed.add(
                    problem.code() == ProblemCode.UNIT_MISMATCH && problem.place().line() == 0
                            ? ofColumn(problem)
                            : problem.in(place(problem.place())));
        }
        return placed.all();
    }

    /** What is wrong with a column, whose names are ours, is wrong with the value: nothing else adds up. */
    private static Problem ofColumn(Problem problem) {
        return new Problem(
                problem.code(),
                OUR_COLUMN.matcher(problem.message()).replaceFirst("The value"),
                OF_VALUE,
                problem.suggestions().stream()
                        .filter(rewrite -> !rewrite.startsWith("groupBy"))
                        .toList());
    }

    private Place place(Place place) {
        if (place.path().isEmpty()) {
            return place;
        }
        return switch (place.path().getFirst()) {
            case "metrics", "groupBy" -> ofFormula(place);
            case "cohort" -> ofMembers(place);
            default -> place;
        };
    }

    /** One line before the condition, and the rule of the cohort with one line more before both. */
    private Place ofMembers(Place place) {
        if (query.where() == null) {
            return place;
        }
        int lines = query.cohort() instanceof CohortReference.Rule(var rule) ? lines(rule) + 1 : 0;
        if (place.line() > lines + 1) {
            return shifted(OF_WHERE, place, lines + 1);
        }
        return query.cohort() == null ? OF_WHERE : shifted(Place.of("cohort"), place, 1);
    }

    /** Lines: one, the rows, one, and in what later purchases are worth the rows again, one and the value. */
    private Place ofFormula(Place place) {
        int lines = lines(rows());
        int before = 2 * lines + 3;
        int line = place.line();
        if (line > 1 && line <= lines + 1) {
            return shifted(OF_TRANSACTIONS, place, 1);
        }
        if (line > lines + 2 && line < before) {
            return shifted(OF_TRANSACTIONS, place, lines + 2);
        }
        if (line > before && line <= before + lines(query.value())) {
            return shifted(OF_VALUE, place, before);
        }
        return place.path().size() > 1
                        && place.path().getFirst().equals("groupBy")
                        && place.path().get(1).equals("3")
                ? OF_VALUE
                : OF_TRANSACTIONS;
    }

    private static int lines(String text) {
        return (int) text.chars().filter(letter -> letter == '\n').count() + 1;
    }

    private static Place shifted(Place to, Place from, int lines) {
        return from.line() > lines ? to.at(from.line() - lines, from.column()) : to;
    }
}
