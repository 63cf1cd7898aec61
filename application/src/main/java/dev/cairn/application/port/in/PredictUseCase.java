package dev.cairn.application.port.in;

import dev.cairn.application.port.AnalysisFailed;
import dev.cairn.application.port.Deadline;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.prediction.Prediction;
import dev.cairn.domain.prediction.PredictionQuery;
import dev.cairn.domain.problem.Problem;
import java.util.List;

/** Predicts what customers without a contract will buy, or reports everything that is wrong with what is asked. */
public interface PredictUseCase {
    /** @throws AnalysisFailed where the question is valid and still cannot be answered */
    Outcome predict(PredictionQuery query, Caller caller, Deadline deadline);

    /** What came of it. */
    sealed interface Outcome {
        record Predicted(Prediction prediction) implements Outcome {}

        record Rejected(List<Problem> problems) implements Outcome {}
    }
}
