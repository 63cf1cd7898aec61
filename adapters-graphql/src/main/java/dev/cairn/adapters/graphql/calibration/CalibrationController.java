package dev.cairn.adapters.graphql.calibration;

import dev.cairn.adapters.graphql.problem.ErrorCode;
import dev.cairn.adapters.graphql.problem.RejectedException;
import dev.cairn.adapters.graphql.trust.SourcedAnswer;
import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.in.CalibrateUseCase;
import dev.cairn.application.port.in.CalibrateUseCase.Forecast;
import dev.cairn.application.port.in.CalibrateUseCase.Outcome;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.calibration.Calibration;
import dev.cairn.domain.calibration.Calibration.Scored;
import dev.cairn.domain.calibration.Case;
import dev.cairn.domain.calibration.RenewalForecast;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import graphql.schema.DataFetchingEnvironment;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

/** Calibrations. */
@Controller
public final class CalibrationController {
    private static final int MOST_CASES = 1000;
    private static final int USUAL_CASES = 50;

    private final CalibrateUseCase calibrations;

    public CalibrationController(CalibrateUseCase calibrations) {
        this.calibrations = calibrations;
    }

    /** An account whose score was wrong. */
    public record CaseOutput(
            String account, LocalDate scoredOn, @Nullable LocalDate due, double score) {
        static CaseOutput of(Case one) {
            return new CaseOutput(one.account(), one.scoredOn(), one.due(), one.score());
        }
    }

    /** Never null: the field is, so that an error stays local. */
    @QueryMapping
    @Nullable Calibration calibration(
            @Argument CalibrationInput input, Caller caller, DataFetchingEnvironment field) {
        return SourcedAnswer.of(field, () -> answer(input, caller));
    }

    private Calibration answer(CalibrationInput input, Caller caller) {
        return switch (calibrations.calibrate(input.toDomain(), caller, Deadline.current())) {
            case Outcome.Calibrated(var calibration) -> calibration;
            case Outcome.Rejected(var problems) ->
                    throw new RejectedException(ErrorCode.BAD_QUERY, problems);
        };
    }

    /** Never null: the field is, so that an error stays local. */
    @QueryMapping
    @Nullable RenewalForecast renewalForecast(
            @Argument RenewalForecastInput input, Caller caller, DataFetchingEnvironment field) {
        return SourcedAnswer.of(field, () -> answer(input, caller));
    }

    private RenewalForecast answer(RenewalForecastInput input, Caller caller) {
        return switch (calibrations.forecast(input.toDomain(), caller, Deadline.current())) {
            case Forecast.Made(var forecast) -> forecast;
            case Forecast.Rejected(var problems) ->
                    throw new RejectedException(ErrorCode.BAD_QUERY, problems);
        };
    }

    @SchemaMapping(typeName = "CalibratedScore")
    int missed(Scored scored) {
        return scored.misses().size();
    }

    @SchemaMapping(typeName = "CalibratedScore")
    int falselyAlarmed(Scored scored) {
        return scored.falseAlarms().size();
    }

    @SchemaMapping(typeName = "CalibratedScore")
    List<CaseOutput> misses(
            Scored scored, @Argument @Nullable Integer first, @Argument @Nullable Integer skip) {
        return page(scored.misses(), first, skip);
    }

    @SchemaMapping(typeName = "CalibratedScore")
    List<CaseOutput> falseAlarms(
            Scored scored, @Argument @Nullable Integer first, @Argument @Nullable Integer skip) {
        return page(scored.falseAlarms(), first, skip);
    }

    private static List<CaseOutput> page(
            List<Case> cases, @Nullable Integer askedFirst, @Nullable Integer askedSkip) {
        int first = askedFirst == null ? USUAL_CASES : askedFirst;
        int skip = askedSkip == null ? 0 : askedSkip;
        if (first < 1 || first > MOST_CASES || skip < 0) {
            throw new RejectedException(
                    ErrorCode.BAD_QUERY,
                    List.of(
                            Problem.of(
                                    ProblemCode.BAD_PAGE,
                                    Place.of(skip < 0 ? "skip" : "first"),
                                    "Ask for a page of 1 to %d accounts, after 0 or more, not of %d after %d.",
                                    MOST_CASES,
                                    first,
                                    skip)));
        }
        return cases.stream().skip(skip).limit(first).map(CaseOutput::of).toList();
    }
}
