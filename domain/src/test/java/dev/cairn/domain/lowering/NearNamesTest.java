package dev.cairn.domain.lowering;

import static dev.cairn.domain.catalog.Shop.shop;
import static dev.cairn.domain.planner.Question.ask;
import static dev.cairn.domain.planner.Question.formula;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.planner.Question;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearNamesTest {
    private static void assertNear(Problem problem, ProblemCode code, String name) {
        assertThat(problem.code()).isEqualTo(code);
        assertThat(problem.suggestions()).startsWith(name);
        assertThat(problem.message()).endsWith("Did you mean '" + name + "'?");
    }

    @Test
    void an_unknown_metric_is_told_with_a_near_one() {
        assertNear(ask("evnts").problem(shop()), ProblemCode.UNKNOWN_METRIC, "events");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "evnts + 1                        | UNKNOWN_METRIC   | events",
                "count(evnt)                      | UNKNOWN_SOURCE   | event",
                "count(np)                        | UNKNOWN_SOURCE   | nps",
                "count(acount)                    | UNKNOWN_SOURCE   | account",
                "sum(evnt.seconds)                | UNKNOWN_SOURCE   | event",
                "sum(event.second)                | UNKNOWN_FIELD    | seconds",
                "sum(event : event.second)        | UNKNOWN_FIELD    | seconds",
                "count(event where account.pln = 'x') | UNKNOWN_FIELD| plan",
                "count(event where user.rol = 'x')| UNKNOWN_FIELD    | role",
                "count(account where pln = 'x')   | UNKNOWN_FIELD    | plan",
                "sum(account : open_ticket)       | UNKNOWN_FIELD    | open_tickets",
                "sum(event : rond(seconds))       | UNKNOWN_FUNCTION | round",
                "count(event where account in pilot) | UNKNOWN_COHORT| pilots",
                "count(ticket on first_repl)      | UNKNOWN_FIELD    | first_reply",
            })
    void an_unknown_name_of_a_formula_is_told_with_a_near_one(
            String formula, ProblemCode code, String near) {
        assertNear(formula(formula).problem(shop()), code, near);
    }

    @Test
    void a_field_that_is_no_time_cannot_place_a_fact() {
        var problem = formula("count(ticket on priority)").problem(shop());
        assertThat(problem.code()).isEqualTo(ProblemCode.TYPE_MISMATCH);
    }

    @ParameterizedTest
    @CsvSource({
        "event.nam, event.name",
        "evnt.name, event.name",
        "acount, account",
        "account.pln, account.plan",
        "user.rol, user.role",
        "pilot, pilots",
        "nps.scor, survey.score",
    })
    void an_unknown_dimension_is_told_with_a_near_one(String dimension, String near) {
        var problem = ask("events").by(dimension).problem(shop());
        assertNear(problem, ProblemCode.UNKNOWN_DIMENSION, near);
        assertThat(problem.place().path()).containsExactly("groupBy", "0");
    }

    @Test
    void an_unknown_name_in_a_filter_is_told_with_a_near_one() {
        var inFilter = ask("events").filter("event.nam", Operator.IN, "login").problem(shop());
        assertNear(inFilter, ProblemCode.UNKNOWN_DIMENSION, "event.name");
        assertThat(inFilter.place().path()).containsExactly("filter", "where", "field");
        var inWhere = ask("events").where("1 = 1 and event.nam = 'login'").problem(shop());
        assertNear(inWhere, ProblemCode.UNKNOWN_DIMENSION, "event.name");
        assertThat(Question.brief(inWhere)).isEqualTo("UNKNOWN_DIMENSION where 1:11");
    }

    @Test
    void an_unknown_cohort_is_told_with_a_near_one() {
        var problem = ask("events").cohort("pilot").problem(shop());
        assertNear(problem, ProblemCode.UNKNOWN_COHORT, "pilots");
        assertThat(problem.place().path()).containsExactly("cohort", "key");
    }

    @Test
    void an_unknown_attribute_in_a_rule_is_told_with_a_near_one() {
        var problem = ask("events").cohortRule("pln = 'pro'").problem(shop());
        assertNear(problem, ProblemCode.UNKNOWN_FIELD, "plan");
        assertThat(Question.brief(problem)).isEqualTo("UNKNOWN_FIELD cohort/rule 1:1");
    }

    @Test
    void an_unknown_column_is_told_with_a_near_one() {
        var inHaving =
                ask("events").having(Question.where("event", Operator.GT, "3")).problem(shop());
        assertNear(inHaving, ProblemCode.UNKNOWN_COLUMN, "events");
        var inOrder = ask("events").by("account.plan").up("account.pla").problem(shop());
        assertNear(inOrder, ProblemCode.UNKNOWN_COLUMN, "account.plan");
        assertThat(inOrder.place().path()).containsExactly("orderBy", "0", "column");
    }

    @Test
    void a_name_like_nothing_else_is_told_without_a_suggestion() {
        var problem = ask("zzzzzzzzz").problem(shop());
        assertThat(problem.message()).isEqualTo("No metric 'zzzzzzzzz'.");
        assertThat(problem.suggestions()).isEmpty();
    }

    @Test
    void a_definition_of_another_kind_is_no_metric() {
        assertThat(ask("event").problem(shop()).code()).isEqualTo(ProblemCode.UNKNOWN_METRIC);
    }
}
