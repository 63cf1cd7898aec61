package dev.cairn.domain.lowering;

import static dev.cairn.domain.catalog.Shop.shop;
import static dev.cairn.domain.planner.Question.brief;
import static dev.cairn.domain.planner.Question.formula;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.expression.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScoresTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    scale(count(event), 5 to 5)                        | TYPE_MISMATCH 1:1
                    scale(max(event : name), 0 to 5)                   | TYPE_MISMATCH 1:7
                    weighted(1 : max(event : name))                    | TYPE_MISMATCH 1:14
                    weighted(1 : count(event), 0 : usage)              | BAD_VALUE 1:32
                    weighted(a 1 : count(event), a 1 : usage)          | CONFLICT 1:36
                    weighted(1 : count(event); coverage 1.5)           | BAD_VALUE 1:1
                    weighted(1 : count(event), 1 : sum(invoice : amount)) | UNIT_MISMATCH 1:32
                    """)
    void what_makes_no_score_is_refused(String formula, String problem) {
        assertThat(brief(formula(formula).problem(shop())))
                .isEqualTo(problem.replace(" ", " metrics/0/metric/formula "));
    }

    @Test
    void a_score_keeps_the_unit_of_its_parts_and_a_scale_has_none() {
        var plan = formula("weighted(1 : sum(invoice : amount), 1 : 5)").planned(shop());
        assertThat(plan.outputs().getFirst().value().type().unit())
                .isEqualTo(plan.leaves().getFirst().type().unit());
        var scaled = formula("scale(sum(invoice : amount), 0 to 5)").planned(shop());
        assertThat(scaled.outputs().getFirst().value().type()).isEqualTo(Type.DOUBLE);
    }
}
