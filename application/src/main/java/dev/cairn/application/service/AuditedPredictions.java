package dev.cairn.application.service;

import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.in.PredictUseCase;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.prediction.PredictionQuery;

/** Has each prediction written down: what was fitted before is answered without a question. */
public final class AuditedPredictions implements PredictUseCase {
    private final PredictUseCase predictions;
    private final Audit audit;

    public AuditedPredictions(PredictUseCase predictions, Audit audit) {
        this.predictions = predictions;
        this.audit = audit;
    }

    @Override
    public Outcome predict(PredictionQuery query, Caller caller, Deadline deadline) {
        var outcome = predictions.predict(query, caller, deadline);
        if (outcome instanceof Outcome.Predicted(var prediction)) {
            audit.read(caller, "predict", query, prediction.accounts().size());
        }
        return outcome;
    }
}
