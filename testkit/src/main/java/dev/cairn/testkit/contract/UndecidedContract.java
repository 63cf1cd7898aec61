package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.contract.Question.askMetrics;
import static dev.cairn.testkit.data.EntityBuilder.accounts;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static dev.cairn.testkit.data.SourceBuilder.source;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.WorldBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Formulas are three-valued, and a column says how many rows a negation of it left undecided that two-valued logic would have kept. */
public interface UndecidedContract extends ExecutorContract {
    /** Of billing 1, of sales 10, of no name 100 and 1000 in two months; of accounts of 20 seats, of 2, of an unknown number. */
    private WorldBuilder departments() {
        return events().member(account("acme").since("2025-01-01").with("seats", 20))
                .member(account("bolt").since("2025-01-01").with("seats", 2))
                .member(account("cord").since("2025-01-01"))
                .fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "billing", 1)
                .fact("event", "2026-01-05T10:00:00Z", "bolt", "bob", "sales", 10)
                .fact("event", "2026-01-06T10:00:00Z", "cord", "cid", null, 100)
                .fact("event", "2026-02-07T10:00:00Z", null, "dan", null, 1000);
    }

    private static Question twoMonths(String... formulas) {
        return ask(formulas).between("2026-01-01", "2026-03-01");
    }

    private static String undecided(
            String column, int count, String rows, String names, String rewrites) {
        return "%s UNDECIDED: In '%s' a negation is neither true nor false for %d %s without a value of %s, and does not hold for %s; to have it hold: %s."
                .formatted(
                        column, column, count, rows, names, count == 1 ? "it" : "them", rewrites);
    }

    private void expectUndecided(
            String formula, int count, String rows, String names, String rewrite) {
        expectUndecided(departments(), formula, count, rows, names, rewrite);
    }

    private void expectUndecided(
            WorldBuilder world,
            String formula,
            int count,
            String rows,
            String names,
            String rewrite) {
        assertThat(notices(world, twoMonths(formula)))
                .as(formula)
                .containsExactly(undecided("m1", count, rows, names, rewrite));
    }

    private void expectDecided(String formula) {
        assertThat(notices(departments(), twoMonths(formula))).as(formula).isEmpty();
    }

    @Test
    default void negations_say_how_many_rows_they_left_undecided() {
        expectUndecided(
                "sum(event where name != 'billing' : amount)",
                2,
                "rows of event",
                "name",
                "name is not 'billing'");
        expectUndecided(
                "count(event where name not in ('billing', 'x'))",
                2,
                "rows of event",
                "name",
                "not coalesce(name in ('billing', 'x'), false)");
        expectUndecided(
                "count(event where not (name = 'billing'))",
                2,
                "rows of event",
                "name",
                "not coalesce(name = 'billing', false)");
        expectUndecided(
                "count(event where not contains(name, 'ill'))",
                2,
                "rows of event",
                "name",
                "not coalesce(contains(name, 'ill'), false)");
        expectUndecided(
                "count(event where not (name = 'billing' or account.seats > 30))",
                2,
                "rows of event",
                "name, account.seats",
                "not coalesce(name = 'billing', false); not coalesce(account.seats > 30, false)");
        expectUndecided(
                "count(event where (name = 'billing') = false)",
                2,
                "rows of event",
                "name",
                "not coalesce(name = 'billing', false)");
    }

    @Test
    default void rewritten_negations_say_nothing() {
        expectDecided("count(event where name = 'billing')");
        expectDecided("count(event where name is not 'billing')");
        expectDecided("count(event where not coalesce(name in ('billing'), false))");
        expectDecided("count(event where coalesce(name != 'billing', false))");
        expectDecided("count(event where name is none or name != 'billing')");
        expectDecided("count(event where name is not none and name != 'billing')");
        expectDecided("count(event where name in ('billing', 'sales') and name != 'billing')");
        expectDecided("count(event where happened != @2026-01-05)");
        expectDecided("count(event where not (not (name = 'billing')))");
        expectDecided("count(event where not (name is none))");
    }

    @Test
    default void only_rows_that_all_else_would_have_kept_are_undecided() {
        expectUndecided(
                "count(event where name != 'billing' and amount > 500)",
                1,
                "row of event",
                "name",
                "name is not 'billing'");
        expectDecided("count(event where name != 'billing' and amount > 5000)");
        assertThat(
                        notices(
                                departments(),
                                twoMonths("count(event where name != 'billing')")
                                        .filter("event.amount", Operator.LT, "500")))
                .containsExactly(
                        undecided("m1", 1, "row of event", "name", "name is not 'billing'"));
        assertThat(
                        notices(
                                departments(),
                                twoMonths("count(event where name != 'billing')")
                                        .scope("seats > 1")))
                .isEmpty();
    }

    @Test
    default void what_is_not_unequal_may_be_undecided_where_neither_has_a_value() {
        // Cid's and dan's rows have no name, and cord and nobody no plan: two-valued logic keeps
        // them, as nothing is not unequal to nothing. Of ann's and bob's only the name is known.
        expectUndecided(
                "count(event where not (name != account.plan))",
                2,
                "rows of event",
                "name, account.plan",
                "name is account.plan");
        expectDecided("count(event where not (name != 'billing'))");
    }

    @Test
    default void formula_of_the_question_is_told_with_every_column_it_narrows() {
        assertThat(
                        notices(
                                departments(),
                                twoMonths("count(event)", "sum(event where amount < 500 : amount)")
                                        .where("event.name != 'billing'")))
                .containsExactly(
                        undecided("m1", 2, "rows of event", "name", "name is not 'billing'"),
                        undecided("m2", 1, "row of event", "name", "name is not 'billing'"));
    }

    @Test
    default void column_says_nothing_of_its_neighbour() {
        assertThat(
                        notices(
                                departments(),
                                twoMonths(
                                        "count(event)",
                                        "count(account where exists(event))",
                                        "count(event where name != 'billing')")))
                .containsExactly(
                        undecided("m3", 2, "rows of event", "name", "name is not 'billing'"));
    }

    @Test
    default void undecided_rows_make_no_row_of_the_answer() {
        var byName = twoMonths("count(event where name != 'billing')").by("event.name");
        expect(departments(), byName, "sales | 1");
        assertThat(notices(departments(), byName))
                .containsExactly(
                        undecided("m1", 2, "rows of event", "name", "name is not 'billing'"));
        expect(
                departments(),
                byName.grain(Grain.MONTH).sparse().totals(),
                "2026-01-01 | sales | 1",
                "2026-01-01 | total | 1",
                "all | sales | 1",
                "all | total | 1");
    }

    @Test
    default void number_is_of_the_whole_question_whatever_having_and_page_show() {
        var question =
                twoMonths("count(event where name != 'billing')").by("account").grain(Grain.DAY);
        var told = undecided("m1", 2, "rows of event", "name", "name is not 'billing'");
        assertThat(notices(departments(), question.first(1))).contains(told);
        assertThat(notices(departments(), question.having("m1", Operator.GT, "5")))
                .containsExactly(told);
    }

    @Test
    default void arms_that_were_passed_over_are_undecided() {
        expectUndecided(
                "sum(event : case when name != 'billing' then amount end)",
                2,
                "rows of event",
                "name",
                "name is not 'billing'");
        expectUndecided(
                "sum(event where amount < 500 : coalesce(case when name != 'billing' then amount end, 0))",
                1,
                "row of event",
                "name",
                "name is not 'billing'");
        expectDecided(
                "sum(event : case when name is none then 0 when name != 'billing' then amount end)");
        // Whether there is a value at all is never empty, and yet it depends on the negation.
        expectUndecided(
                "count(event where (case when name != 'billing' then true end) is not none and amount < 500)",
                1,
                "row of event",
                "name",
                "name is not 'billing'");
        expectDecided(
                "count(event where (case when name = 'billing' then true end) is not none and amount < 500)");
        expectDecided("sum(event : case when name = 'billing' then 0 else amount end)");
        expectDecided("sum(event : case when name != 'billing' then 7 else 7 end)");
    }

    @Test
    default void slices_and_metrics_say_what_they_leave_undecided() {
        var world =
                departments()
                        .slice("unbilled", "event", "name != 'billing'")
                        .metric("unbilled_sum", "sum(unbilled : amount)");
        assertThat(notices(world, twoMonths("count(unbilled where amount < 500)")))
                .containsExactly(
                        undecided("m1", 1, "row of event", "name", "name is not 'billing'"));
        assertThat(notices(world, askMetrics("unbilled_sum").between("2026-01-01", "2026-03-01")))
                .containsExactly(
                        undecided(
                                "unbilled_sum",
                                2,
                                "rows of event",
                                "name",
                                "name is not 'billing'"));
    }

    @Test
    default void rows_beneath_a_share_are_told_once() {
        assertThat(
                        notices(
                                departments(),
                                twoMonths(
                                        "share(event where name != 'billing' : coalesce(amount > 5, false))")))
                .contains(undecided("m1", 2, "rows of event", "name", "name is not 'billing'"))
                .filteredOn(notice -> notice.contains("UNDECIDED"))
                .hasSize(1);
    }

    @Test
    default void members_are_counted_once_however_many_buckets_there_are() {
        var question = twoMonths("count(account where seats != 20)").grain(Grain.MONTH);
        expect(departments(), question, "2026-01-01 | 1", "2026-02-01 | 1");
        assertThat(notices(departments(), question))
                .containsExactly(
                        undecided("m1", 1, "account", "account.seats", "account.seats is not 20"));
    }

    @Test
    default void what_is_read_for_each_member_is_counted_for_them_together() {
        expectUndecided(
                "sum(account : sum(event where name != 'billing' : amount))",
                1,
                "row of event",
                "name",
                "name is not 'billing'");
        expectUndecided(
                "count(account where exists(event where name != 'billing'))",
                1,
                "row of event",
                "name",
                "name is not 'billing'");
        expectDecided("sum(account where seats > 1 : sum(event where name != 'billing' : amount))");
    }

    @Test
    default void rows_of_totals_by_a_computed_text_are_told_once() {
        // Cord's event and that of no account have no name; of the groups only bolt's has another.
        var opener = "(coalesce(first(event : name), 'none')) as opener";
        var question =
                twoMonths(
                                "max(account : total(count(event where name != 'billing') by "
                                        + opener
                                        + "))",
                                "max(account : total(sum(event where name != 'billing' : amount) by "
                                        + opener
                                        + "))")
                        .by(opener);
        expect(departments(), question, "billing | 0 | 0", "none | 0 | 0", "sales | 1 | 10");
        assertThat(notices(departments(), question))
                .containsExactly(
                        undecided("m1", 2, "rows of event", "name", "name is not 'billing'"),
                        undecided("m2", 2, "rows of event", "name", "name is not 'billing'"));
    }

    @Test
    default void what_is_read_for_the_account_of_a_row_is_told_for_the_accounts() {
        // Cord has one event without a name; of no account nothing is read.
        expectUndecided(
                "count(event where per(account : count(event where name != 'billing')) > 0)",
                1,
                "account, in rows of event",
                "name",
                "name is not 'billing'");
        // However many rows an account has.
        expectUndecided(
                departments()
                        .fact("event", "2026-01-07T10:00:00Z", "cord", "cid", "sales", 1)
                        .fact("event", "2026-01-07T10:00:00Z", "bolt", "cid", null, 1),
                "sum(event : per(account : count(event where name != 'billing')))",
                2,
                "accounts, in rows of event",
                "name",
                "name is not 'billing'");
        expectUndecided(
                "count(user where per(account : count(event where name != 'billing')) > 0)",
                1,
                "account, in rows of event",
                "name",
                "name is not 'billing'");
        expectDecided(
                "count(event where amount > 5000 and per(account : count(event where name != 'billing')) > 0)");
        expectDecided(
                "count(event where per(account : count(event where name is not 'billing')) > 0)");
    }

    @Test
    default void rows_of_units_of_time_are_told_once_each() {
        for (var formula :
                List.of(
                        "avg(day : count(event where name != 'billing'))",
                        "count(day where exists(event where name != 'billing'))",
                        "max(month : count(event where name != 'billing') over last 3 months)",
                        "avg(account : count(day where exists(event where name != 'billing')))")) {
            int count = formula.startsWith("avg(account") ? 1 : 2;
            assertThat(notices(departments(), twoMonths(formula)))
                    .as(formula)
                    .contains(
                            undecided(
                                    "m1",
                                    count,
                                    count == 1 ? "row of event" : "rows of event",
                                    "name",
                                    "name is not 'billing'"));
        }
        assertThat(notices(departments(), twoMonths("max(day : count(account where seats != 20))")))
                .contains(
                        undecided("m1", 1, "account", "account.seats", "account.seats is not 20"));
        assertThat(
                        notices(
                                departments(),
                                twoMonths("avg(day : count(event where name != 'billing'))")
                                        .grain(Grain.MONTH)
                                        .by("event.name")))
                .contains(undecided("m1", 2, "rows of event", "name", "name is not 'billing'"));
        assertThat(
                        notices(
                                departments(),
                                twoMonths("avg(day : count(event where name is not 'billing'))")))
                .noneMatch(notice -> notice.contains("UNDECIDED"));
    }

    @Test
    default void aggregate_over_nothing_is_undecided_for_its_member() {
        assertThat(
                        notices(
                                departments().member(account("dyno").since("2025-01-01")),
                                twoMonths("count(account where avg(event.amount) != 1)")))
                .containsExactly(
                        undecided(
                                "m1",
                                1,
                                "account",
                                "avg(event : amount)",
                                "avg(event : amount) is not 1"));
        expectUndecided(
                "count(account where not (max(event where name = 'sales' : amount) > 5))",
                2,
                "accounts",
                "max(event where name = 'sales' : amount)",
                "not coalesce(max(event where name = 'sales' : amount) > 5, false)");
        expectUndecided(
                "count(account where share(event where name is not none : name = 'sales') != 1)",
                1,
                "account",
                "share(event where not (name is none) : name = 'sales')",
                "share(event where not (name is none) : name = 'sales') is not 1");
        expectUndecided(
                "count(account where median(user where count(event) > 5 : count(event)) != 1)",
                3,
                "accounts",
                "median(user where count(event) > 5 : count(event))",
                "median(user where count(event) > 5 : count(event)) is not 1");
    }

    // ---- cohorts

    private WorldBuilder cohorts() {
        return departments()
                .cohortBy("unlike", "seats != 20")
                .cohortBy("large", "seats >= 6")
                .cohortOf("listed", "acme");
    }

    /** Cord has an unknown number of seats: the rule is empty for it, so that it is outside; facts of no account are neither. */
    @Test
    default void cohort_of_the_question_says_what_its_rule_left_undecided() {
        var expected =
                List.of(
                        undecided(
                                "m1",
                                1,
                                "row of event",
                                "account.seats",
                                "account.seats is not 20"),
                        undecided("m2", 1, "account", "account.seats", "account.seats is not 20"));
        var columns = twoMonths("sum(event : amount)", "count(account)");
        expect(cohorts(), columns.cohort("unlike"), "10 | 1");
        assertThat(notices(cohorts(), columns.cohort("unlike"))).isEqualTo(expected);
        assertThat(notices(cohorts(), columns.cohortBy("seats != 20"))).isEqualTo(expected);
        assertThat(notices(cohorts(), columns.cohortBy("account in unlike"))).isEqualTo(expected);
        assertThat(notices(cohorts(), columns.cohortBy("not (seats >= 6)")))
                .contains(
                        undecided(
                                "m2",
                                1,
                                "account",
                                "account.seats",
                                "not coalesce(account.seats >= 6, false)"));
        assertThat(notices(cohorts(), twoMonths("count(event where amount < 50)").cohort("unlike")))
                .isEmpty();
        assertThat(notices(cohorts(), columns.cohortBy("coalesce(seats != 20, false)"))).isEmpty();
        assertThat(notices(cohorts(), columns.cohort("large"))).isEmpty();
        assertThat(notices(cohorts(), columns.cohort("listed"))).isEmpty();
        assertThat(notices(cohorts(), columns.cohortBy("account not in large"))).isEmpty();
    }

    @Test
    default void cohort_in_a_formula_says_what_its_rule_left_undecided() {
        for (String formula :
                List.of(
                        "count(%s where account in unlike)",
                        "count(%s where not (account not in unlike))")) {
            assertThat(notices(cohorts(), twoMonths(formula.formatted("event"))))
                    .as(formula)
                    .containsExactly(
                            undecided(
                                    "m1",
                                    1,
                                    "row of event",
                                    "account.seats",
                                    "account.seats is not 20"));
            assertThat(notices(cohorts(), twoMonths(formula.formatted("account"))))
                    .as(formula)
                    .containsExactly(
                            undecided(
                                    "m1",
                                    1,
                                    "account",
                                    "account.seats",
                                    "account.seats is not 20"));
        }
    }

    @Test
    default void facts_of_no_account_are_undecided_outside_of_a_cohort() {
        for (String cohort : List.of("unlike", "large", "listed")) {
            for (String outside : List.of("account not in %s", "not (account in %s)")) {
                String condition = outside.formatted(cohort);
                expectUndecided(
                        cohorts(),
                        "count(event where %s)".formatted(condition),
                        1,
                        "row of event",
                        "account",
                        "... or account is none");
                assertThat(notices(cohorts(), twoMonths("count(event)").where(condition)))
                        .containsExactly(
                                undecided(
                                        "m1",
                                        1,
                                        "row of event",
                                        "account",
                                        "... or account is none"));
                assertThat(
                                notices(
                                        cohorts(),
                                        twoMonths(
                                                "count(account where %s)".formatted(condition),
                                                "count(event where account is none or %s)"
                                                        .formatted(condition),
                                                "count(event where account is not none and %s)"
                                                        .formatted(condition))))
                        .isEmpty();
            }
        }
    }

    /** Cord's event has no name; acme, which all else would not have kept, has one more. */
    @Test
    default void what_is_read_for_each_member_counts_where_all_else_would_have_kept_it() {
        var world =
                departments()
                        .entity(accounts().integer("seats").test("is_test"))
                        .member(account("trial").since("2025-01-01").with("is_test", true))
                        .fact("event", "2026-01-06T10:00:00Z", "trial", "tim", null, 5)
                        .fact("event", "2026-01-06T10:00:00Z", "acme", "ann", null, 5);
        expectUndecided(
                world,
                "count(account where seats is none and exists(event where name != 'billing'))",
                1,
                "row of event",
                "name",
                "name is not 'billing'");
    }

    @Test
    default void arms_that_ask_for_a_cohort_say_what_its_rule_left_undecided() {
        expectUndecided(
                cohorts(),
                "sum(event : case when account in unlike then amount else 0 end)",
                1,
                "row of event",
                "account.seats",
                "account.seats is not 20");
    }

    @Test
    default void test_accounts_are_not_undecided_where_they_are_left_out() {
        var world =
                departments()
                        .entity(accounts().integer("seats").test("is_test"))
                        .member(account("trial").since("2025-01-01").with("is_test", true))
                        .fact("event", "2026-01-06T10:00:00Z", "trial", "tim", null, 5);
        assertThat(notices(world, twoMonths("count(event where name != 'billing')")))
                .containsExactly(
                        undecided("m1", 2, "rows of event", "name", "name is not 'billing'"));
        assertThat(
                        notices(
                                world,
                                twoMonths("count(event where name != 'billing')")
                                        .where("account.is_test")))
                .containsExactly(
                        undecided("m1", 1, "row of event", "name", "name is not 'billing'"));
    }

    /** At the end acme is on free with an unknown number of seats; at its events it was on pro with three. */
    @Test
    default void rows_of_which_attributes_are_read_at_the_end_are_counted_as_of_then() {
        var world =
                events().entity(accounts().text("plan").integer("seats").history())
                        .source(
                                source("lease")
                                        .date("starts_on")
                                        .date("ends_on")
                                        .account("tenant")
                                        .validity("starts_on", "ends_on"))
                        .member(
                                account("acme")
                                        .with("plan", "pro")
                                        .with("seats", 3)
                                        .held(null, "2026-01-20"))
                        .member(account("acme").with("plan", "free").held("2026-01-20", null))
                        .fact("lease", "2026-01-05", null, "acme")
                        .fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "a", 1)
                        .fact("event", "2026-01-06T10:00:00Z", "acme", "ann", "b", 2);
        var asked =
                twoMonths("count(lease during) + count(event where account.seats != 3)")
                        .filter("account.plan", Operator.IN, "free");
        assertThat(notices(world, asked))
                .containsExactly(
                        undecided(
                                "m1",
                                2,
                                "rows of event",
                                "account.seats as of end",
                                "account.seats as of end is not 3"));
    }

    /** On January 6 acme and bolt have done something, cord has not yet. */
    @Test
    default void
            rows_beside_an_opening_stock_are_counted_for_the_accounts_of_a_cohort_as_of_the_start() {
        var world =
                departments()
                        .cohortBy("doing", "exists(event) over ever")
                        .source(
                                source("lease")
                                        .date("starts_on")
                                        .date("ends_on")
                                        .account("tenant")
                                        .validity("starts_on", "ends_on"))
                        .fact("event", "2026-01-07T10:00:00Z", "acme", "ann", null, 2);
        var asked =
                ask("count(event where name != 'billing') + count(lease at start)")
                        .between("2026-01-06", "2026-03-01")
                        .cohort("doing");
        assertThat(notices(world, asked))
                .containsExactly(
                        undecided("m1", 1, "row of event", "name", "name is not 'billing'"));
    }
}
