package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.SourceBuilder.source;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What is aggregated over rows that are valid: by groups, over members, beside edges of time. */
public interface ValidRowsContract extends ExecutorContract {
    @Test
    default void groups_are_those_with_rows_in_some_bucket() {
        expect(
                Subscriptions.subscriptions(events()),
                Subscriptions.months("count(subscription at start)", "exists(subscription at end)")
                        .by("account")
                        .between("2026-01-01", "2026-03-01"),
                "2026-01-01 | acme | 1 | true",
                "2026-01-01 | bolt | 1 | false",
                "2026-01-01 | calm | 0 | true",
                "2026-01-01 | dyno | 0 | true",
                "2026-01-01 | edge | 0 | false",
                "2026-02-01 | acme | 1 | true",
                "2026-02-01 | bolt | 0 | false",
                "2026-02-01 | calm | 1 | true",
                "2026-02-01 | dyno | 1 | true",
                "2026-02-01 | edge | 0 | true");
        expect(
                Subscriptions.subscriptions(events()),
                Subscriptions.months("count(subscription at end)")
                        .by("account")
                        .between("2026-01-01", "2026-03-01")
                        .sparse(),
                "2026-01-01 | acme | 1",
                "2026-01-01 | calm | 1",
                "2026-01-01 | dyno | 1",
                "2026-02-01 | acme | 1",
                "2026-02-01 | calm | 1",
                "2026-02-01 | dyno | 1",
                "2026-02-01 | edge | 1");
    }

    @Test
    default void every_aggregate_is_over_the_rows_that_are_valid() {
        expect(
                Subscriptions.subscriptions(events()),
                Subscriptions.months(
                        "avg(subscription at end : mrr)",
                        "median(subscription at end : mrr)",
                        "min(subscription at end : mrr)",
                        "max(subscription at end : mrr)",
                        "distinct(subscription at end : account)",
                        "share(subscription at end where mrr is not none : mrr >= 60)",
                        "first(subscription at end : mrr)",
                        "last(subscription at end : mrr)"),
                // 100, 50, 40; 150, 50, 30, 20; 150, 60, 50, 30; by when they began.
                "2026-01-01 | 63.3333333333 | 50 | 40 | 100 | 3 | 0.333333333333 | 100 | 40",
                "2026-02-01 | 62.5 | 40 | 20 | 150 | 4 | 0.25 | 50 | 20",
                "2026-03-01 | 72.5 | 55 | 30 | 150 | 4 | 0.5 | 50 | 60");
    }

    @Test
    default void total_over_groups_counts_each_row_once_in_each_bucket() {
        expect(
                Subscriptions.subscriptions(events()),
                Subscriptions.months(
                                Subscriptions.END,
                                "distinct(subscription at end : mrr)",
                                "avg(subscription at end : mrr)")
                        .by("account.plan")
                        .between("2026-02-01", "2026-04-01")
                        .totals(),
                "2026-02-01 | free | 80 | 2 | 40",
                "2026-02-01 | pro | 150 | 1 | 150",
                "2026-02-01 | none | 20 | 1 | 20",
                "2026-03-01 | free | 80 | 2 | 40",
                "2026-03-01 | pro | 210 | 2 | 105",
                "2026-03-01 | none | 0 | 0 | NO_DATA",
                "2026-02-01 | total | 250 | 4 | 62.5",
                "2026-03-01 | total | 290 | 4 | 72.5",
                "all | free | 80 | 2 | 40",
                "all | pro | 210 | 2 | 105",
                "all | total | 290 | 4 | 72.5");
    }

    @Test
    default void rows_of_no_account_are_in_the_stock_and_of_no_member() {
        expect(
                Subscriptions.revenue(events()).fact("subscription", "2026-01-05", null, null, 5),
                ask("mrr_end", "sum(account : mrr_end)", "distinct(subscription at end : account)")
                        .between("2026-01-01", "2026-02-01"),
                "195 | 190 | 3");
    }

    @Test
    default void row_that_another_load_replaced_is_not_valid_any_more() {
        var world =
                events().source(
                                source("subscription")
                                        .date("starts_on")
                                        .date("ends_on")
                                        .account("customer")
                                        .decimal("mrr")
                                        .text("id")
                                        .key("id")
                                        .validity("starts_on", "ends_on")
                                        .coverage("2025-12-01", "2026-07-01"))
                        .fact("subscription", "2026-01-01", null, "acme", 10, "a")
                        .fact("subscription", "2026-01-01", null, "bolt", 20, "b")
                        .nextLoad("subscription")
                        .fact("subscription", "2026-01-01", "2026-02-15", "acme", 10, "a");
        expect(
                world,
                Subscriptions.months(Subscriptions.END),
                "2026-01-01 | 30",
                "2026-02-01 | 20",
                "2026-03-01 | 20");
    }

    @Test
    default void edges_of_bucket_and_window_stand_beside_the_rows() {
        expect(
                Subscriptions.subscriptions(events()),
                Subscriptions.months(
                        "sum(subscription at end where starts_on >= bucket.start : mrr)",
                        "sum(subscription at end where starts_on >= window.start : mrr) over last 2 months"),
                "2026-01-01 | 90 | 190",
                "2026-02-01 | 200 | 250",
                "2026-03-01 | 60 | 240");
    }

    @Test
    default void rows_that_are_undecided_are_those_valid_at_any_edge() {
        var undecided =
                "m1 UNDECIDED: In 'm1' a negation is neither true nor false for 1 row of subscription without a value of";
        for (var formula :
                new String[] {
                    "sum(subscription at end where account.plan != 'pro' : mrr)",
                    "sum(subscription at start where account.plan != 'pro' : mrr)"
                }) {
            assertThat(
                            notices(
                                    Subscriptions.subscriptions(events()),
                                    Subscriptions.months(formula)))
                    .singleElement()
                    .asString()
                    .startsWith(undecided);
        }
        assertThat(
                        notices(
                                Subscriptions.subscriptions(events()),
                                Subscriptions.months(
                                                "sum(subscription at start where account.plan != 'pro' : mrr)")
                                        .between("2026-01-01", "2026-03-01")))
                .isEmpty();
    }

    @Test
    default void edges_beyond_the_calendar_are_before_all_data() {
        for (var zone : List.of("UTC", "Asia/Tokyo", "America/New_York")) {
            expect(
                    Subscriptions.subscriptions(events()),
                    Subscriptions.months(
                                    "prior(sum(subscription at start where account.plan != 'pro' : mrr), 3000 years)",
                                    "prior(count(subscription during where account.plan != 'pro'), 3000 years)",
                                    "next(sum(subscription at end : mrr), 9000 years)",
                                    "sum(subscription at @0001-01-01 : mrr)")
                            .between("2026-01-01", "2026-03-01")
                            .zone(zone),
                    "2026-01-01 | BEFORE_DATA | BEFORE_DATA | NOT_YET | BEFORE_DATA",
                    "2026-02-01 | BEFORE_DATA | BEFORE_DATA | NOT_YET | BEFORE_DATA");
        }
    }

    @Test
    default void conditions_on_members_read_their_stocks() {
        expect(
                Subscriptions.revenue(events()),
                Subscriptions.months(
                        "count(account where exists(subscription at end))",
                        "count(account where not exists(subscription during) and exists(subscription during) over all before)",
                        "avg(account : mrr_end)"),
                // Accounts that exist: 4; then 5, of which bolt has left.
                "2026-01-01 | 3 | 0 | 47.5",
                "2026-02-01 | 4 | 1 | 50",
                "2026-03-01 | 4 | 1 | 58");
    }
}
