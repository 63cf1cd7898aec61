package dev.cairn.domain.lowering;

import static dev.cairn.domain.catalog.Shop.shop;
import static dev.cairn.domain.planner.Question.ask;
import static dev.cairn.domain.planner.Question.formula;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.check.DefinitionChecker;
import dev.cairn.domain.model.Metric.Level;
import dev.cairn.domain.problem.Place;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules of cohorts say how an account is at one instant. */
class StateFormulasTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "count(event) over last 30 days > 3",
                "(count(event) - count(ticket)) over month to date > 3",
                "usage over ever > 3 and plan = 'pro'",
                "exists(event) over all",
                "count(event) over range to date > 1",
                "count(user where exists(event) over ever) > 2",
                "count(event where happened > window.start + 1 day) over last 3 days > 1",
                "count(event where per(account : count(ticket)) > 1) over last 3 days > 1",
                "account in pilots or not exists(ticket) over ever",
                "sum(contract at end : mrr) > 100",
                "count(day where exists(event)) over last 28 days >= 5",
                "max(day : count(event) over last 7 days) over last 28 days >= 5",
                "count(day where exists(event where happened > bucket.start)) over last 28 days >= 5",
                "count(day where count(hour where exists(event)) > 1) over last 28 days >= 5",
                "max(day : sum(contract at start : mrr)) over month to date > 100",
            })
    void every_window_ends_at_the_instant(String rule) {
        assertThat(ask("events").cohortRule(rule).planned(shop())).isNotNull();
        assertThat(ask("events").cohort("ruled").planned(shop().rule("ruled", rule))).isNotNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MISSING        | usage > 3                                          | 1:1",
                "MISSING        | count(event) > 3                                   | 1:7",
                "MISSING        | plan = 'pro' and exists(ticket)                    | 1:25",
                "INCOMPATIBLE   | count(event) over all before > 1                   | 1:1",
                "INCOMPATIBLE   | count(event) over onward > 1                       | 1:1",
                "INCOMPATIBLE   | count(event) over range > 1                        | 1:1",
                "INCOMPATIBLE   | prior(count(event) over last 3 days) > 1           | 1:1",
                "INCOMPATIBLE   | next(count(event) over last 3 days, 1 month) > 1   | 1:1",
                "INCOMPATIBLE   | sum(contract at start : mrr) > 100                 | 1:5",
                "INCOMPATIBLE   | sum(contract at @2026-01-01 : mrr) > 100           | 1:5",
                "INCOMPATIBLE   | count(contract during) over last 3 days > 1        | 1:7",
                "MISSING        | count(day where exists(event)) >= 5                | 1:7",
                "MISSING        | count(every 7 days where exists(event) over last 1 day) >= 5 | 1:7",
                "INCOMPATIBLE   | count(day where exists(event) over ever) over last 28 days >= 5 | 1:17",
                "INCOMPATIBLE   | count(day where usage over ever > 1) over last 28 days >= 5 | 1:17",
                "INCOMPATIBLE   | max(day : count(hour where exists(event) over ever)) over last 28 days >= 5 | 1:28",
                "INCOMPATIBLE   | max(day : count(event) over onward) over last 3 days > 1 | 1:11",
                "INCOMPATIBLE   | max(day : count(event) over range) over last 3 days > 1 | 1:11",
                "INCOMPATIBLE   | max(day : next(count(event))) over last 3 days > 1 | 1:11",
                "INCOMPATIBLE   | max(day : prior(count(event))) over last 3 days > 1 | 1:11",
                "INCOMPATIBLE   | max(day : sum(contract at @2026-01-01 : mrr)) over last 3 days > 1 | 1:15",
                "LEVEL_MISMATCH | signed > bucket.start                              | 1:10",
                "LEVEL_MISMATCH | signed > window.end                                | 1:10",
                "LEVEL_MISMATCH | exists(event where happened > bucket.start) over ever | 1:31",
            })
    void what_does_not_end_there_is_refused(String code, String rule, String place) {
        assertThat(ask("events").cohortRule(rule).told(shop()))
                .contains("%s cohort/rule %s".formatted(code, place));
    }

    @Test
    void what_has_no_window_is_offered_one() {
        var problem = ask("events").cohortRule("count(event) > 3").problem(shop());
        assertThat(problem.message())
                .isEqualTo(
                        "A rule is read at one instant: say how far back from there 'event' is read.");
        assertThat(problem.suggestions()).containsExactly("over ever", "over last 30 days");
    }

    @Test
    void rules_and_metrics_that_refer_to_each_other_are_a_cycle() {
        var ring =
                shop().metric("load", Level.ACCOUNT, null, "case when account in busy then 1 end")
                        .rule("busy", "load > 0");
        assertThat(ask("events").cohort("busy").told(ring)).containsExactly("CYCLE cohort/key");
        assertThat(formula("max(account : load)").told(ring))
                .containsExactly("CYCLE metrics/0/metric/formula 1:15");
        assertThat(
                        ask("events")
                                .cohort("ouroboros")
                                .told(
                                        shop().rule(
                                                        "ouroboros",
                                                        "exists(event where account in ouroboros) over ever")))
                .containsExactly("CYCLE cohort/key");
    }

    @Test
    void a_rule_over_facts_is_not_read_where_nothing_is_of_accounts() {
        var catalog = shop().rule("busy", "count(event) over ever > 3");
        assertThat(ask("events").scopedTo("account in busy").told(catalog))
                .containsExactly("LEVEL_MISMATCH scope 1:1");
        assertThat(formula("only(count(event) where account in busy)").planned(catalog))
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"start", "end", "now", "@2026-01-15"})
    void every_face_reads_a_rule_over_facts_as_of_another_time(String moment) {
        var catalog = shop().rule("busy", "count(event) over ever > 3");
        var busy = "busy as of " + moment;

        assertThat(ask("events").by(busy).planned(catalog)).isNotNull();
        assertThat(ask("events").filter(busy, Operator.IN, "true").planned(catalog)).isNotNull();
        assertThat(formula("count(event where account in " + busy + ")").planned(catalog))
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sum(contract at start# : mrr)",
                "sum(contract at @2026-01-10# : mrr)",
                "sum(contract at end# : mrr) over all before",
                "count(account#) over all before",
                "count(user#) over range",
                "count(contract during#) over onward",
                "sum(account# : sum(contract at start : mrr))",
            })
    void a_rule_over_facts_selects_what_is_read_elsewhere(String formula) {
        var rule = "count(event where happened < asof) over ever > 3 and signed < asof";
        var catalog = shop().rule("busy", rule);
        var all = formula(formula.replace("#", ""));

        assertThat(all.cohort("busy").planned(catalog)).isNotNull();
        assertThat(all.cohortRule(rule).planned(catalog)).isNotNull();
        assertThat(all.by("busy").planned(catalog)).isNotNull();
        assertThat(formula(formula.replace("#", " where account in busy")).planned(catalog))
                .isNotNull();
    }

    @Test
    void rule_with_asof_that_a_slice_names_is_read_at_the_instant_of_its_rows() {
        var catalog =
                shop().rule("fresh", "signed >= asof - 30 days")
                        .slice("fresh_events", "event", "account in fresh")
                        .slice("fresh_contracts", "contract", "account in fresh");
        var built = catalog.build();
        for (var slice : List.of("fresh_events", "fresh_contracts")) {
            assertThat(
                            DefinitionChecker.check(
                                            built,
                                            built.entry(slice).orElseThrow(),
                                            Place.of("file.yaml"))
                                    .problems())
                    .isEmpty();
        }
        assertThat(formula("count(fresh_events)").planned(catalog)).isNotNull();
        assertThat(formula("sum(fresh_contracts at start : mrr)").planned(catalog)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "count(event)",
                "prior(count(event))",
                "count(event) over last 7 days",
                "sum(contract at start : mrr)",
                "sum(contract at end : mrr)",
                "count(account)",
            })
    void a_total_keeps_the_cohort_that_the_question_groups_by(String formula) {
        var catalog =
                shop().rule("fresh", "signed >= asof - 30 days")
                        .rule("busy", "count(event) over ever > 3 and signed < asof");
        for (var cohort : List.of("fresh", "busy")) {
            var plan =
                    formula("total(%s by %s)".formatted(formula, cohort))
                            .by(cohort)
                            .planned(catalog);
            assertThat(plan.scans())
                    .as(cohort)
                    .singleElement()
                    .satisfies(scan -> assertThat(scan.dropped()).isEmpty());
        }
    }

    @Test
    void what_is_said_of_an_instant_inside_a_unit_is_not_read_in_such_units() {
        var catalog = shop().rule("steady", "count(day where exists(event)) over last 7 days > 3");

        assertThat(
                        formula("count(account where account in steady as of @2026-01-15)")
                                .planned(catalog))
                .isNotNull();
        assertThat(
                        formula("count(account where account in steady as of @2026-01-15T12:00Z)")
                                .told(catalog))
                .containsExactly("INCOMPATIBLE metrics");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sum(contract at end : mrr)",
                "sum(contract during : mrr) over last 2 months",
                "count(account) over last 2 months",
                "count(event) over all before",
                "prior(count(account))",
            })
    void a_rule_over_facts_selects_what_is_read_at_its_instant(String formula) {
        var catalog = shop().rule("busy", "count(event) over ever > 3");

        assertThat(formula(formula).cohort("busy").planned(catalog)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sum(contract at start# : mrr) over last 2 months - sum(contract at start# : mrr)",
                "sum(event# : seconds) + 0 * (sum(contract at start : mrr) over last 2 months)",
                "sum(event# : seconds) + 0 * (count(account) over all before)",
                "sum(contract at end# : mrr) - sum(contract at @2026-01-10# : mrr)",
            })
    void a_formula_whose_parts_would_be_of_other_accounts_is_refused(String formula) {
        var catalog = shop().rule("busy", "count(event) over ever > 3");

        assertThat(formula(formula.replace("#", "")).cohort("busy").told(catalog))
                .containsExactly("INCOMPATIBLE metrics");
        assertThat(formula(formula.replace("#", " where account in busy")).told(catalog))
                .containsExactly("INCOMPATIBLE metrics");
        assertThat(
                        formula(formula.replace("#", " where account in busy as of start"))
                                .planned(catalog))
                .isNotNull();
    }

    @Test
    void an_edge_of_a_window_that_has_none_is_no_instant() {
        var catalog = shop().rule("busy", "count(event) over ever > 3");

        assertThat(
                        formula("count(account where account in busy as of start) over all")
                                .told(catalog))
                .containsExactly("INCOMPATIBLE metrics/0/metric/formula 1:21");
        assertThat(
                        formula(
                                        "count(account where exists(event where account in busy as of end) over 9 days from signed)")
                                .told(catalog))
                .containsExactly("INCOMPATIBLE metrics/0/metric/formula 1:40");
    }

    @Test
    void no_face_reads_a_cohort_as_of_each_fact() {
        assertThat(ask("events").by("pilots as of fact").told(shop()))
                .containsExactly("INCOMPATIBLE groupBy/0 1:1");
        assertThat(ask("events").filter("pilots as of fact", Operator.IN, "true").told(shop()))
                .containsExactly("INCOMPATIBLE filter/where/field 1:1");
        assertThat(formula("total(count(event) by pilots as of fact)").told(shop()))
                .containsExactly("INCOMPATIBLE metrics/0/metric/formula 1:23");
    }
}
