package dev.cairn.domain.lowering;

import static dev.cairn.domain.catalog.Shop.shop;
import static dev.cairn.domain.planner.Question.brief;
import static dev.cairn.domain.planner.Question.formula;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RanksTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    rank()                                     | UNKNOWN_FUNCTION 1:1
                    rank(count(event), 3)                      | UNKNOWN_FUNCTION 1:1
                    rank(max(event : name))                    | TYPE_MISMATCH 1:1
                    rank(exists(event))                        | TYPE_MISMATCH 1:1
                    rank(none)                                 | TYPE_MISMATCH 1:1
                    rank(rank(count(event)))                   | TYPE_MISMATCH 1:1
                    1 + rank(2 * rank(count(event)))           | TYPE_MISMATCH 1:5
                    sum(account : rank(count(event)))          | LEVEL_MISMATCH 1:15
                    sum(event : rank(seconds))                 | LEVEL_MISMATCH 1:13
                    count(event where rank(seconds) < 3)       | LEVEL_MISMATCH 1:19
                    per(account : rank(count(event)))          | LEVEL_MISMATCH 1:1
                    count(event where per(account : rank(count(event))) < 3) | LEVEL_MISMATCH 1:33
                    avg(day : rank(count(event)))              | LEVEL_MISMATCH 1:11
                    total(rank(count(event)))                  | LEVEL_MISMATCH 1:7
                    total(1 + rank(count(event)) by account.plan) | LEVEL_MISMATCH 1:11
                    """)
    void what_has_no_groups_to_compare_is_refused(String formula, String problem) {
        assertThat(brief(formula(formula).problem(shop())))
                .isEqualTo(problem.replace(" ", " metrics/0/metric/formula "));
    }

    @Test
    void a_key_or_filter_of_the_question_has_no_rank() {
        assertThat(formula("count(event)").by("(rank(count(event))) as place").told(shop()))
                .containsExactly("LEVEL_MISMATCH groupBy/0 1:2");
        assertThat(formula("count(event)").where("rank(count(event)) < 3").told(shop()))
                .containsExactly("LEVEL_MISMATCH where 1:1");
    }

    @Test
    void a_rank_is_a_whole_number_without_unit_and_no_division() {
        var output =
                formula("rank(sum(invoice : amount) / count(event))").planned(shop()).outputs();
        assertThat(output.getFirst().value()).isInstanceOf(Expr.Rank.class);
        assertThat(output.getFirst().value().type()).isEqualTo(Type.INTEGER);
        assertThat(output.getFirst().numerator()).isNull();
    }

    @Test
    void a_metric_may_be_a_rank() {
        var catalog = shop().metric("place", "rank(revenue)");
        assertThat(formula("place + 1").planned(catalog)).isNotNull();
        assertThat(brief(formula("avg(account : place)").problem(catalog)))
                .isEqualTo("LEVEL_MISMATCH metrics/0/metric/formula 1:15");
    }
}
