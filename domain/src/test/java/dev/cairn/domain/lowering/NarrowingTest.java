package dev.cairn.domain.lowering;

import static dev.cairn.domain.catalog.Shop.shop;
import static dev.cairn.domain.planner.Question.brief;
import static dev.cairn.domain.planner.Question.formula;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.plan.PlanWords;
import dev.cairn.domain.problem.ProblemCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NarrowingTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    only(count(event) where invoice.paid)                       | INCOMPATIBLE 1:25
                    only(count(event) + count(invoice) where event.beta)        | INCOMPATIBLE 1:42
                    only(count(event) where nothing = 1)                        | UNKNOWN_DIMENSION 1:25
                    only(count(event) where account.plan)                       | TYPE_MISMATCH 1:25
                    only(count(event) where count(event) > 1)                   | LEVEL_MISMATCH 1:25
                    only(5 where account.plan = 'pro')                          | LEVEL_MISMATCH 1:1
                    total(5)                                                    | LEVEL_MISMATCH 1:1
                    total(count(event) by invoice.paid)                         | INCOMPATIBLE 1:23
                    total(count(event) by nothing)                              | UNKNOWN_DIMENSION 1:23
                    count(event where total(count(event)) > 1)                  | LEVEL_MISMATCH 1:25
                    """)
    void what_means_nothing_is_refused_where_it_stands(String formula, String problem) {
        assertThat(brief(formula(formula).problem(shop())))
                .isEqualTo(problem.replace(" ", " metrics/0/metric/formula "));
    }

    @Test
    void a_bare_name_of_only_is_read_among_what_it_is_asked_of() {
        var plan = formula("only(count(event) where beta)").planned(shop());
        assertThat(PlanWords.text(plan.leaves().getFirst().where())).isEqualTo("beta");
    }

    @Test
    void a_total_beneath_members_is_not_read_for_what_the_question_asks_of_every_row() {
        var share = "per(account : count(event) / total(count(event)))";
        var catalog =
                shop().rule(
                                "heavy",
                                "count(event) over ever >= 0.25 * total(count(event) over ever)");
        var refused = ProblemCode.NOT_YET_AVAILABLE;

        assertThat(formula("count(event)").by("(" + share + ") as s").problem(shop()).code())
                .isEqualTo(refused);
        assertThat(formula("count(event)").where(share + " >= 0.5").problem(shop()).code())
                .isEqualTo(refused);
        assertThat(
                        formula("count(event)")
                                .where("per(account : avg(user : total(count(event)))) > 1")
                                .problem(shop())
                                .code())
                .isEqualTo(refused);
        assertThat(formula("count(event)").cohort("heavy").problem(catalog).code())
                .isEqualTo(refused);
        assertThat(formula("count(event)").by("heavy").problem(catalog).code()).isEqualTo(refused);
        assertThat(formula("count(account where account in heavy)").planned(catalog)).isNotNull();
    }

    @Test
    void a_total_has_no_window_of_one_member() {
        assertThat(
                        formula("avg(account : total(count(event)) over 14 days from signed)")
                                .problem(shop())
                                .code())
                .isEqualTo(ProblemCode.INCOMPATIBLE);
    }

    @Test
    void a_total_shares_its_scan_where_no_key_is_dropped() {
        var alone = formula("count(event) / total(count(event))").planned(shop());
        assertThat(alone.scans()).hasSize(1);
        assertThat(alone.leaves()).hasSize(1);
        var grouped =
                formula("count(event) / total(count(event))").by("event.name").planned(shop());
        assertThat(grouped.scans()).hasSize(2);
        assertThat(grouped.scans().get(1).dropped()).containsExactly(0);
        assertThat(String.join("\n", PlanWords.of(grouped))).contains(", for all groups together");
    }
}
