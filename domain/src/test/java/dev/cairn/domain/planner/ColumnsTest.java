package dev.cairn.domain.planner;

import static dev.cairn.domain.catalog.Shop.shop;
import static dev.cairn.domain.planner.Question.ask;
import static dev.cairn.domain.planner.Question.formula;
import static dev.cairn.domain.planner.Question.where;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.AnalysisQuery.Filter;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.analysis.AnalysisResult.Column;
import dev.cairn.domain.analysis.AnalysisResult.Role;
import dev.cairn.domain.analysis.AnalysisResult.ValueType;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.model.Metric.Direction;
import dev.cairn.domain.model.Metric.MetricUnit;
import dev.cairn.domain.plan.Ordering;
import dev.cairn.domain.plan.Ordering.By;
import dev.cairn.domain.plan.PlanWords;
import dev.cairn.domain.plan.Read;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.time.Grain;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnsTest {
    // ---- columns

    @Test
    void a_metric_of_the_catalogue_says_itself_what_nothing_is() {
        assertThat(new Question().emptyIsNone(new MetricReference.ByKey("events")).told(shop()))
                .containsExactly("INCOMPATIBLE metrics/0/emptyIsNone");
    }

    @Test
    void time_comes_first_then_keys_then_measures() {
        var columns =
                ask("events")
                        .and("mean", "avg(event.seconds)")
                        .by("account.plan")
                        .each(Grain.DAY)
                        .ready(shop())
                        .columns();
        assertThat(columns)
                .extracting(Column::key)
                .containsExactly("time", "account.plan", "account.plan.kind", "events", "mean");
        assertThat(columns)
                .extracting(Column::role)
                .containsExactly(
                        Role.TIME, Role.DIMENSION, Role.KEY_KIND, Role.MEASURE, Role.MEASURE);
        assertThat(columns)
                .extracting(Column::valueType)
                .containsExactly(
                        ValueType.DATE,
                        ValueType.TEXT,
                        ValueType.TEXT,
                        ValueType.NUMBER,
                        ValueType.NUMBER);
    }

    private static List<String> keysBy(Question question) {
        return question.ready(shop()).columns().stream()
                .filter(column -> column.role() != Role.MEASURE)
                .map(Column::key)
                .toList();
    }

    @Test
    void a_key_that_can_have_no_value_and_no_account_is_followed_by_what_it_is() {
        assertThat(keysBy(ask("events").by("account.plan", "account.seats")))
                .containsExactly(
                        "account.plan", "account.plan.kind", "account.seats", "account.seats.kind");
        assertThat(keysBy(ask("events").by("(lower(account.plan)) as p")))
                .containsExactly("p", "p.kind");
    }

    @Test
    void a_key_for_which_no_value_means_one_thing_stands_alone() {
        assertThat(keysBy(ask("events").by("account"))).containsExactly("account");
        assertThat(keysBy(ask("events").by("event.name"))).containsExactly("event.name");
        assertThat(keysBy(ask("events").by("(coalesce(account.plan, 'x')) as p")))
                .containsExactly("p");
        assertThat(keysBy(formula("count(account)").by("account.plan")))
                .containsExactly("account.plan");
        assertThat(keysBy(ask("events").by("account.plan").where("account is not none")))
                .containsExactly("account.plan");
        assertThat(
                        keysBy(
                                ask("events")
                                        .by("account.plan")
                                        .filter(where("account.plan", Operator.IN, "pro"))))
                .containsExactly("account.plan");
    }

    @Test
    void hours_are_instants() {
        assertThat(ask("events").each(Grain.HOUR).ready(shop()).columns().getFirst().valueType())
                .isEqualTo(ValueType.TIMESTAMP);
    }

    @Test
    void a_metric_of_the_catalogue_brings_its_label_and_direction() {
        var column = ask("revenue").ready(shop()).columns().getFirst();
        assertThat(column)
                .isEqualTo(
                        new Column(
                                "revenue",
                                "The revenue",
                                Role.MEASURE,
                                ValueType.NUMBER,
                                MetricUnit.MONEY,
                                "EUR",
                                "revenue",
                                Direction.HIGHER));
    }

    @Test
    void a_metric_can_be_given_another_name() {
        var column =
                new Question()
                        .metric(new MetricReference.ByKey("revenue"), "sales")
                        .ready(shop())
                        .columns()
                        .getFirst();
        assertThat(column.key()).isEqualTo("sales");
        assertThat(column.metric()).isEqualTo("revenue");
    }

    @Test
    void a_formula_made_up_needs_a_name() {
        assertThat(new Question().and(null, "count(event)").told(shop()))
                .containsExactly("MISSING metrics/0/as");
        assertThat(new Question().and(" ", "count(event)").told(shop()))
                .containsExactly("MISSING metrics/0/as");
        assertThat(new Question().metric(new MetricReference.ByKey("events"), "").told(shop()))
                .containsExactly("MISSING metrics/0/as");
    }

    @Test
    void two_columns_of_one_name_are_refused() {
        assertThat(ask("events", "events").told(shop())).containsExactly("CONFLICT metrics");
        assertThat(ask("events").and("events", "1").told(shop()))
                .containsExactly("CONFLICT metrics");
        assertThat(ask("events").and("time", "1").each(Grain.DAY).told(shop()))
                .containsExactly("CONFLICT metrics");
        assertThat(ask("events").and("account.plan", "1").by("account.plan").told(shop()))
                .containsExactly("CONFLICT metrics");
        assertThat(ask("events").by("account.plan", "account.plan").told(shop()))
                .containsExactly("CONFLICT groupBy");
        assertThat(ask("events").and("time", "1").ready(shop()).columns()).hasSize(2);
    }

    // ---- versions

    @Test
    void a_pinned_version_is_computed_as_it_was() {
        var catalog =
                shop().metric("sales", "count(ticket)")
                        .atVersion("sales", 3)
                        .earlier("sales", 1, "count(event)")
                        .earlier("sales", 2, "count(survey)");
        assertThat(pinned("sales", 1).planned(catalog).leaves().getFirst().reads())
                .extracting(Read::source)
                .containsExactly("event");
        assertThat(pinned("sales", 2).planned(catalog).leaves().getFirst().reads())
                .extracting(Read::source)
                .containsExactly("survey");
        assertThat(pinned("sales", 3).planned(catalog).leaves().getFirst().reads())
                .extracting(Read::source)
                .containsExactly("ticket");
    }

    @Test
    void a_version_that_never_was_is_refused() {
        var problem = pinned("revenue", 4).problem(shop());
        assertThat(Question.brief(problem)).isEqualTo("UNKNOWN_METRIC metrics/0/metric/pinned");
        assertThat(problem.message())
                .isEqualTo("Metric 'revenue' has no such version; the newest is 1.");
        assertThat(pinned("revenu", 1).problem(shop()).suggestions()).containsExactly("revenue");
    }

    private static Question pinned(String key, int version) {
        return new Question().metric(new MetricReference.Pinned(key, version), null);
    }

    // ---- having

    @Test
    void having_is_of_computed_columns() {
        var plan =
                ask("events")
                        .and("mean", "avg(event.seconds)")
                        .by("account")
                        .having(
                                new Filter.All(
                                        List.of(
                                                where("events", Operator.GT, "10"),
                                                where("mean", Operator.IS_NOT_NULL))))
                        .planned(shop());
        assertThat(PlanWords.text(plan.having())).isEqualTo("(#0 > 10 and not (#1 is none))");
    }

    @Test
    void having_is_of_columns_as_they_are_named() {
        var question =
                new Question()
                        .metric(new MetricReference.ByKey("events"), "n")
                        .having(where("n", Operator.GT, "10"));
        assertThat(PlanWords.text(question.planned(shop()).having())).isEqualTo("#0 > 10");
        assertThat(
                        new Question()
                                .metric(new MetricReference.ByKey("events"), "n")
                                .having(where("events", Operator.GT, "10"))
                                .problem(shop())
                                .code())
                .isEqualTo(ProblemCode.UNKNOWN_COLUMN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"account.plan", "promoter", "time"})
    void having_is_not_of_keys_and_time(String column) {
        var problem =
                formula("count(survey)")
                        .by("account.plan", "(score is 9) as promoter")
                        .each(Grain.DAY)
                        .having(where(column, Operator.IN, "x"))
                        .problem(shop());
        assertThat(Question.brief(problem)).isEqualTo("INCOMPATIBLE having/where/field");
        assertThat(problem.message()).contains("is not computed");
    }

    @Test
    void without_having_all_cells_are_kept() {
        assertThat(ask("events").planned(shop()).having()).isEqualTo(Expr.TRUE);
    }

    @Test
    void a_column_of_a_broken_metric_is_not_told_again() {
        assertThat(ask("evnts").having(where("evnts", Operator.GT, "1")).up("evnts").told(shop()))
                .containsExactly("UNKNOWN_METRIC metrics/0/metric/key");
    }

    @Test
    void a_column_that_is_not_there_is_told_beside_a_broken_metric() {
        assertThat(
                        ask("evnts")
                                .having(where("nothing", Operator.GT, "1"))
                                .up("nowhere")
                                .told(shop()))
                .containsExactly(
                        "UNKNOWN_METRIC metrics/0/metric/key",
                        "UNKNOWN_COLUMN having/where/field",
                        "UNKNOWN_COLUMN orderBy/0/column");
    }

    // ---- order

    @Test
    void the_order_is_completed_by_time_and_keys() {
        var plan =
                ask("events")
                        .by("account.plan", "event.name")
                        .each(Grain.DAY)
                        .down("events")
                        .planned(shop());
        assertThat(plan.page().order())
                .containsExactly(
                        new Ordering(new By.Value(0), true),
                        new Ordering(new By.Time(), false),
                        new Ordering(new By.Key(0), false),
                        new Ordering(new By.Key(1), false));
    }

    @Test
    void what_is_ordered_by_is_not_there_twice() {
        var plan =
                ask("events")
                        .by("account.plan")
                        .each(Grain.DAY)
                        .down("account.plan")
                        .down("time")
                        .up("account.plan")
                        .planned(shop());
        assertThat(plan.page().order())
                .containsExactly(
                        new Ordering(new By.Key(0), true), new Ordering(new By.Time(), true));
    }

    @Test
    void a_question_without_axes_has_no_order() {
        assertThat(ask("events").planned(shop()).page().order()).isEmpty();
        assertThat(ask("events").up("time").told(shop()))
                .containsExactly("UNKNOWN_COLUMN orderBy/0/column");
    }

    @Test
    void a_named_key_is_ordered_by_its_name() {
        var plan = ask("nps_score").by("(score >= 9) as promoter").down("promoter").planned(shop());
        assertThat(plan.page().order()).containsExactly(new Ordering(new By.Key(0), true));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "(usage >= 2) as repeat                           | repeat (of each account, in the range)",
                "(least(count(event) over last 30 days, 5)) as n  | n (of each account, over last 30 days)",
                "(usage + (usage over ever)) as n                 | n (of each account, in the range, over ever)",
                "busy                                             | busy (at the end of the range)",
                "pilots                                           | pilots",
                "(account.plan) as plan                           | plan",
            })
    void a_key_of_what_accounts_did_says_when(String dimension, String label) {
        var catalog = shop().rule("busy", "count(event) over last 30 days > 3");
        assertThat(ask("events").by(dimension).ready(catalog).columns().getFirst().label())
                .isEqualTo(label);
    }
}
