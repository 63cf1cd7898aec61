package dev.cairn.application.port.in;

import dev.cairn.application.port.AnalysisFailed;
import dev.cairn.application.port.Deadline;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.calibration.Calibration;
import dev.cairn.domain.calibration.CalibrationQuery;
import dev.cairn.domain.problem.Problem;
import java.util.List;

/** Holds a score against what happened afterwards, or reports everything that is wrong with what is asked. */
public interface CalibrateUseCase {
    /** @throws AnalysisFailed where the question is valid and still cannot be answered */
    Outcome calibrate(CalibrationQuery query, Caller caller, Deadline deadline);

    /** What came of it. */
    sealed interface Outcome {
        record Calibrated(Calibration calibration) implements Outcome {}

        record Rejected(List<Problem> problems) implements Outcome {
            public Rejected {
                problems = List.copyOf(problems);
            }
        }
    }
}
