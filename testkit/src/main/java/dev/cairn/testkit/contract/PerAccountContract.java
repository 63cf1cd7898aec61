package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.EntityBuilder.accounts;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static dev.cairn.testkit.data.SourceBuilder.source;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.analysis.Incomplete;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.SourceBuilder;
import dev.cairn.testkit.data.WorldBuilder;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** {@code per(account : f)}: in a row, the value of {@code f} for the account of the row, in the context of the row's cell. */
public interface PerAccountContract extends ExecutorContract {
    private static SourceBuilder invoices() {
        return source("invoice").date("issued").account("customer").decimal("paid").text("number");
    }

    private WorldBuilder sales() {
        return sales(invoices().coverage("2026-01-01", "2026-04-01"));
    }

    /**
     * Events are worth 1, 2 and (in February) 4 for acme, 8 for bolt, 16 for cord, 32 of no account. Acme has two invoices in January (100 and 50) and one
     * in February (10), bolt one in January (70), cord none; two are of no account.
     */
    private WorldBuilder sales(SourceBuilder invoices) {
        return events().source(invoices)
                .fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "login", 1)
                .fact("event", "2026-01-06T10:00:00Z", "acme", "abe", "login", 2)
                .fact("event", "2026-02-03T10:00:00Z", "acme", "ann", "login", 4)
                .fact("event", "2026-01-07T10:00:00Z", "bolt", "bob", "login", 8)
                .fact("event", "2026-01-08T10:00:00Z", "cord", "cid", "login", 16)
                .fact("event", "2026-01-09T10:00:00Z", null, "dan", "login", 32)
                .fact("invoice", "2026-01-10", "acme", 100, "a1")
                .fact("invoice", "2026-01-20", "acme", 50, "a2")
                .fact("invoice", "2026-02-10", "acme", 10, "a3")
                .fact("invoice", "2026-01-15", "bolt", 70, "b1")
                .fact("invoice", "2026-01-12", null, 5, "n1")
                .fact("invoice", "2026-01-13", null, 5, "n2");
    }

    private static Question months(String... formulas) {
        return ask(formulas).grain(Grain.MONTH).between("2026-01-01", "2026-03-01");
    }

    @Test
    default void condition_on_the_account_keeps_the_rows_of_those_accounts() {
        expect(
                sales(),
                ask(
                        "sum(event where per(account : count(invoice)) >= 2 : amount)",
                        "sum(event where per(account : count(invoice)) = 1 : amount)",
                        "sum(event where per(account : exists(invoice where paid > 60)) : amount)"),
                "3 | 8 | 11");
    }

    @Test
    default void account_without_rows_has_nought_and_no_account_has_nothing() {
        expect(
                sales(),
                ask(
                        "sum(event where per(account : count(invoice)) < 1 : amount)",
                        "sum(event where not per(account : exists(invoice)) : amount)",
                        "sum(event where per(account : count(invoice)) is none : amount)",
                        "sum(event where per(account : avg(invoice.paid)) is none : amount)",
                        "sum(event where coalesce(per(account : count(invoice)), 7) = 7 : amount)"),
                "16 | 16 | 32 | 48 | 32");
    }

    @Test
    default void value_of_the_account_stands_in_each_of_its_rows() {
        expect(
                sales(),
                ask(
                        "sum(event : per(account : sum(invoice.paid)))",
                        "sum(event : amount * per(account : count(invoice)))",
                        "avg(event : per(account : avg(invoice.paid)))",
                        "max(event : per(account : max(invoice.issued)))",
                        "distinct(event : per(account : count(invoice)))"),
                "370 | 14 | 73.3333333333 | 2026-01-20 | 3");
    }

    @Test
    default void value_is_of_the_bucket_and_in_a_total_of_the_range() {
        // Two invoices of acme in January, one in February, three in both months.
        expect(
                sales(),
                months("count(event where per(account : count(invoice)) >= 2)").totals(),
                "2026-01-01 | 2",
                "2026-02-01 | 0",
                "all | 3");
        expect(
                sales(),
                months("count(event where per(account : count(invoice)) >= 2)")
                        .by("account")
                        .totals(),
                "2026-01-01 | acme | 2",
                "2026-02-01 | acme | 0",
                "2026-01-01 | total | 2",
                "2026-02-01 | total | 0",
                "all | acme | 3",
                "all | total | 3");
    }

    @Test
    default void window_holds_beneath_and_an_inner_one_wins() {
        expect(
                sales(),
                months(
                        "count(event where per(account : count(invoice)) >= 3) over last 2 months",
                        "count(event where per(account : count(invoice) over range) >= 3)",
                        "count(event where per(account : count(invoice) over last 1 month) >= 2) over last 2 months",
                        "count(event where per(account : count(invoice) over all before) >= 2)"),
                "2026-01-01 | 0 | 2 | 2 | 0",
                "2026-02-01 | 3 | 1 | 0 | 1");
    }

    @Test
    default void shift_moves_the_row_and_what_is_read_for_its_account() {
        expect(
                sales(),
                months(
                        "prior(count(event where per(account : count(invoice)) >= 2))",
                        "count(event where per(account : prior(count(invoice))) >= 2)"),
                "2026-01-01 | BEFORE_DATA | BEFORE_DATA",
                "2026-02-01 | 2 | 1");
    }

    @Test
    default void days_are_those_of_the_zone() {
        // Two in the morning of the sixth is the fifth in Honolulu (-10), ten in the morning the
        // sixth.
        var world = sales().fact("event", "2026-01-06T02:00:00Z", "acme", "ann", "login", 64);
        var days =
                ask("sum(event where per(account : count(event)) >= 2 : amount)")
                        .grain(Grain.DAY)
                        .between("2026-01-05", "2026-01-07");
        expect(world, days, "2026-01-05 | 0", "2026-01-06 | 66");
        expect(world, days.zone("Pacific/Honolulu"), "2026-01-05 | 65", "2026-01-06 | 0");
    }

    @Test
    default void what_is_not_known_of_the_account_is_not_known_of_the_rows() {
        // Invoices are known from February: in January the events have no value, although they are
        // there.
        expect(
                sales(invoices().coverage("2026-02-01", "2026-04-01")),
                months(
                        "count(event where per(account : count(invoice)) >= 0)",
                        "sum(event : coalesce(per(account : count(invoice)), 1))",
                        "count(event)"),
                "2026-01-01 | BEFORE_DATA | BEFORE_DATA | 5",
                "2026-02-01 | 1 | 1 | 1");
        expect(
                sales(invoices().coverage("2026-01-01", "2026-02-01")),
                months("exists(event where per(account : not exists(invoice)))", "count(event)"),
                "2026-01-01 | true | 5",
                "2026-02-01 | NOT_YET | 1");
        // Where a filter reads it, all that it filters has the same reason.
        expect(
                sales(invoices().coverage("2026-02-01", "2026-04-01")),
                months("count(event)").where("per(account : count(invoice)) >= 0"),
                "2026-01-01 | BEFORE_DATA",
                "2026-02-01 | 1");
    }

    @Test
    default void cell_is_complete_as_far_as_all_that_is_read_is() {
        assertThat(
                        incomplete(
                                sales(invoices().coverage("2026-01-10", "2026-04-01")),
                                ask(
                                        "count(event where per(account : count(invoice)) >= 2)",
                                        "count(event)")))
                .containsExactly(Set.of(Incomplete.BEFORE_COVERAGE), Set.of());
    }

    @Test
    default void value_reads_attributes_metrics_and_users_of_the_account() {
        expect(
                sales().member(account("acme").since("2025-01-01").with("seats", 3))
                        .metric(
                                "spent",
                                dev.cairn.domain.model.Metric.Level.ACCOUNT,
                                dev.cairn.domain.model.Metric.RollUp.SUM,
                                "sum(invoice.paid)",
                                false)
                        .metric("tickets", "count(event)"),
                ask(
                        "sum(event : per(account : seats * count(invoice)))",
                        "sum(event where per(account : spent) > 100 : amount)",
                        "sum(event where per(account : tickets) = 2 : amount)",
                        "sum(event where per(account : count(user where exists(event))) = 2 : amount)",
                        "sum(event where per(account : seats) = 3 : amount)"),
                "12 | 3 | 3 | 3 | 3");
    }

    @Test
    default void value_may_be_read_beneath_members_and_beneath_itself() {
        expect(
                sales(),
                ask(
                        "sum(account : count(event where per(account : count(invoice)) >= 2))",
                        "sum(event where per(account : count(event where per(account : count(invoice)) >= 1)) >= 1 : amount)",
                        "count(user where per(account : count(invoice)) >= 1)",
                        "count(user where per(account : count(invoice)) is none)",
                        "sum(user : per(account : count(event)) * count(event))",
                        "count(account where per(account : count(invoice)) >= 1)"),
                "2 | 11 | 3 | 1 | 6 | 2");
    }

    @Test
    default void question_is_filtered_by_what_its_accounts_have() {
        var both = ask("sum(event : amount)", "sum(invoice.paid)", "count(account)");
        expect(sales(), both.where("per(account : count(invoice)) >= 1"), "11 | 220 | 2");
        expect(sales(), both.where("not per(account : exists(invoice))"), "16 | 0 | 1");
        expect(
                sales(),
                months("sum(event : amount)").where("per(account : count(invoice)) >= 2").totals(),
                "2026-01-01 | 3",
                "2026-02-01 | 0",
                "all | 7");
        // The filter is of the bucket, whatever the window of what it filters.
        expect(
                sales(),
                months("sum(event : amount) over last 2 months")
                        .where("per(account : count(invoice)) >= 1"),
                "2026-01-01 | 11",
                "2026-02-01 | 7");
    }

    @Test
    default void a_filter_is_of_the_rows_and_a_value_of_an_account_of_all_its_rows() {
        expect(
                sales(),
                ask("sum(event where per(account : count(invoice)) >= 2 : amount)")
                        .where("event.amount < 2"),
                "1");
        // Acme has two events, one of them below 2.
        expect(
                sales(),
                ask(
                        "only(sum(event where per(account : count(event)) >= 2 : amount) where event.amount < 2)",
                        "only(sum(event where per(account : count(event where amount < 2)) >= 2 : amount) where event.amount < 2)"),
                "1 | 0");
        expect(
                sales(),
                ask("only(sum(event.amount) where event.amount < 2)").by("(count(event)) as n"),
                "2 | 1");
        // What is asked of accounts holds for all that is read of them.
        expect(
                sales().member(account("acme").since("2025-01-01").with("plan", "pro")),
                ask("sum(event : per(account : count(event)))").where("account.plan = 'pro'"),
                "4");
    }

    @Test
    default void built_filter_asks_for_a_formula_of_the_account() {
        var amount = ask("sum(event : amount)");
        String key = "(per(account : count(invoice)) >= 2) as many";
        expect(sales(), amount.filter(key, Operator.IN, "true"), "3");
        expect(sales(), amount.filter(key, Operator.IN, "false"), "24");
        // A value of the account is no membership: where there is none, a negation keeps the row.
        expect(sales(), amount.filter(key, Operator.NOT_IN, "true"), "56");
        expect(sales(), amount.filter(key, Operator.IS_NULL), "32");
    }

    @Test
    default void facts_that_were_superseded_or_are_of_test_accounts_do_not_count() {
        expect(
                events().entity(accounts().test("is_test"))
                        .source(invoices().key("number").coverage("2026-01-01", "2026-04-01"))
                        .member(account("trial").since("2025-01-01").with("is_test", true))
                        .fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "login", 1)
                        .fact("event", "2026-01-05T10:00:00Z", "bolt", "bob", "login", 2)
                        .fact("event", "2026-01-05T10:00:00Z", "trial", "tim", "login", 4)
                        .fact("invoice", "2026-01-10", "acme", 10, "x")
                        .fact("invoice", "2026-01-11", "bolt", 20, "x")
                        .fact("invoice", "2026-01-11", "trial", 20, "y"),
                ask(
                        "sum(event where per(account : count(invoice)) = 1 : amount)",
                        "sum(event where per(account : count(invoice where account.is_test)) = 1 : amount)"),
                "2 | 4");
    }

    @Test
    default void share_of_the_rows_of_accounts_leaves_out_those_of_none() {
        expect(
                sales(),
                ask(
                        "share(event where account is not none : per(account : count(invoice)) >= 1)",
                        "share(event : coalesce(per(account : count(invoice)) >= 1, false))"),
                "0.75 | 0.6");
    }

    @Test
    default void undecided_negation_names_what_has_no_value() {
        assertThat(
                        notices(
                                sales(),
                                ask("count(event where per(account : avg(invoice.paid)) != 70)")))
                .anySatisfy(notice ->
                        assertThat(notice)
                                .contains("UNDECIDED")
                                .contains("2 rows of event")
                                .contains("per(account : avg(invoice : paid)) is not 70"));
    }

    // ---- values of the user of a row

    @Test
    default void condition_on_the_user_keeps_the_rows_of_those_users() {
        // Ann of acme has events of 1 and 4, abe of 2, bob of 8, cid of 16; ann of bolt is another.
        var world = sales().fact("event", "2026-01-10T10:00:00Z", "bolt", "ann", "logout", 64);
        expect(
                world,
                ask(
                                "sum(event where per(user : count(event)) >= 2 : amount)",
                                "count(event where account is not none and per(user : sum(event.amount)) > 4)",
                                "sum(event where account is not none : per(user : count(event)))",
                                "sum(event where account = 'bolt' : per(account : count(event)) * per(user : count(event)))",
                                "sum(event where account is not none and per(user : exists(event where name = 'logout')) : amount)")
                        .between("2026-01-01", "2026-03-01"),
                "5 | 5 | 8 | 4 | 64");
    }

    @Test
    default void value_of_the_user_is_of_the_bucket_of_the_row() {
        expect(
                sales(),
                months(
                                "count(event where account is not none and per(user : count(event)) >= 2)",
                                "count(event where account is not none and per(user : count(event) over all) >= 2)",
                                "count(event where account is not none and per(user : prior(count(event))) >= 1)")
                        .totals(),
                "2026-01-01 | 0 | 0 | BEFORE_DATA",
                "2026-02-01 | 0 | 1 | 1",
                "all | 2 | 2 | BEFORE_DATA");
    }

    @Test
    default void rows_and_users_are_filtered_and_grouped_by_a_value_of_the_user() {
        var question =
                ask("sum(event.amount)", "count(user)")
                        .between("2026-01-01", "2026-03-01")
                        .where("account is not none and per(user : count(event)) >= 2");
        expect(sales(), question, "5 | 1");
        expect(
                sales(),
                ask("sum(event.amount)")
                        .between("2026-01-01", "2026-03-01")
                        .where("account is not none")
                        .by("(per(user : count(event))) as events"),
                "1 | 26",
                "2 | 5");
    }

    @Test
    default void value_of_the_user_may_be_of_units_of_time() {
        // Ann of acme has two events on January 5 (1 and 128) and one on February 3 (4), on 2 days;
        // abe (2), bob (8) and cid (16) one each. Acme has events on 3 days.
        var world = sales().fact("event", "2026-01-05T15:00:00Z", "acme", "ann", "logout", 128);
        var days = "per(user : count(day where exists(event)))";
        var formulas =
                new String[] {
                    // Ann's three rows 2 each, and 1 + 1 + 1.
                    "sum(event where account is not none : %s)".formatted(days),
                    "sum(event where %s >= 2 : amount)".formatted(days),
                    // Ann has two events in one month of two, for each of three rows.
                    "sum(event where account is not none : per(user : count(month where count(event) >= 2)))",
                    // 3 * 3 / 2, and 1 / 2 + 1 / 2 + 1 / 2.
                    "sum(event where account is not none : per(user : avg(month : count(event))))",
                    // Acme's four rows 3 each, and 1 + 1.
                    "sum(event where account is not none : per(account : count(day where exists(event))))"
                };
        var whole = ask(formulas).between("2026-01-01", "2026-03-01");
        expect(world, whole, "9 | 133 | 3 | 6 | 14");
        expect(
                world,
                ask(formulas[0]).grain(Grain.MONTH).between("2026-01-01", "2026-03-01").totals(),
                "2026-01-01 | 5",
                "2026-02-01 | 1",
                "all | 9");
        expect(
                world,
                ask("sum(event.amount)")
                        .between("2026-01-01", "2026-03-01")
                        .where("account is not none")
                        .by("(%s) as active_days".formatted(days)),
                "1 | 26",
                "2 | 133");
        expect(
                world,
                ask("sum(event.amount)", "count(user)")
                        .between("2026-01-01", "2026-03-01")
                        .where("account is not none and %s = 2".formatted(days)),
                "133 | 1");
    }
}
