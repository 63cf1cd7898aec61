package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.application.port.out.AnalysisExecutor;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Answer;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.WorldBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Rows that are given one by one are those that are given at once. */
public interface StreamContract extends ExecutorContract {
    /** Keeps what it takes. */
    final class Kept implements AnalysisExecutor.RowTaker {
        private final List<Answer.Row> rows = new ArrayList<>();
        private @Nullable Answer head;

        @Override
        public void begin(Answer began) {
            assertThat(head).isNull();
            head = began;
        }

        @Override
        public void take(Answer.Row cell) {
            assertThat(head).isNotNull();
            rows.add(cell);
        }

        private Answer head() {
            return Objects.requireNonNull(head, "nothing was begun");
        }
    }

    private WorldBuilder several() {
        return events().member(account("acme").with("plan", "pro"))
                .member(account("bolt").with("plan", "free"))
                .fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "a", 1)
                .fact("event", "2026-01-06T10:00:00Z", "bolt", "bob", "b", 5)
                .fact("event", "2026-02-07T10:00:00Z", "acme", "ann", null, null)
                .fact("event", "2026-03-07T10:00:00Z", null, "cid", "c", 2);
    }

    private Kept streamed(AnalysisExecutor executor, AnalysisPlan plan) {
        var kept = new Kept();
        executor.stream(plan, LIMIT, kept);
        return kept;
    }

    private void isSame(Question question) {
        var world = several().build();
        var plan = question.plan(world.catalog());
        var executor = executorOver(world);
        var whole = executor.execute(plan.cellsAlone(plan.page().limit()), LIMIT);

        var kept = streamed(executor, plan);

        assertThat(kept.rows).isNotEmpty().isEqualTo(whole.rows());
        assertThat(kept.head().coverage()).isEqualTo(whole.coverage());
        assertThat(kept.head().hasMore()).isEqualTo(whole.hasMore());
        assertThat(kept.head().catalogVersion()).isEqualTo(whole.catalogVersion());
        assertThat(kept.head().rows()).isEmpty();
    }

    @Test
    default void a_stream_has_the_rows_of_the_answer() {
        isSame(ask("count(event)", "avg(event : amount)").by("account.plan").grain(Grain.MONTH));
    }

    @Test
    default void a_stream_of_one_row_is_one_row() {
        isSame(ask("count(event)"));
    }

    @Test
    default void a_stream_ends_with_its_page_and_says_before_that_there_is_more() {
        isSame(ask("count(event)").by("account").grain(Grain.MONTH).first(2));
    }

    @Test
    default void a_stream_of_no_rows_has_a_head() {
        var world = several().build();
        var plan =
                ask("count(event)")
                        .by("account.plan")
                        .where("name = 'nobody'")
                        .plan(world.catalog());

        var kept = streamed(executorOver(world), plan);

        assertThat(kept.rows).isEmpty();
        assertThat(kept.head().coverage()).containsOnlyKeys("event");
    }

    @Test
    default void what_the_taker_throws_comes_back() {
        var world = several().build();
        var plan = ask("count(event)").by("account").plan(world.catalog());
        var refusing =
                new AnalysisExecutor.RowTaker() {
                    @Override
                    public void begin(Answer head) {}

                    @Override
                    public void take(Answer.Row cell) {
                        throw new UnsupportedOperationException("enough");
                    }
                };

        var executor = executorOver(world);

        assertThatThrownBy(() -> executor.stream(plan, LIMIT, refusing))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("enough");
    }
}
