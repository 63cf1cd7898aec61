package dev.cairn.domain.planner;

import static dev.cairn.domain.catalog.Shop.shop;
import static dev.cairn.domain.planner.Question.formula;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.analysis.AnalysisQuery.TopGroups;
import dev.cairn.domain.plan.AnalysisPlan.Top;
import org.junit.jupiter.api.Test;

class TopsTest {
    private static final TopGroups TEN = new TopGroups(10, null, true);

    private static Question byAccount(String formula) {
        return formula(formula).by("account");
    }

    @Test
    void the_first_metric_chooses_unless_another_is_said() {
        assertThat(byAccount("count(event)").top(TEN).planned(shop()).top())
                .isEqualTo(new Top(10, 0, true));
        assertThat(
                        byAccount("count(event)")
                                .and("y", "count(ticket)")
                                .top(new TopGroups(3, "y", false))
                                .planned(shop())
                                .top())
                .isEqualTo(new Top(3, 1, false));
    }

    @Test
    void what_has_no_meaning_is_refused() {
        assertThat(formula("count(event)").top(TEN).told(shop()))
                .containsExactly("INCOMPATIBLE top");
        assertThat(byAccount("count(event)").top(new TopGroups(0, null, true)).told(shop()))
                .containsExactly("LIMIT top/groups");
        assertThat(byAccount("count(event)").top(new TopGroups(1001, null, true)).told(shop()))
                .containsExactly("LIMIT top/groups");
        assertThat(byAccount("count(event)").top(new TopGroups(1, "xx", true)).told(shop()))
                .containsExactly("UNKNOWN_COLUMN top/by");
        assertThat(
                        formula("count(event) / total(count(event) by account)")
                                .by("account", "event.name")
                                .top(TEN)
                                .told(shop()))
                .containsExactly("INCOMPATIBLE top");
    }

    @Test
    void places_and_units_of_time_may_be_asked_for_beside_it() {
        assertThat(byAccount("rank(count(event))").top(TEN).planned(shop()).ofAllGroups().top())
                .isNull();
        assertThat(byAccount("avg(day : count(event))").top(TEN).planned(shop()).top())
                .isEqualTo(new Top(10, 0, true));
    }

    @Test
    void groups_that_having_leaves_out_are_neither_shown_nor_others() {
        var question = byAccount("count(event)").having(Question.where("x", Operator.GT, "3"));
        assertThat(question.top(TEN).told(shop())).containsExactly("INCOMPATIBLE top/other");
        assertThat(question.top(new TopGroups(10, null, false)).planned(shop())).isNotNull();
    }
}
