package dev.cairn.application.service;

import dev.cairn.application.port.Deadline;
import dev.cairn.application.service.PredictionRows.Refused;
import dev.cairn.domain.analysis.Absence;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.AskedRange;
import dev.cairn.domain.analysis.AnalysisQuery.Filter;
import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.calibration.ScoreQuestion;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.sample.Sample;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads the scores of accounts as they were when a day began: as of that instant, so that nothing that came later is in them. */
final class ScoresRead {
    /** Each is a statement. */
    static final int MOST_DAYS = 160;

    /** More accounts are read by reading all. */
    private static final int MOST_NAMED = 500;

    private final AccountSample samples;
    private final Caller caller;
    private final Deadline deadline;

    ScoresRead(AccountSample samples, Caller caller, Deadline deadline) {
        this.samples = samples;
        this.caller = caller;
        this.deadline = deadline;
    }

    /** @param needed by day the accounts that are asked about */
    Map<LocalDate, Map<String, double[]>> on(
            ScoreQuestion question, Map<LocalDate, Set<String>> needed, Place every) {
        if (needed.size() > MOST_DAYS) {
            throw new Refused(
                    List.of(
                            Problem.of(
                                    ProblemCode.LIMIT,
                                    every,
                                    "Scores of %d days would be read, and at most %d are. Read them more seldom, by week or month, or ask for a shorter time.",
                                    needed.size(),
                                    MOST_DAYS)));
        }
        var scores = new TreeMap<LocalDate, Map<String, double[]>>();
        needed.forEach((day, accounts) -> scores.put(day, on(question, day, accounts)));
        return scores;
    }

    private Map<String, double[]> on(ScoreQuestion question, LocalDate day, Set<String> accounts) {
        var asked = asked(question, day);
        return values(
                sample(
                        accounts.size() > MOST_NAMED
                                ? asked
                                : asked.withFilter(
                                        new Filter.Where(
                                                "account", Operator.IN, List.copyOf(accounts)))));
    }

    /** Of all accounts that there were. */
    Map<String, double[]> ofAll(ScoreQuestion question, LocalDate day) {
        return values(sample(asked(question, day)));
    }

    private static AnalysisQuery asked(ScoreQuestion question, LocalDate day) {
        Instant begin = day.atStartOfDay(question.zone()).toInstant();
        return AccountSample.question(
                        question.columns().stream()
                                .map(column ->
                                        AccountSample.formula(column.formula(), column.key()))
                                .toList(),
                        new AskedRange.Between(day.minusDays(1), day),
                        question.zone())
                .withCohort(question.members())
                .withAsOf(begin)
                .withKnownAt(question.knownThen() ? begin : null);
    }

    /** @throws Refused with problems at the parts of the input that the columns are called by */
    Sample sample(AnalysisQuery asked) {
        return switch (samples.of(asked, caller, deadline)) {
            case AccountSample.Outcome.Taken(var sample) -> trusted(sample);
            case AccountSample.Outcome.Rejected(var problems) ->
                    throw new Refused(placed(asked, problems));
        };
    }

    /** Scores that are withheld are not taken for accounts without a score. */
    private static Sample trusted(Sample sample) {
        var untrusted =
                sample.columns().stream()
                        .filter(column -> column.absences().containsKey(Absence.UNTRUSTED))
                        .map(column ->
                                Problem.of(
                                        ProblemCode.UNTRUSTED,
                                        Place.of(column.key().split("\\.")),
                                        "This reads a metric whose data is trusted less than its owner asks for; 'cairn trust' says what is wrong."))
                        .toList();
        if (!untrusted.isEmpty()) {
            throw new Refused(untrusted);
        }
        return sample;
    }

    private static Map<String, double[]> values(Sample sample) {
        var values = new HashMap<String, double[]>();
        for (int account = 0; account < sample.size(); account++) {
            var columns = new double[sample.columns().size()];
            for (int column = 0; column < columns.length; column++) {
                columns[column] = sample.columns().get(column).value(account);
            }
            values.put(sample.accounts().get(account), columns);
        }
        return values;
    }

    private static List<Problem> placed(AnalysisQuery asked, List<Problem> problems) {
        var placed = new ArrayList<Problem>();
        for (var problem : problems) {
            var place = problem.place();
            var path = place.path();
            boolean isOfColumn = path.size() > 1 && path.getFirst().equals("metrics");
            int column = isOfColumn ? Integer.parseInt(path.get(1)) : -1;
            var key =
                    column >= 0 && column < asked.metrics().size()
                            ? asked.metrics().get(column).as()
                            : null;
            placed.add(
                    key == null
                            ? problem
                            : problem.in(
                                    place.line() > 1
                                            ? Place.of(key.split("\\."))
                                                    .at(place.line() - 1, place.column())
                                            : Place.of(key.split("\\."))));
        }
        return placed;
    }
}
