package dev.cairn.adapters.graphql.standing;

import dev.cairn.adapters.graphql.problem.ErrorCode;
import dev.cairn.adapters.graphql.problem.RejectedException;
import dev.cairn.adapters.graphql.trust.SourcedAnswer;
import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.in.AnalyzeUseCase;
import dev.cairn.application.port.in.AnalyzeUseCase.Outcome;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.ScoreChange;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import graphql.schema.DataFetchingEnvironment;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;

/** How scores of accounts change. */
@Controller
public final class HealthController {
    private final AnalyzeUseCase analyses;

    public HealthController(AnalyzeUseCase analyses) {
        this.analyses = analyses;
    }

    /** Never null: the field is, so that an error stays local. */
    @QueryMapping
    @Nullable HealthChangeOutput healthChange(
            @Argument String account,
            @Argument LocalDate from,
            @Argument LocalDate to,
            @Argument String metric,
            @Argument @Nullable ZoneId timeZone,
            Caller caller,
            DataFetchingEnvironment field) {
        if (!from.isBefore(to)) {
            throw new RejectedException(
                    ErrorCode.BAD_QUERY,
                    List.of(
                            Problem.of(
                                    ProblemCode.BAD_RANGE,
                                    Place.of("to"),
                                    "The change is from a day to a later one, not from %s to %s.",
                                    from,
                                    to)));
        }
        var question =
                ScoreChange.question(
                        metric, account, from, to, timeZone == null ? ZoneOffset.UTC : timeZone);
        return SourcedAnswer.of(field, () -> answer(metric, question, caller));
    }

    private HealthChangeOutput answer(String metric, AnalysisQuery question, Caller caller) {
        return switch (analyses.analyze(question, caller, Deadline.current())) {
            case Outcome.Answered(var answer) ->
                    new HealthChangeOutput(metric, ScoreChange.of(answer));
            case Outcome.Rejected(var problems) ->
                    throw new RejectedException(
                            ErrorCode.BAD_QUERY,
                            problems.stream()
                                    .map(problem -> problem.in(Place.of("metric")))
                                    .toList());
        };
    }
}
