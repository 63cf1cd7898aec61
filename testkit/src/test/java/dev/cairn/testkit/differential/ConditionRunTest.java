package dev.cairn.testkit.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.testkit.reference.ReferenceExecutor;
import dev.cairn.testkit.reference.Rules;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConditionRunTest {
    private static final int CASES = 120;

    @Test
    void a_condition_gives_the_same_as_clause_filter_formula_and_group() {
        assertThat(ConditionRun.against(ReferenceExecutor::new, CASES).run()).isGreaterThan(50);
    }

    @Test
    void a_clause_that_keeps_what_is_empty_is_noticed() {
        var careless =
                new Rules() {
                    @Override
                    public boolean keeps(@Nullable Object condition) {
                        return !Boolean.FALSE.equals(condition);
                    }
                };
        assertThatThrownBy(() ->
                        ConditionRun.against(world -> new ReferenceExecutor(world, careless), CASES)
                                .run())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("-Dcairn.seed=");
    }
}
