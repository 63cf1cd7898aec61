package dev.cairn.testkit.differential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.testkit.reference.ReferenceExecutor;
import org.junit.jupiter.api.Test;

class GroupRunTest {
    @Test
    void attempts_touches_changes_and_pairs_of_a_group_are_those_of_a_question_about_it() {
        assertThat(GroupRun.against(ReferenceExecutor::new, 120).run()).isGreaterThan(40);
    }
}
