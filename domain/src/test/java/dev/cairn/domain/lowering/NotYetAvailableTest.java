package dev.cairn.domain.lowering;

import static dev.cairn.domain.catalog.Shop.shop;
import static dev.cairn.domain.planner.Question.ask;
import static dev.cairn.domain.planner.Question.formula;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.problem.ProblemCode;
import org.junit.jupiter.api.Test;

class NotYetAvailableTest {
    @Test
    void time_is_asked_for_as_grain_and_not_as_dimension() {
        assertThat(ask("events").by("month").problem(shop()).message())
                .isEqualTo("Time is asked for by the grain 'month', not as a dimension.");
    }

    /** The start of a row is not when it happened, and is not taken for it. */
    @Test
    void rows_that_hold_for_a_time_are_not_counted_before_it_is_said_which() {
        var problem = formula("sum(contract where mrr > 1 : mrr)").problem(shop());

        assertThat(problem.code()).isEqualTo(ProblemCode.MISSING);
        assertThat(problem.suggestions())
                .containsExactly("contract at start", "contract at end", "contract during");
        assertThat(formula("count(contract on until)").planned(shop())).isNotNull();
    }

    @Test
    void a_field_is_no_relation_but_a_value_already() {
        var problem = formula("sum(invoice.amount : quantity)").problem(shop());
        assertThat(problem.message())
                .isEqualTo("'invoice.amount' is a field and no relation; it is the value already.");
        assertThat(problem.suggestions())
                .containsExactly("sum(invoice.amount)", "sum(invoice : amount)");
    }

    @Test
    void a_metric_is_no_value_of_a_row() {
        var problem = ask("events").where("usage > 3").problem(shop());
        assertThat(problem.code()).isEqualTo(ProblemCode.UNKNOWN_DIMENSION);
        assertThat(problem.message()).contains("'having'");
        assertThat(problem.suggestions())
                .containsExactly("per(account : usage)", "(usage) as usage");
    }

    @Test
    void membership_as_of_now_is_what_there_is() {
        assertThat(formula("count(event where account in pilots as of now)").planned(shop()))
                .isEqualTo(formula("count(event where account in pilots)").planned(shop()));
    }

    @Test
    void what_stands_beneath_is_looked_at_all_the_same() {
        assertThat(formula("distinct(event.usr) over 3 days from opened").told(shop()))
                .containsExactlyInAnyOrder(
                        "UNKNOWN_FIELD metrics/0/metric/formula 1:16",
                        "LEVEL_MISMATCH metrics/0/metric/formula 1:1");
        assertThat(formula("sum(invoice at start where qantity > 3 : amout)").told(shop()))
                .containsExactlyInAnyOrder(
                        "INCOMPATIBLE metrics/0/metric/formula 1:13",
                        "UNKNOWN_FIELD metrics/0/metric/formula 1:28",
                        "UNKNOWN_FIELD metrics/0/metric/formula 1:42");
    }
}
