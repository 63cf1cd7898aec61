package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.SourceBuilder.source;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.Incomplete;
import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.model.Metric.Level;
import dev.cairn.domain.model.Metric.RollUp;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.WorldBuilder;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Keys by a metric or an aggregate: that of the account of each row, over the bucket, in a total over time over the range. */
public interface AccountKeysContract extends ExecutorContract {
    String REPEAT = "(orders >= 2) as repeat";

    private WorldBuilder orders() {
        return orders("2026-01-01");
    }

    /**
     * Events are worth 1, 2 and (in February) 4 for acme, 8 for bolt, 16 for cord, 32 of no account. Acme has two invoices in January (100 and 50) and one
     * in February (10), bolt one in January (70), cord none; two are of no account.
     *
     * @param from when invoices begin to be known
     */
    private WorldBuilder orders(String from) {
        return events().source(
                        source("invoice")
                                .date("issued")
                                .account("customer")
                                .decimal("paid")
                                .coverage(from, "2026-04-01"))
                .fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "login", 1)
                .fact("event", "2026-01-06T10:00:00Z", "acme", "abe", "login", 2)
                .fact("event", "2026-02-03T10:00:00Z", "acme", "ann", "login", 4)
                .fact("event", "2026-01-07T10:00:00Z", "bolt", "bob", "login", 8)
                .fact("event", "2026-01-08T10:00:00Z", "cord", "cid", "login", 16)
                .fact("event", "2026-01-09T10:00:00Z", null, "dan", "login", 32)
                .fact("invoice", "2026-01-10", "acme", 100)
                .fact("invoice", "2026-01-20", "acme", 50)
                .fact("invoice", "2026-02-10", "acme", 10)
                .fact("invoice", "2026-01-15", "bolt", 70)
                .fact("invoice", "2026-01-12", null, 5)
                .fact("invoice", "2026-01-13", null, 5)
                .metric("orders", Level.ACCOUNT, RollUp.AVG, "count(invoice)", false);
    }

    private static Question months(String... formulas) {
        return ask(formulas).grain(Grain.MONTH).between("2026-01-01", "2026-03-01");
    }

    @Test
    default void rows_are_grouped_by_what_their_accounts_have() {
        var both = ask("sum(event : amount)", "count(invoice)", "count(user)");
        for (String key :
                new String[] {
                    REPEAT,
                    "(count(invoice) >= 2) as repeat",
                    "(per(account : orders) >= 2) as repeat",
                }) {
            expect(
                    orders(),
                    both.by(key),
                    "false | 24 | 1 | 2",
                    "true | 3 | 2 | 2",
                    "no account | 32 | 2 | 1");
        }
    }

    @Test
    default void histogram_counts_accounts_by_how_many_they_have() {
        expect(
                orders(),
                ask("count(account)", "distinct(event.account)")
                        .by("(least(orders, 1)) as at_most_one"),
                "0 | 1 | 1",
                "1 | 2 | 2",
                "no account | 0 | 0");
        expect(orders(), ask("count(account)").by("(orders) as orders"), "0 | 1", "1 | 1", "2 | 1");
    }

    @Test
    default void key_is_of_the_bucket_and_in_a_total_over_time_of_the_range() {
        expect(
                orders(),
                months("sum(event : amount)").by(REPEAT).totals(),
                "2026-01-01 | false | 24",
                "2026-01-01 | true | 3",
                "2026-01-01 | no account | 32",
                "2026-02-01 | false | 4",
                "2026-02-01 | true | 0",
                "2026-02-01 | no account | 0",
                "2026-01-01 | total | 59",
                "2026-02-01 | total | 4",
                "all | false | 24",
                "all | true | 7",
                "all | no account | 32",
                "all | total | 63");
    }

    @Test
    default void over_says_otherwise_and_the_window_of_the_metric_does_not() {
        expect(
                orders(),
                months("sum(event : amount)").by("(orders over all >= 2) as repeat"),
                "2026-01-01 | false | 24",
                "2026-01-01 | true | 3",
                "2026-01-01 | no account | 32",
                "2026-02-01 | false | 0",
                "2026-02-01 | true | 4",
                "2026-02-01 | no account | 0");
        expect(
                orders(),
                months("sum(event where account is not none : amount) over last 2 months")
                        .by(REPEAT),
                "2026-01-01 | false | 24",
                "2026-01-01 | true | 3",
                "2026-02-01 | false | 31",
                "2026-02-01 | true | 0");
        expect(
                orders(),
                months("prior(sum(event where account is not none : amount))")
                        .by(REPEAT)
                        .between("2026-02-01", "2026-03-01"),
                "2026-02-01 | false | 24",
                "2026-02-01 | true | 3");
    }

    @Test
    default void key_is_filtered_ordered_and_paged_by() {
        var amount = ask("sum(event : amount)");
        expect(orders(), amount.filter(REPEAT, Operator.IN, "true"), "3");
        expect(orders(), amount.filter("(orders) as n", Operator.GTE, "1"), "11");
        expect(
                orders(),
                amount.by(REPEAT).filter(REPEAT, Operator.IS_NOT_NULL),
                "false | 24",
                "true | 3");
        expect(orders(), amount.by("(orders) as n").orderBy("-n").first(2), "2 | 3", "1 | 8");
        expect(
                orders(),
                amount.by("account", REPEAT),
                "acme | true | 3",
                "bolt | false | 8",
                "cord | false | 16",
                "no account | no account | 32");
    }

    @Test
    default void key_may_read_the_row_and_the_account() {
        expect(
                orders(),
                ask("sum(event : amount)").by("(event.amount >= 2 and orders >= 2) as large"),
                "false | 25",
                "true | 2",
                "no account | 32");
    }

    @Test
    default void no_value_no_account_and_a_value_of_its_own_are_told_apart() {
        expect(
                orders(),
                ask("sum(event : amount)").by("(sum(invoice.paid) / count(invoice)) as mean"),
                "70 | 8",
                "75 | 3",
                "none | 16",
                "no account | 32");
        expect(
                orders(),
                ask("sum(event : amount)").by("(coalesce(orders, 0)) as n"),
                "0 | 48",
                "1 | 8",
                "2 | 3");
    }

    @Test
    default void groups_of_what_is_not_known_have_no_values() {
        expect(
                orders("2026-02-01"),
                months("count(event)").by(REPEAT),
                "2026-01-01 | false | BEFORE_DATA",
                "2026-01-01 | true | BEFORE_DATA",
                "2026-01-01 | no account | BEFORE_DATA",
                "2026-02-01 | false | 1",
                "2026-02-01 | true | 0",
                "2026-02-01 | no account | 0");
    }

    @Test
    default void what_a_key_reads_decides_nothing_where_it_is_no_key() {
        // In January there are five events, whatever is known of invoices; two of them acme's.
        expect(
                orders("2026-02-01"),
                months("count(event)", "total(count(event))", "total(count(event) by event.name)")
                        .by(REPEAT, "event.name")
                        .totals(),
                "2026-01-01 | false | login | BEFORE_DATA | 5 | 5",
                "2026-01-01 | true | login | BEFORE_DATA | 5 | 5",
                "2026-01-01 | no account | login | BEFORE_DATA | 5 | 5",
                "2026-02-01 | false | login | 1 | 1 | 1",
                "2026-02-01 | true | login | 0 | 1 | 1",
                "2026-02-01 | no account | login | 0 | 1 | 1",
                "2026-01-01 | total | total | 5 | 5 | 5",
                "2026-02-01 | total | total | 1 | 1 | 1",
                "all | false | login | 2 | 6 | 6",
                "all | true | login | 3 | 6 | 6",
                "all | no account | login | 1 | 6 | 6",
                "all | total | total | 6 | 6 | 6");
        // Of members too; a condition decides in totals as it does in groups.
        expect(
                orders("2026-02-01"),
                ask("count(account)", "count(account where orders >= 0)").by(REPEAT).totals(),
                "false | BEFORE_DATA | BEFORE_DATA",
                "true | BEFORE_DATA | BEFORE_DATA",
                "total | 3 | BEFORE_DATA");
    }

    @Test
    default void a_total_is_complete_whatever_is_known_of_what_a_key_reads() {
        var rows =
                result(
                                orders("2026-01-15"),
                                months("count(event)")
                                        .between("2026-01-01", "2026-02-01")
                                        .by(REPEAT)
                                        .totals())
                        .rows();
        var completeByKind =
                rows.stream()
                        .collect(
                                Collectors.toMap(
                                        AnalysisResult.Row::kind,
                                        row -> ((Cell.Value) row.cells().getLast()).incomplete(),
                                        (one, _) -> one));
        assertThat(completeByKind)
                .isEqualTo(
                        Map.of(
                                RowKind.CELL, Set.of(Incomplete.BEFORE_COVERAGE),
                                RowKind.TOTAL_OVER_TIME, Set.of(Incomplete.BEFORE_COVERAGE),
                                RowKind.TOTAL_OVER_GROUPS, Set.of(),
                                RowKind.GRAND_TOTAL, Set.of()));
    }

    @Test
    default void what_a_key_reads_over_ever_is_the_same_in_every_month() {
        expect(
                orders(),
                months("sum(event.amount)", "sum(event.amount) over all")
                        .by("(count(invoice) over ever) as bought")
                        .where("account is not none"),
                "2026-01-01 | 0 | 16 | 16",
                "2026-01-01 | 1 | 8 | 8",
                "2026-01-01 | 3 | 3 | 3",
                "2026-02-01 | 0 | 0 | 16",
                "2026-02-01 | 1 | 0 | 8",
                "2026-02-01 | 3 | 4 | 7");
    }
}
