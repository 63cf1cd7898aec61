package dev.cairn.adapters.persistence.sql;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.SourceBuilder.source;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.application.port.Deadline;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Cancellation.Cancelled;
import dev.cairn.testkit.data.World;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compiling takes as long as a statement is large, and can be given up. */
class LargeStatementsTest {
    private static final int POLLS = 100;
    private static final World WORLD =
            World.world().source(source("event").timestamp("at").decimal("amount")).build();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "count(event where amount > %d)",
                "1 / count(event) + %d",
                "sum(event : case when amount > %d then 1 else 2 end)"
            })
    void compiling_is_given_up_when_the_time_is_over(String formula) {
        var plan = plan(formula);
        var polls = new AtomicLong();
        var deadline = new Deadline(polls::incrementAndGet, POLLS);

        assertThatThrownBy(() -> deadline.during(() -> StatementCompiler.compile(plan)))
                .isInstanceOf(Cancelled.class);

        assertThat(polls).hasValue(POLLS);
        assertThat(StatementCompiler.compile(plan)).isNotNull();
    }

    private static AnalysisPlan plan(String formula) {
        return ask(IntStream.range(0, POLLS)
                        .mapToObj(formula::formatted)
                        .collect(Collectors.joining(") + (", "(", ")")))
                .plan(WORLD.catalog());
    }
}
