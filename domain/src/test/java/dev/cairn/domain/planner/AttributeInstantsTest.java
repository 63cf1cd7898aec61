package dev.cairn.domain.planner;

import static dev.cairn.domain.catalog.CatalogBuilder.sourceOf;
import static dev.cairn.domain.catalog.Shop.shop;
import static dev.cairn.domain.planner.Question.ask;
import static dev.cairn.domain.planner.Question.formula;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.AnalysisResult.Column;
import dev.cairn.domain.catalog.CatalogBuilder;
import dev.cairn.domain.model.Cohort;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.History;
import dev.cairn.domain.model.Link;
import dev.cairn.domain.model.Notation;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.plan.PlanWords;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.time.Grain;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttributeInstantsTest {
    private static CatalogBuilder history() {
        var accounts = (Entity) shop().build().entity(EntityRef.ACCOUNT);
        return shop().define(accounts.with(new History.OfFiles()));
    }

    private static List<String> moments(String formula) {
        return formula(formula)
                .by("account.plan")
                .each(Grain.MONTH)
                .ready(history())
                .columns()
                .getLast()
                .attributesAsOf();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "count(event where account.plan = 'pro') / count(account)",
                "count(event) / count(account where plan = 'pro')",
                "sum(invoice : amount) / sum(contract at end : mrr)",
                "(count(event) over last 28 days) / count(contract during)",
                "count(event) / prior(count(account))",
                "count(event where per(account : sum(contract at end : mrr)) > 0)",
            })
    void parts_read_attributes_at_the_end_where_one_reads_a_state(String formula) {
        assertThat(moments(formula)).containsExactly("end");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sum(contract at end : mrr) / sum(contract at start : mrr)",
                "sum(contract at start : mrr) - prior(sum(contract at end : mrr))",
                "count(event) / sum(contract at start : mrr)",
                "sum(account where sum(contract at start : mrr) > 0 : sum(contract at end : mrr))",
                "count(event) / sum(account : sum(contract at start : mrr))",
                "sum(account where not exists(contract during) over all before : sum(contract at start : mrr))",
                "count(event) over last 3 months / sum(contract at start : mrr)",
            })
    void parts_read_attributes_at_the_start_where_one_reads_it(String formula) {
        assertThat(moments(formula)).containsExactly("start");
    }

    @Test
    void what_is_read_says_as_of_when_links_lead_to_it() {
        var pinged =
                history()
                        .define(
                                sourceOf(
                                                "ping",
                                                "happened timestamp, customer text -> account, a text")
                                        .with(List.of(new Link("other", EntityRef.ACCOUNT, "a"))));

        var plan =
                formula("count(ping where other.plan = 'pro')")
                        .and("now", "count(ping where other.plan as of now = 'pro')")
                        .planned(pinged);

        assertThat(PlanWords.of(plan))
                .anySatisfy(line ->
                        assertThat(line).contains("count where other.plan as of fact = 'pro'"))
                .anySatisfy(line ->
                        assertThat(line).contains("count where other.plan as of now = 'pro'"));
    }

    @Test
    void facts_alone_read_attributes_when_they_happened() {
        assertThat(moments("count(event) / prior(sum(invoice : amount))")).containsExactly("fact");
    }

    @Test
    void units_of_time_have_instants_of_their_own() {
        assertThat(moments("count(account) / avg(day : sum(contract at start : mrr))"))
                .containsExactly("end", "start");
        assertThat(moments("count(event) / avg(day : count(account))"))
                .containsExactly("end", "fact");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "count(account where prior(plan = 'pro' and exists(event)))",
                "count(account where prior(account.plan = 'pro' and exists(event)))",
                "share(account : next(case when plan = 'pro' then exists(event) else false end, 2 months))",
                "sum(account : prior(case when plan as of end = 'pro' then count(event) end))",
                "count(user where prior(account.plan = 'pro' and exists(event)))",
                "count(event where per(account : prior(plan = 'pro' and exists(event))))",
            })
    void an_attribute_beside_what_a_shift_moves_is_refused(String formula) {
        assertThat(formula(formula).each(Grain.MONTH).told(history()))
                .singleElement()
                .asString()
                .startsWith("INCOMPATIBLE metrics/0/metric/formula 1:");
    }

    @Test
    void an_attribute_that_the_rule_of_a_cohort_reads_is_not_moved_either() {
        var pros =
                history()
                        .define(
                                new Cohort(
                                        "pros",
                                        "Pros",
                                        "",
                                        new Cohort.Members.Rule("plan = 'pro'")));
        assertThat(
                        formula("count(account where prior(account in pros and exists(event)))")
                                .each(Grain.MONTH)
                                .told(pros))
                .containsExactly("INCOMPATIBLE metrics/0/metric/formula 1:21");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "count(listing where prior(owner.plan = 'pro' and exists(booking)))",
                "count(listing where prior(country = 'FR' and exists(booking)))",
                "sum(listing : next(case when country = 'FR' then count(booking) end))",
            })
    void an_attribute_of_a_declared_entity_or_behind_a_link_is_not_moved_either(String formula) {
        var fields =
                List.of(
                        Field.of("number", DataType.TEXT),
                        Field.of("country", DataType.TEXT),
                        Field.of("owner_key", DataType.TEXT),
                        Field.of("since", DataType.DATE));
        var listings =
                history()
                        .define(
                                Source.entity(
                                        "listing",
                                        "",
                                        "",
                                        List.of("number"),
                                        fields,
                                        Notation.STANDARD,
                                        List.of(new Link("owner", EntityRef.ACCOUNT, "owner_key")),
                                        new History.Snapshots("since")))
                        .define(
                                sourceOf(
                                                "booking",
                                                "happened timestamp, guest text -> account, of_listing text")
                                        .with(
                                                List.of(
                                                        new Link(
                                                                "listing",
                                                                "listing",
                                                                List.of("of_listing")))));
        assertThat(formula(formula).each(Grain.MONTH).told(listings))
                .singleElement()
                .asString()
                .startsWith("INCOMPATIBLE metrics/0/metric/formula 1:");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "count(account where plan = 'pro' and prior(exists(event)))",
                "count(account where prior(exists(event where account.plan = 'pro')))",
                "prior(count(account where plan = 'pro' and exists(event)))",
                "count(account where prior(plan as of now = 'pro' and exists(event)))",
                "count(account where prior(plan as of @2026-01-31 = 'pro' and exists(event)))",
            })
    void an_attribute_outside_within_or_of_a_time_of_its_own_is_read(String formula) {
        assertThat(formula(formula).each(Grain.MONTH).ready(history()).columns()).isNotEmpty();
    }

    @Test
    void an_edge_that_a_part_does_not_read_is_said() {
        assertThat(
                        formula("count(event) / (sum(contract at start : mrr) over last 3 months)")
                                .by("account.plan")
                                .told(history()))
                .containsExactly("INCOMPATIBLE metrics/0");
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
                .containsExactly("INCOMPATIBLE metrics/0");
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
                .containsExactly("INCOMPATIBLE metrics/0");
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
    void keys_and_filters_read_attributes_as_the_formula_does() {
        assertThat(ratio().by("account.plan").ready(history()).columns().getLast())
                .returns(List.of("end"), Column::attributesAsOf);
        assertThat(ratio().by("account.plan as of start").ready(history()).columns().getLast())
                .returns(List.of("start"), Column::attributesAsOf);
        assertThat(ratio().where("account.plan = 'pro'").ready(history()).columns().getLast())
                .returns(List.of("end"), Column::attributesAsOf);
        assertThat(ratio().by("account.plan").planned(shop())).isNotNull();
    }

    @Test
    void columns_that_read_it_otherwise_are_read_apart_and_share_what_reads_none() {
        var apart = ratio().and("y", "count(event)").by("account.plan").planned(history());
        var together =
                ratio().and("y", "count(event)").by("account.plan as of now").planned(history());

        assertThat(apart.scans()).hasSize(3);
        assertThat(together.scans()).hasSize(2);
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
