package dev.cairn.testkit.contract;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Coverage;
import dev.cairn.testkit.reference.ReferenceExecutor;
import dev.cairn.testkit.reference.Rules;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MemberWindowRunTest {
    private static final int WORLDS = 120;

    private static final class EndsAreIn extends Rules {
        @Override
        public boolean isInWindow(Object time, Object start, Object end) {
            return super.isInWindow(time, start, end) || time.equals(end);
        }
    }

    private static final class CoverageIsIgnored extends Rules {
        @Override
        public boolean isPending(
                Object end, Instant over, Optional<Coverage> coverage, AnalysisPlan plan) {
            return super.isPending(end, over, Optional.empty(), plan);
        }
    }

    @Test
    void windows_are_what_a_loop_over_accounts_and_events_gives() {
        assertThatCode(() -> MemberWindowRun.against(ReferenceExecutor::new, WORLDS))
                .doesNotThrowAnyException();
    }

    @Test
    void a_window_with_its_end_and_one_beyond_the_data_are_noticed() {
        for (var rules : new Rules[] {new EndsAreIn(), new CoverageIsIgnored()}) {
            assertThatThrownBy(() ->
                            MemberWindowRun.against(
                                    world -> new ReferenceExecutor(world, rules), WORLDS))
                    .as(rules.getClass().getSimpleName())
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("expected");
        }
    }
}
