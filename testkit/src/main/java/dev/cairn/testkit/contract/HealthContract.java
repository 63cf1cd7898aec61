package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.askMetrics;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.model.Metric.Level;
import dev.cairn.domain.model.Metric.RollUp;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.WorldBuilder;
import org.junit.jupiter.api.Test;

/** Scores of accounts and what their parts add to them, by hand arithmetic. */
public interface HealthContract extends ExecutorContract {
    /**
     * acme (pro): 1 on January 5, 2 on January 31, 4 on February 10, 8 on March 2. bolt (free): 16 on February 28, 32 on March 31. cole (pro) has none.
     */
    private WorldBuilder accounts() {
        return events().member(account("acme").since("2025-01-01").with("plan", "pro"))
                .member(account("bolt").since("2025-01-01").with("plan", "free"))
                .member(account("cole").since("2025-01-01").with("plan", "pro"))
                .fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "a", 1)
                .fact("event", "2026-01-31T10:00:00Z", "acme", "ann", "a", 2)
                .fact("event", "2026-02-10T10:00:00Z", "acme", "ann", "b", 4)
                .fact("event", "2026-03-02T10:00:00Z", "acme", "ann", "a", 8)
                .fact("event", "2026-02-28T10:00:00Z", "bolt", "bob", "a", 16)
                .fact("event", "2026-03-31T10:00:00Z", "bolt", "bob", "b", 32);
    }

    private WorldBuilder health(String formula) {
        return accounts().metric("health", Level.ACCOUNT, RollUp.AVG, formula);
    }

    private static Question quarter() {
        return askMetrics("health").between("2026-01-01", "2026-04-01");
    }

    @Test
    default void
            what_parts_add_to_scores_of_accounts_is_their_mean_and_adds_up_to_the_mean_score() {
        var world =
                health(
                        "weighted(use 0.5 : scale(count(event), 0 to 4), best 0.5 : scale(max(event : amount), 0 to 20))");
        // acme (100 + 40) / 2, bolt (50 + 100) / 2; of cole the use alone, 0.
        assertThat(rowsWithParts(world, quarter().by("account").totals()))
                .containsExactly(
                        "acme | 70 (use 50, best 20, n 1)",
                        "bolt | 75 (use 25, best 50, n 1)",
                        "cole | 0 (use 0, best -, n 1)",
                        "total | 48.3333333333 (use 25, best 23.3333333333, n 3)");
        // acme has 2 events of at most 2 in January, 1 of 4 in February, 1 of 8 in March.
        assertThat(rowsWithParts(world, quarter().where("account = 'acme'").grain(Grain.MONTH)))
                .containsExactly(
                        "2026-01-01 | 30 (use 25, best 5, n 1)",
                        "2026-02-01 | 22.5 (use 12.5, best 10, n 1)",
                        "2026-03-01 | 32.5 (use 12.5, best 20, n 1)");
    }

    @Test
    default void an_account_without_a_score_is_in_no_mean_of_parts() {
        var world =
                health(
                        "weighted(use 0.5 : scale(count(event), 0 to 4), best 0.5 : scale(max(event : amount), 0 to 20); missing spread; coverage 0.6)");
        // Of cole half of the weights is missing. Of the others (50 + 25) / 2 and (20 + 50) / 2.
        assertThat(rowsWithParts(world, quarter()))
                .containsExactly("72.5 (use 37.5, best 35, n 2)");
    }

    @Test
    default void a_choice_among_scorecards_has_the_parts_of_the_one_taken() {
        var world =
                health(
                        "case when max(event.amount) > 20 then 20 "
                                + "when account.plan = 'pro' then weighted(use 3 : 40, voice 1 : 80) "
                                + "else weighted(use 1 : 10, money 1 : 30) end");
        // pro (3 x 40 + 80) / 4; bolt's greatest is 32 in the quarter, 16 in February: (10 + 30) /
        // 2.
        assertThat(rowsWithParts(world, quarter().by("account")))
                .containsExactly(
                        "acme | 50 (null -, use 30, voice 20, money -, n 1)",
                        "bolt | 20 (null 20, use -, voice -, money -, n 1)",
                        "cole | 50 (null -, use 30, voice 20, money -, n 1)");
        assertThat(
                        rowsWithParts(
                                world, quarter().by("account").between("2026-02-01", "2026-03-01")))
                .containsExactly(
                        "acme | 50 (null -, use 30, voice 20, money -, n 1)",
                        "bolt | 20 (null -, use 5, voice -, money 15, n 1)",
                        "cole | 50 (null -, use 30, voice 20, money -, n 1)");
    }

    @Test
    default void the_mean_of_what_is_no_score_has_no_parts() {
        // Beside a score that reads as its mean does.
        var world =
                health("weighted(use 1 : count(event), best 1 : count(event))")
                        .metric("events", Level.ACCOUNT, RollUp.AVG, "count(event)");
        var both = askMetrics("health", "events").between("2026-01-01", "2026-04-01");
        assertThat(rowsWithParts(world, both)).containsExactly("2 (use 1, best 1, n 3) | 2 (n 3)");
    }
}
