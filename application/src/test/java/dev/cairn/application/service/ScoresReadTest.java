package dev.cairn.application.service;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.in.ExportUseCase;
import dev.cairn.domain.analysis.Absence;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.AnalysisResult.Column;
import dev.cairn.domain.analysis.AnalysisResult.Role;
import dev.cairn.domain.analysis.AnalysisResult.ValueType;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.analysis.Measured;
import dev.cairn.domain.calibration.ScoreQuestion;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScoresReadTest {
    private static Column column(String key, Role role) {
        return new Column(key, key, role, ValueType.NUMBER, null, null, null, null);
    }

    @Test
    void scores_that_are_withheld_are_refused_and_not_taken_for_none() {
        ExportUseCase withheld =
                (_, _, _, _, taker) -> {
                    taker.begin(
                            List.of(
                                    column("account", Role.DIMENSION),
                                    column("score", Role.MEASURE),
                                    column("every_account", Role.MEASURE)),
                            List.of(),
                            Instant.EPOCH);
                    var none = new Measured(null, null, null, null, Absence.UNTRUSTED);
                    taker.take(
                            List.of(
                                    new Cell.Group(GroupValue.of("a")),
                                    new Cell.Value(none, Set.of()),
                                    new Cell.Value(none, Set.of())));
                    return new ExportUseCase.Outcome.Exported(1);
                };
        var scores =
                new ScoresRead(new AccountSample(withheld, 9), Caller.LOCAL, Deadline.current());
        var question =
                new ScoreQuestion(
                        List.of(new ScoreQuestion.Column("score", "health")),
                        null,
                        null,
                        ZoneOffset.UTC,
                        false);
        assertThatThrownBy(() -> scores.ofAll(question, LocalDate.of(2026, 7, 1)))
                .isInstanceOf(PredictionRows.Refused.class);
    }
}
