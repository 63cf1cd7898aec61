package dev.cairn.testkit.contract;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.testkit.reference.ReferenceExecutor;
import dev.cairn.testkit.reference.Rules;
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
}
