package dev.cairn.testkit.contract;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Coverage;
import dev.cairn.testkit.reference.ReferenceExecutor;
import dev.cairn.testkit.reference.Rules;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SequenceRunTest {
    private static final int WORLDS = 250;

    private static final class KeysAreIgnored extends Rules {
        @Override
        public boolean comesAfter(int byTime, int byTimeAndKey) {
            return byTime > 0;
        }
    }

    private static final class NothingInterrupts extends Rules {
        @Override
        public boolean isInterrupted(long between) {
            return false;
        }
    }

    private static final class SpansHaveTheirEnd extends Rules {
        @Override
        public boolean isInSpan(Object time, Object end, boolean inclusive) {
            return super.isInSpan(time, end, true);
        }
    }

    private static final class NothingIsTheSame extends Rules {
        @Override
        public boolean isSame(@Nullable Object first, @Nullable Object later) {
            return true;
        }
    }

    private static final class CoverageIsIgnored extends Rules {
        @Override
        public boolean isPending(
                Object end, Instant over, Optional<Coverage> coverage, AnalysisPlan plan) {
            return super.isPending(end, over, Optional.empty(), plan);
        }
    }

    private static final class UnwantedRowsMayBeAtTheFirstStep extends Rules {
        @Override
        public boolean isAfterStep(int byTime) {
            return byTime >= 0;
        }
    }

    private static final class UnorderedBeginsWithTheFirst extends Rules {
        @Override
        public int mayBegin(boolean unordered, int steps) {
            return 1;
        }
    }

    @Test
    void attempts_are_what_a_loop_over_rows_gives() {
        assertThatCode(() -> SequenceRun.against(ReferenceExecutor::new, WORLDS))
                .doesNotThrowAnyException();
    }

    @Test
    void broken_rules_of_steps_are_noticed() {
        for (var rules :
                new Rules[] {
                    new KeysAreIgnored(),
                    new NothingInterrupts(),
                    new SpansHaveTheirEnd(),
                    new NothingIsTheSame(),
                    new CoverageIsIgnored(),
                    new UnwantedRowsMayBeAtTheFirstStep(),
                    new UnorderedBeginsWithTheFirst()
                }) {
            assertThatThrownBy(() ->
                            SequenceRun.against(
                                    world -> new ReferenceExecutor(world, rules), WORLDS))
                    .as(rules.getClass().getSimpleName())
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("expected");
        }
    }
}
