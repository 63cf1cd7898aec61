package dev.cairn.domain.alert;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.AskedMetric;
import dev.cairn.domain.analysis.AnalysisQuery.AskedRange;
import dev.cairn.domain.analysis.AnalysisQuery.CohortReference;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.formula.Formula;
import dev.cairn.domain.formula.FormulaNames;
import dev.cairn.domain.formula.FormulaParser;
import dev.cairn.domain.formula.FormulaParser.Parsed;
import dev.cairn.domain.model.Alert;
import dev.cairn.domain.model.Alert.Watched;
import dev.cairn.domain.model.Cohort;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Question;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.question.QuestionText;
import dev.cairn.domain.time.Grain;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The question whose answer an alert is decided by. */
public final class AlertQuestion {
    /** The column that has a row of every account there is. */
    public static final String EVERY = "every_account";

    /** Groups that are looked at; accounts, where those of a cohort or a metric are watched. */
    public static final int MOST_GROUPS = 1_000;

    public static final int MOST_ACCOUNTS = 10_000;

    /** Values that are told beside an account. */
    private static final int MOST_METRICS = 5;

    private AlertQuestion() {}

    /** Empty where the alert is not of an answer: of guards and of trust. The definition that is watched is there. */
    public static Optional<AnalysisQuery> of(Alert alert, Catalog catalog) {
        return switch (alert.watched()) {
            case Watched.Groups(var of, var when, _) -> {
                var question = catalog.find(of, Question.class).orElseThrow();
                var query = QuestionText.read(question.asked()).query();
                yield Optional.of(
                        query.page(Math.min(query.first(), MOST_GROUPS), null)
                                .withTotals(false)
                                .withKeys(true)
                                .withTargets(query.targets() || when == Alert.When.MISSED));
            }
            case Watched.Entered(var of, _) ->
                    Optional.of(
                            ofAccounts(
                                            Stream.concat(
                                                            Stream.of(
                                                                    new AskedMetric(
                                                                            new MetricReference
                                                                                    .Inline(
                                                                                    "count(account)"),
                                                                            EVERY)),
                                                            named(of, catalog).stream()
                                                                    .map(AlertQuestion::metric))
                                                    .toList())
                                    .withCohort(new CohortReference.ByKey(of)));
            case Watched.BandLeft(var of, _, _) -> Optional.of(ofAccounts(List.of(metric(of))));
            case Watched.GuardTripped _, Watched.TrustLost _ -> Optional.empty();
        };
    }

    private static AskedMetric metric(String name) {
        return new AskedMetric(new MetricReference.ByKey(name), null);
    }

    /** As they were at the end of the day before. */
    private static AnalysisQuery ofAccounts(List<AskedMetric> metrics) {
        return AnalysisQuery.of(metrics, new AskedRange.Last(1, Grain.DAY), ZoneOffset.UTC)
                .withGroupBy(List.of(EntityRef.ACCOUNT.name()))
                .withFillGaps(false)
                .withKeys(true)
                .page(MOST_ACCOUNTS, null);
    }

    /** Metrics that the rule of a cohort names: their values say how an account stands. */
    private static List<String> named(String cohort, Catalog catalog) {
        return conditions(catalog.find(cohort, Cohort.class).orElseThrow()).stream()
                .flatMap(FormulaNames::paths)
                .map(path -> path.names().getFirst())
                .filter(name -> catalog.metric(name).isPresent())
                .distinct()
                .limit(MOST_METRICS)
                .toList();
    }

    /** The conditions that all hold for members of a cohort, in their order; none of one that lists its members. */
    public static List<Formula> conditions(Cohort cohort) {
        return switch (cohort.members()) {
            case Cohort.Members.Accounts _ -> List.of();
            case Cohort.Members.Rule(var rule) ->
                    switch (FormulaParser.parse(rule, Place.NOWHERE)) {
                        case Parsed.Ok(var formula) -> {
                            var conditions = new ArrayList<Formula>();
                            split(formula, conditions);
                            yield List.copyOf(conditions);
                        }
                        case Parsed.Failed _ -> List.of();
                    };
        };
    }

    private static void split(Formula formula, List<Formula> into) {
        if (formula instanceof Formula.And(var left, var right, _)) {
            split(left, into);
            split(right, into);
        } else {
            into.add(formula);
        }
    }
}
