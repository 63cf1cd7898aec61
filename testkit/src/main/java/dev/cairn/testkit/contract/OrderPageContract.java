package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.plan.Page.Position;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.Pages;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.data.WorldBuilder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The order of rows, conditions on computed values, and pages. */
public interface OrderPageContract extends ExecutorContract {
    /** Sums: acme 5, bolt 1, cord nothing, no account 3, and the account '' of plan... none: dyno 1. */
    private WorldBuilder sums() {
        return events().fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "a", 5)
                .fact("event", "2026-01-05T10:00:00Z", "bolt", "bob", null, 1)
                .fact("event", "2026-01-05T10:00:00Z", "cord", "cid", "c", null)
                .fact("event", "2026-01-05T10:00:00Z", null, "eve", "d", 3)
                .fact("event", "2026-01-05T10:00:00Z", "dyno", "dan", "a", 1);
    }

    @Test
    default void rows_are_in_the_order_of_time_and_then_of_groups() {
        expect(
                sums().fact("event", "2026-01-04T10:00:00Z", "cord", "cid", "z", 1),
                ask("count(event)")
                        .by("account")
                        .grain(Grain.DAY)
                        .between("2026-01-04", "2026-01-06")
                        .sparse(),
                "2026-01-04 | cord | 1",
                "2026-01-05 | acme | 1",
                "2026-01-05 | bolt | 1",
                "2026-01-05 | cord | 1",
                "2026-01-05 | dyno | 1",
                "2026-01-05 | no account | 1");
    }

    @Test
    default void rows_are_ordered_by_a_value_and_ties_by_group() {
        expect(
                sums(),
                ask("avg(event : amount)").by("account").orderBy("m1"),
                "bolt | 1",
                "dyno | 1",
                "no account | 3",
                "acme | 5",
                "cord | NO_DATA");
    }

    @Test
    default void what_has_no_value_is_last_from_large_to_small_too() {
        expect(
                sums(),
                ask("avg(event : amount)").by("account").orderBy("-m1"),
                "acme | 5",
                "no account | 3",
                "bolt | 1",
                "dyno | 1",
                "cord | NO_DATA");
    }

    @Test
    default void groups_of_no_value_and_of_no_account_are_last_either_way() {
        var world =
                sums().member(account("acme").with("plan", "pro"))
                        .member(account("bolt").with("plan", "free"));
        expect(
                world,
                ask("count(event)").by("account.plan").orderBy("account.plan"),
                "free | 1",
                "pro | 1",
                "none | 2",
                "no account | 1");
        expect(
                world,
                ask("count(event)").by("account.plan").orderBy("-account.plan"),
                "pro | 1",
                "free | 1",
                "none | 2",
                "no account | 1");
    }

    @Test
    default void time_may_run_backwards() {
        expect(
                sums(),
                ask("count(event)")
                        .grain(Grain.DAY)
                        .between("2026-01-04", "2026-01-07")
                        .orderBy("-time"),
                "2026-01-06 | 0",
                "2026-01-05 | 5",
                "2026-01-04 | 0");
    }

    @Test
    default void first_term_of_the_order_decides_first() {
        expect(
                sums(),
                ask("count(event)", "sum(event : amount)")
                        .by("event.name", "account")
                        .orderBy("-event.name", "m2"),
                "d | no account | 1 | 3",
                "c | cord | 1 | 0",
                "a | dyno | 1 | 1",
                "a | acme | 1 | 5",
                "none | bolt | 1 | 1");
    }

    @Test
    default void numbers_are_ordered_by_amount() {
        expect(
                events().fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "a", 10)
                        .fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "a", 9)
                        .fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "a", "-1"),
                ask("count(event)").by("event.amount"),
                "-1 | 1",
                "9 | 1",
                "10 | 1");
    }

    @Test
    default void having_keeps_only_rows_for_which_it_is_true() {
        expect(
                sums(),
                ask("avg(event : amount)").by("account").having("m1", Operator.LT, "4"),
                "bolt | 1",
                "dyno | 1",
                "no account | 3");
    }

    @Test
    default void having_looks_at_rows_that_were_filled_in_too() {
        expect(
                sums(),
                ask("count(event)")
                        .grain(Grain.DAY)
                        .between("2026-01-04", "2026-01-07")
                        .having("m1", Operator.LT, "1"),
                "2026-01-04 | 0",
                "2026-01-06 | 0");
    }

    @Test
    default void page_has_no_more_rows_than_asked_for() {
        var answer = answer(sums(), ask("count(event)").by("account").first(2));
        assertThat(answer.rows()).hasSize(2);
        assertThat(answer.hasMore()).isTrue();
    }

    @Test
    default void last_page_says_that_there_is_no_more() {
        var answer = answer(sums(), ask("count(event)").by("account").first(5));
        assertThat(answer.rows()).hasSize(5);
        assertThat(answer.hasMore()).isFalse();
    }

    @Test
    default void totals_come_with_the_first_page_whatever_its_size() {
        var world = sums().build();
        var plan = ask("count(event)").by("account").totals().first(2).plan(world.catalog());
        var first = answer(world, plan).rows();
        assertThat(first).hasSize(3);
        assertThat(first.getLast().kind()).isEqualTo(RowKind.GRAND_TOTAL);
        var second = answer(world, Pages.page(plan, 2, Pages.position(plan, first.get(1))));
        assertThat(second.rows()).hasSize(2).allMatch(row -> row.kind() == RowKind.CELL);
    }

    @Test
    default void pages_joined_are_the_whole() {
        var world = sums().build();
        for (String order :
                List.of("account", "-account", "m1", "-m1", "event.name", "-event.name")) {
            assertPagesAreTheWhole(
                    world,
                    ask("avg(event : amount)").by("account", "event.name").orderBy(order),
                    order);
        }
    }

    @Test
    default void pages_over_time_joined_are_the_whole() {
        var world = sums().build();
        var question =
                ask("avg(event : amount)")
                        .by("account")
                        .grain(Grain.DAY)
                        .between("2026-01-04", "2026-01-07");
        for (String order : List.of("time", "-time", "m1", "-m1", "account")) {
            assertPagesAreTheWhole(world, question.orderBy(order), order);
        }
    }

    private void assertPagesAreTheWhole(World world, Question question, String order) {
        var plan = question.plan(world.catalog());
        var whole = answer(world, plan).rows();
        var joined = new ArrayList<>(whole.subList(0, 0));
        @Nullable Position after = null;
        boolean more = true;
        while (more) {
            var page = answer(world, Pages.page(plan, 2, after));
            joined.addAll(page.rows());
            more = page.hasMore();
            assertThat(page.rows()).as("page of " + order).isNotEmpty();
            after = Pages.position(plan, page.rows().getLast());
        }
        assertThat(joined).as("ordered by " + order).hasSameSizeAs(whole);
        for (int i = 0; i < whole.size(); i++) {
            assertThat(joined.get(i).keys())
                    .as("row %d by %s", i, order)
                    .isEqualTo(whole.get(i).keys());
            assertThat(joined.get(i).bucket())
                    .as("row %d by %s", i, order)
                    .isEqualTo(whole.get(i).bucket());
        }
    }
}
