package dev.cairn.application.service;

import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.Seal;
import dev.cairn.application.port.in.ExportUseCase;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.Caller;
import org.jspecify.annotations.Nullable;

/** Takes cursors that {@link SealedAnalyses} gave the same caller, and no others. */
public final class SealedExports implements ExportUseCase {
    private final ExportUseCase exports;
    private final Seal seal;

    public SealedExports(ExportUseCase exports, Seal seal) {
        this.exports = exports;
        this.seal = seal;
    }

    @Override
    public Outcome export(
            AnalysisQuery query,
            @Nullable Integer most,
            Caller caller,
            Deadline deadline,
            Taker taker) {
        return exports.export(
                SealedAnalyses.opened(query, caller, seal), most, caller, deadline, taker);
    }
}
