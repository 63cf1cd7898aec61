package dev.cairn.domain.shape;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.shape.Happening.Condition;
import dev.cairn.domain.shape.Happening.Facts;
import org.junit.jupiter.api.Test;

class LifecycleTest {
    @Test
    void it_stands_for_formulas_of_the_language() {
        assertThat(
                        Shapes.formulas(
                                new Lifecycle(Shapes.MONTHS, "user", new Facts("event"), null)
                                        .asked()))
                .containsExactly(
                        "active = count(user where exists(event))",
                        "new = count(user where exists(event) and not (exists(event) over all before))",
                        "retained = count(user where exists(event) and prior(exists(event)))",
                        "resurrected = count(user where exists(event) and not prior(exists(event)) and (exists(event) over all before))",
                        "dormant = count(user where prior(exists(event)) and not exists(event))");
    }

    @Test
    void all_that_is_wrong_is_told_at_once() {
        assertThat(
                        Shapes.told(
                                new Lifecycle(
                                                Shapes.QUARTER,
                                                "Users",
                                                new Condition("count(event) > ) and 1"),
                                                "account.signed_on +")
                                        .asked()))
                .isEqualTo(
                        """
                        MISSING frame.grain 0:0 A lifecycle needs a grain, the periods that it is of: hour, day, week, month, quarter or year.
                        BAD_VALUE of 0:0 'Users' is not the name of an entity: write account, user or another that is declared.
                        SYNTAX active.condition 1:16 Found ')', expected a value.
                        SYNTAX start 1:20 Found the end, expected a value.\
                        """);
    }

    @Test
    void who_is_new_by_a_condition_is_told_by_a_start() {
        assertThat(
                        Shapes.told(
                                new Lifecycle(
                                                Shapes.MONTHS,
                                                "account",
                                                new Condition("count(event) > 3"),
                                                null)
                                        .asked()))
                .isEqualTo(
                        "INCOMPATIBLE active 0:0 When a condition held for the first time is not known: tell activity by facts, or say the start by which one is new.");
    }

    @Test
    void attributes_that_would_not_move_with_the_period_are_refused() {
        assertThat(
                        Shapes.told(
                                new Lifecycle(
                                                Shapes.MONTHS,
                                                "account",
                                                new Condition(
                                                        "count(event) > 3 and account.plan = 'pro'"),
                                                "account.signed_on")
                                        .asked()))
                .startsWith(
                        "INCOMPATIBLE active.condition 0:0 'account.plan' does not move with the period");
    }
}
