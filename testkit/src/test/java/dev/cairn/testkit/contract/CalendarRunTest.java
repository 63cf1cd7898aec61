package dev.cairn.testkit.contract;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.testkit.reference.ReferenceExecutor;
import dev.cairn.testkit.reference.Rules;
import org.junit.jupiter.api.Test;

class CalendarRunTest {
    private static final int WORLDS = 80;

    private static final class EndsAreIn extends Rules {
        @Override
        public boolean isInWindow(Object time, Object start, Object end) {
            return super.isInWindow(time, start, end) || time.equals(end);
        }
    }

    @Test
    void counts_by_periods_are_what_a_loop_over_days_gives() {
        assertThatCode(() -> CalendarRun.against(ReferenceExecutor::new, WORLDS))
                .doesNotThrowAnyException();
    }

    @Test
    void windows_with_their_ends_are_noticed() {
        assertThatThrownBy(() ->
                        CalendarRun.against(
                                world -> new ReferenceExecutor(world, new EndsAreIn()), WORLDS))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("expected");
    }
}
