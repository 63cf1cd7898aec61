package dev.cairn.adapters.graphql.shape;

import static dev.cairn.adapters.graphql.Samples.bucket;
import static dev.cairn.adapters.graphql.Samples.measure;
import static dev.cairn.adapters.graphql.Samples.time;
import static dev.cairn.adapters.graphql.Samples.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.graphql.SliceTest;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Row;
import dev.cairn.domain.analysis.RowKind;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StickinessQuestionTest extends SliceTest {
    private static final String INPUT =
            "input: {frame: {timeRange: {last: {count: 1, grain: WEEK}}, grain: WEEK, totals: true}, active: {facts: \"event\"}, counts: [{from: 1}, {from: 2, to: 3}, {from: 4, orMore: true}]}";

    private void answers() {
        analyses.answers(
                new AnalysisResult(
                        List.of(
                                time(),
                                measure("active", null),
                                measure("mean", null),
                                measure("median", null),
                                measure("on_1", null),
                                measure("on_2_3", null),
                                measure("on_4_or_more", null)),
                        List.of(
                                new Row(
                                        RowKind.CELL,
                                        List.of(
                                                bucket("2026-01-05"),
                                                value(BigDecimal.valueOf(4)),
                                                value(BigDecimal.valueOf(2)),
                                                value(BigDecimal.valueOf(3)),
                                                value(new BigDecimal("0.25")),
                                                value(new BigDecimal("0.75")),
                                                value(BigDecimal.ZERO)),
                                        List.of(),
                                        "the-key")),
                        false,
                        null,
                        Instant.parse("2026-01-31T10:00:00Z"),
                        List.of()));
    }

    @Test
    void each_period_has_who_was_active_and_on_how_many_days() {
        answers();

        var answer =
                ask("{ stickiness(%s) { periods { key start { text } active { exact } mean { exact } median { exact } counts { from to cell { column exact } } } formulas { column formula } } }"
                                .formatted(INPUT))
                        .json()
                        .at("/data/stickiness");

        assertThat(answer.at("/periods").toString())
                .isEqualTo(
                        "[{\"key\":\"the-key\",\"start\":{\"text\":\"2026-01-05\"},\"active\":{\"exact\":\"4\"},\"mean\":{\"exact\":\"2\"},\"median\":{\"exact\":\"3\"},\"counts\":[{\"from\":1,\"to\":1,\"cell\":{\"column\":\"on_1\",\"exact\":\"0.25\"}},{\"from\":2,\"to\":3,\"cell\":{\"column\":\"on_2_3\",\"exact\":\"0.75\"}},{\"from\":4,\"to\":null,\"cell\":{\"column\":\"on_4_or_more\",\"exact\":\"0\"}}]}]");
        assertThat(answer.at("/formulas/0/formula").asString())
                .isEqualTo("count(account where count(day where exists(event)) > 0)");
    }

    @Test
    void a_cell_is_opened_by_the_key_of_its_period() {
        answers();

        ask(
                "{ stickinessMembers(%s, key: \"the-key\", column: \"on_2_3\", part: NUMERATOR) { records } }"
                        .formatted(INPUT));

        assertThat(analyses.opened.getLast().column()).isEqualTo("on_2_3");
        assertThat(analyses.opened.getLast().question().totals()).isTrue();
    }
}
