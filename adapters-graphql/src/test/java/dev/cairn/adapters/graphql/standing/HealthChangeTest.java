package dev.cairn.adapters.graphql.standing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.graphql.Fakes;
import dev.cairn.adapters.graphql.SliceTest;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.AnalysisResult.Row;
import dev.cairn.domain.analysis.Measured;
import dev.cairn.domain.analysis.Measured.Contribution;
import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.analysis.ScoreChange;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HealthChangeTest extends SliceTest {
    private static Cell.Value score(double value, @Nullable Double usage, @Nullable Double voice) {
        return new Cell.Value(
                new Measured(
                        value,
                        null,
                        null,
                        1L,
                        null,
                        List.of(
                                new Contribution("usage", usage),
                                new Contribution("voice", voice))),
                Set.of());
    }

    @Test
    void differences_of_parts_add_up_to_that_of_the_score() {
        // The voice was missing: all the weight was on the usage.
        analyses.answers(
                new AnalysisResult(
                        List.of(),
                        List.of(
                                new Row(
                                        RowKind.CELL,
                                        List.of(
                                                score(70, 30.0, 40.0),
                                                new Cell.Standing("yellow"),
                                                score(60, 60.0, null),
                                                new Cell.Standing("yellow")),
                                        List.of())),
                        false,
                        null,
                        Fakes.Analyses.EMPTY.asOf(),
                        List.of()));

        var reply =
                ask(
                        """
                        { healthChange(account: "acme", from: "2026-03-31", to: "2026-06-30", timeZone: "Europe/Paris") {
                            before { value absence band incompleteBecause } after { value band } difference parts { name before after difference } } }
                        """);

        assertThat(reply.json().at("/data/healthChange").toString())
                .isEqualTo(
                        "{\"before\":{\"value\":60.0,\"absence\":null,\"band\":\"yellow\",\"incompleteBecause\":[]},"
                                + "\"after\":{\"value\":70.0,\"band\":\"yellow\"},\"difference\":10.0,"
                                + "\"parts\":[{\"name\":\"usage\",\"before\":60.0,\"after\":30.0,\"difference\":-30.0},"
                                + "{\"name\":\"voice\",\"before\":null,\"after\":40.0,\"difference\":40.0}]}");
        assertThat(analyses.asked)
                .containsExactly(
                        ScoreChange.question(
                                "health",
                                "acme",
                                LocalDate.of(2026, 3, 31),
                                LocalDate.of(2026, 6, 30),
                                ZoneId.of("Europe/Paris")));
    }

    @Test
    void a_change_is_to_a_later_day() {
        var reply =
                ask(
                        """
                        { healthChange(account: "acme", from: "2026-06-30", to: "2026-06-30") { difference } }
                        """);

        assertThat(reply.json().path("data").path("healthChange").isNull()).isTrue();
        assertThat(reply.json().toString()).contains("BAD_RANGE");
    }
}
