package dev.cairn.testkit.differential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.testkit.reference.ReferenceExecutor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class OpenedRunTest {
    @Test
    void cells_of_generated_questions_are_what_they_are_opened_into() {
        var outcome = OpenedRun.of(ReferenceExecutor::new, 0, 3, 1);
        assertThat(outcome.faults()).isEmpty();
        assertThat(outcome.opened()).isGreaterThan(50);
    }

    @Tag("long")
    @Test
    void many_cells_of_generated_questions_are_what_they_are_opened_into() {
        assertThat(OpenedRun.of(ReferenceExecutor::new, 100, 200, 6).faults()).isEmpty();
    }
}
