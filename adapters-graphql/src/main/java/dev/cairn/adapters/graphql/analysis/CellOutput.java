package dev.cairn.adapters.graphql.analysis;

import dev.cairn.domain.analysis.Absence;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.analysis.Incomplete;
import dev.cairn.domain.analysis.Measured;
import dev.cairn.domain.analysis.SurvivalCurve;
import dev.cairn.domain.analysis.Uncertainty;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A cell as typed clients see it: each form of its value is made when it is selected.
 *
 * @param question that it is of an answer to
 * @param rowKey key of its row; null: it is not opened
 */
public record CellOutput(
        String column, Cell cell, AnalysisQuery question, @Nullable String rowKey) {
    public @Nullable String text() {
        return text(Values.in(cell));
    }

    /** The text form of any value. */
    public static @Nullable String text(@Nullable Object value) {
        return Values.text(value);
    }

    public @Nullable String name() {
        return cell instanceof Cell.Time time ? time.name() : null;
    }

    public @Nullable Double number() {
        return Values.number(Values.in(cell));
    }

    /** A double is no exact number: it is a quotient or a mean. */
    public @Nullable BigDecimal exact() {
        return Values.in(cell) instanceof BigDecimal exact ? exact : null;
    }

    public @Nullable BigDecimal numerator() {
        var measured = measured();
        return measured == null ? null : Values.decimal(measured.numerator());
    }

    public @Nullable BigDecimal denominator() {
        var measured = measured();
        return measured == null ? null : Values.decimal(measured.denominator());
    }

    public boolean complete() {
        return incomplete().isEmpty();
    }

    public List<Incomplete> incompleteBecause() {
        return incomplete().stream().sorted().toList();
    }

    public GroupValue.@Nullable Kind key() {
        return cell instanceof Cell.Group(GroupValue group) ? group.kind() : null;
    }

    /** Saturates: a GraphQL Int has 32 bits. */
    public @Nullable Integer sampleSize() {
        var measured = measured();
        return measured == null || measured.sampleSize() == null
                ? null
                : (int) Math.min(Integer.MAX_VALUE, measured.sampleSize());
    }

    public List<ContributionOutput> contributions() {
        var measured = measured();
        return measured == null
                ? List.of()
                : measured.contributions().stream()
                        .map(part ->
                                new ContributionOutput(part.name(), Values.number(part.value())))
                        .toList();
    }

    /** What a part adds to a score. */
    public record ContributionOutput(@Nullable String name, @Nullable Double value) {}

    /** Saturates, too. */
    public @Nullable Integer pending() {
        var measured = measured();
        return measured == null ? null : (int) Math.min(Integer.MAX_VALUE, measured.pending());
    }

    /** Saturates, too. */
    public @Nullable Integer pendingCompleted() {
        var measured = measured();
        var completed = measured == null ? null : measured.pendingCompleted();
        return completed == null ? null : (int) Math.min(Integer.MAX_VALUE, completed);
    }

    public @Nullable Absence absence() {
        var measured = measured();
        return measured == null ? null : measured.absence();
    }

    public @Nullable Double standardError() {
        var uncertainty = uncertainty();
        return uncertainty == null ? null : Values.number(uncertainty.standardError());
    }

    public @Nullable Double effectiveN() {
        var uncertainty = uncertainty();
        return uncertainty == null ? null : Values.number(uncertainty.effectiveN());
    }

    public Uncertainty.@Nullable Interval interval() {
        var uncertainty = uncertainty();
        return uncertainty == null ? null : uncertainty.interval();
    }

    public Uncertainty.@Nullable NoInterval noInterval() {
        var uncertainty = uncertainty();
        return uncertainty == null ? null : uncertainty.noInterval();
    }

    public Uncertainty.@Nullable Change change() {
        var uncertainty = uncertainty();
        return uncertainty == null ? null : uncertainty.change();
    }

    public @Nullable SurvivalOutput survival() {
        var uncertainty = uncertainty();
        return uncertainty == null || uncertainty.curve() == null
                ? null
                : SurvivalOutput.of(uncertainty.curve());
    }

    /** What is left when. */
    public record SurvivalOutput(int times, List<StepOutput> steps) {
        static SurvivalOutput of(SurvivalCurve curve) {
            return new SurvivalOutput(
                    curve.times(), curve.steps().stream().map(StepOutput::of).toList());
        }
    }

    /** A time of a curve. */
    public record StepOutput(
            double time,
            double atRisk,
            double ended,
            double censored,
            double share,
            @Nullable Double standardError,
            @Nullable Double low,
            @Nullable Double high) {
        static StepOutput of(SurvivalCurve.Step step) {
            return new StepOutput(
                    step.time(),
                    step.atRisk(),
                    step.ended(),
                    step.censored(),
                    step.left(),
                    step.standardError(),
                    step.low(),
                    step.high());
        }
    }

    /** Whether there is something behind it: it is a measure, and no part of one. */
    boolean isOpenable() {
        return measured() != null && rowKey != null;
    }

    private @Nullable Uncertainty uncertainty() {
        var measured = measured();
        return measured == null ? null : measured.uncertainty();
    }

    private @Nullable Measured measured() {
        return cell instanceof Cell.Value value ? value.value() : null;
    }

    private Set<Incomplete> incomplete() {
        return switch (cell) {
            case Cell.Time time -> time.incomplete();
            case Cell.Group _, Cell.KeyKind _, Cell.Standing _ -> Set.of();
            case Cell.Value value -> value.incomplete();
        };
    }
}
