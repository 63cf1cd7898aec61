package dev.cairn.domain.planner;

import static dev.cairn.domain.catalog.Shop.shop;
import static dev.cairn.domain.planner.Question.ask;
import static dev.cairn.domain.planner.Question.formula;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.catalog.CatalogBuilder;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.PlanWords;
import dev.cairn.domain.plan.Relation;
import dev.cairn.domain.problem.ProblemCode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionsTest {
    private static final String NOT_TEST = "not (account.internal is true)";

    private static List<String> conditions(Question question) {
        return conditions(question, shop());
    }

    private static List<String> conditions(Question question, CatalogBuilder catalog) {
        return question.planned(catalog).scans().stream()
                .map(scan -> PlanWords.text(scan.where()))
                .toList();
    }

    // ---- filters

    @Test
    void a_filter_stands_beneath_every_leaf() {
        var question = ask("events", "revenue", "usage").filter("account.plan", Operator.IN, "pro");
        assertThat(conditions(question))
                .hasSize(3)
                .allMatch(where -> where.endsWith("account.plan in ('pro'))"));
    }

    @Test
    void a_filter_over_members_does_not_stand_again_beneath_each_of_them() {
        var plan = ask("usage").where("account.plan = 'pro'").planned(shop());
        var members = (Relation.Members) plan.scans().getFirst().relation();
        assertThat(members.own().scans().getFirst().where()).isEqualTo(Expr.TRUE);
        assertThat(members.own().scans().getFirst().keys())
                .containsExactly(new Expr.Key(EntityRef.ACCOUNT));
    }

    @Test
    void a_filter_that_a_metric_cannot_read_is_refused_and_the_metric_is_named() {
        var problem =
                ask("events", "revenue").filter("event.name", Operator.IN, "login").problem(shop());
        assertThat(Question.brief(problem)).isEqualTo("INCOMPATIBLE filter/where/field 1:1");
        assertThat(problem.message())
                .isEqualTo(
                        "'event.name' does not apply to 'revenue', which reads 'invoice'; leave one of them out.");
    }

    @Test
    void a_filter_by_account_is_refused_for_facts_of_no_account() {
        var problem = ask("warmth").where("account.plan = 'pro'").problem(shop());
        assertThat(problem.code()).isEqualTo(ProblemCode.INCOMPATIBLE);
        assertThat(problem.message()).contains("'warmth'");
    }

    @Test
    void a_filter_by_a_field_is_refused_for_members() {
        assertThat(ask("usage").where("event.name = 'login'").problem(shop()).message())
                .isEqualTo(
                        "'event.name' does not apply to 'usage', which reads 'account'; leave one of them out.");
    }

    @Test
    void filter_and_where_must_both_hold() {
        var question =
                ask("events").filter("event.name", Operator.IN, "login").where("event.beta = true");
        assertThat(conditions(question).getFirst())
                .endsWith("(name in ('login') and beta = true))");
    }

    @Test
    void a_filter_that_is_no_condition_is_refused() {
        assertThat(ask("events").where("event.name").told(shop()))
                .containsExactly("TYPE_MISMATCH where 1:1");
    }

    // ---- bare names

    @Test
    void a_bare_name_is_read_where_only_one_reading_is_possible() {
        assertThat(conditions(ask("events").where("name = 'login'")).getFirst())
                .endsWith("name = 'login')");
        assertThat(conditions(ask("events").where("plan = 'pro'")).getFirst())
                .endsWith("account.plan = 'pro')");
    }

    @Test
    void a_field_of_a_source_that_is_not_asked_is_no_reading() {
        var catalog = shop().source("login", "happened timestamp, name text");
        assertThat(conditions(ask("events").where("name = 'x'"), catalog).getFirst())
                .contains("name = 'x'");
    }

    @Test
    void an_attribute_of_users_is_no_reading_where_nothing_is_of_a_user() {
        var catalog = shop().account("plan text, role text");
        assertThat(conditions(ask("revenue").where("role = 'x'"), catalog))
                .containsExactly("account.role = 'x'");
        assertThat(ask("events").where("role = 'x'").problem(catalog).code())
                .isEqualTo(ProblemCode.AMBIGUOUS_NAME);
    }

    @Test
    void a_bare_name_with_two_readings_asks() {
        var catalog = shop().metric("tickets", "count(ticket)").user("role text, priority text");
        var problem =
                formula("count(ticket)")
                        .and("y", "count(event)")
                        .where("priority = 'x'")
                        .problem(catalog);
        assertThat(problem.code()).isEqualTo(ProblemCode.AMBIGUOUS_NAME);
        assertThat(problem.suggestions()).containsExactly("ticket.priority", "user.priority");
    }

    @Test
    void a_cohort_and_a_field_of_one_name_ask() {
        var catalog = shop().cohort("beta", "a-9");
        var problem = ask("events").by("beta").problem(catalog);
        assertThat(problem.code()).isEqualTo(ProblemCode.AMBIGUOUS_NAME);
        assertThat(problem.suggestions())
                .containsExactly("event.beta", "(account in beta) as in_beta");
        assertThat(ask("revenue").by("beta").planned(catalog).keys()).hasSize(1);
    }

    @Test
    void a_name_of_a_slice_is_of_its_source() {
        assertThat(conditions(ask("nps_score").where("promoter.score = 9")).getFirst())
                .endsWith("score = 9)");
    }

    // ---- cohorts

    @Test
    void a_cohort_by_list_keeps_its_accounts() {
        assertThat(conditions(ask("events").cohort("pilots")))
                .containsExactly("(" + NOT_TEST + " and account in ('a-1', 'a-2'))");
    }

    @Test
    void a_cohort_by_rule_keeps_the_accounts_for_which_it_is_true() {
        assertThat(conditions(ask("events").cohort("big")))
                .containsExactly("(" + NOT_TEST + " and account.seats >= 100)");
    }

    @Test
    void a_rule_made_up_in_the_question_does_the_same() {
        assertThat(conditions(ask("events").cohortRule("account in pilots and seats >= 100")))
                .containsExactly(
                        "("
                                + NOT_TEST
                                + " and (account in ('a-1', 'a-2') and account.seats >= 100))");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"plan is none", "not (plan is 'pro')", "coalesce(seats, 0) < 3", "true"})
    void facts_of_no_account_are_in_no_cohort_whatever_its_rule(String rule) {
        var catalog = shop().rule("ruled", rule);
        String only = "not (account is none)";
        assertThat(conditions(ask("events").cohort("ruled"), catalog).getFirst()).contains(only);
        assertThat(conditions(ask("events").cohortRule(rule), catalog).getFirst()).contains(only);
        assertThat(conditions(ask("events").where("not (account in ruled)"), catalog).getFirst())
                .contains("not (case when " + only + " then ");
        assertThat(conditions(ask("usage").cohort("ruled"), catalog).getFirst())
                .doesNotContain(only);
    }

    @Test
    void a_cohort_does_not_apply_to_facts_of_no_account() {
        assertThat(ask("warmth").cohort("pilots").told(shop()))
                .containsExactly("INCOMPATIBLE cohort");
        assertThat(ask("warmth").by("pilots").told(shop()))
                .containsExactly("INCOMPATIBLE groupBy/0 1:1");
    }

    @Test
    void membership_is_asked_for_in_formulas() {
        var plan = formula("count(event where account not in pilots)").planned(shop());
        assertThat(PlanWords.text(plan.leaves().getFirst().where()))
                .isEqualTo("not (account in ('a-1', 'a-2'))");
    }

    @Test
    void a_cohort_is_a_dimension_that_is_true_or_false() {
        var plan = ask("events").by("big").planned(shop());
        assertThat(plan.keys())
                .containsExactly(new AnalysisPlan.GroupKey("big", Type.BOOLEAN, true, true));
        assertThat(PlanWords.text(plan.scans().getFirst().keys().getFirst()))
                .isEqualTo(
                        "case when not (account is none) then case when account.seats >= 100 then true else false end else none end");
    }

    // ---- scope

    @Test
    void the_scope_stands_beneath_every_leaf() {
        assertThat(conditions(ask("events", "revenue", "usage").scopedTo("plan = 'pro'")))
                .containsExactly(
                        "(" + NOT_TEST + " and account.plan = 'pro')",
                        "(" + NOT_TEST + " and account.plan = 'pro')",
                        "(" + NOT_TEST + " and account.plan = 'pro')");
    }

    @Test
    void facts_of_no_account_are_seen_by_those_only_who_may_see_everything() {
        assertThat(ask("warmth").scopedTo("plan = 'pro'").problem(shop()).message())
                .isEqualTo(
                        "'warmth' reads 'weather', which is of no account, and you may see some accounts only.");
        assertThat(conditions(ask("events").scopedTo("plan is none")).getFirst())
                .isEqualTo(
                        "(" + NOT_TEST + " and (not (account is none) and account.plan is none))");
    }

    @Test
    void a_scope_may_name_a_cohort() {
        assertThat(conditions(ask("events").scopedTo("account in pilots")).getFirst())
                .isEqualTo("(" + NOT_TEST + " and account in ('a-1', 'a-2'))");
    }

    @Test
    void a_scope_over_facts_is_refused_and_nothing_is_seen() {
        assertThat(ask("events").scopedTo("count(event) > 3").told(shop()))
                .containsExactly("LEVEL_MISMATCH scope 1:1");
        assertThat(ask("warmth").scopedTo("no such thing").told(shop()))
                .containsExactly("SYNTAX scope 1:4");
    }

    // ---- test accounts

    @Test
    void test_accounts_are_left_out() {
        assertThat(conditions(ask("events"))).containsExactly(NOT_TEST);
        assertThat(conditions(ask("usage"))).containsExactly(NOT_TEST);
        assertThat(conditions(ask("actions"))).containsExactly(NOT_TEST);
        assertThat(conditions(ask("warmth"))).containsExactly("true");
    }

    @Test
    void test_accounts_are_there_when_the_question_names_the_mark() {
        assertThat(conditions(ask("events").by("account.internal"))).containsExactly("true");
        assertThat(conditions(ask("events").filter("account.internal", Operator.IN, "true")))
                .containsExactly("account.internal in (true)");
        assertThat(conditions(ask("events").where("internal or not internal")).getFirst())
                .doesNotContain(NOT_TEST);
        assertThat(conditions(ask("events").cohortRule("internal")))
                .containsExactly("account.internal");
    }

    @Test
    void a_formula_that_names_the_mark_asks_for_its_own_leaves_only() {
        var plan = formula("count(account where internal) / count(account)").planned(shop());
        assertThat(PlanWords.text(plan.scans().getFirst().where())).isEqualTo("true");
        assertThat(plan.leaves().stream().map(leaf -> PlanWords.text(leaf.where())))
                .containsExactly("account.internal", NOT_TEST);
    }

    @Test
    void a_share_of_the_marked_accounts_is_one_of_all_accounts() {
        var plan = formula("share(account : coalesce(internal, false))").planned(shop());
        assertThat(PlanWords.text(plan.scans().getFirst().where())).isEqualTo("true");
        assertThat(plan.leaves().stream().map(leaf -> PlanWords.text(leaf.where())))
                .containsExactly("true", "true");
    }

    @Test
    void what_is_read_for_each_member_names_the_mark_for_its_member() {
        var plan =
                formula("count(account where exists(event where account.internal))")
                        .planned(shop());
        assertThat(PlanWords.text(plan.scans().getFirst().where())).isEqualTo("true");
        assertThat(PlanWords.text(plan.leaves().getFirst().where())).isEqualTo("#0");
    }

    @Test
    void each_of_several_marks_leaves_its_accounts_out_until_it_is_named() {
        var catalog = shop().account("internal boolean test, copy boolean test");
        String notCopy = "not (account.copy is true)";
        assertThat(conditions(ask("events"), catalog))
                .containsExactly("(" + NOT_TEST + " and " + notCopy + ")");
        assertThat(conditions(ask("events").by("account.internal"), catalog))
                .containsExactly(notCopy);
    }

    @Test
    void a_scope_that_names_the_mark_does_not_ask_for_test_accounts() {
        assertThat(
                        conditions(
                                        ask("events")
                                                .scopedTo(
                                                        "coalesce(internal, false) in (true, false)"))
                                .getFirst())
                .startsWith("(" + NOT_TEST);
    }

    @Test
    void without_a_mark_there_are_no_test_accounts() {
        assertThat(conditions(ask("events"), shop().account("plan text"))).containsExactly("true");
    }
}
