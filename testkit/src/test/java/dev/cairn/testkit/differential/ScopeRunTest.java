package dev.cairn.testkit.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.testkit.reference.ReferenceExecutor;
import dev.cairn.testkit.reference.Rules;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ScopeRunTest {
    private static final int CASES = 80;

    @Test
    void who_sees_some_accounts_is_answered_as_if_there_were_no_others() {
        assertThat(ScopeRun.against(ReferenceExecutor::new, CASES).run()).isGreaterThan(33);
    }

    @Test
    void a_condition_that_keeps_the_rows_of_others_is_noticed() {
        var careless =
                new Rules() {
                    @Override
                    public boolean keeps(@Nullable Object condition) {
                        return true;
                    }
                };
        assertThatThrownBy(() ->
                        ScopeRun.against(world -> new ReferenceExecutor(world, careless), CASES)
                                .run())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("-Dcairn.seed=");
    }
}
