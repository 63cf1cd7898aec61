package dev.cairn.application.service;

import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.in.AnalyzeUseCase;
import dev.cairn.application.port.in.CalibrateUseCase;
import dev.cairn.application.service.PredictionRows.Refused;
import dev.cairn.domain.analysis.AnalysisQuery.AskedRange;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.calibration.Calibration;
import dev.cairn.domain.calibration.Calibration.Checkpoint;
import dev.cairn.domain.calibration.CalibrationCheck;
import dev.cairn.domain.calibration.CalibrationCheck.Checked;
import dev.cairn.domain.calibration.CalibrationQuery;
import dev.cairn.domain.calibration.CalibrationQuery.Outcomes;
import dev.cairn.domain.calibration.Calibrations;
import dev.cairn.domain.calibration.OutcomeText;
import dev.cairn.domain.calibration.RenewalForecast;
import dev.cairn.domain.calibration.RenewalForecastCheck;
import dev.cairn.domain.calibration.RenewalForecastQuery;
import dev.cairn.domain.calibration.RenewalForecaster;
import dev.cairn.domain.calibration.SuccessQuestion;
import dev.cairn.domain.model.Success.Window;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.sample.Sample;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** Reads scores as they were, and what happened then, and counts. */
public final class CalibrateService implements CalibrateUseCase {
    private final Catalogs catalogs;
    private final AnalyzeUseCase analyses;
    private final AccountSample samples;
    private final Clock clock;

    public CalibrateService(
            Catalogs catalogs, AnalyzeUseCase analyses, AccountSample samples, Clock clock) {
        this.catalogs = catalogs;
        this.analyses = analyses;
        this.samples = samples;
        this.clock = clock;
    }

    @Override
    public Outcome calibrate(CalibrationQuery query, Caller caller, Deadline deadline) {
        var asOf = query.asOf() == null ? clock.instant() : query.asOf();
        return switch (CalibrationCheck.of(query, catalogs.current(), asOf)) {
            case Checked.Unsound(var problems) -> new Outcome.Rejected(problems);
            case Checked.Sound sound -> {
                try {
                    var scores = new ScoresRead(samples, caller, deadline);
                    yield new Outcome.Calibrated(
                            new Calibration(
                                    asOf,
                                    switch (query.outcomes()) {
                                        case Outcomes.Within within ->
                                                within(query, within, sound, scores, asOf);
                                        case Outcomes.Succeeded succeeded ->
                                                succeeded(query, succeeded, sound, scores, asOf);
                                        case Outcomes.Renewals renewals ->
                                                renewals(
                                                        query,
                                                        renewals,
                                                        sound,
                                                        scores,
                                                        new TermsRead(analyses, caller, deadline),
                                                        asOf);
                                    }));
                } catch (Refused refused) {
                    yield new Outcome.Rejected(refused.problems());
                }
            }
        };
    }

    @Override
    public Forecast forecast(RenewalForecastQuery query, Caller caller, Deadline deadline) {
        var asOf = query.asOf() == null ? clock.instant() : query.asOf();
        var today = asOf.atZone(query.zone()).toLocalDate();
        return switch (RenewalForecastCheck.of(query, catalogs.current(), today)) {
            case RenewalForecastCheck.Checked.Unsound(var problems) ->
                    new Forecast.Rejected(problems);
            case RenewalForecastCheck.Checked.Sound sound -> {
                try {
                    yield new Forecast.Made(
                            forecast(
                                    query,
                                    sound,
                                    new ScoresRead(samples, caller, deadline),
                                    new TermsRead(analyses, caller, deadline),
                                    asOf));
                } catch (Refused refused) {
                    yield new Forecast.Rejected(refused.problems());
                }
            }
        };
    }

    private static RenewalForecast forecast(
            RenewalForecastQuery query,
            RenewalForecastCheck.Checked.Sound sound,
            ScoresRead scores,
            TermsRead reader,
            Instant asOf) {
        var zone = query.zone();
        var today = asOf.atZone(zone).toLocalDate();
        var past = reader.of(sound.contracts().due(query.historyFrom(today), today, asOf, zone));
        var due = reader.of(sound.contracts().due(query.from(), query.until(), asOf, zone));
        var forecaster = new RenewalForecaster(query, sound.bands(), today);
        var read =
                scores.on(
                        sound.scores(),
                        forecaster.needed(past.terms(), due.terms()),
                        Place.of("every"));
        boolean isChance =
                read.values().stream()
                        .flatMap(accounts -> accounts.values().stream())
                        .filter(columns -> columns.length > 1 && !Double.isNaN(columns[1]))
                        .allMatch(columns -> columns[1] >= 0 && columns[1] <= 1);
        if (!isChance) {
            throw new Refused(
                    List.of(
                            Problem.of(
                                    ProblemCode.BAD_VALUE,
                                    Place.of("call"),
                                    "A call is a chance from 0 to 1, and this formula has other values: case when account.sentiment = 'green' then 0.9 when account.sentiment = 'red' then 0.3 end.")));
        }
        return forecaster.forecast(past.terms(), due.terms(), read, due.currency(), asOf);
    }

    private static List<Checkpoint> within(
            CalibrationQuery query,
            Outcomes.Within asked,
            Checked.Sound sound,
            ScoresRead scores,
            Instant asOf) {
        var calibrations = new Calibrations(query, sound.bands());
        var checkpoints = new ArrayList<Checkpoint>();
        for (var date : asked.dates()) {
            var sample =
                    outcomes(
                            new OutcomeText(asked.outcome()),
                            new AskedRange.Between(date, date.plusDays(asked.days())),
                            query.zone(),
                            scores,
                            asOf);
            Map<String, Double> outcomes = new HashMap<>();
            var mayChange = new HashSet<String>();
            var column = sample.column(OutcomeText.KEY);
            for (int account = 0; account < sample.size(); account++) {
                outcomes.put(sample.accounts().get(account), column.value(account));
                if (column.mayChange(account)) {
                    mayChange.add(sample.accounts().get(account));
                }
            }
            checkpoints.add(
                    calibrations.within(
                            asked, date, scores.ofAll(sound.scores(), date), outcomes, mayChange));
        }
        return checkpoints;
    }

    private static List<Checkpoint> succeeded(
            CalibrationQuery query,
            Outcomes.Succeeded asked,
            Checked.Sound sound,
            ScoresRead scores,
            Instant asOf) {
        var success = sound.success().orElseThrow();
        var question = new SuccessQuestion(success, asked.every(), query.zone(), asOf);
        var labelled = question.labelled(scores.sample(question.question()));
        var read =
                scores.on(
                        sound.scores(),
                        SuccessQuestion.needed(labelled),
                        Place.of("success", "every"));
        var date = success.window() instanceof Window.Dates(var from, _) ? from : null;
        return List.of(new Calibrations(query, sound.bands()).succeeded(date, labelled, read));
    }

    private static Sample outcomes(
            OutcomeText outcome, AskedRange range, ZoneId zone, ScoresRead scores, Instant asOf) {
        var columns = List.of(AccountSample.formula(outcome.formula(), OutcomeText.KEY));
        try {
            return scores.sample(AccountSample.question(columns, range, zone).withAsOf(asOf));
        } catch (Refused refused) {
            throw new Refused(outcome.placed(refused.problems()));
        }
    }

    private static List<Checkpoint> renewals(
            CalibrationQuery query,
            Outcomes.Renewals asked,
            Checked.Sound sound,
            ScoresRead scores,
            TermsRead reader,
            Instant asOf) {
        var question = sound.contracts().orElseThrow();
        var terms =
                reader.of(question.due(asked.from(), asked.until(), asOf, query.zone())).terms();
        Map<LocalDate, Map<String, double[]>> read =
                scores.on(
                        sound.scores(),
                        Calibrations.needed(asked, terms),
                        Place.of("renewals", "every"));
        var calibrations = new Calibrations(query, sound.bands());
        return asked.days().stream()
                .map(days -> calibrations.renewals(asked, days, terms, read))
                .toList();
    }
}
