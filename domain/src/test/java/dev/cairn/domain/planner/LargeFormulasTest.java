package dev.cairn.domain.planner;

import static dev.cairn.domain.catalog.Shop.shop;
import static dev.cairn.domain.planner.Question.formula;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.lowering.ResolvedMetrics;
import dev.cairn.domain.model.Metric.Level;
import dev.cairn.domain.plan.Cancellation;
import dev.cairn.domain.plan.PlanWords;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However much a short text stands for, the work is bounded, and can be given up. */
class LargeFormulasTest {
    private static final Duration AT_ONCE = Duration.ofMinutes(1);

    private static String chain(String first, String step, int last) {
        return IntStream.rangeClosed(1, last)
                .mapToObj(at -> ", a%d = (%s)".formatted(at, step.formatted("a" + (at - 1))))
                .collect(Collectors.joining("", "(let a0 = (" + first + ")", " in a" + last + ")"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%1$s + %1$s",
                "%1$s * %1$s / %1$s",
                "coalesce(%1$s, %1$s, 0)",
                "case when %1$s > 1 then %1$s else -%1$s end",
                "case when %1$s is not none and not (%1$s = 2) then %1$s end",
                "greatest(%1$s, least(%1$s, %1$s))"
            })
    void values_that_double_are_lowered_once_each(String step) {
        Assertions.assertTimeoutPreemptively(
                AT_ONCE,
                () -> {
                    var plan = formula(chain("count(event)", step, 30)).planned(shop());
                    assertThat(StatementSize.of(plan)).isLessThan(10_000);
                    assertThat(PlanWords.of(plan).toString()).hasSizeLessThan(20_000);
                    assertThat(plan.outputs().getFirst().sampleSize()).isNotNull();
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "share(event : %s)",
                "count(event where %s)",
                "share(account where plan is not none : %s)"
            })
    void conditions_that_double_are_lowered_once_each(String aggregate) {
        var first = aggregate.contains("account") ? "plan = 'pro'" : "name is not none";
        var condition = chain(first, "%1$s and (%1$s or not %1$s)", 40);
        Assertions.assertTimeoutPreemptively(
                AT_ONCE,
                () ->
                        assertThat(
                                        StatementSize.of(
                                                formula(aggregate.formatted(condition))
                                                        .planned(shop())))
                                .isLessThan(10_000));
    }

    @Test
    void the_accounts_that_tell_users_apart_are_found_once_for_each_value() {
        var user =
                chain("user", "case when name = 'a' then %1$s else coalesce(%1$s, %1$s) end", 30);
        Assertions.assertTimeoutPreemptively(
                AT_ONCE,
                () ->
                        assertThat(
                                        StatementSize.of(
                                                formula("distinct(event : " + user + ")")
                                                        .by("(" + user + ") as who")
                                                        .planned(shop())))
                                .isLessThan(10_000));
    }

    @Test
    void the_time_that_a_window_of_units_is_relative_to_is_looked_at_once() {
        var day = "min(event : date(happened)) over ever";
        var catalog =
                shop().metric(
                                "seen",
                                Level.ACCOUNT,
                                null,
                                chain(day, "least(%1$s, greatest(%1$s, %1$s))", 25));
        var tiles = "sum(account : count(every 2 days where exists(event)) over 4 days from seen)";
        Assertions.assertTimeoutPreemptively(
                AT_ONCE, () -> assertThat(formula(tiles).planned(catalog).leaves()).isNotEmpty());
    }

    @Test
    void a_chain_of_values_is_refused_before_it_is_too_deep() {
        assertThat(formula(chain("count(event)", "%1$s + 1", 150)).planned(shop()).leaves())
                .hasSize(1);
        var problem = formula(chain("count(event)", "%1$s + 1", 900)).problem(shop());
        assertThat(problem.code()).isEqualTo(ProblemCode.LIMIT);
        assertThat(problem.message())
                .isEqualTo(
                        "With all references put in place this is too large: at most 50000 pieces, 200 levels deep. Ask for its parts as columns of their own.");
    }

    @Test
    void that_a_question_is_too_large_is_told_once_of_each_formula() {
        var names =
                IntStream.range(0, 6_000)
                        .mapToObj("'n%d'"::formatted)
                        .collect(Collectors.joining(", "));
        var question = new Question();
        for (int column = 0; column < 20; column++) {
            question.and(
                    "x" + column, "count(event where name in (" + names + ", '" + column + "'))");
        }

        var problems = question.problems(shop());

        assertThat(problems).extracting(Problem::code).containsOnly(ProblemCode.LIMIT);
        assertThat(problems).extracting(problem -> problem.place().path()).doesNotHaveDuplicates();
    }

    @Test
    void a_thousand_names_are_enough() {
        var problem = formula(chain("count(event)", "%1$s", 1_000)).problem(shop());
        assertThat(problem.code()).isEqualTo(ProblemCode.LIMIT);
        assertThat(problem.message()).isEqualTo("At most 1000 names can be given by 'let'.");
    }

    @Test
    void small_values_that_are_named_are_copied_up_to_a_limit() {
        var many = IntStream.range(0, 90).mapToObj(_ -> "a").collect(Collectors.joining("+"));
        var sums =
                IntStream.range(0, 100)
                        .mapToObj(_ -> "(" + many + ")")
                        .collect(Collectors.joining(" + "));
        var problem = formula("let a = count(event) * 2 + 1 in " + sums).problem(shop());
        assertThat(problem.code()).isEqualTo(ProblemCode.LIMIT);
        assertThat(problem.message())
                .matches("(?s).*(would have [0-9]+ pieces; at most 100000|at most 50000 pieces).*");
    }

    @Test
    void planning_is_given_up_where_it_is_cancelled() {
        var polls = new AtomicInteger();
        var question = formula(chain("count(event)", "%1$s + %1$s", 40)).query();
        assertThatThrownBy(() ->
                        Planner.plan(
                                question,
                                new ResolvedMetrics(shop().build()),
                                Caller.LOCAL,
                                Question.NOW,
                                () -> polls.incrementAndGet() > 20))
                .isInstanceOf(Cancellation.Cancelled.class);
        assertThat(polls).hasValue(21);
    }

    @Test
    void keys_of_a_total_are_looked_through_once_for_each_value() {
        var key = chain("event.name", "coalesce(%1$s, %1$s)", 40);
        Assertions.assertTimeoutPreemptively(
                AT_ONCE,
                () ->
                        assertThat(
                                        StatementSize.of(
                                                formula("total(count(event) by account.plan)")
                                                        .by("account.plan")
                                                        .by("(%s) as k".formatted(key))
                                                        .planned(shop())))
                                .isLessThan(10_000));
    }
}
