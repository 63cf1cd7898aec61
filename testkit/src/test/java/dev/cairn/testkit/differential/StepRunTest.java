package dev.cairn.testkit.differential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.testkit.reference.ReferenceExecutor;
import org.junit.jupiter.api.Test;

class StepRunTest {
    @Test
    void most_generated_sequences_are_answered() {
        assertThat(StepRun.against(ReferenceExecutor::new, 15).run()).isGreaterThan(5);
    }
}
