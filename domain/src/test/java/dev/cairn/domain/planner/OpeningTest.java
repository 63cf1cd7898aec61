package dev.cairn.domain.planner;

import static dev.cairn.domain.catalog.Shop.shop;
import static dev.cairn.domain.planner.Question.ask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.analysis.Measured;
import dev.cairn.domain.analysis.MembersQuery;
import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.lowering.ResolvedMetrics;
import dev.cairn.domain.plan.Answer;
import dev.cairn.domain.plan.Cancellation;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OpeningTest {
    private static Planned opened(Object value) {
        var question = ask("events").by("account.plan");
        var row =
                new Answer.Row(
                        RowKind.CELL,
                        0,
                        List.of(GroupValue.of("pro")),
                        List.of(new Measured(value, null, null, 7L, null)));
        return Opening.plan(
                MembersQuery.of(question.query(), RowKey.of(question.ready(shop()), row), "events"),
                new ResolvedMetrics(shop().build()),
                Caller.LOCAL,
                Question.NOW,
                Cancellation.NEVER,
                CoverageStarts.NONE,
                _ -> List.of());
    }

    @Test
    void a_key_of_a_row_opens_it() {
        assertThat(opened(new BigDecimal("7"))).isInstanceOf(Planned.Ready.class);
    }

    /** A notice that the cell has changed would write them out, and compare them. */
    static Stream<Object> madeUp() {
        return Stream.of(
                Double.NaN,
                Double.POSITIVE_INFINITY,
                new BigDecimal("1E+999999999"),
                new BigDecimal("1E-999999999"));
    }

    @ParameterizedTest
    @MethodSource("madeUp")
    void a_key_of_a_value_that_no_row_has_is_refused(Object value) {
        assertThat(opened(value)).isInstanceOf(Planned.Rejected.class);
        assertThat(((Planned.Rejected) opened(value)).problems())
                .extracting(Question::brief)
                .containsExactly("BAD_KEY key");
    }
}
