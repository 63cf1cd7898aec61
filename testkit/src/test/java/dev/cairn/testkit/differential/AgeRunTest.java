package dev.cairn.testkit.differential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.testkit.reference.ReferenceExecutor;
import org.junit.jupiter.api.Test;

class AgeRunTest {
    @Test
    void third_opinion_agrees_on_ages_beside_a_time_axis() {
        assertThat(AgeRun.against(ReferenceExecutor::new, 40).run()).isPositive();
    }
}
