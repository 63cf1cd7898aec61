package dev.cairn.domain.lowering;

import static dev.cairn.domain.catalog.Shop.shop;
import static dev.cairn.domain.planner.Question.ask;
import static dev.cairn.domain.planner.Question.formula;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Metric.Level;
import dev.cairn.domain.model.Metric.RollUp;
import dev.cairn.domain.plan.Aggregation;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.PlanWords;
import dev.cairn.domain.plan.Relation;
import dev.cairn.domain.planner.Question;
import dev.cairn.domain.problem.ProblemCode;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LevelsTest {
    private static Relation.Members members(AnalysisPlan plan) {
        return (Relation.Members) plan.scans().getFirst().relation();
    }

    // ---- row values and cells

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "amount                  | sum(invoice : amount)",
                "invoice.amount          | sum(invoice : amount)",
                "nps.score + 1           | sum(nps : score)",
                "account.seats           | sum(account : seats)",
                "event                   | count(event)",
                "nps                     | count(nps)",
                "account                 | count(account)",
            })
    void a_row_value_in_a_cell_is_refused_with_an_aggregate_of_it(
            String formula, String suggestion) {
        var problem = formula(formula).problem(shop());
        assertThat(problem.code()).isEqualTo(ProblemCode.LEVEL_MISMATCH);
        assertThat(problem.suggestions()).containsExactly(suggestion);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "count(invoice where per(user : count(event)) > 1) | INCOMPATIBLE   | are of no user",
                "count(event where per(user : count(invoice)) > 1) | INCOMPATIBLE   | cannot be read for one user",
                "sum(account : per(user : count(event)))           | LEVEL_MISMATCH | aggregate over users",
                "per(user : count(event))                          | LEVEL_MISMATCH | Aggregate over users",
                "count(event where per(plan : count(event)) > 1)   | UNKNOWN_SOURCE | account or user",
            })
    void a_value_of_a_user_is_of_rows_and_sources_of_users(
            String formula, String code, String why) {
        var problem = formula(formula).problem(shop());
        assertThat(problem.code().name()).isEqualTo(code);
        assertThat(problem.message()).contains(why);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "count(account at end)         | 1:7",
                "count(account during)         | 1:7",
                "count(account on due_on)      | 1:7",
                "sum(account : count(user at start)) | 1:21",
            })
    void members_have_one_time(String formula, String at) {
        var problem = formula(formula).problem(shop());
        assertThat(problem.code()).isEqualTo(ProblemCode.INCOMPATIBLE);
        assertThat(problem.message())
                .startsWith("'on', 'at' and 'during' say which time of rows is meant, and ")
                .contains("s have one: those are read that exist at some time of what is read.");
        assertThat(problem.place().line() + ":" + problem.place().column()).isEqualTo(at);
        assertThat(problem.suggestions().getFirst()).endsWith("where exists(... at end))");
    }

    @Test
    void a_row_value_of_a_source_that_nobody_knows_is_told_as_such() {
        var problem = formula("invoic.amount").problem(shop());
        assertThat(problem.code()).isEqualTo(ProblemCode.UNKNOWN_SOURCE);
        assertThat(problem.suggestions()).containsExactly("invoice");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "count(event where count(ticket) > 3)",
                "count(event where exists(ticket))",
                "sum(event : seconds / sum(event.seconds))",
            })
    void an_aggregate_in_a_row_is_refused_with_per_account(String formula) {
        var problem = formula(formula).problem(shop());
        assertThat(problem.code()).isEqualTo(ProblemCode.LEVEL_MISMATCH);
        assertThat(problem.suggestions()).containsExactly("per(account : ...)");
        assertThat(problem.message())
                .isEqualTo("An aggregate is not a value of a row of event; say whose it is.");
    }

    @Test
    void a_metric_in_a_row_is_refused_with_per_account() {
        var problem = formula("count(event where usage > 3)").problem(shop());
        assertThat(problem.code()).isEqualTo(ProblemCode.LEVEL_MISMATCH);
        assertThat(problem.suggestions()).containsExactly("per(account : usage)");
    }

    @Test
    void an_aggregate_in_a_filter_is_refused_and_having_is_named() {
        var problem = ask("events").where("count(event) > 3").problem(shop());
        assertThat(Question.brief(problem)).isEqualTo("LEVEL_MISMATCH where 1:1");
        assertThat(problem.message()).contains("'having'");
    }

    @Test
    void a_bucket_is_not_known_in_a_filter() {
        assertThat(ask("events").where("event.happened > bucket.start").told(shop()))
                .containsExactly("LEVEL_MISMATCH where 1:18");
    }

    // ---- metrics of an account

    @Test
    void an_account_metric_without_roll_up_is_refused_in_a_cell_with_rewrites() {
        var problem = ask("open_tickets").problem(shop());
        assertThat(Question.brief(problem)).isEqualTo("LEVEL_MISMATCH metrics/0/metric/key");
        assertThat(problem.suggestions())
                .containsExactly("avg(account : open_tickets)", "sum(account : open_tickets)");
    }

    @Test
    void an_explicit_aggregate_makes_it_a_value_of_the_cell() {
        var plan = formula("sum(account : open_tickets)").planned(shop());
        assertThat(PlanWords.text(plan.leaves().getFirst().aggregation())).isEqualTo("sum of #0");
        assertThat(members(plan).own().leaves())
                .extracting(leaf -> PlanWords.text(leaf.where()))
                .containsExactly("solved is none");
    }

    @Test
    void a_metric_without_roll_up_inside_of_another_is_refused_at_the_reference() {
        var catalog = shop().metric("twice", "2 * open_tickets");
        assertThat(formula("1 + open_tickets").told(catalog))
                .containsExactly("LEVEL_MISMATCH metrics/0/metric/formula 1:5");
        assertThat(ask("twice").told(catalog))
                .containsExactly("LEVEL_MISMATCH metrics/0/metric/key");
    }

    @Test
    void a_roll_up_by_avg_is_a_mean_over_accounts() {
        var plan = ask("usage").planned(shop());
        assertThat(plan.leaves().getFirst().aggregation())
                .isEqualTo(new Aggregation.Average(new Expr.LeafValue(0, Type.COUNT)));
        assertThat(members(plan).entity()).isEqualTo(EntityRef.ACCOUNT);
        assertThat(members(plan).own().leaves().getFirst().aggregation())
                .isEqualTo(new Aggregation.Count());
    }

    @Test
    void a_roll_up_by_median_is_the_middle_over_users() {
        var plan = ask("actions").planned(shop());
        assertThat(plan.leaves().getFirst().aggregation())
                .isEqualTo(
                        new Aggregation.Percentile(
                                new Expr.LeafValue(0, Type.COUNT), new BigDecimal("0.5"), false));
        assertThat(members(plan).entity()).isEqualTo(EntityRef.USER);
    }

    @Test
    void a_roll_up_by_sum_adds_up() {
        var plan =
                ask("bought")
                        .planned(
                                shop().metric(
                                                "bought",
                                                Level.ACCOUNT,
                                                RollUp.SUM,
                                                "sum(invoice : amount)"));
        assertThat(PlanWords.text(plan.leaves().getFirst().aggregation())).isEqualTo("sum of #0");
    }

    @Test
    void a_roll_up_by_share_is_a_part_of_the_accounts() {
        var catalog = shop().metric("active", Level.ACCOUNT, RollUp.SHARE, "exists(event)");
        var plan = ask("active").planned(catalog);
        assertThat(ask("active").value(catalog)).isEqualTo("share #0 of #1");
        assertThat(plan.leaves())
                .extracting(leaf -> PlanWords.text(leaf.aggregation().value()))
                .containsExactly("case when #0 then 1 else 0 end", "true");
    }

    @Test
    void a_roll_up_by_share_of_what_may_be_empty_is_refused() {
        var catalog = shop().metric("happy", Level.ACCOUNT, RollUp.SHARE, "avg(nps : score) >= 9");
        assertThat(ask("happy").problem(catalog).code()).isEqualTo(ProblemCode.MAYBE_EMPTY);
    }

    @ParameterizedTest
    @CsvSource({"SHARE, count(event)", "AVG, exists(event)", "SUM, exists(event)"})
    void a_roll_up_that_does_not_fit_the_value_is_refused(RollUp rollUp, String formula) {
        var catalog = shop().metric("odd", Level.ACCOUNT, rollUp, formula);
        assertThat(ask("odd").problem(catalog).code()).isEqualTo(ProblemCode.TYPE_MISMATCH);
    }

    // ---- levels that nest

    @Test
    void a_cell_metric_is_evaluated_anew_for_each_account() {
        var plan = formula("max(account : events)").planned(shop());
        assertThat(members(plan).own().leaves().getFirst().aggregation())
                .isEqualTo(new Aggregation.Count());
    }

    @Test
    void a_cell_metric_that_reads_facts_of_no_account_cannot_be_of_an_account() {
        var problem = formula("max(account : warmth)").problem(shop());
        assertThat(Question.brief(problem)).isEqualTo("INCOMPATIBLE metrics/0/metric/formula 1:15");
        assertThat(problem.message())
                .isEqualTo(
                        "'weather' cannot be read for one account: its facts are of no account.");
    }

    @Test
    void an_account_metric_at_an_account_is_that_accounts_value() {
        var plan = formula("count(account where usage > 3)").planned(shop());
        assertThat(PlanWords.text(plan.leaves().getFirst().where())).isEqualTo("#0 > 3");
        assertThat(members(plan).own().scans()).hasSize(1);
    }

    @Test
    void a_user_metric_at_an_account_is_rolled_up_over_its_users() {
        var plan = formula("max(account : actions)").planned(shop());
        var users = (Relation.Members) members(plan).own().scans().getFirst().relation();
        assertThat(users.entity()).isEqualTo(EntityRef.USER);
        assertThat(users.own().leaves().getFirst().aggregation())
                .isEqualTo(new Aggregation.Count());
        assertThat(PlanWords.text(members(plan).own().leaves().getFirst().aggregation()))
                .contains("#0");
    }

    @Test
    void an_account_metric_is_no_value_of_a_user() {
        assertThat(formula("max(user : usage)").problem(shop()).code())
                .isEqualTo(ProblemCode.LEVEL_MISMATCH);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sum(account : count(account))",
                "sum(user : count(user))",
                "sum(user : count(account))",
            })
    void only_users_can_be_a_relation_beneath_an_account(String formula) {
        assertThat(formula(formula).problem(shop()).code()).isEqualTo(ProblemCode.LEVEL_MISMATCH);
        assertThat(formula("sum(account : count(user))").planned(shop()).scans()).hasSize(1);
    }

    @Test
    void users_read_only_facts_that_name_a_user() {
        assertThat(formula("sum(user : count(ticket))").problem(shop()).code())
                .isEqualTo(ProblemCode.INCOMPATIBLE);
    }

    @Test
    void counts_of_nothing_are_none_where_the_definition_says_so() {
        var catalog = shop().metricEmptyIsNone("known_events", "count(event)");
        assertThat(ask("events").planned(catalog).leaves().getFirst().zeroOverNothing()).isTrue();
        assertThat(ask("known_events").planned(catalog).leaves().getFirst().zeroOverNothing())
                .isFalse();
    }
}
