package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;

import dev.cairn.testkit.data.WorldBuilder;
import org.junit.jupiter.api.Test;

/** What emptiness does: three-valued logic, aggregates that skip, functions that pass it on. */
public interface EmptyContract extends ExecutorContract {
    /** Amounts 1, 5 and none; names a, b and none. */
    private WorldBuilder some() {
        return events().fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "a", 1)
                .fact("event", "2026-01-06T10:00:00Z", "acme", "ann", "b", 5)
                .fact("event", "2026-01-07T10:00:00Z", "acme", "ann", null, null);
    }

    @Test
    default void where_keeps_only_what_is_true() {
        expect(
                some(),
                ask("count(event where amount > 2)", "count(event where amount <= 2)"),
                "1 | 1");
    }

    @Test
    default void not_of_empty_is_empty() {
        expect(some(), ask("count(event where not amount > 2)"), "1");
    }

    @Test
    default void equality_with_an_empty_side_is_empty_both_ways() {
        expect(
                some().fact("event", "2026-01-08T10:00:00Z", null, null, null, null),
                ask("count(event where name = person)", "count(event where name != person)"),
                "0 | 2");
    }

    @Test
    default void false_and_empty_is_false() {
        expect(some(), ask("count(event where not (amount > 2 and person = 'bob'))"), "3");
    }

    @Test
    default void true_and_empty_is_empty() {
        expect(
                some(),
                ask(
                        "count(event where amount > 2 and person = 'ann')",
                        "count(event where not (amount > 2 and person = 'ann'))"),
                "1 | 1");
    }

    @Test
    default void true_or_empty_is_true() {
        expect(some(), ask("count(event where amount > 2 or person = 'ann')"), "3");
    }

    @Test
    default void false_or_empty_is_empty() {
        expect(
                some(),
                ask(
                        "count(event where amount > 2 or person = 'bob')",
                        "count(event where not (amount > 2 or person = 'bob'))"),
                "1 | 1");
    }

    @Test
    default void is_is_never_empty() {
        expect(
                some(),
                ask(
                        "count(event where amount is none)",
                        "count(event where amount is not none)",
                        "count(event where amount is not 5)",
                        "count(event where not amount is 5)"),
                "1 | 2 | 2 | 2");
    }

    @Test
    default void empty_is_in_no_list_and_not_outside_of_one() {
        expect(
                some(),
                ask(
                        "count(event where name in ('a', 'x'))",
                        "count(event where name not in ('a', 'x'))"),
                "1 | 1");
    }

    @Test
    default void empty_text_is_a_value() {
        expect(
                some().fact("event", "2026-01-08T10:00:00Z", "acme", "ann", "", 1),
                ask(
                        "count(event where name is none)",
                        "count(event where name = '')",
                        "distinct(event : name)"),
                "1 | 1 | 3");
    }

    @Test
    default void aggregates_of_a_value_skip_empties() {
        expect(
                some(),
                ask(
                        "sum(event : amount)",
                        "avg(event : amount)",
                        "min(event : amount)",
                        "max(event : amount)",
                        "median(event : amount)",
                        "distinct(event : amount)"),
                "6 | 3 | 1 | 5 | 3 | 2");
    }

    @Test
    default void count_takes_rows_with_empties_too() {
        expect(some(), ask("count(event)"), "3");
    }

    @Test
    default void sum_of_nothing_but_empties_is_zero_and_its_average_is_not_there() {
        expect(
                some(),
                ask(
                        "sum(event where name is none : amount)",
                        "avg(event where name is none : amount)"),
                "0 | NO_DATA");
    }

    @Test
    default void arithmetic_with_an_empty_side_is_empty() {
        expect(
                events().fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "a", 1)
                        .fact("event", "2026-01-06T10:00:00Z", "acme", "ann", "a", null),
                ask(
                        "sum(event : amount + 10)",
                        "sum(event : -amount)",
                        "sum(event : amount * 3 - 1)"),
                "11 | -1 | 2");
    }

    @Test
    default void least_and_greatest_are_empty_where_an_argument_is() {
        expect(
                some(),
                ask("sum(event : least(amount, 2))", "sum(event : greatest(amount, 2))"),
                "3 | 7");
    }

    @Test
    default void coalesce_gives_the_first_that_is_there() {
        expect(some(), ask("sum(event : coalesce(amount, 100))"), "106");
    }

    @Test
    default void case_takes_the_first_arm_that_is_true() {
        expect(
                some(),
                ask(
                        "sum(event : case when amount > 2 then 1000 when amount > 0 then 200 else 30 end)"),
                "1230");
    }

    @Test
    default void case_without_a_true_arm_is_empty() {
        expect(
                some(),
                ask("avg(event : case when amount > 2 then 8 when name = 'x' then 1 end)"),
                "8");
    }

    @Test
    default void share_leaves_out_what_where_leaves_out() {
        expect(some(), ask("share(event where amount is not none : amount >= 5)"), "0.5");
    }

    @Test
    default void share_counts_empty_as_false_only_where_it_is_said() {
        expect(some(), ask("share(event : coalesce(amount >= 5, false))"), "0.333333333333");
    }

    @Test
    default void division_by_zero_in_a_row_is_empty() {
        expect(
                events().fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "a", 0)
                        .fact("event", "2026-01-06T10:00:00Z", "acme", "ann", "a", 4),
                ask("avg(event : 8 / amount)"),
                "2");
    }

    @Test
    default void functions_outside_of_what_they_are_defined_for_are_empty() {
        expect(
                some(),
                ask(
                        "count(event where sqrt(0 - amount) is none)",
                        "count(event where ln(amount - 1) is none)",
                        "count(event where date(2026, 2, 30) is none)",
                        "count(event where power(0 - amount, 0.5) is none)"),
                "3 | 2 | 3 | 3");
    }
}
