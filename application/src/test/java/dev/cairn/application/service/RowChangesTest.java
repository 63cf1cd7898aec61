package dev.cairn.application.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.in.WhyUseCase;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.AskedMetric;
import dev.cairn.domain.analysis.AnalysisQuery.AskedRange;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.AnalysisResult.Column;
import dev.cairn.domain.analysis.AnalysisResult.Role;
import dev.cairn.domain.analysis.AnalysisResult.Row;
import dev.cairn.domain.analysis.AnalysisResult.ValueType;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.analysis.Measured;
import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.time.Grain;
import dev.cairn.domain.why.Piece;
import dev.cairn.domain.why.Why;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The health of an account whose band is red now, and was not the day before. */
class RowChangesTest {
    private static final AnalysisQuery QUESTION =
            AnalysisQuery.of(
                            List.of(new AskedMetric(new MetricReference.ByKey("health"), null)),
                            new AskedRange.Last(1, Grain.DAY),
                            ZoneOffset.UTC)
                    .withGroupBy(List.of("account"))
                    .withWhere("per(account : health.band = 'red')");
    private static final Row ROW =
            new Row(
                    RowKind.CELL,
                    List.of(
                            new Cell.Group(GroupValue.of("A1")),
                            new Cell.Value(new Measured(38.0, null, null, null, null), Set.of())),
                    List.of(GroupValue.of("A1")));
    private static final AnalysisResult ANSWER =
            new AnalysisResult(
                    List.of(column("account", Role.DIMENSION), column("health", Role.MEASURE)),
                    List.of(ROW),
                    false,
                    null,
                    Instant.parse("2026-07-08T10:00:00Z"),
                    List.of());

    private static Column column(String key, Role role) {
        return new Column(key, key, role, ValueType.NUMBER, null, null, null, null);
    }

    private static WhyUseCase.Outcome moved(double from, double to) {
        var none = List.<Piece>of();
        return new WhyUseCase.Outcome.Explained(
                new Why(
                        "health",
                        "Health",
                        null,
                        null,
                        "health fell",
                        new Piece(
                                "health",
                                Piece.Kind.WHOLE,
                                from,
                                to,
                                to - from,
                                1,
                                none,
                                none,
                                none,
                                List.of()),
                        new Why.Value(from, Set.of()),
                        new Why.Value(to, Set.of()),
                        Instant.EPOCH,
                        List.of()));
    }

    private static Optional<String> sentence(WhyUseCase why) {
        return new RowChanges(why)
                .why(QUESTION, ANSWER, ROW, "health", Caller.LOCAL, Deadline.NEVER)
                .map(Why::sentence);
    }

    @Test
    void an_account_that_did_not_meet_the_conditions_before_is_explained_without_them() {
        assertThat(
                        sentence((query, _, _) ->
                                query.where() != null
                                        ? new WhyUseCase.Outcome.Rejected(
                                                List.of(
                                                        Problem.of(
                                                                ProblemCode.NO_VALUE,
                                                                Place.of("from"),
                                                                "None.")))
                                        : moved(61, 38)))
                .contains("health fell");
    }

    @Test
    void what_is_another_value_than_that_of_the_row_explains_nothing() {
        assertThat(sentence((_, _, _) -> moved(61, 40))).isEmpty();
    }
}
