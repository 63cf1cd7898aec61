package dev.cairn.domain.planner;

import static dev.cairn.domain.catalog.Shop.shop;
import static dev.cairn.domain.planner.Question.ask;
import static dev.cairn.domain.planner.Question.formula;
import static dev.cairn.domain.planner.Question.where;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.AnalysisQuery.Filter;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.plan.PlanWords;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.time.Grain;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AllProblemsTest {
    @Test
    void everything_that_is_wrong_with_a_question_is_told_at_once() {
        var question =
                ask("evnts", "revenue", "open_tickets")
                        .metric(new MetricReference.Pinned("events", 9), "old")
                        .and(
                                "mean",
                                """
                                avg(event
                                  where secnds > 3
                                  : name) + sum(invoice.amount)
                                """)
                        .and(null, "count(tickt)")
                        .by("event.nam", "age hour")
                        .filter(
                                new Filter.All(
                                        List.of(
                                                where("event.name", Operator.GT, "a", "b"),
                                                where("event.seconds", Operator.IN, "x"))))
                        .where("account.pln = 'pro'")
                        .cohort("pilot")
                        .having(where("mea", Operator.GT, "3"))
                        .up("revenu")
                        .between("2026-02-01", "2026-01-01")
                        .first(-1)
                        .after("garbage");
        assertThat(question.told(shop()))
                .containsExactlyInAnyOrder(
                        "UNKNOWN_METRIC metrics/0/metric/key",
                        "LEVEL_MISMATCH metrics/2/metric/key",
                        "UNKNOWN_METRIC metrics/3/metric/pinned",
                        "UNKNOWN_FIELD metrics/4/metric/formula 2:9",
                        "UNKNOWN_SOURCE metrics/5/metric/formula 1:7",
                        "MISSING metrics/5/as",
                        "UNKNOWN_DIMENSION groupBy/0 1:1",
                        "INCOMPATIBLE groupBy/1 1:1",
                        "INCOMPATIBLE filter/all/0/where/field 1:1",
                        "INCOMPATIBLE filter/all/1/where/field 1:1",
                        "BAD_VALUE filter/all/0/where/values",
                        "BAD_VALUE filter/all/1/where/values/0",
                        "UNKNOWN_DIMENSION where 1:1",
                        "UNKNOWN_COHORT cohort/key",
                        "UNKNOWN_COLUMN having/where/field",
                        "UNKNOWN_COLUMN orderBy/0/column",
                        "BAD_RANGE timeRange/between",
                        "BAD_PAGE first",
                        "BAD_PAGE after");
    }

    @Test
    void formula_that_cannot_be_read_hides_nothing_of_the_others() {
        var question =
                ask("events")
                        .and("broken", "count(event")
                        .and("wrong", "count(evnt) + sum(event : nam)")
                        .by("event.nam", "(1 +) as x", "(event.secnds > 3) as y")
                        .where("account.pln = 'pro'")
                        .cohortRule("plan = ")
                        .filter(where("event.nme", Operator.IN, "a"))
                        .having(where("mea", Operator.GT, "3"));
        assertThat(question.told(shop()))
                .containsExactlyInAnyOrder(
                        "SYNTAX metrics/1/metric/formula 1:12",
                        "UNKNOWN_SOURCE metrics/2/metric/formula 1:7",
                        "UNKNOWN_FIELD metrics/2/metric/formula 1:27",
                        "UNKNOWN_DIMENSION groupBy/0 1:1",
                        "SYNTAX groupBy/1 1:5",
                        "UNKNOWN_DIMENSION groupBy/2 1:2",
                        "UNKNOWN_DIMENSION where 1:1",
                        "SYNTAX cohort/rule 1:8",
                        "UNKNOWN_DIMENSION filter/where/field 1:1",
                        "UNKNOWN_COLUMN having/where/field");
    }

    @Test
    void everything_that_is_wrong_with_a_formula_is_told_at_its_line_and_column() {
        var formula =
                """
                -- three lines of trouble
                sum(invoice where qantity > 3 and pad : amout)
                  / count(ticket on solvd where prioriti = 'high')
                  + avg(event : nam)
                """;
        assertThat(formula(formula).told(shop()))
                .containsExactlyInAnyOrder(
                        "UNKNOWN_FIELD metrics/0/metric/formula 2:19",
                        "UNKNOWN_FIELD metrics/0/metric/formula 2:35",
                        "UNKNOWN_FIELD metrics/0/metric/formula 2:41",
                        "UNKNOWN_FIELD metrics/0/metric/formula 3:18",
                        "UNKNOWN_FIELD metrics/0/metric/formula 3:33",
                        "UNKNOWN_FIELD metrics/0/metric/formula 4:17");
    }

    @Test
    void a_syntax_error_is_told_at_its_line_and_column() {
        assertThat(formula("count(event)\n  +\n  count(ticket where)").told(shop()))
                .containsExactly("SYNTAX metrics/0/metric/formula 3:21");
    }

    @Test
    void one_mistake_is_told_once_however_often_it_is_met() {
        var catalog = shop().metric("broken", "count(event where nam = 'x')");
        assertThat(ask("broken").and("y", "broken + broken").told(catalog))
                .containsExactly(
                        "UNKNOWN_FIELD metrics/0/metric/key",
                        "UNKNOWN_FIELD metrics/1/metric/formula 1:1",
                        "UNKNOWN_FIELD metrics/1/metric/formula 1:10");
        assertThat(ask("events", "revenue", "usage").where("account.pln = 'x'").told(shop()))
                .containsExactly("UNKNOWN_DIMENSION where 1:1");
        assertThat(ask("events", "revenue").by("account.pln").told(shop()))
                .containsExactly("UNKNOWN_DIMENSION groupBy/0 1:1");
    }

    @Test
    void a_mistake_inside_of_a_definition_is_told_where_it_is_referred_to() {
        var catalog = shop().slice("odd", "event", "nam = 'x'").metric("odds", "1 + count(odd)");
        assertThat(formula("1 + count(odd)").told(catalog))
                .containsExactly("UNKNOWN_FIELD metrics/0/metric/formula 1:11");
        assertThat(ask("odds").told(catalog)).containsExactly("UNKNOWN_FIELD metrics/0/metric/key");
    }

    @Test
    void names_of_conditions_are_looked_up_where_no_metric_could_be_read() {
        assertThat(
                        ask("evnts")
                                .by("account.pln", "event.name", "plan")
                                .where("event.nam = 'x' or name = 'y'")
                                .told(shop()))
                .containsExactlyInAnyOrder(
                        "UNKNOWN_METRIC metrics/0/metric/key",
                        "UNKNOWN_DIMENSION groupBy/0 1:1",
                        "UNKNOWN_DIMENSION where 1:1");
    }

    @Test
    void a_bare_name_is_not_blamed_where_the_metric_that_would_explain_it_is_broken() {
        var catalog =
                shop().metric("tickets", "count(ticket)")
                        .source("task", "opened date, priority text");
        assertThat(ask("tickts", "events").by("priority").told(catalog))
                .containsExactly("UNKNOWN_METRIC metrics/0/metric/key");
    }

    @Test
    void of_lists_that_are_too_long_only_the_beginning_is_looked_at() {
        var names =
                IntStream.range(0, 15_000)
                        .mapToObj("unknown_%05d"::formatted)
                        .toArray(String[]::new);
        var question = ask(names).by(names);
        List.of(names).forEach(question::up);

        assertThat(question.problems(shop()))
                .extracting(Problem::code)
                .hasSize(3 + 150 + 5 + 156 - 150)
                .startsWith(ProblemCode.LIMIT, ProblemCode.LIMIT, ProblemCode.LIMIT);
    }

    @Test
    void every_condition_is_looked_at_and_near_names_only_for_what_is_listed() {
        var filters =
                IntStream.range(0, 900)
                        .mapToObj(at -> where("account.plan%d".formatted(at), Operator.IN, "x"))
                        .toList();

        var problems = ask("events").filter(new Filter.All(filters)).problems(shop());

        assertThat(problems.size()).isEqualTo(900);
        assertThat(problems.get(99).suggestions()).isNotEmpty();
        assertThat(problems.get(100).suggestions()).isEmpty();
    }

    /** A question may come over GraphQL or from the command line; only its places have names of one of them. */
    @Test
    void messages_are_in_words_that_every_caller_knows() {
        var questions =
                List.of(
                        ask("events").by("month"),
                        ask("events")
                                .by("event.name")
                                .having(where("event.name", Operator.IN, "x")),
                        ask("events").each(Grain.MONTH).having(where("time", Operator.GT, "x")),
                        ask("events", "events"),
                        formula("count(event)").and(" ", "count(event)"),
                        formula("count(event) > 1").having(where("x", Operator.GT, "true")),
                        formula("count(event) > 1").having(where("x", Operator.CONTAINS, "true")),
                        ask("events").by("a", "b", "c", "d", "e", "f").up("x").first(0),
                        ask("events").between("2026-02-01", "2026-01-01").after("x"));

        assertThat(questions)
                .flatExtracting(question -> question.problems(shop()))
                .extracting(Problem::message)
                .hasSizeGreaterThan(questions.size())
                .noneMatch(
                        Pattern.compile(
                                        "groupBy|timeRange|orderBy|fillGaps|asOf|'filter'|'as'|\\b[A-Z_]{2,}\\b")
                                .asPredicate());
    }

    @Test
    void nothing_written_becomes_part_of_anything_but_a_literal() {
        String evil = "'; drop table fact; --";
        assertThat(
                        ask(evil)
                                .by(evil)
                                .where(evil)
                                .cohort(evil)
                                .up(evil)
                                .filter(evil, Operator.IN, evil)
                                .problems(shop()))
                .hasSizeGreaterThan(4);
        var plan = ask("events").filter("event.name", Operator.IN, evil).planned(shop());
        assertThat(
                        Exprs.any(plan.scans().getFirst().where(), Expr.text(evil)::equals)
                                || PlanWords.text(plan.scans().getFirst().where())
                                        .contains("''; drop"))
                .isTrue();
    }
}
