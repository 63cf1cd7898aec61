package dev.cairn.adapters.graphql.shape;

import dev.cairn.adapters.graphql.analysis.AnalysisOutput;
import dev.cairn.adapters.graphql.analysis.CellOutput;
import dev.cairn.adapters.graphql.shape.ShapeAnswer.FormulaOutput;
import dev.cairn.domain.shape.Bridge;
import dev.cairn.domain.shape.BridgeAnswer;
import dev.cairn.domain.shape.BridgeAnswer.Period;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What moved a stock, as typed clients see it. */
record BridgeOutput(ShapeAnswer answer, BridgeAnswer bridge) {
    public List<PeriodOutput> periods() {
        return bridge.periods().stream().map(this::period).toList();
    }

    public AnalysisOutput table() {
        return answer.table();
    }

    public List<FormulaOutput> formulas() {
        return answer.formulas();
    }

    private PeriodOutput period(Period period) {
        var row = period.row();
        return new PeriodOutput(
                row.key(),
                answer.time(row),
                answer.groups(row),
                answer.cell(Bridge.START, period.start(), row.key()),
                answer.cell(Bridge.NEW, period.fresh(), row.key()),
                answer.cell(Bridge.EXPANSION, period.expansion(), row.key()),
                answer.cell(Bridge.CONTRACTION, period.contraction(), row.key()),
                answer.cell(Bridge.CHURN, period.churn(), row.key()),
                answer.cell(Bridge.REACTIVATION, period.reactivation(), row.key()),
                answer.cell(Bridge.FX, period.fx(), row.key()),
                answer.cell(Bridge.END, period.end(), row.key()),
                period.difference());
    }

    /** A period and group. */
    public record PeriodOutput(
            @Nullable String key,
            @Nullable CellOutput start,
            List<CellOutput> groups,
            CellOutput opening,
            CellOutput newBusiness,
            CellOutput expansion,
            CellOutput contraction,
            CellOutput churn,
            CellOutput reactivation,
            CellOutput fx,
            CellOutput closing,
            @Nullable BigDecimal difference) {}
}
