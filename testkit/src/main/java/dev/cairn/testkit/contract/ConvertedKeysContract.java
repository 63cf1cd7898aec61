package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.model.Metric.Level;
import dev.cairn.domain.model.Metric.RollUp;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.WorldBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Keys that are computed from converted amounts. Of a row without a rate it is not known which group it is of, so that no group is known which is alike in the
 * other keys.
 */
public interface ConvertedKeysContract extends ExecutorContract {
    String LARGE = "(convert(bill.amount, 'USD') > 10) as large";
    String LARGE_ACCOUNT = "(convert(sum(bill : amount), 'USD') > 100) as large";

    @Test
    default void rows_are_grouped_by_what_they_are_worth() {
        // Of dollars: 110, 11 and 12; 5 and 6.
        expect(
                Bills.bills(events()),
                ask("count(bill)", "convert(sum(bill.amount), 'USD')").by(LARGE).totals(),
                "false | 2 | 11",
                "true | 3 | 133",
                "total | 5 | 144");
        expect(
                Bills.bills(events()),
                ask("count(bill)").by("(round(convert(bill.amount, 'USD') / 10)) as tens"),
                "1 | 4",
                "11 | 1");
    }

    @Test
    default void rows_and_members_are_grouped_by_what_is_converted_for_their_account() {
        // Acme has 126 dollars, bolt 18.
        expect(
                Bills.bills(events())
                        .metric("spent", Level.ACCOUNT, RollUp.AVG, "sum(bill : amount)", false),
                ask("count(bill)", "count(account)")
                        .by(LARGE_ACCOUNT, "(convert(spent, 'USD') > 20) as some"),
                "false | false | 2 | 1",
                "true | true | 3 | 1");
    }

    @Test
    default void a_row_without_a_rate_may_be_of_any_group() {
        expect(
                Bills.oneWithoutRate(events()),
                ask(
                                "count(bill)",
                                "count(bill where kind in ('new', 'more'))",
                                "total(count(bill))")
                        .by(LARGE)
                        .totals(),
                "false | NO_RATE | 2 | 6",
                "true | NO_RATE | 3 | 6",
                "none | NO_RATE | 0 | 6",
                "total | 6 | 5 | 6");
        expect(
                Bills.oneWithoutRate(events()),
                ask("count(bill)").filter("bill.kind", Operator.NOT_IN, "late").by(LARGE),
                "false | 2",
                "true | 3");
    }

    @Test
    default void what_stands_in_for_a_missing_rate_makes_no_group_known() {
        expect(
                Bills.oneWithoutRate(events()),
                ask("count(bill)", "share(bill : kind is 'new')")
                        .by("(coalesce(convert(bill.amount, 'USD'), 0) > 10) as large"),
                "false | NO_RATE | NO_RATE",
                "true | NO_RATE | NO_RATE",
                "none | NO_RATE | NO_RATE");
    }

    @Test
    default void groups_that_differ_in_other_keys_are_known() {
        expect(
                Bills.oneWithoutRate(events()),
                ask("count(bill)").by(LARGE, "bill.kind"),
                "false | more | 2",
                "true | more | 1",
                "true | new | 2",
                "none | late | NO_RATE");
        // By account: what bolt lacks says nothing of acme.
        expect(
                Bills.oneWithoutRate(events()),
                ask("count(bill)", "total(count(bill) by account)").by(LARGE, "account"),
                "false | acme | 1 | 3",
                "false | bolt | NO_RATE | 3",
                "true | acme | 2 | 3",
                "true | bolt | NO_RATE | 3",
                "none | bolt | NO_RATE | 3");
    }

    @Test
    default void an_account_without_a_rate_may_be_of_any_group() {
        expect(
                Bills.oneWithoutRate(events()),
                ask("count(bill)", "count(account)").by(LARGE_ACCOUNT).totals(),
                "true | NO_RATE | NO_RATE",
                "none | NO_RATE | NO_RATE",
                "total | 6 | 2");
        expect(
                Bills.oneWithoutRate(events()),
                ask("count(bill)", "count(account)")
                        .filter("account.plan", Operator.IN, "pro")
                        .by(LARGE_ACCOUNT),
                "true | 3 | 1");
    }

    @Test
    default void only_the_buckets_of_such_rows_are_not_known() {
        expect(
                Bills.oneWithoutRate(events()),
                ask("count(bill)")
                        .grain(Grain.WEEK)
                        .between("2025-12-29", "2026-01-19")
                        .by(LARGE)
                        .totals(),
                "2025-12-29 | false | 0",
                "2025-12-29 | true | 1",
                "2025-12-29 | none | 0",
                "2026-01-05 | false | NO_RATE",
                "2026-01-05 | true | NO_RATE",
                "2026-01-05 | none | NO_RATE",
                "2026-01-12 | false | 1",
                "2026-01-12 | true | 0",
                "2026-01-12 | none | 0",
                "2025-12-29 | total | 1",
                "2026-01-05 | total | 4",
                "2026-01-12 | total | 1",
                "all | false | NO_RATE",
                "all | true | NO_RATE",
                "all | none | NO_RATE",
                "all | total | 6");
    }

    @Test
    default void a_total_by_a_converted_key_is_not_known_either() {
        // Of what is new and more all is known.
        expect(
                Bills.oneWithoutRate(events()),
                ask(
                                "total(count(bill) by " + LARGE + ")",
                                "total(count(bill where kind is not 'late') by " + LARGE + ")")
                        .by(LARGE, "bill.kind"),
                "false | more | NO_RATE | 2",
                "true | more | NO_RATE | 3",
                "true | new | NO_RATE | 3",
                "none | late | NO_RATE | 0");
    }

    @Test
    default void the_rates_that_keys_lack_are_named() {
        assertThat(notices(Bills.oneWithoutRate(events()), ask("count(bill)").by(LARGE)))
                .singleElement()
                .asString()
                .contains("NO_RATE")
                .contains("EUR")
                .contains("2026-01-08");
    }

    /**
     * Ann (pro) signed on January 6 and was billed 10 euros then, which are 11 dollars; ben (free) signed on the 7th and was billed on the 9th, when no rate holds; cyd
     * (free) signed on March 30, and dan then too, who was billed like ben: their windows are not over.
     */
    private WorldBuilder signed() {
        return Bills.rates(events())
                .member(
                        account("ann")
                                .since("2025-01-01")
                                .with("signed_on", "2026-01-06")
                                .with("plan", "pro"))
                .member(
                        account("ben")
                                .since("2025-01-01")
                                .with("signed_on", "2026-01-07")
                                .with("plan", "free"))
                .member(
                        account("cyd")
                                .since("2025-01-01")
                                .with("signed_on", "2026-03-30")
                                .with("plan", "free"))
                .fact("bill", "2026-01-06", "ann", "EUR", 10, "new")
                .member(
                        account("dan")
                                .since("2025-01-01")
                                .with("signed_on", "2026-03-30")
                                .with("plan", "free"))
                .fact("bill", "2026-01-09", "ben", "EUR", 1, "new")
                .fact("bill", "2026-01-09", "dan", "EUR", 1, "new");
    }

    @Test
    default void a_member_without_a_rate_whose_window_is_over_may_be_of_any_group() {
        var billed =
                ask(
                                "count(account where exists(bill) over 5 days from signed_on)",
                                "count(account where plan = 'pro' and exists(bill) over 5 days from signed_on)",
                                "count(account where account != 'ben' and exists(bill) over 5 days from signed_on)")
                        .asOf("2026-04-01T00:00:00Z")
                        .by("(convert(sum(bill : amount), 'USD') > 5) as large");
        expect(
                signed(),
                billed.filter("account", Operator.IN, "ann", "ben", "cyd"),
                "false | NO_RATE | 0 | NOT_YET",
                "true | NO_RATE | 1 | 1",
                "none | NO_RATE | 0 | 0");
        expect(
                signed(),
                billed.filter("account", Operator.IN, "ann", "cyd"),
                "false | NOT_YET | 0 | NOT_YET",
                "true | 1 | 1 | 1");
        // Dan is left out, so that what his key lacks is not missed.
        expect(
                signed(),
                billed.filter("account", Operator.IN, "ann", "dan"),
                "true | 1 | 1 | 1",
                "none | NOT_YET | 0 | NOT_YET");
    }

    @Test
    default void a_member_without_a_rate_may_be_of_any_group_of_its_age() {
        expect(
                signed(),
                ask("count(account)")
                        .filter("account", Operator.IN, "ann", "ben", "cyd")
                        .by(
                                "(convert(sum(bill : amount), 'USD') > 5) as large",
                                "age month from account.signed_on"),
                "false | none | 1",
                "true | 0 | NO_RATE",
                "none | 0 | NO_RATE");
    }

    /** Four bills are worth 34 dollars in all and 10 each, rounded; one is worth 110. A bill without a rate may be of any group, and of the others. */
    @Test
    default void all_other_groups_are_one_by_what_amounts_are_worth() {
        var tens = "(round(convert(bill.amount, 'USD') / 10)) as tens";
        expect(
                Bills.bills(events()),
                ask("count(bill)", "convert(sum(bill.amount), 'USD')").by(tens).top(1, "m1", true),
                "1 | 4 | 34",
                "other | 1 | 110");
        var late = ask("count(bill)", "count(bill where kind is not 'late')").by(tens);
        for (var by : List.of("m1", "m2")) {
            expect(
                    Bills.oneWithoutRate(events()),
                    late.top(1, by, true),
                    "1 | NO_RATE | 4",
                    "other | NO_RATE | 1");
            expect(Bills.oneWithoutRate(events()), late.top(1, by, false), "1 | NO_RATE | 4");
        }
    }
}
