package dev.cairn.domain.planner;

import static dev.cairn.domain.catalog.Shop.shop;
import static dev.cairn.domain.planner.Question.ask;
import static dev.cairn.domain.planner.Question.formula;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.analysis.AnalysisQuery.TopGroups;
import dev.cairn.domain.planner.Tiles.Alone;
import dev.cairn.domain.time.Grain;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TilesTest {
    private static Question plain() {
        return ask("events").each(Grain.DAY);
    }

    @Test
    void a_question_whose_rows_hang_on_no_column_may_be_answered_with_others() {
        assertThat(Tiles.alone(plain().query())).isEmpty();
        assertThat(Tiles.alone(plain().withTotals().first(3).query())).isEmpty();
        assertThat(Tiles.alone(plain().where("account.plan = 'pro'").query())).isEmpty();
    }

    @Test
    void groups_have_rows_where_a_metric_has_something_in_them() {
        assertThat(Tiles.alone(plain().by("account.plan").query())).contains(Alone.GROUPS);
    }

    @Test
    void without_filled_gaps_buckets_have_rows_where_a_metric_has_something_in_them() {
        assertThat(Tiles.alone(plain().sparse().query())).contains(Alone.GAPS);
    }

    @Test
    void the_greatest_are_those_of_a_column() {
        assertThat(Tiles.alone(plain().top(new TopGroups(1, null, true)).query()))
                .contains(Alone.TOP);
    }

    @Test
    void cells_are_left_out_by_a_column() {
        var having = Question.where("events", Operator.GT, "1");
        assertThat(Tiles.alone(plain().having(having).query())).contains(Alone.HAVING);
    }

    @Test
    void rows_are_ordered_by_a_column() {
        assertThat(Tiles.alone(plain().down("events").query())).contains(Alone.ORDER);
    }

    @Test
    void a_page_ended_where_its_question_says() {
        assertThat(Tiles.alone(plain().after("somewhere").query())).contains(Alone.PAGE);
    }

    @Test
    void how_far_values_are_off_is_asked_alone() {
        assertThat(Tiles.alone(plain().query().withUncertainty(true))).contains(Alone.UNCERTAINTY);
    }

    @Test
    void questions_agree_that_differ_in_their_metrics_and_in_keys_of_rows_alone() {
        var queries =
                Stream.of(
                                plain(),
                                ask("revenue").each(Grain.DAY),
                                ask("events").each(Grain.WEEK),
                                plain().by("account.plan"),
                                ask("revenue").by("account.plan").each(Grain.DAY),
                                plain().where("account.plan = 'pro'"),
                                plain().between("2026-01-01", "2026-01-31"),
                                plain().first(3),
                                plain().withTotals(),
                                plain().asOf("2026-06-01T00:00:00Z"),
                                plain().cohortRule("account.plan = 'pro'"),
                                plain().in("Europe/Berlin"))
                        .map(Question::query)
                        .toList();
        var more =
                Stream.concat(queries.stream(), Stream.of(plain().query().withKeys(false)))
                        .toList();

        assertThat(Tiles.agreeing(more)).containsExactly(List.of(0, 1, 12));
    }

    @Test
    void plans_share_a_statement_where_they_read_a_relation_alike() {
        var plans =
                Stream.of(
                                "count(event)",
                                "sum(invoice : amount)",
                                "distinct(event.user)",
                                "count(invoice)",
                                "count(ticket)")
                        .map(formula -> formula(formula).planned(shop()))
                        .toList();

        assertThat(Tiles.sharing(plans)).containsExactly(List.of(0, 2), List.of(1, 3));
    }

    @Test
    void what_reads_the_most_of_time_comes_first_and_what_reads_other_time_is_apart() {
        var plans =
                Stream.of(
                                "count(event)",
                                "count(event) - (count(event) over last 7 days)",
                                "count(event) - (count(event) over last 9 days)",
                                "count(event where name is not none)")
                        .map(formula -> formula(formula).each(Grain.DAY).planned(shop()))
                        .toList();

        assertThat(Tiles.sharing(plans)).containsExactly(List.of(1, 0, 3));
    }

    /** Of both together all of it would be read for each row. */
    @Test
    void what_reads_something_else_for_each_row_is_apart_from_what_does_not() {
        var plans =
                Stream.of(
                                "count(event)",
                                "count(event) + count(invoice)",
                                "count(invoice) + count(event where per(account : exists(ticket)))")
                        .map(formula -> formula(formula).planned(shop()))
                        .toList();

        assertThat(Tiles.sharing(plans)).containsExactly(List.of(0, 1));
        assertThat(Tiles.sharing(plans.subList(1, 3))).isEmpty();
    }

    @Test
    void all_metrics_are_asked_under_names_of_their_own() {
        var together =
                Tiles.together(
                        List.of(
                                formula("count(event)").and("y", "count(ticket)").query(),
                                formula("count(invoice)").query()));

        assertThat(together.metrics()).extracting(metric -> metric.as()).doesNotHaveDuplicates();
        assertThat(together.metrics())
                .extracting(metric -> metric.metric())
                .containsExactlyElementsOf(
                        formula("count(event)")
                                .and("y", "count(ticket)")
                                .and("z", "count(invoice)")
                                .query()
                                .metrics()
                                .stream()
                                .map(metric -> metric.metric())
                                .toList());
    }

    @Test
    void an_answer_is_taken_apart_where_all_is_computed_as_each_computes_it() {
        var one = formula("count(event where name = 'login')").planned(shop());
        var other = formula("count(event)").planned(shop());
        var together =
                formula("count(event where name = 'login')")
                        .and("y", "count(event)")
                        .planned(shop());

        assertThat(Tiles.parts(List.of(one, other), together)).isPresent();
        assertThat(Tiles.parts(List.of(other, one), together)).isEmpty();
        assertThat(Tiles.parts(List.of(one), together)).isEmpty();
        assertThat(Tiles.parts(List.of(one, other, other), together)).isEmpty();
    }

    @Test
    void an_answer_is_not_taken_apart_where_anything_else_is_other_than_asked_for() {
        var formulas = List.of("count(event)", "distinct(event.user)");
        var plans = formulas.stream().map(of -> formula(of).planned(shop())).toList();
        for (var other :
                List.of(
                        both(formulas).where("account.plan = 'pro'"),
                        both(formulas).between("2026-01-01", "2026-01-31"),
                        both(formulas).each(Grain.DAY),
                        both(formulas).each(Grain.DAY).withTotals(),
                        both(formulas).by("account.plan"),
                        both(formulas).sparse(),
                        both(formulas).first(7),
                        both(formulas).asOf("2026-06-01T00:00:00Z"),
                        both(formulas).scopedTo("account.plan = 'pro'"),
                        both(formulas).having(Question.where("x", Operator.GT, "1")))) {
            assertThat(Tiles.parts(plans, other.planned(shop()))).isEmpty();
        }
        assertThat(Tiles.parts(plans, both(formulas).planned(shop()))).isPresent();
    }

    private static Question both(List<String> formulas) {
        return formula(formulas.getFirst()).and("y", formulas.getLast());
    }
}
