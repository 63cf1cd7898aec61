package dev.cairn.domain.planner;

import static dev.cairn.domain.catalog.Shop.shop;
import static dev.cairn.domain.planner.Question.ask;
import static dev.cairn.domain.planner.Question.formula;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.plan.PlanWords;
import dev.cairn.domain.problem.ProblemCode;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class CyclesTest {
    @Test
    void a_metric_that_refers_to_itself_is_refused() {
        var problem = ask("a").problem(shop().metric("a", "a + 1"));
        assertThat(problem.code()).isEqualTo(ProblemCode.CYCLE);
        assertThat(problem.message()).isEqualTo("'a' refers to itself: a -> a.");
    }

    @Test
    void a_metric_that_refers_to_itself_through_others_is_refused_and_the_ring_is_told() {
        var catalog = shop().metric("a", "b").metric("b", "1 + c").metric("c", "a");
        assertThat(ask("a").problem(catalog).message())
                .isEqualTo("'a' refers to itself: a -> b -> c -> a.");
        assertThat(formula("2 * c").problem(catalog).message())
                .isEqualTo("'c' refers to itself: c -> a -> b -> c.");
    }

    @Test
    void a_metric_that_reaches_a_ring_it_is_no_part_of_tells_the_ring() {
        var catalog = shop().metric("a", "b").metric("b", "c").metric("c", "b");
        assertThat(ask("a").problem(catalog).message())
                .isEqualTo("'b' refers to itself: b -> c -> b.");
    }

    @Test
    void slices_that_refer_to_each_other_are_refused() {
        var catalog =
                shop().slice("one", "two", "score > 1")
                        .slice("two", "one", "score > 2")
                        .slice("three", "one", "score > 3");
        assertThat(formula("count(one)").problem(catalog).message())
                .isEqualTo("'one' refers to itself: one -> two -> one.");
        assertThat(formula("count(three)").problem(catalog).message())
                .isEqualTo("'one' refers to itself: one -> two -> one.");
        assertThat(ask("events").by("one.score").problem(catalog).code())
                .isEqualTo(ProblemCode.UNKNOWN_DIMENSION);
    }

    @Test
    void cohorts_that_refer_to_each_other_are_refused() {
        var catalog = shop().rule("one", "account in two").rule("two", "not (account in one)");
        assertThat(ask("events").cohort("one").problem(catalog).message())
                .isEqualTo("'one' refers to itself: one -> two -> one.");
    }

    @Test
    void the_same_metric_twice_is_no_ring() {
        assertThat(formula("events + events").value(shop())).isEqualTo("(#0 + #0)");
    }

    @Test
    void an_earlier_version_may_refer_to_what_now_refers_to_the_later_one() {
        var catalog =
                shop().metric("a", "count(ticket)")
                        .atVersion("a", 2)
                        .earlier("a", 1, "b * 2")
                        .metric("b", "a + 1");
        var question = new Question().metric(new MetricReference.Pinned("a", 1), null);
        assertThat(question.value(catalog)).isEqualTo("((#0 + 1) * 2)");
    }

    // ---- what grows without a ring

    @Test
    void metrics_that_double_at_each_step_are_lowered_once_each() {
        var catalog = shop().metric("m0", "count(event)");
        for (int at = 1; at <= 60; at++) {
            catalog.metric("m" + at, "m%d + m%d".formatted(at - 1, at - 1));
        }
        Assertions.assertTimeoutPreemptively(
                Duration.ofMinutes(1),
                () -> {
                    var plan = ask("m60").planned(catalog);
                    assertThat(StatementSize.of(plan)).isLessThan(1_000);
                    assertThat(PlanWords.of(plan))
                            .contains(
                                    "Let [1] = (((#0 + #0) + (#0 + #0)) + ((#0 + #0) + (#0 + #0)))");
                });
    }

    @Test
    void a_metric_with_a_problem_that_doubles_at_each_step_is_told_once_for_each_place() {
        var catalog = shop().metric("m0", "count(nothing)");
        for (int at = 1; at <= 60; at++) {
            catalog.metric("m" + at, "m%d + m%d".formatted(at - 1, at - 1));
        }
        Assertions.assertTimeoutPreemptively(
                Duration.ofMinutes(1),
                () ->
                        assertThat(ask("m60", "m59").problems(catalog))
                                .extracting(problem -> problem.place().toString())
                                .hasSize(2));
    }

    @Test
    void a_long_chain_of_metrics_is_refused_before_it_is_too_deep() {
        var catalog = shop().metric("m0", "count(event)");
        for (int at = 1; at <= 20_000; at++) {
            catalog.metric("m" + at, "m%d + 1".formatted(at - 1));
        }
        assertThat(ask("m80").planned(catalog).leaves()).hasSize(1);
        var problem = ask("m20000").problem(catalog);
        assertThat(problem.code()).isEqualTo(ProblemCode.LIMIT);
        assertThat(problem.message()).contains("levels deep");
    }
}
