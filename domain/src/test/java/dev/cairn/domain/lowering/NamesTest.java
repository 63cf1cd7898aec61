package dev.cairn.domain.lowering;

import static dev.cairn.domain.catalog.Shop.shop;
import static dev.cairn.domain.planner.Question.ask;
import static dev.cairn.domain.planner.Question.formula;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.catalog.Binding;
import dev.cairn.domain.catalog.CatalogBuilder;
import dev.cairn.domain.formula.Formula;
import dev.cairn.domain.formula.FormulaNames;
import dev.cairn.domain.formula.FormulaParser;
import dev.cairn.domain.model.Metric.Level;
import dev.cairn.domain.model.Metric.RollUp;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.PlanWords;
import dev.cairn.domain.planner.Question;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.ProblemCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
    /** A formula over rows, its names looked up, in words. */
    private static String ofRow(String relation, String formula, CatalogBuilder catalog) {
        var plan = formula("max(%s : %s)".formatted(relation, formula)).planned(catalog);
        return PlanWords.text(plan.leaves().getFirst().aggregation().value());
    }

    private static String ofRow(String relation, String formula) {
        return ofRow(relation, formula, shop());
    }

    // ---- rows

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "event    | name                | name",
                "event    | event.name          | name",
                "nps      | score               | score",
                "nps      | nps.score           | score",
                "nps      | survey.score        | score",
                "promoter | promoter.score      | score",
                "promoter | nps.score           | score",
                "promoter | survey.score        | score",
                "event    | account             | account",
                "event    | event.account       | account",
                "event    | user                | user",
                "event    | account.plan        | account.plan",
                "event    | user.role           | user.role",
                "event    | user.account        | account",
                "event    | user.account.plan   | account.plan",
                "event    | event.account.plan  | account.plan",
                "event    | customer            | customer",
                "user     | role                | user.role",
                "user     | user.role           | user.role",
                "user     | user                | user",
                "user     | account             | account",
                "user     | account.plan        | account.plan",
                "user     | user.account        | account",
                "user     | user.account.plan   | account.plan",
                "account  | plan                | account.plan",
                "account  | account.plan        | account.plan",
                "account  | account             | account",
            })
    void a_name_is_looked_up_in_the_innermost_relation(
            String relation, String formula, String meaning) {
        assertThat(ofRow(relation, formula)).isEqualTo(meaning);
    }

    @ParameterizedTest
    @CsvSource({
        "ticket, user, user",
        "ticket, user.role, user",
        "weather, account, account",
        "weather, account.plan, account",
        "weather, user.account.plan, account",
    })
    void an_account_or_user_that_the_source_does_not_name_is_refused(
            String relation, String formula, String entity) {
        var problem = formula("max(%s : %s)".formatted(relation, formula)).problem(shop());
        assertThat(problem.code()).isEqualTo(ProblemCode.INCOMPATIBLE);
        assertThat(problem.message())
                .isEqualTo(
                        "Facts of '%s' are of no %s: the source declares no %s field."
                                .formatted(relation, entity, entity));
    }

    @Test
    void a_reserved_word_is_a_name_in_quotes() {
        var catalog = shop().source("day_book", "date date, weight integer");
        assertThat(ofRow("day_book", "\"weight\"", catalog)).isEqualTo("weight");
        assertThat(ofRow("day_book", "day_book.\"date\"", catalog)).isEqualTo("date");
    }

    // ---- two readings

    @Test
    void a_name_that_is_a_field_and_of_the_catalogue_asks() {
        var catalog = shop().metric("seconds", "sum(event : event.seconds)");
        var problem = formula("avg(event : seconds)").problem(catalog);
        assertThat(Question.brief(problem))
                .isEqualTo("AMBIGUOUS_NAME metrics/0/metric/formula 1:13");
        assertThat(problem.message())
                .isEqualTo("'seconds' is a field of 'event' and a metric; say which.");
        assertThat(problem.suggestions()).containsExactly("event.seconds");
        assertThat(ofRow("event", "event.seconds", catalog)).isEqualTo("seconds");
    }

    @Test
    void a_name_that_is_an_attribute_and_a_metric_asks() {
        var catalog = shop().metric("seats", Level.ACCOUNT, RollUp.SUM, "count(event)");
        var problem = formula("sum(account : seats)").problem(catalog);
        assertThat(problem.code()).isEqualTo(ProblemCode.AMBIGUOUS_NAME);
        assertThat(problem.suggestions()).containsExactly("account.seats");
    }

    @Test
    void a_metric_saved_before_a_metric_took_the_name_of_its_field_still_reads_the_field() {
        var later =
                shop().metric("time_spent", "avg(event : seconds)")
                        .bound("time_spent", "event", "seconds", Binding.FIELD)
                        .metric("seconds", "count(event)");
        var plan = ask("time_spent").planned(later);
        assertThat(PlanWords.text(plan.leaves().getFirst().aggregation()))
                .isEqualTo("average of seconds");
    }

    @Test
    void a_metric_saved_before_an_attribute_took_the_name_of_a_metric_still_reads_the_metric() {
        var later =
                shop().metric("load", Level.ACCOUNT, RollUp.SUM, "count(event)")
                        .metric("loaded", "count(account where load > 3)")
                        .bound("loaded", "account", "load", Binding.CATALOG)
                        .account("plan text, load integer");
        var plan = ask("loaded").planned(later);
        assertThat(PlanWords.text(plan.leaves().getFirst().where())).isEqualTo("#0 > 3");
    }

    @Test
    void what_was_said_when_a_definition_was_saved_does_not_hold_for_a_question() {
        var later =
                shop().metric("time_spent", "avg(event : seconds)")
                        .bound("time_spent", "event", "seconds", Binding.FIELD)
                        .metric("seconds", "count(event)");
        assertThat(formula("avg(event : seconds)").problem(later).code())
                .isEqualTo(ProblemCode.AMBIGUOUS_NAME);
    }

    @Test
    void a_field_that_is_gone_is_not_read_whatever_was_said() {
        var later =
                shop().metric("time_spent", "avg(event : gone)")
                        .bound("time_spent", "event", "gone", Binding.FIELD);
        assertThat(ask("time_spent").problem(later).code()).isEqualTo(ProblemCode.UNKNOWN_FIELD);
    }

    /** What an aggregate in short form reads, whatever else has the name. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "max(event.seconds)                          | seconds",
                "max(event.seconds where event.seconds > 1)  | seconds",
                "let seconds = 1 in seconds * max(event.seconds) | seconds",
                "max(nps.rating)                             | rating",
                "max(nps.survey.rating)                      | rating",
                "max(event.event.seconds)                    | seconds",
                "max(account.seats)                          | account.seats",
                "max(account.account)                        | account",
                "max(user.user)                              | user",
                "max(user.account.seats)                     | account.seats",
                "max(user.user.account.plan)                 | account.plan",
            })
    void a_name_in_full_is_the_field_whatever_else_has_the_name(String formula, String meaning) {
        var catalog =
                shop().metric("seconds", "sum(event.seconds)")
                        .metric("rating", "count(nps)")
                        .metric("seats", Level.ACCOUNT, RollUp.SUM, "sum(account.seats)");
        var plan = formula(formula).planned(catalog);
        assertThat(PlanWords.text(plan.leaves().getFirst().aggregation().value()))
                .isEqualTo(meaning);
    }

    @Test
    void a_dimension_in_full_is_the_field_whatever_else_has_the_name() {
        var catalog = shop().metric("name", "count(event)").metric("plan", "count(account)");
        assertThat(ask("events").by("event.name", "account.plan").planned(catalog).keys())
                .extracting(AnalysisPlan.GroupKey::column)
                .containsExactly("event.name", "account.plan");
    }

    @Test
    void what_is_no_attribute_in_full_is_a_metric_and_stays_one() {
        assertThat(formula("sum(account.usage)").value(shop()))
                .isEqualTo(formula("sum(account : usage)").value(shop()));
        var later =
                shop().metric("load", Level.ACCOUNT, RollUp.SUM, "count(event)")
                        .metric("loads", "sum(account.load)")
                        .bound("loads", "account", "load", Binding.CATALOG)
                        .account("plan text, load integer");
        assertThat(PlanWords.text(ask("loads").planned(later).leaves().getFirst().aggregation()))
                .isEqualTo(
                        PlanWords.text(
                                ask("load").planned(later).leaves().getFirst().aggregation()));
    }

    @Test
    void a_field_in_full_that_is_not_there_is_unknown_whatever_else_has_the_name() {
        assertThat(formula("sum(event.events)").problem(shop()).code())
                .isEqualTo(ProblemCode.UNKNOWN_FIELD);
    }

    // ---- let

    @Test
    void a_later_name_of_let_may_use_an_earlier_one() {
        assertThat(formula("let a = count(event), b = a + 1 in a / b").value(shop()))
                .isEqualTo("(#0 / (#0 + 1))");
    }

    @Test
    void an_inner_let_hides_an_outer_one_and_ends_with_its_parentheses() {
        assertThat(formula("let a = 1 in (let a = 2 in a) + a").value(shop())).isEqualTo("(2 + 1)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "let a = sum(account : count(event)), b = count(ticket) in b | a 1:5",
                "let a = 1, b = a in 2                                       | b 1:12",
                "let a = 1, a = 2 in a                                       | a 1:5",
                "let a = 1 in (let a = 2 in a)                               | a 1:5",
                "let plan = 1 in count(account where account.plan = 'pro')   | plan 1:5",
            })
    void a_name_of_let_that_nothing_names_is_refused(String formula, String named) {
        var problem = formula(formula).problem(shop());
        assertThat(problem.code()).isEqualTo(ProblemCode.MISSING);
        assertThat(problem.message())
                .startsWith("'%s' is given a value".formatted(named.split(" ")[0]));
        assertThat(Question.brief(problem)).endsWith(named.split(" ")[1]);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "let n = 3 in count(event) over last n days",
                "let n = 3 in prior(count(event), n months)",
                "let n = 7 in avg(every n days : count(event))",
                "let a = 1, a = a + 1 in a",
                "let d = signed in count(account where d >= bucket.start)",
                "let top = 9 in total(count(nps where score >= top) by account.plan)",
            })
    void a_name_of_let_may_be_named_wherever_a_value_or_a_number_of_units_stands(String formula) {
        assertThat(FormulaNames.unread((Formula.Let) parsed(formula))).isEmpty();
    }

    private static Formula parsed(String formula) {
        return ((FormulaParser.Parsed.Ok) FormulaParser.parse(formula, Place.NOWHERE)).formula();
    }

    @Test
    void a_name_of_let_is_not_known_after_it() {
        assertThat(formula("(let a = 1 in a) + a").problem(shop()).code())
                .isEqualTo(ProblemCode.UNKNOWN_METRIC);
    }

    @Test
    void a_name_of_let_hides_a_metric() {
        assertThat(formula("let events = 7 in events").value(shop())).isEqualTo("7");
    }

    @Test
    void a_name_of_let_does_not_reach_into_a_metric() {
        assertThat(formula("let score = 1 in nps_score * score").value(shop()))
                .isEqualTo(formula("nps_score * 1").value(shop()));
    }

    @Test
    void a_constant_of_let_is_known_inside_of_a_relation() {
        var plan = formula("let top = 10 - 1 in count(nps where score >= top)").planned(shop());
        assertThat(PlanWords.text(plan.leaves().getFirst().where()))
                .endsWith("and score >= (10 - 1))");
    }

    @Test
    void a_value_of_the_cell_is_no_value_of_a_row() {
        var problem = formula("let n = count(event) in sum(event : seconds / n)").problem(shop());
        assertThat(Question.brief(problem))
                .isEqualTo("LEVEL_MISMATCH metrics/0/metric/formula 1:47");
    }

    @Test
    void a_value_of_the_cell_that_has_the_name_of_a_field_asks() {
        var problem =
                formula("let score = count(event) in count(nps where score > 3) / score")
                        .problem(shop());
        assertThat(problem.code()).isEqualTo(ProblemCode.LEVEL_MISMATCH);
        assertThat(problem.suggestions()).containsExactly("survey.score");
    }

    // ---- what is no value

    @Test
    void a_cohort_is_no_value_but_can_be_asked_for() {
        assertThat(formula("count(event where pilots)").problem(shop()).suggestions())
                .containsExactly("account in pilots");
        assertThat(formula("count(account where pilots)").problem(shop()).suggestions())
                .containsExactly("account in pilots");
        assertThat(ofRow("account", "case when account in pilots then 1 end"))
                .isEqualTo("case when account in ('a-1', 'a-2') then 1 else none end");
    }

    @ParameterizedTest
    @ValueSource(strings = {"events", "pilots"})
    void a_metric_or_cohort_is_no_relation(String name) {
        var problem = formula("count(%s)".formatted(name)).problem(shop());
        assertThat(problem.code()).isEqualTo(ProblemCode.UNKNOWN_SOURCE);
        assertThat(problem.message()).contains("It is a ");
    }
}
