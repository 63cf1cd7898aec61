package dev.cairn.application.service;

import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.in.CalibrateUseCase;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.calibration.Calibration.Checkpoint;
import dev.cairn.domain.calibration.CalibrationQuery;
import dev.cairn.domain.calibration.RenewalForecastQuery;

/** Has each calibration written down, with how many accounts it was of. */
public final class AuditedCalibrations implements CalibrateUseCase {
    private final CalibrateUseCase calibrations;
    private final Audit audit;

    public AuditedCalibrations(CalibrateUseCase calibrations, Audit audit) {
        this.calibrations = calibrations;
        this.audit = audit;
    }

    @Override
    public Outcome calibrate(CalibrationQuery query, Caller caller, Deadline deadline) {
        var outcome = calibrations.calibrate(query, caller, deadline);
        if (outcome instanceof Outcome.Calibrated(var calibration)) {
            audit.read(
                    caller,
                    "calibrate",
                    query,
                    calibration.checkpoints().stream().mapToInt(Checkpoint::accounts).sum());
        }
        return outcome;
    }

    @Override
    public Forecast forecast(RenewalForecastQuery query, Caller caller, Deadline deadline) {
        var outcome = calibrations.forecast(query, caller, deadline);
        if (outcome instanceof Forecast.Made(var forecast)) {
            audit.read(caller, "forecastRenewals", query, forecast.open());
        }
        return outcome;
    }
}
