package dev.cairn.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.application.port.Capabilities;
import dev.cairn.application.port.Capabilities.Construct;
import dev.cairn.application.port.out.AnalysisExecutor;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.differential.DifferentialRun;
import dev.cairn.testkit.differential.PlanRun;
import org.junit.jupiter.api.Test;

/** An executor that cannot do everything passes the contracts where it says so and refuses, and fails them otherwise. */
class LimitedExecutorTest extends AnalysisExecutorContract {
    private static final int CASES = 100;
    private static final Capabilities LIMITED =
            Capabilities.without(
                    Construct.PERCENTILES, Construct.NESTED_MEMBERS, Construct.LATER_PAGES);

    @Override
    public AnalysisExecutor executorOver(World world) {
        return new LimitedExecutor(world, LIMITED, LIMITED);
    }

    @Test
    void generated_plans_and_questions_are_answered_or_refused() {
        assertThat(PlanRun.against(this::executorOver).run()).isPositive();
        DifferentialRun.against(this::executorOver, CASES).run();
    }

    @Test
    void a_refusal_that_was_not_declared_is_noticed() {
        assertThatThrownBy(() ->
                        PlanRun.against(world ->
                                        new LimitedExecutor(world, Capabilities.ALL, LIMITED))
                                .run())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("does not answer exactly");
    }

    @Test
    void an_answer_in_place_of_a_refusal_is_noticed() {
        assertThatThrownBy(() ->
                        PlanRun.against(world ->
                                        new LimitedExecutor(world, LIMITED, Capabilities.ALL))
                                .run())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("execute: did what should have been refused by");
    }
}
