package dev.cairn.testkit.differential;

import dev.cairn.testkit.reference.ReferenceExecutor;
import org.junit.jupiter.api.Test;

class DifferentialRunTest {
    @Test
    void executor_that_is_the_reference_differs_nowhere_and_everything_is_generated() {
        DifferentialRun.against(ReferenceExecutor::new).run();
    }
}
