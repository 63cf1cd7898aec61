package dev.cairn.domain.calibration;

import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** What is wrong with what is asked of a forecast, as far as that can be told before its questions are asked. */
public final class RenewalForecastCheck {
    private static final int MOST_CHECKPOINTS = 12;

    private RenewalForecastCheck() {}

    /** What came of it. */
    public sealed interface Checked {
        /** @param scores the score and, where one is asked for, the call */
        record Sound(ScoreBands bands, ScoreQuestion scores, ContractsQuestion contracts)
                implements Checked {}

        record Unsound(List<Problem> problems) implements Checked {
            public Unsound {
                problems = List.copyOf(problems);
            }
        }
    }

    /** @param today the day that is today in the zone of the query */
    public static Checked of(RenewalForecastQuery query, Catalog catalog, LocalDate today) {
        var checks = new ScoreChecks(catalog);
        var columns = new ArrayList<ScoreQuestion.Column>();
        columns.add(new ScoreQuestion.Column("score", checks.score(query.score(), "score")));
        if (query.call() != null) {
            checks.parses(query.call(), Place.of("call"));
            columns.add(new ScoreQuestion.Column("call", query.call()));
        }
        var bands = checks.bands(query.score(), query.alarm(), "alarm");
        var contracts = checks.contracts(query.contracts());
        times(query, today, checks);
        return bands.isPresent() && contracts.isPresent() && checks.problems().isEmpty()
                ? new Checked.Sound(
                        bands.get(),
                        new ScoreQuestion(columns, null, null, query.zone(), query.knownThen()),
                        contracts.get())
                : new Checked.Unsound(checks.problems());
    }

    private static void times(RenewalForecastQuery query, LocalDate today, ScoreChecks checks) {
        checks.days(query.days(), Place.of("days"));
        if (query.days().isEmpty()
                || query.days().size() > MOST_CHECKPOINTS
                || new HashSet<>(query.days()).size() < query.days().size()) {
            checks.problem(
                    ProblemCode.BAD_VALUE,
                    Place.of("days"),
                    "Ask for 1 to %d days, none twice.",
                    MOST_CHECKPOINTS);
        }
        if (query.from().isBefore(today)) {
            checks.problem(
                    ProblemCode.BAD_RANGE,
                    Place.of("from"),
                    "Contracts due on %s have come to their end: a forecast begins with today, %s.",
                    query.from(),
                    today);
        }
        if (!query.from().isBefore(query.until())) {
            checks.problem(
                    ProblemCode.BAD_RANGE,
                    Place.of("until"),
                    "Contracts due from %s until %s are none: until is the first day that is out.",
                    query.from(),
                    query.until());
        }
        if (!query.historyFrom(today).isBefore(today)) {
            checks.problem(
                    ProblemCode.BAD_RANGE,
                    Place.of("history"),
                    "Rates are counted of contracts that have come due: from a day before today, %s.",
                    today);
        }
    }
}
