package dev.cairn.adapters.terminal.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.in.AnalyzeUseCase;
import dev.cairn.domain.analysis.Absence;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.AnalysisResult.Column;
import dev.cairn.domain.analysis.AnalysisResult.Role;
import dev.cairn.domain.analysis.AnalysisResult.Row;
import dev.cairn.domain.analysis.AnalysisResult.ValueType;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.analysis.Measured;
import dev.cairn.domain.analysis.MembersQuery;
import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.analysis.SurvivalCurve;
import dev.cairn.domain.analysis.Uncertainty;
import dev.cairn.domain.analysis.Uncertainty.NoInterval;
import dev.cairn.domain.model.Metric.MetricUnit;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The curve of a time of survival, of an answer of several pages. */
class CurvePagesTest {
    private static final List<String> CURVE_OF_A =
            List.of(
                    "plan,stay,atRisk,ended,censored,share,standardError,low,high",
                    "a,3,2,1,0,0.5,,,");

    @Test
    void page_without_a_curve_ends_no_answer_that_has_one() {
        var said = asked(row("a", 3, curve()), row("b", null, null));

        assertThat(said.errors()).isEmpty();
        assertThat(said.output().lines()).containsExactlyElementsOf(CURVE_OF_A);
        assertThat(said.exit()).isZero();
    }

    @Test
    void curve_may_be_on_a_later_page_alone() {
        var said = asked(row("b", null, null), row("a", 3, curve()));

        assertThat(said.errors()).isEmpty();
        assertThat(said.output().lines()).containsExactlyElementsOf(CURVE_OF_A);
    }

    @Test
    void what_has_values_and_no_curve_is_refused_on_whatever_page() {
        assertThat(asked(row("a", 3, null), row("b", null, null)).errors())
                .contains("'stay' has no curve");
        assertThat(asked(row("b", null, null), row("a", 3, null)).errors())
                .contains("'stay' has no curve");
    }

    private static SurvivalCurve curve() {
        return new SurvivalCurve(
                1, List.of(new SurvivalCurve.Step(3, 2, 1, 0, 0.5, null, null, null)));
    }

    private static Row row(String plan, @Nullable Number value, @Nullable SurvivalCurve curve) {
        var group = GroupValue.of(plan);
        var measured =
                new Measured(value, null, null, null, value == null ? Absence.NO_DATA : null)
                        .with(Uncertainty.none(NoInterval.WEIGHTED_RANKS).with(curve));
        return new Row(
                RowKind.CELL,
                List.of(new Cell.Group(group), new Cell.Value(measured, Set.of())),
                List.of(group));
    }

    private static FakeCairn.Said asked(Row first, Row second) {
        return FakeCairn.with(new TwoPages(first, second))
                .execute("query", "stay", "--range=2026", "--curve=stay", "--format=csv");
    }

    private record TwoPages(Row first, Row second) implements AnalyzeUseCase {
        @Override
        public Outcome analyze(AnalysisQuery query, Caller caller, Deadline deadline) {
            boolean isFirst = query.after() == null;
            return new Outcome.Answered(
                    new AnalysisResult(
                            List.of(
                                    column("plan", Role.DIMENSION, ValueType.TEXT, null),
                                    column(
                                            "stay",
                                            Role.MEASURE,
                                            ValueType.NUMBER,
                                            MetricUnit.DURATION)),
                            List.of(isFirst ? first : second),
                            isFirst,
                            isFirst ? "next" : null,
                            Instant.EPOCH,
                            List.of()));
        }

        private static Column column(
                String key, Role role, ValueType type, @Nullable MetricUnit unit) {
            return new Column(key, key, role, type, unit, null, null, null);
        }

        @Override
        public List<Supplier<Outcome>> together(
                List<AnalysisQuery> queries, Caller caller, Deadline deadline) {
            throw new AssertionError("no tiles are asked");
        }

        @Override
        public Outcome members(MembersQuery query, Caller caller, Deadline deadline) {
            throw new AssertionError("no cell is opened");
        }

        @Override
        public Explanation explain(AnalysisQuery query, Caller caller, Deadline deadline) {
            throw new AssertionError("nothing is explained");
        }
    }
}
