package dev.cairn.application.service;

import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.Seal;
import dev.cairn.application.port.in.PredictUseCase;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.prediction.PredictionQuery;

/** Gives cursors a seal of the caller, and takes none that lacks it. */
public final class SealedPredictions implements PredictUseCase {
    private static final String OF = "prediction";

    private final PredictUseCase predictions;
    private final Seal seal;

    public SealedPredictions(PredictUseCase predictions, Seal seal) {
        this.predictions = predictions;
        this.seal = seal;
    }

    @Override
    public Outcome predict(PredictionQuery query, Caller caller, Deadline deadline) {
        var after = query.after();
        var opened =
                after == null
                        ? query
                        : query.page(
                                query.first(),
                                seal.opened(after, caller, OF).orElse(SealedAnalyses.NONE));
        return switch (predictions.predict(opened, caller, deadline)) {
            case Outcome.Predicted(var prediction) when prediction.cursor() != null ->
                    new Outcome.Predicted(
                            prediction.withCursor(seal.sealed(prediction.cursor(), caller, OF)));
            case Outcome outcome -> outcome;
        };
    }
}
