package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.contract.Question.askMetrics;
import static dev.cairn.testkit.data.MemberBuilder.account;

import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.testkit.data.WorldBuilder;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Values that are named and read in several places, each made of the one before: copied out they would have 2^30 pieces. */
public interface CommonValuesContract extends ExecutorContract {
    /** Three events: 1 and 2 of acme, which is pro, and 4 of bolt, which is free. */
    private WorldBuilder threeEvents() {
        return events().member(account("acme").with("plan", "pro"))
                .member(account("bolt").with("plan", "free"))
                .fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "login", 1)
                .fact("event", "2026-01-06T10:00:00Z", "acme", "ann", "login", 2)
                .fact("event", "2026-01-07T10:00:00Z", "bolt", "bob", "export", 4);
    }

    /** {@code let a1 = FIRST, a2 = STEP of a1, ... in aLAST}; {@code %1$s} in the step is the name before. */
    private static String chain(String first, String step, int last) {
        return IntStream.rangeClosed(2, last)
                .mapToObj(at -> ", a%d = (%s)".formatted(at, step.formatted("a" + (at - 1))))
                .collect(Collectors.joining("", "(let a1 = (" + first + ")", " in a" + last + ")"));
    }

    private static String doubled(String first, int last) {
        return chain(first, "%1$s + %1$s", last);
    }

    /** 9 and 18 times 1, 2 and 4, within a third value: twice 27 * (1 + 2 + 4) + 162 * (1 + 4 + 16). */
    @Test
    default void two_values_of_one_row_are_two() {
        expectValue(
                threeEvents(),
                "sum(event : (let a = amount * 2 + amount * 3 + amount * 4, b = amount * 5 + amount * 6 + amount * 7, c = a + b + a * b in c + c))",
                "7182");
    }

    @Test
    default void constants_double_thirty_times() {
        expect(threeEvents(), ask(doubled("1 + 1", 30), "count(event)"), "1073741824 | 3");
    }

    @Test
    default void a_count_doubles_thirty_times() {
        expectValue(threeEvents(), doubled("count(event) + count(event)", 30), "3221225472");
    }

    @Test
    default void a_field_doubles_in_each_row() {
        expectValue(
                threeEvents(), "sum(event : " + doubled("amount + amount", 30) + ")", "7516192768");
    }

    @Test
    default void a_value_of_each_account_doubles() {
        expectValue(
                threeEvents(),
                "sum(account : " + doubled("count(event) + count(event)", 30) + ")",
                "3221225472");
    }

    @Test
    default void a_metric_doubles_with_each_that_refers_to_it() {
        var world = threeEvents().metric("m0", "count(event)");
        for (int at = 1; at <= 40; at++) {
            world.metric("m" + at, "m%d + m%d".formatted(at - 1, at - 1));
        }
        expect(world, askMetrics("m40", "m39"), "3298534883328 | 1649267441664");
    }

    @Test
    default void the_reason_for_no_value_comes_through_all_of_it() {
        expectValue(
                threeEvents(),
                doubled("count(event) / count(event where amount > 9)", 30),
                "ZERO_BASE");
        expectValue(
                threeEvents(),
                chain("count(event) / count(event where amount > 9)", "coalesce(%1$s, %1$s)", 30),
                "ZERO_BASE");
    }

    @Test
    default void a_condition_is_read_in_several_places() {
        expectValue(
                threeEvents(),
                "count(event where "
                        + chain(
                                "amount > 1 and name = 'login' and amount < 3",
                                "%1$s and (%1$s or not %1$s)",
                                30)
                        + ")",
                "1");
    }

    @Test
    default void cohorts_are_made_of_cohorts() {
        var world = threeEvents().cohortBy("c0", "plan = 'pro' or plan = 'team' or plan = 'max'");
        for (int at = 1; at <= 30; at++) {
            world.cohortBy("c" + at, "account in c%1$d and account in c%1$d".formatted(at - 1));
        }
        expect(world, ask("count(event)", "count(account)").cohort("c30"), "2 | 1");
        expect(world, ask("count(event where account in c30)"), "2");
        expect(
                world,
                ask("sum(event : amount)").by("(account in c30) as pro"),
                "false | 4",
                "true | 3");
    }

    @Test
    default void groups_and_conditions_on_values_read_them_too() {
        expect(
                threeEvents(),
                ask(doubled("sum(event : amount) * 1 + sum(event : amount)", 29))
                        .by("(" + doubled("amount * 1 + amount * 1", 10) + ") as large")
                        .having("m1", Operator.GT, "1000000000"),
                "2048 | 1073741824",
                "4096 | 2147483648");
    }

    @Test
    default void totals_read_them_too() {
        expect(
                threeEvents(),
                ask(doubled("distinct(event.account) + distinct(event.account)", 30))
                        .by("event.name")
                        .totals(),
                "export | 1073741824",
                "login | 1073741824",
                "total | 2147483648");
    }
}
