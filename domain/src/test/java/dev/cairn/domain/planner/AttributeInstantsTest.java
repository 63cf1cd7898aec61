package dev.cairn.domain.planner;

import static dev.cairn.domain.catalog.Shop.shop;
import static dev.cairn.domain.planner.Question.ask;
import static dev.cairn.domain.planner.Question.formula;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.AnalysisResult.Column;
import dev.cairn.domain.catalog.CatalogBuilder;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.EntityKind;
import dev.cairn.domain.model.History;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.time.Grain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttributeInstantsTest {
    private static CatalogBuilder history() {
        var accounts = (Entity) shop().build().entity(EntityKind.ACCOUNT);
        return shop().define(accounts.with(new History.OfFiles()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "count(event where account.plan = 'pro') / count(account)",
                "count(event) / count(account where plan = 'pro')",
                "sum(invoice : amount) / count(account where account.plan is none)",
            })
    void parts_that_would_read_attributes_at_different_times_say_when(String formula) {
        var problem = formula(formula).problem(history());

        assertThat(problem.code()).isEqualTo(ProblemCode.NOT_YET_AVAILABLE);
        assertThat(problem.suggestions())
                .containsExactly(
                        "account.plan as of start",
                        "account.plan as of end",
                        "account.plan as of now");
    }

    @Test
    void keys_and_filters_of_such_parts_say_it_too() {
        assertThat(ratio().by("account.plan").told(history()))
                .containsExactly("NOT_YET_AVAILABLE metrics/0");
        assertThat(ratio().by("account.plan as of end").planned(history())).isNotNull();
        assertThat(ratio().by("account.plan").planned(shop())).isNotNull();
        assertThat(ratio().planned(history())).isNotNull();
    }

    private static Question ratio() {
        return formula("count(event) / count(account)");
    }

    @Test
    void an_edge_within_a_day_is_none_that_a_history_by_days_can_be_read_at() {
        var hours = formula("count(event where account.plan as of end = 'pro')").each(Grain.HOUR);

        assertThat(hours.problem(history()).code()).isEqualTo(ProblemCode.INCOMPATIBLE);
        assertThat(
                        formula("count(event where account.plan = 'pro')")
                                .each(Grain.HOUR)
                                .planned(history()))
                .isNotNull();
        assertThat(
                        formula("count(event where account.plan as of start = 'pro') over all")
                                .problem(history())
                                .code())
                .isEqualTo(ProblemCode.INCOMPATIBLE);
    }

    @Test
    void columns_say_as_of_when_they_read_attributes() {
        assertThat(
                        formula(
                                        "count(event where account.plan = 'pro' and account.plan as of now = 'free')")
                                .ready(history())
                                .columns())
                .extracting(Column::attributesAsOf)
                .last()
                .asString()
                .isEqualTo("[fact, now]");
        assertThat(formula("count(event)").ready(history()).columns())
                .extracting(Column::attributesAsOf)
                .allSatisfy(moments -> assertThat(moments).isEmpty());
    }

    @Test
    void only_attributes_are_read_as_of_a_time() {
        var problem = formula("count(event where seconds as of start > 3)").problem(history());

        assertThat(problem.code()).isEqualTo(ProblemCode.INCOMPATIBLE);
        assertThat(problem.message()).contains("'seconds' is no attribute");
    }

    @Test
    void scopes_and_marks_of_test_accounts_are_read_as_of_now() {
        var plan = ask("events").scopedTo("account.plan = 'pro'").planned(history());

        assertThat(plan.cells().scans().getFirst().where().toString())
                .contains("name=plan")
                .contains("name=internal")
                .doesNotContain("Fact[");
    }
}
