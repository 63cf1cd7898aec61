package dev.cairn.adapters.terminal.display;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.Absence;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.AnalysisResult.Column;
import dev.cairn.domain.analysis.AnalysisResult.Role;
import dev.cairn.domain.analysis.AnalysisResult.Row;
import dev.cairn.domain.analysis.AnalysisResult.ValueType;
import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.analysis.Measured;
import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.analysis.Uncertainty;
import dev.cairn.domain.analysis.Uncertainty.Change;
import dev.cairn.domain.analysis.Uncertainty.Interval;
import dev.cairn.domain.analysis.Uncertainty.Method;
import dev.cairn.domain.analysis.Uncertainty.NoInterval;
import dev.cairn.domain.model.Grade;
import dev.cairn.domain.trust.SourceTrust;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AnswerDataTest {
    private static Column column(String key, Role role, ValueType type) {
        return new Column(key, key, role, type, null, null, null, null);
    }

    private static Row row(GroupValue dept, @Nullable Integer count) {
        var measured =
                new Measured(
                        count == null ? null : BigDecimal.valueOf(count),
                        null,
                        null,
                        null,
                        count == null ? Absence.NO_DATA : null);
        return new Row(
                RowKind.CELL,
                List.of(new Cell.Group(dept), new Cell.Value(measured, Set.of())),
                List.of(dept));
    }

    @Test
    void no_value_and_the_empty_text_differ_in_csv() {
        var result =
                new AnalysisResult(
                        List.of(
                                column("dept", Role.DIMENSION, ValueType.TEXT),
                                column("rows", Role.MEASURE, ValueType.NUMBER)),
                        List.of(
                                row(GroupValue.NONE, 1),
                                row(GroupValue.of(""), 2),
                                row(GroupValue.of("a,b"), null)),
                        false,
                        null,
                        Instant.EPOCH,
                        List.of());

        assertThat(
                        new AnswerData(result, new AnswerData.Shown(false, false, false, false))
                                .csv()
                                .lines())
                .containsExactly("dept,rows", ",1", "\"\",2", "\"a,b\",");
        assertThat(
                        new AnswerData(result, new AnswerData.Shown(false, true, false, false))
                                .csv()
                                .lines())
                .containsExactly(
                        "dept,rows,rows.numerator,rows.denominator,rows.sampleSize,rows.pending,rows.pendingCompleted,rows.absence,rows.incompleteBecause",
                        ",1,,,,0,,,",
                        "\"\",2,,,,0,,,",
                        "\"a,b\",,,,,0,,NO_DATA,");
    }

    @Test
    void contributions_of_a_score_are_among_the_details() {
        var score =
                new Measured(
                        48.5,
                        null,
                        null,
                        null,
                        null,
                        List.of(
                                new Measured.Contribution("use", 44.5),
                                new Measured.Contribution(null, 4.0)));
        var result =
                new AnalysisResult(
                        List.of(column("health", Role.MEASURE, ValueType.NUMBER)),
                        List.of(
                                new Row(
                                        RowKind.CELL,
                                        List.of(new Cell.Value(score, Set.of())),
                                        List.of())),
                        false,
                        null,
                        Instant.EPOCH,
                        List.of());

        assertThat(new AnswerData(result, new AnswerData.Shown(false, true, false, false)).ndjson())
                .singleElement()
                .asString()
                .contains(
                        "\"contributions\":[{\"name\":\"use\",\"value\":44.5},{\"name\":null,\"value\":4.0}]");
        assertThat(
                        new AnswerData(result, new AnswerData.Shown(false, false, false, false))
                                .ndjson())
                .singleElement()
                .asString()
                .doesNotContain("contributions");
    }

    @Test
    void intervals_follow_the_values_that_they_are_of() {
        var uncertainty =
                new Uncertainty(
                        20.0,
                        29.5,
                        10.0,
                        new Interval(-45.5, 85.5, Method.STUDENT),
                        null,
                        new Change(-1.5, 0.125),
                        null);
        var result =
                new AnalysisResult(
                        List.of(
                                column("nps", Role.MEASURE, ValueType.NUMBER),
                                column("sent", Role.MEASURE, ValueType.NUMBER)),
                        List.of(
                                new Row(
                                        RowKind.CELL,
                                        List.of(
                                                uncertain(20.0, uncertainty),
                                                uncertain(
                                                        7.0,
                                                        Uncertainty.none(NoInterval.NOT_A_MEAN))),
                                        List.of())),
                        false,
                        null,
                        Instant.EPOCH,
                        List.of());

        assertThat(
                        new AnswerData(result, new AnswerData.Shown(false, false, true, false))
                                .csv()
                                .lines())
                .containsExactly(
                        "nps,nps.low,nps.high,nps.standardError,nps.effectiveN,nps.noInterval,nps.z,nps.p,"
                                + "sent,sent.low,sent.high,sent.standardError,sent.effectiveN,sent.noInterval,sent.z,sent.p",
                        "20.0,-45.5,85.5,29.5,10.0,,-1.5,0.125,7.0,,,,,NOT_A_MEAN,,");
        assertThat(new AnswerData(result, new AnswerData.Shown(false, false, true, false)).ndjson())
                .first()
                .asString()
                .contains(
                        "\"intervals\":{\"nps\":{\"low\":-45.5,\"high\":85.5,\"method\":\"STUDENT\",\"standardError\":29.5,\"effectiveN\":10.0,\"noInterval\":null,\"z\":-1.5,\"p\":0.125},"
                                + "\"sent\":{\"low\":null,\"high\":null,\"method\":null,\"standardError\":null,\"effectiveN\":null,\"noInterval\":\"NOT_A_MEAN\",\"z\":null,\"p\":null}}");
    }

    private static Cell.Value uncertain(double value, Uncertainty uncertainty) {
        return new Cell.Value(
                new Measured(
                        value,
                        null,
                        null,
                        null,
                        null,
                        List.of(),
                        List.of(),
                        0,
                        null,
                        false,
                        uncertainty),
                Set.of());
    }

    @Test
    void a_document_says_how_far_its_sources_can_be_trusted_and_null_where_that_is_not_known_yet() {
        var data =
                new AnswerData(
                        new AnalysisResult(
                                List.of(), List.of(), false, null, Instant.EPOCH, List.of()),
                        new AnswerData.Shown(false, false, false, false));
        var event = new SourceTrust("event", Grade.C, List.of(), List.of(), null);

        assertThat(data.json(List.of(event)))
                .contains("\"source\" : \"event\"", "\"grade\" : \"C\"");
        assertThat(data.jsonEnd(List.of(event))).contains("\"trust\":[{\"source\":\"event\"");
        assertThat(data.json(null)).contains("\"trust\" : null");
    }
}
