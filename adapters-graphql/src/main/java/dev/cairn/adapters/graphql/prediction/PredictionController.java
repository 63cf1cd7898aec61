package dev.cairn.adapters.graphql.prediction;

import dev.cairn.adapters.graphql.problem.ErrorCode;
import dev.cairn.adapters.graphql.problem.RejectedException;
import dev.cairn.adapters.graphql.trust.SourcedAnswer;
import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.in.PredictUseCase;
import dev.cairn.application.port.in.PredictUseCase.Outcome;
import dev.cairn.domain.analysis.Caller;
import graphql.schema.DataFetchingEnvironment;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;

/** Predictions. */
@Controller
public final class PredictionController {
    private final PredictUseCase predictions;

    public PredictionController(PredictUseCase predictions) {
        this.predictions = predictions;
    }

    /** Never null: the field is, so that an error stays local. What happened in the horizon is a statement more, and read where it is selected. */
    @QueryMapping
    @Nullable PredictedValueOutput predictedValue(
            @Argument PredictedValueInput input,
            Caller caller,
            DataFetchingEnvironment environment) {
        boolean holdout = environment.getSelectionSet().contains("frequencyClasses/actualMean");
        return SourcedAnswer.of(environment, () -> answer(input, holdout, caller));
    }

    private PredictedValueOutput answer(PredictedValueInput input, boolean holdout, Caller caller) {
        return switch (predictions.predict(input.toDomain(holdout), caller, Deadline.current())) {
            case Outcome.Predicted(var prediction) ->
                    new PredictedValueOutput(prediction, input.after() != null);
            case Outcome.Rejected(var problems) ->
                    throw new RejectedException(ErrorCode.BAD_QUERY, problems);
        };
    }
}
