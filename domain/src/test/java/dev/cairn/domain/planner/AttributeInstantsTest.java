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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(sum(contract at start : mrr) over last 3 months) / sum(contract at start : mrr)",
                "sum(contract at @2026-01-10 : mrr) / sum(contract at end : mrr)",
                "prior(sum(contract at @2026-01-10 : mrr) / sum(contract at end : mrr))",
                "(count(account) over all before) / count(account)",
                "avg(day : (sum(contract at start : mrr) over last 3 days) / sum(contract at start : mrr))",
            })
    void edges_of_different_windows_are_different_times(String formula) {
        var monthly = formula(formula).each(Grain.MONTH);

        assertThat(monthly.planned(history())).isNotNull();
        assertThat(monthly.by("account.plan as of now").planned(history())).isNotNull();
        assertThat(formula(formula).each(Grain.MONTH).by("account.plan").told(history()))
                .containsExactly("NOT_YET_AVAILABLE metrics/0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sum(contract at start : mrr) / prior(sum(contract at start : mrr))",
                "(sum(contract at start : mrr) over month to date) / sum(contract at start : mrr)",
                "(count(account) over last 3 months) / count(account)",
            })
    void edges_that_are_alike_or_of_other_buckets_are_not(String formula) {
        assertThat(formula(formula).each(Grain.MONTH).by("account.plan").planned(history()))
                .isNotNull();
    }

    @Test
    void what_conditions_and_keys_compute_for_accounts_is_no_part_of_the_formula() {
        var paying = "sum(contract at end : mrr) > 0";

        assertThat(ask("events").by("account.plan").cohortRule(paying).planned(history()))
                .isNotNull();
        assertThat(ask("events").by("account.plan", "(" + paying + ") as pays").planned(history()))
                .isNotNull();
        assertThat(ratio().cohortRule("count(event where account.plan = 'pro') over ever > 0"))
                .satisfies(asked -> assertThat(asked.planned(history())).isNotNull());
    }

    @Test
    void keys_are_of_one_time_themselves() {
        assertThat(
                        ask("events")
                                .by(
                                        "(sum(contract at start where account.plan = 'pro' : mrr) < sum(contract at end : mrr)) as grew")
                                .told(history()))
                .containsExactly("NOT_YET_AVAILABLE metrics/0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sum(account : count(hour where plan = 'pro'))",
                "sum(account : count(every 36 hours where plan = 'pro'))",
                "avg(hour : count(account where plan = 'pro'))",
            })
    void an_edge_of_a_unit_within_a_day_is_none_either(String formula) {
        assertThat(formula(formula).problem(history()).code()).isEqualTo(ProblemCode.INCOMPATIBLE);
        assertThat(
                        formula(formula.replace("every 36 hours", "day").replace("hour", "day"))
                                .planned(history()))
                .isNotNull();
    }

    @Test
    void columns_in_units_of_time_are_of_other_times_than_facts() {
        var plan =
                formula("avg(day : count(account))")
                        .and("y", "count(event)")
                        .by("account.plan")
                        .planned(history());

        assertThat(new AttributeInstants(plan).mixed()).hasSize(2);
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
