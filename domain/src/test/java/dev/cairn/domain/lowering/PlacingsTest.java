package dev.cairn.domain.lowering;

import static dev.cairn.domain.catalog.Shop.shop;
import static dev.cairn.domain.planner.Question.ask;
import static dev.cairn.domain.planner.Question.formula;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.plan.Aggregation;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Placing;
import dev.cairn.domain.plan.Placing.Edge;
import dev.cairn.domain.plan.Relation;
import dev.cairn.domain.plan.Scan;
import dev.cairn.domain.plan.Stretch;
import dev.cairn.domain.planner.Question;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.time.Grain;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlacingsTest {
    private static final Expr.Field SINCE = new Expr.Field("contract", "since", Type.DATE);
    private static final Placing.Validity VALIDITY =
            new Placing.Validity(SINCE, new Expr.Field("contract", "until", Type.DATE));

    private static Placing placing(Scan scan) {
        return ((Relation.Facts) scan.relation()).placing();
    }

    private static Stretch stretch(AnalysisPlan plan, int scan) {
        return plan.time().stretch(plan.scans().get(scan).reach(), 0);
    }

    @Test
    void rows_are_valid_at_an_edge_of_the_bucket_or_during_it() {
        var plan =
                formula(
                                "sum(contract at start : mrr) - sum(contract at end : mrr) + sum(contract during : mrr)")
                        .planned(shop());
        assertThat(plan.scans())
                .extracting(PlacingsTest::placing)
                .containsExactly(
                        new Placing.ValidAt(VALIDITY, Edge.START),
                        new Placing.ValidAt(VALIDITY, Edge.END),
                        new Placing.ValidDuring(VALIDITY));
        assertThat(plan.scans()).extracting(Scan::reach).containsOnly(0);
    }

    @Test
    void an_instant_is_the_end_of_what_is_read_and_must_have_come() {
        var plan =
                formula(
                                "sum(contract at @2026-01-15 : mrr) over last 2 months + prior(count(contract at @2026-01-15))")
                        .in("Europe/Berlin")
                        .planned(shop());
        assertThat(plan.scans())
                .extracting(PlacingsTest::placing)
                .containsOnly(new Placing.ValidAt(VALIDITY, Edge.END));
        for (int scan = 0; scan < plan.scans().size(); scan++) {
            var stretch = stretch(plan, scan);
            assertThat(stretch.start()).isEqualTo(Instant.parse("2026-01-14T23:00:00Z"));
            assertThat(stretch.end()).isEqualTo(stretch.start());
            assertThat(stretch.endDate()).isEqualTo(LocalDate.of(2026, 1, 15));
            assertThat(stretch.mustBeOver()).isTrue();
        }
    }

    @Test
    void first_and_last_are_by_the_start_of_the_validity() {
        var plan = formula("last(contract at end : mrr)").planned(shop());
        assertThat(((Aggregation.Last) plan.leaves().getFirst().aggregation()).order().getFirst())
                .isEqualTo(SINCE);
    }

    // ---- refused

    @ParameterizedTest
    @ValueSource(
            strings = {
                "count(invoice at start)",
                "count(invoice at @2026-01-01)",
                "count(nps during)"
            })
    void rows_without_a_validity_are_not_valid_at_any_time(String formula) {
        var problem = formula(formula).problem(shop());
        assertThat(problem.code()).isEqualTo(ProblemCode.INCOMPATIBLE);
        assertThat(problem.message()).contains("has no validity");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "count(contract at start) over all | 'all'",
                "(1 + count(contract at start)) over ever | 'ever'",
                "sum(account : count(contract at start) over all before) | 'all before'"
            })
    void a_window_that_begins_with_the_data_has_no_start(String formula, String window) {
        var problem = formula(formula).problem(shop());
        assertThat(problem.code()).isEqualTo(ProblemCode.INCOMPATIBLE);
        assertThat(problem.message()).contains("'" + window + "'");
        assertThat(problem.suggestions()).containsExactly("at end", "during");
    }

    @Test
    void dates_are_valid_at_dates() {
        var problem = formula("count(contract at @2026-01-15T10:00Z)").problem(shop());
        assertThat(problem.code()).isEqualTo(ProblemCode.INCOMPATIBLE);
        assertThat(problem.message()).contains("'contract.since' is a date");
        assertThat(formula("count(contract at end) over last 3 hours").problem(shop()).code())
                .isEqualTo(ProblemCode.INCOMPATIBLE);
        assertThat(formula("count(contract at end)").each(Grain.HOUR).problem(shop()).code())
                .isEqualTo(ProblemCode.INCOMPATIBLE);
    }

    @Test
    void rows_that_hold_for_a_time_have_no_weekday_of_their_own() {
        var problem = formula("count(contract at end)").by("weekday").problem(shop());
        assertThat(problem.code()).isEqualTo(ProblemCode.INCOMPATIBLE);
        assertThat(problem.suggestions()).containsExactly("weekday of contract.since");
        assertThat(
                        formula("count(contract at end)")
                                .by("weekday of contract.since")
                                .planned(shop())
                                .keys())
                .hasSize(1);
    }

    @Test
    void rows_that_hold_for_long_are_not_read_for_thousands_of_buckets() {
        var years = formula("count(account where exists(contract at end))").each(Grain.DAY);
        assertThat(Question.brief(years.between("2020-01-01", "2026-01-01").problem(shop())))
                .isEqualTo("LIMIT grain");
        assertThat(years.between("2021-01-01", "2026-01-01").planned(shop())).isNotNull();
        assertThat(
                        ask("events")
                                .each(Grain.DAY)
                                .between("2020-01-01", "2026-01-01")
                                .planned(shop()))
                .isNotNull();
    }

    /** The rows of both are counted where conditions leave some undecided, though both are valid at other times. */
    @Test
    void rows_valid_at_the_edges_of_buckets_are_counted_between_the_first_and_the_last() {
        var plan =
                formula("count(contract at start where kind != 'pro')")
                        .each(Grain.MONTH)
                        .between("2026-01-01", "2026-04-01")
                        .planned(shop());
        var counted = plan.tallies().counts().scans().getFirst();
        assertThat(placing(counted)).isEqualTo(new Placing.ValidDuring(VALIDITY));
        var stretch = plan.time().reaches().get(counted.reach()).ofWhole();
        assertThat(stretch.startDate()).isEqualTo(LocalDate.of(2025, 12, 31));
        assertThat(stretch.endDate()).isEqualTo(LocalDate.of(2026, 3, 1));
    }
}
