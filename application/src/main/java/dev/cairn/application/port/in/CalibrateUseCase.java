package dev.cairn.application.port.in;

import dev.cairn.application.port.AnalysisFailed;
import dev.cairn.application.port.Deadline;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.calibration.Calibration;
import dev.cairn.domain.calibration.CalibrationQuery;
import dev.cairn.domain.calibration.RenewalForecast;
import dev.cairn.domain.calibration.RenewalForecastQuery;
import dev.cairn.domain.problem.Problem;
import java.util.List;

/** Holds a score against what happened afterwards, and forecasts renewals by what it counts; or reports everything that is wrong with what is asked. */
public interface CalibrateUseCase {
    /** @throws AnalysisFailed where the question is valid and still cannot be answered */
    Outcome calibrate(CalibrationQuery query, Caller caller, Deadline deadline);

    /**
     * Forecasts by the rates of bands in the past.
     *
     * @throws AnalysisFailed where the question is valid and still cannot be answered
     */
    Forecast forecast(RenewalForecastQuery query, Caller caller, Deadline deadline);

    /** What came of a forecast. */
    sealed interface Forecast {
        record Made(RenewalForecast forecast) implements Forecast {}

        record Rejected(List<Problem> problems) implements Forecast {
            public Rejected {
                problems = List.copyOf(problems);
            }
        }
    }

    /** What came of a calibration. */
    sealed interface Outcome {
        record Calibrated(Calibration calibration) implements Outcome {}

        record Rejected(List<Problem> problems) implements Outcome {
            public Rejected {
                problems = List.copyOf(problems);
            }
        }
    }
}
