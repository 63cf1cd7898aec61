package dev.cairn.adapters.graphql.shape;

import dev.cairn.adapters.graphql.analysis.AnalysisOutput;
import dev.cairn.adapters.graphql.analysis.CellOutput;
import dev.cairn.adapters.graphql.shape.ShapeAnswer.FormulaOutput;
import dev.cairn.domain.shape.Lifecycle;
import dev.cairn.domain.shape.LifecycleAnswer;
import dev.cairn.domain.shape.LifecycleAnswer.Period;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who is active, as typed clients see it. */
record LifecycleOutput(ShapeAnswer answer, LifecycleAnswer lifecycle) {
    public List<PeriodOutput> periods() {
        return lifecycle.periods().stream().map(this::period).toList();
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
                answer.cell(Lifecycle.ACTIVE, period.active(), row.key()),
                answer.cell(Lifecycle.NEW, period.fresh(), row.key()),
                answer.cell(Lifecycle.RETAINED, period.retained(), row.key()),
                answer.cell(Lifecycle.RESURRECTED, period.resurrected(), row.key()),
                answer.cell(Lifecycle.DORMANT, period.dormant(), row.key()));
    }

    /** A period and group. */
    public record PeriodOutput(
            @Nullable String key,
            @Nullable CellOutput start,
            List<CellOutput> groups,
            CellOutput active,
            CellOutput newcomers,
            CellOutput retained,
            CellOutput resurrected,
            CellOutput dormant) {}
}
