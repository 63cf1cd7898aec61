package dev.cairn.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.application.port.out.AnalysisExecutor;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.differential.AgeRun;
import dev.cairn.testkit.differential.DifferentialRun;
import dev.cairn.testkit.differential.OpenedRun;
import dev.cairn.testkit.differential.PlanRun;
import dev.cairn.testkit.differential.ScopeRun;
import dev.cairn.testkit.differential.StepRun;
import dev.cairn.testkit.differential.TileRun;
import dev.cairn.testkit.differential.TotalRun;
import dev.cairn.testkit.differential.UnitRun;
import dev.cairn.testkit.differential.WindowRun;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What is generated has the same answers as from the reference executor: plans, also such as no formula leads to, and questions that go through the real
 * planner. With {@link AnalysisExecutorContract} it is all that an executor must pass.
 */
public interface GeneratedContract {
    /** Of all questions that the testkit generates and judges: an engine may take its time for each. */
    int SOME = 200;

    int WINDOWS = 40;

    /** Worlds of subscriptions. */
    int BRIDGES = 6;

    /** Worlds of accounts with windows of their own. */
    int MEMBER_WINDOWS = 10;

    /** Calendars of one row a day. */
    int CALENDARS = 7;

    int UNITS = 30;

    int STEPS = 20;

    int TOTALS = 20;

    /** Worlds in which cells are opened. */
    int OPENED = 1;

    int SEQUENCES = 17;

    /** One world, with and without what is not seen. */
    int SCOPES = 20;

    /** Dashboards. */
    int TILES = 20;

    int MANY = 12_000;

    /** How many times as many of the rest as in each build. */
    int MORE = 10;

    /** An executor over exactly this world; the one given before is not used any more. */
    AnalysisExecutor executorOver(World world);

    @Test
    default void generated_plans_have_the_answers_of_the_reference_executor() {
        PlanRun.against(this::executorOver).run();
    }

    @Test
    default void generated_questions_have_the_answers_of_the_reference_executor() {
        DifferentialRun.against(this::executorOver, SOME).run();
    }

    @Test
    default void generated_formulas_in_windows_have_the_values_of_the_window_asked_alone() {
        assertThat(WindowRun.against(this::executorOver, WINDOWS).run()).isPositive();
    }

    @Test
    default void generated_cells_are_what_they_are_opened_into() {
        var outcome = OpenedRun.of(this::executorOver, 10, OPENED, 1);
        assertThat(outcome.faults()).isEmpty();
        assertThat(outcome.opened()).isPositive();
    }

    @Test
    default void movements_of_generated_subscriptions_are_what_a_loop_over_the_rows_gives() {
        BridgeRun.against(this::executorOver, BRIDGES);
    }

    @Test
    default void windows_of_generated_accounts_are_what_a_loop_over_their_events_gives() {
        MemberWindowRun.against(this::executorOver, MEMBER_WINDOWS);
    }

    @Test
    default void counts_by_periods_of_generated_calendars_are_what_a_loop_over_days_gives() {
        CalendarRun.against(this::executorOver, CALENDARS);
    }

    @Test
    default void generated_formulas_have_the_values_of_the_reference_in_units_of_time() {
        assertThat(UnitRun.against(this::executorOver, UNITS).run()).isPositive();
    }

    @Test
    default void generated_attempts_at_sequences_have_the_answers_of_the_reference_executor() {
        assertThat(StepRun.against(this::executorOver, STEPS).run()).isPositive();
    }

    @Test
    default void totals_of_generated_formulas_beneath_members_have_the_answers_of_the_reference() {
        assertThat(TotalRun.against(this::executorOver, TOTALS).run()).isPositive();
    }

    @Test
    default void attempts_of_generated_rows_are_what_a_loop_over_the_rows_gives() {
        SequenceRun.against(this::executorOver, SEQUENCES);
    }

    @Test
    default void
            who_sees_some_accounts_of_a_generated_world_is_answered_as_if_there_were_no_others() {
        assertThat(ScopeRun.against(this::executorOver, SCOPES).run()).isPositive();
    }

    @Test
    default void generated_tiles_are_told_the_same_by_one_statement_as_each_by_its_own() {
        assertThat(TileRun.against(this::executorOver, TILES).run()).isPositive();
    }

    @Tag("long")
    @Test
    default void generated_formulas_have_the_values_of_the_reference_by_age_beside_an_axis() {
        assertThat(AgeRun.against(this::executorOver, 10 * UNITS).run()).isPositive();
    }

    @Tag("long")
    @Test
    default void many_of_what_is_generated_have_the_answers_of_the_reference_executor() {
        assertThat(WindowRun.against(this::executorOver, MORE * WINDOWS).run()).isPositive();
        assertThat(UnitRun.against(this::executorOver, MORE * UNITS).run()).isPositive();
        assertThat(StepRun.against(this::executorOver, MORE * STEPS).run()).isPositive();
        assertThat(TotalRun.against(this::executorOver, MORE * TOTALS).run()).isPositive();
        assertThat(ScopeRun.against(this::executorOver, MORE * SCOPES).run()).isPositive();
        assertThat(TileRun.against(this::executorOver, MORE * TILES).run()).isPositive();
        BridgeRun.against(this::executorOver, MORE * BRIDGES);
        MemberWindowRun.against(this::executorOver, MORE * MEMBER_WINDOWS);
        CalendarRun.against(this::executorOver, MORE * CALENDARS);
    }

    @Tag("long")
    @Test
    default void many_attempts_of_generated_rows_are_what_a_loop_over_the_rows_gives() {
        SequenceRun.against(this::executorOver, 20 * SEQUENCES);
    }

    @Tag("long")
    @Test
    default void many_generated_questions_have_the_answers_of_the_reference_executor() {
        DifferentialRun.against(this::executorOver, MANY).run();
    }
}
