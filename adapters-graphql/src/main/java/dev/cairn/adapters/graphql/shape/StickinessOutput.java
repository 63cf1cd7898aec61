package dev.cairn.adapters.graphql.shape;

import dev.cairn.adapters.graphql.analysis.AnalysisOutput;
import dev.cairn.adapters.graphql.analysis.CellOutput;
import dev.cairn.adapters.graphql.shape.ShapeAnswer.FormulaOutput;
import dev.cairn.domain.shape.Stickiness;
import dev.cairn.domain.shape.StickinessAnswer;
import dev.cairn.domain.shape.StickinessAnswer.Period;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** In how many units one is active, as typed clients see it. */
record StickinessOutput(ShapeAnswer answer, StickinessAnswer stickiness) {
    public List<PeriodOutput> periods() {
        return stickiness.periods().stream().map(this::period).toList();
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
                answer.cell(Stickiness.ACTIVE, period.active(), row.key()),
                answer.cell(Stickiness.MEAN, period.mean(), row.key()),
                answer.cell(Stickiness.MEDIAN, period.median(), row.key()),
                IntStream.range(0, stickiness.counts().size())
                        .mapToObj(at -> {
                            var count = stickiness.counts().get(at);
                            return new CountOutput(
                                    count.from(),
                                    count.to(),
                                    answer.cell(
                                            count.column(), period.counts().get(at), row.key()));
                        })
                        .toList());
    }

    /** A period and group. */
    public record PeriodOutput(
            @Nullable String key,
            @Nullable CellOutput start,
            List<CellOutput> groups,
            CellOutput active,
            CellOutput mean,
            CellOutput median,
            List<CountOutput> counts) {}

    /** Those who were active in so many units; a null {@code to}: or more. */
    public record CountOutput(int from, @Nullable Integer to, CellOutput cell) {}
}
