package dev.cairn.adapters.graphql.shape;

import dev.cairn.adapters.graphql.analysis.AnalysisOutput;
import dev.cairn.adapters.graphql.analysis.CellOutput;
import dev.cairn.adapters.graphql.shape.ShapeAnswer.FormulaOutput;
import dev.cairn.domain.shape.Retention;
import dev.cairn.domain.shape.RetentionMatrix;
import dev.cairn.domain.shape.RetentionMatrix.Cohort;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Who came back, as typed clients see it. */
record RetentionOutput(ShapeAnswer answer, RetentionMatrix matrix) {
    public List<CohortOutput> cohorts() {
        return matrix.cohorts().stream().map(this::cohort).toList();
    }

    public List<CohortOutput> averages() {
        return matrix.averages().stream().map(this::cohort).toList();
    }

    public AnalysisOutput table() {
        return answer.table();
    }

    public List<FormulaOutput> formulas() {
        return answer.formulas();
    }

    private CohortOutput cohort(Cohort cohort) {
        var key = cohort.row().key();
        return new CohortOutput(
                key,
                answer.time(cohort.row()),
                answer.groups(cohort.row()),
                answer.cell(Retention.SIZE, cohort.size(), key),
                IntStream.range(0, matrix.brackets().size())
                        .mapToObj(at -> {
                            var bracket = matrix.brackets().get(at);
                            return new AgeOutput(
                                    bracket.from(),
                                    bracket.to(),
                                    answer.cell(bracket.column(), cohort.ages().get(at), key));
                        })
                        .toList());
    }

    /** Those who started in a period. */
    public record CohortOutput(
            @Nullable String key,
            @Nullable CellOutput start,
            List<CellOutput> groups,
            CellOutput size,
            List<AgeOutput> ages) {}

    /** A cell of the matrix. */
    public record AgeOutput(int from, int to, CellOutput cell) {}
}
