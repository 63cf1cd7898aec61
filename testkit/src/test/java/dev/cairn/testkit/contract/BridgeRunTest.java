package dev.cairn.testkit.contract;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.testkit.reference.ReferenceExecutor;
import dev.cairn.testkit.reference.Rules;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BridgeRunTest {
    private static final int WORLDS = 10;

    /** What begins with an edge is valid at it. */
    private static final class StartsAreIn extends Rules {
        @Override
        public boolean isValidAt(@Nullable Object from, @Nullable Object until, Object edge) {
            return super.isValidAt(from, until, edge) || (edge.equals(from) && !edge.equals(until));
        }
    }

    /** A stock has the rate that begins with its day. */
    private static final class RatesOfTheDayItself extends Rules {
        @Override
        public LocalDate dayOfRate(LocalDate edge, LocalDate asOfDate) {
            return edge;
        }
    }

    @Test
    void movements_are_what_a_loop_over_the_rows_gives() {
        assertThatCode(() -> BridgeRun.against(ReferenceExecutor::new, WORLDS))
                .doesNotThrowAnyException();
    }

    @Test
    void an_opening_stock_with_what_starts_with_it_is_noticed() {
        assertThatThrownBy(() ->
                        BridgeRun.against(
                                world -> new ReferenceExecutor(world, new StartsAreIn()), WORLDS))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("expected");
    }

    @Test
    void a_stock_at_a_later_rate_is_noticed() {
        assertThatThrownBy(() ->
                        BridgeRun.against(
                                world -> new ReferenceExecutor(world, new RatesOfTheDayItself()),
                                WORLDS))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("expected");
    }
}
