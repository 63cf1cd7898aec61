package dev.cairn.domain.calibration;

import dev.cairn.domain.calibration.CalibrationQuery.Outcomes;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.model.Success;
import dev.cairn.domain.model.Success.Window;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** What is wrong with what is asked of a calibration, as far as that can be told before its questions are asked. */
public final class CalibrationCheck {
    private static final int MOST_CHECKPOINTS = 24;
    private static final int MOST_THRESHOLDS = 100;

    private final CalibrationQuery query;
    private final ScoreChecks checks;
    private final LocalDate today;

    private CalibrationCheck(CalibrationQuery query, Catalog catalog, Instant asOf) {
        this.query = query;
        this.checks = new ScoreChecks(catalog);
        this.today = asOf.atZone(query.zone()).toLocalDate();
    }

    /** What came of it. */
    public sealed interface Checked {
        /**
         * @param scores the score and, where there is one, the other
         * @param contracts empty where outcomes are of no contracts
         * @param success empty where outcomes are of none
         */
        record Sound(
                ScoreBands bands,
                ScoreQuestion scores,
                Optional<ContractsQuestion> contracts,
                Optional<Success> success)
                implements Checked {}

        record Unsound(List<Problem> problems) implements Checked {
            public Unsound {
                problems = List.copyOf(problems);
            }
        }
    }

    /** @param asOf what counts as now */
    public static Checked of(CalibrationQuery query, Catalog catalog, Instant asOf) {
        var check = new CalibrationCheck(query, catalog, asOf);
        check.thresholds();
        var columns = new ArrayList<ScoreQuestion.Column>();
        columns.add(new ScoreQuestion.Column("score", check.checks.score(query.score(), "score")));
        if (query.instead() != null) {
            columns.add(
                    new ScoreQuestion.Column(
                            "instead", check.checks.score(query.instead(), "instead")));
        }
        var bands = check.checks.bands(query.score(), query.alarm(), "alarm");
        var success = Optional.<Success>empty();
        var contracts =
                switch (query.outcomes()) {
                    case Outcomes.Within within -> {
                        check.within(within);
                        yield Optional.<ContractsQuestion>empty();
                    }
                    case Outcomes.Succeeded succeeded -> {
                        success = check.success(succeeded, catalog);
                        yield Optional.<ContractsQuestion>empty();
                    }
                    case Outcomes.Renewals renewals -> {
                        check.renewals(renewals);
                        yield check.checks.contracts(renewals.contracts());
                    }
                };
        return bands.isPresent() && check.checks.problems().isEmpty()
                ? new Checked.Sound(
                        bands.get(),
                        new ScoreQuestion(
                                columns,
                                query.where(),
                                query.cohort(),
                                query.zone(),
                                query.knownThen()),
                        contracts,
                        success)
                : new Checked.Unsound(check.checks.problems());
    }

    private void thresholds() {
        if (query.thresholds().size() > MOST_THRESHOLDS) {
            checks.problem(
                    ProblemCode.LIMIT,
                    Place.of("thresholds"),
                    "Ask for %d thresholds at most, not %d.",
                    MOST_THRESHOLDS,
                    query.thresholds().size());
        }
        if (!query.thresholds().stream().allMatch(Double::isFinite)) {
            checks.problem(
                    ProblemCode.BAD_VALUE, Place.of("thresholds"), "A threshold is a number.");
        }
    }

    private Optional<Success> success(Outcomes.Succeeded asked, Catalog catalog) {
        var place = Place.of("success", "key");
        var found = catalog.find(asked.success(), Success.class);
        if (found.isEmpty()) {
            checks.problem(
                    Problem.of(
                                    ProblemCode.UNKNOWN_FIELD,
                                    place,
                                    "No success '%s' is defined.",
                                    asked.success())
                            .suggesting(catalog.nearest(asked.success(), Success.class)));
            return found;
        }
        switch (found.get().window()) {
            case null ->
                    checks.problem(
                            ProblemCode.LEAKAGE,
                            place,
                            "'%s' does not say when it is decided, so that no score is known to be of before: give it from and until, or after and until_day.",
                            asked.success());
            case Window.Dates(var from, var until) when until.isAfter(today) ->
                    checks.problem(
                            ProblemCode.BAD_RANGE,
                            place,
                            "'%s' is decided from %s until %s, and today is %s.",
                            asked.success(),
                            from,
                            until,
                            today);
            case Window.Dates _, Window.Days _ -> {
                // Whose days are not over yet is counted as pending.
            }
        }
        return found;
    }

    private void within(Outcomes.Within within) {
        checks.parses(within.outcome(), Place.of("within", "outcome"));
        checks.days(List.of(within.days()), Place.of("within", "days"));
        count(within.dates(), "within", "dates");
        for (var date : within.dates()) {
            if (ScoreChecks.isOfDays(within.days())
                    && date.plusDays(within.days()).isAfter(today)) {
                checks.problem(
                        ProblemCode.BAD_RANGE,
                        Place.of("within", "dates"),
                        "What happens in the %d days from %s is not known yet: today is %s. The last date to ask about is %s.",
                        within.days(),
                        date,
                        today,
                        today.minusDays(within.days()));
            }
        }
    }

    private void renewals(Outcomes.Renewals renewals) {
        checks.days(renewals.days(), Place.of("renewals", "days"));
        count(renewals.days(), "renewals", "days");
        if (!renewals.from().isBefore(renewals.until())) {
            checks.problem(
                    ProblemCode.BAD_RANGE,
                    Place.of("renewals", "until"),
                    "Contracts due from %s until %s are none: until is the first day that is out.",
                    renewals.from(),
                    renewals.until());
        } else if (renewals.until().isAfter(today.plusDays(1))) {
            checks.problem(
                    ProblemCode.BAD_RANGE,
                    Place.of("renewals", "until"),
                    "Contracts due until %s are not all due yet: today is %s. Ask until %s.",
                    renewals.until(),
                    today,
                    today.plusDays(1));
        }
    }

    private void count(List<?> checkpoints, String of, String part) {
        if (checkpoints.isEmpty()
                || checkpoints.size() > MOST_CHECKPOINTS
                || new HashSet<>(checkpoints).size() < checkpoints.size()) {
            checks.problem(
                    ProblemCode.BAD_VALUE,
                    Place.of(of, part),
                    "Ask for 1 to %d %s, none twice.",
                    MOST_CHECKPOINTS,
                    part);
        }
    }
}
