package dev.cairn.domain.lowering;

import static dev.cairn.domain.catalog.Shop.shop;
import static dev.cairn.domain.planner.Question.ask;
import static dev.cairn.domain.planner.Question.formula;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.plan.Leaf;
import dev.cairn.domain.plan.Merge;
import dev.cairn.domain.plan.Output;
import dev.cairn.domain.plan.Placing;
import dev.cairn.domain.plan.PlanWords;
import dev.cairn.domain.plan.Read;
import dev.cairn.domain.plan.Relation;
import dev.cairn.domain.planner.Question;
import dev.cairn.domain.time.Grain;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeavesTest {
    // ---- shared

    @Test
    void equal_aggregates_are_computed_once_however_often_they_are_asked_for() {
        var plan =
                ask("events")
                        .and("a", "count(event)")
                        .and("b", "events + count(event)")
                        .and("c", "count(event where true)")
                        .planned(shop());
        assertThat(plan.leaves()).hasSize(1);
        assertThat(plan.outputs()).hasSize(4);
    }

    @Test
    void unlike_aggregates_of_one_relation_share_one_scan() {
        var plan =
                formula("count(event) + distinct(event.user) + count(event where beta)")
                        .and("y", "avg(event.seconds)")
                        .planned(shop());
        assertThat(plan.scans()).hasSize(1);
        assertThat(plan.leaves()).hasSize(5);
        assertThat(plan.leaves()).extracting(Leaf::scan).containsOnly(0);
    }

    @Test
    void slices_of_one_source_share_its_scan() {
        assertThat(formula("count(nps) / count(csat) / count(survey)").planned(shop()).scans())
                .hasSize(1);
    }

    @Test
    void another_time_field_is_another_scan() {
        var plan = formula("count(ticket) / count(ticket on solved)").planned(shop());
        assertThat(plan.scans())
                .extracting(scan -> ((Relation.Facts) scan.relation()).placing().time().name())
                .containsExactly("opened", "solved");
        assertThat(formula("count(ticket) / count(ticket on opened)").planned(shop()).scans())
                .hasSize(1);
    }

    @Test
    void members_are_read_once_whatever_is_asked_of_them() {
        var plan =
                ask("usage")
                        .and("a", "count(account where usage > 3)")
                        .and("b", "sum(account : open_tickets)")
                        .planned(shop());
        assertThat(plan.scans()).hasSize(1);
        var members = (Relation.Members) plan.scans().getFirst().relation();
        assertThat(members.own().scans()).hasSize(2);
        assertThat(members.own().leaves()).hasSize(2);
    }

    @Test
    void accounts_and_users_are_two_relations() {
        var plan = ask("usage", "actions").planned(shop());
        assertThat(plan.scans())
                .extracting(scan -> ((Relation.Members) scan.relation()).entity())
                .containsExactly(EntityRef.ACCOUNT, EntityRef.USER);
    }

    @Test
    void a_count_that_is_0_and_one_that_is_none_over_nothing_are_two() {
        var catalog = shop().metricEmptyIsNone("known_events", "count(event)");
        assertThat(ask("events", "known_events").planned(catalog).leaves()).hasSize(2);
    }

    // ---- sources

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "count(event)                                               | event",
                "count(nps)                                                 | survey",
                "count(account)                                             | ''",
                "count(account where plan = 'pro')                          | ''",
                "count(account where count(event) > 3)                      | event",
                "sum(account : count(ticket))                               | ticket",
                "sum(account where count(event) > 3 : count(ticket))        | event ticket",
                "sum(account : count(user))                                 | ''",
                "sum(account : count(user where exists(event)))             | event",
            })
    void a_leaf_names_the_sources_whose_coverage_decides(String formula, String sources) {
        var leaf = formula(formula).planned(shop()).leaves().getFirst();
        assertThat(leaf.reads())
                .extracting(Read::source)
                .containsExactlyInAnyOrder(sources.isEmpty() ? new String[0] : sources.split(" "));
    }

    @Test
    void an_output_names_the_sources_of_all_its_leaves() {
        var plan =
                formula("count(event) / sum(account : count(ticket))")
                        .and("y", "count(nps)")
                        .planned(shop());
        assertThat(plan.outputs())
                .extracting(output -> sources(output.reads()))
                .containsExactly(Set.of("event", "ticket"), Set.of("survey"));
    }

    private static Set<String> sources(Set<Read> reads) {
        return reads.stream().map(Read::source).collect(Collectors.toSet());
    }

    @Test
    void a_read_is_of_a_source_by_a_time_and_no_other_columns() {
        var plan =
                formula("count(ticket)")
                        .and("y", "count(ticket on due)")
                        .and("z", "count(account where exists(ticket)) + count(ticket on due)")
                        .planned(shop());
        var byInstant = new Read("ticket", at("opened", Type.TIMESTAMP), 0);
        var byDate = new Read("ticket", at("due", Type.DATE), 0);
        assertThat(plan.outputs())
                .extracting(Output::reads)
                .containsExactly(Set.of(byInstant), Set.of(byDate), Set.of(byInstant, byDate));
        assertThat(byInstant.isByDate()).isFalse();
        assertThat(byDate.isByDate()).isTrue();
    }

    // ---- values over nothing

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "count(event)               | true  | SUMS",
                "distinct(event.name)       | true  | WHOLE",
                "sum(event.seconds)         | true  | SUMS",
                "exists(event)              | true  | EXTREMES",
                "sum(event : sqrt(seconds)) | true  | WHOLE",
                "avg(event : sqrt(seconds)) | false | WHOLE",
                "avg(event.seconds)         | false | SUMS",
                "min(event.seconds)         | false | EXTREMES",
                "max(event.seconds)         | false | EXTREMES",
                "median(event.seconds)      | false | WHOLE",
                "p99(event.seconds)         | false | WHOLE",
            })
    void an_aggregate_knows_its_value_over_nothing_and_how_cells_become_a_total(
            String formula, boolean overNothing, Merge merge) {
        var aggregation = formula(formula).planned(shop()).leaves().getFirst().aggregation();
        assertThat(aggregation.hasValueOverNothing()).isEqualTo(overNothing);
        assertThat(aggregation.merge()).isEqualTo(merge);
    }

    @Test
    void percentiles_are_fractions() {
        var plan = formula("p99_disc(event.seconds)").planned(shop());
        assertThat(PlanWords.text(plan.leaves().getFirst().aggregation()))
                .isEqualTo("percentile 0.99 (discrete) of seconds");
    }

    // ---- words

    @Test
    void a_plan_can_be_told_in_words() {
        var ready =
                ask("usage")
                        .and("part", "share(event where beta : seconds is none)")
                        .by("account.plan")
                        .each(Grain.MONTH)
                        .withTotals()
                        .having(
                                Question.where(
                                        "usage",
                                        dev.cairn.domain.analysis.AnalysisQuery.Operator.GT,
                                        "1"))
                        .ready(shop());
        assertThat(PlanWords.of(ready.plan()))
                .containsExactly(
                        "Range [2026-01-01T00:00:00Z, 2026-02-01T00:00:00Z) in 1 bucket, as of 2026-07-01T12:00:00Z",
                        "Read members: each account that exists in the bucket where not (account.internal is true)",
                        "  for each: Read facts of event by happened",
                        "  for each:   #0 = count",
                        "  #0 = average of #0",
                        "  #1 = count",
                        "Read facts of event by happened where not (account.internal is true)",
                        "  #2 = sum of case when seconds is none then 1 else 0 end where beta",
                        "  #3 = count where beta",
                        "Group by account.plan",
                        "Column 'usage' = #0",
                        "Column 'part' = share #2 of #3",
                        "Keep cells where #0 > 1",
                        "Rows: CELL",
                        "Rows: TOTAL_OVER_GROUPS",
                        "Rows: TOTAL_OVER_TIME",
                        "Rows: GRAND_TOTAL",
                        "First 100 rows");
    }

    private static Placing at(String field, Type type) {
        return new Placing.At(new Expr.Field("ticket", field, type));
    }
}
