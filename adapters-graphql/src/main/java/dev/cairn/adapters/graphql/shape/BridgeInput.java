package dev.cairn.adapters.graphql.shape;

import dev.cairn.adapters.graphql.analysis.FrameInput;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.shape.Bridge;
import org.jspecify.annotations.Nullable;

/** What moved a stock. */
public record BridgeInput(FrameInput frame, @Nullable BridgeStockInput of) {
    Bridge toDomain(AnalysisQuery inFrame) {
        return of == null
                ? Bridge.ofRecurringRevenue(inFrame)
                : new Bridge(inFrame, of.stock, of.opening, of.atOpeningRates, of.before);
    }

    /** The stock. */
    public record BridgeStockInput(
            String stock,
            @Nullable String opening,
            @Nullable String atOpeningRates,
            String before) {}
}
