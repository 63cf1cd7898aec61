package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.askMetrics;

import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.time.Grain;
import org.junit.jupiter.api.Test;

/** Opening stock and movements make the closing stock, in each cell and under every filter. */
public interface BridgeContract extends ExecutorContract {
    @Test
    default void opening_stock_and_movements_make_the_closing_stock() {
        expect(
                Subscriptions.revenue(events()),
                Subscriptions.bridge(),
                "2026-01-01 | 180 | 90 | 0 | 0 | 0 | 80 | 190 | 190",
                "2026-02-01 | 190 | 20 | 0 | 50 | 10 | 0 | 250 | 250",
                "2026-03-01 | 250 | 0 | 60 | 0 | 0 | 20 | 290 | 290");
    }

    @Test
    default void bridge_holds_in_every_group_and_under_every_filter() {
        expect(
                Subscriptions.revenue(events()),
                Subscriptions.bridge()
                        .by("account.plan")
                        .between("2026-02-01", "2026-03-01")
                        .totals(),
                "2026-02-01 | free | 90 | 0 | 0 | 0 | 10 | 0 | 80 | 80",
                "2026-02-01 | pro | 100 | 0 | 0 | 50 | 0 | 0 | 150 | 150",
                "2026-02-01 | none | 0 | 20 | 0 | 0 | 0 | 0 | 20 | 20",
                "2026-02-01 | total | 190 | 20 | 0 | 50 | 10 | 0 | 250 | 250",
                "all | free | 90 | 0 | 0 | 0 | 10 | 0 | 80 | 80",
                "all | pro | 100 | 0 | 0 | 50 | 0 | 0 | 150 | 150",
                "all | none | 0 | 20 | 0 | 0 | 0 | 0 | 20 | 20",
                "all | total | 190 | 20 | 0 | 50 | 10 | 0 | 250 | 250");
        expect(
                Subscriptions.revenue(events()),
                Subscriptions.bridge().filter("account.plan", Operator.IN, "pro"),
                "2026-01-01 | 180 | 0 | 0 | 0 | 0 | 80 | 100 | 100",
                "2026-02-01 | 100 | 0 | 0 | 50 | 0 | 0 | 150 | 150",
                "2026-03-01 | 150 | 0 | 60 | 0 | 0 | 0 | 210 | 210");
        expect(
                Subscriptions.revenue(events()),
                Subscriptions.bridge()
                        .where("account = 'dyno'")
                        .between("2026-02-01", "2026-03-01"),
                "2026-02-01 | 40 | 0 | 0 | 0 | 10 | 0 | 30 | 30");
    }

    @Test
    default void total_over_time_is_the_bridge_of_the_whole_range() {
        // From January to March: bolt is less by 20, and edge never was.
        expect(
                Subscriptions.revenue(events()),
                Subscriptions.bridge().totals(),
                "2026-01-01 | 180 | 90 | 0 | 0 | 0 | 80 | 190 | 190",
                "2026-02-01 | 190 | 20 | 0 | 50 | 10 | 0 | 250 | 250",
                "2026-03-01 | 250 | 0 | 60 | 0 | 0 | 20 | 290 | 290",
                "all | 180 | 80 | 0 | 50 | 20 | 0 | 290 | 290");
    }

    @Test
    default void bridge_holds_in_a_bucket_that_is_not_over() {
        // On February 15 dyno still pays 40, and edge is not known.
        expect(
                Subscriptions.revenue(events()),
                Subscriptions.bridge()
                        .between("2026-02-01", "2026-04-01")
                        .asOf("2026-02-15T12:00:00Z"),
                "2026-02-01 | 190 | 0 | 0 | 50 | 0 | 0 | 240 | 240",
                "2026-03-01 | NOT_YET | NOT_YET | NOT_YET | NOT_YET | NOT_YET | NOT_YET | NOT_YET | NOT_YET");
    }

    @Test
    default void retention_and_churn_are_of_accounts_that_paid_at_the_start() {
        expect(
                Subscriptions.revenue(events()),
                askMetrics("nrr", "grr", "logo_churn")
                        .grain(Grain.MONTH)
                        .between("2026-01-01", "2026-04-01")
                        .totals(),
                // 100/180; 230/190, 180/190; 230/250
                "2026-01-01 | 0.555555555556 | 0.555555555556 | 0.5",
                "2026-02-01 | 1.21052631579 | 0.947368421053 | 0",
                "2026-03-01 | 0.92 | 0.92 | 0.25",
                // 210/180, 160/180
                "all | 1.16666666667 | 0.888888888889 | 0");
    }
}
