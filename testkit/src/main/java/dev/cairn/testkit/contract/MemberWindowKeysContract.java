package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.contract.Signups.months;
import static dev.cairn.testkit.contract.Signups.ofNew;
import static dev.cairn.testkit.contract.Signups.signedOn;
import static dev.cairn.testkit.contract.Signups.signups;
import static dev.cairn.testkit.contract.Signups.tickets;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.model.Metric.Level;
import dev.cairn.domain.model.Metric.RollUp;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Filters and keys that read windows of members: who is pending may yet be kept, and come to be of any group. */
public interface MemberWindowKeysContract extends ExecutorContract {
    private static String quick() {
        return "exists(event where name = 'activated') over 14 days from signed_on";
    }

    @Test
    default void filter_leaves_out_who_is_pending_and_counts_them_apart() {
        // Ann, cyd and dee are activated; eve, and her one event, may be yet.
        var question =
                ask("count(account)", "sum(event.amount)", "count(event)")
                        .between("2026-01-01", "2026-04-01");
        assertThat(
                        rowsWithParts(
                                signups(events()),
                                question.where("per(account : " + quick() + ")")))
                .containsExactly("3 (n 3, pending 1) | 29 (n 4, pending 1) | 4 (n 4, pending 1)");
        assertThat(
                        rowsWithParts(
                                signups(events()),
                                question.where("not per(account : " + quick() + ")")))
                .containsExactly("3 (n 3, pending 1) | 66 (n 2, pending 1) | 2 (n 2, pending 1)");
        assertThat(
                        rowsWithParts(
                                signups(events()),
                                question.filter("(" + quick() + ") as quick", Operator.IN, "true")))
                .containsExactly("3 (n 3, pending 1) | 29 (n 4, pending 1) | 4 (n 4, pending 1)");
    }

    @Test
    default void filter_in_which_all_are_pending_gives_nothing_yet() {
        assertThat(
                        rowsWithParts(
                                signups(events()),
                                ask("count(account)", "avg(account : 2)")
                                        .where(
                                                "per(account : "
                                                        + quick()
                                                        + ") and account in ('eve')")))
                .containsExactly("NOT_YET (pending 1) | NOT_YET (pending 1)");
    }

    @Test
    default void other_conditions_of_a_filter_decide_who_is_pending() {
        assertThat(
                        rowsWithParts(
                                signups(events()),
                                ask("count(account)")
                                        .where(
                                                "per(account : "
                                                        + quick()
                                                        + ") and account != 'eve'")))
                .containsExactly("3 (n 3)");
    }

    @Test
    default void who_is_pending_may_be_of_any_group_of_a_key() {
        assertThat(
                        rowsWithParts(
                                signups(events()),
                                ask("count(account)", "sum(event.amount)")
                                        .between("2026-01-01", "2026-04-01")
                                        .by("(" + quick() + ") as quick")
                                        .totals()))
                .containsExactly(
                        "false | 3 (n 3, pending 1) | 66 (n 2, pending 1)",
                        "true | 3 (n 3, pending 1) | 29 (n 4, pending 1)",
                        "total | 6 (n 6, pending 1) | 95 (n 6, pending 1)");
    }

    @Test
    default void group_that_none_but_who_is_pending_may_be_of_is_not_yet() {
        assertThat(
                        rowsWithParts(
                                signups(events()),
                                months(ofNew("count", ""))
                                        .by("(" + quick() + ") as quick")
                                        .totals()))
                .containsExactly(
                        "2026-01-01 | false | 1 (n 1)",
                        "2026-01-01 | true | 2 (n 2)",
                        "2026-02-01 | false | 0 (n 0)",
                        "2026-02-01 | true | 1 (n 1)",
                        "2026-03-01 | false | 1 (n 1, pending 1)",
                        "2026-03-01 | true | NOT_YET (pending 1)",
                        "2026-04-01 | false | 0 (n 0)",
                        "2026-04-01 | true | 0 (n 0)",
                        "2026-01-01 | total | 3 (n 3)",
                        "2026-02-01 | total | 1 (n 1)",
                        "2026-03-01 | total | 1 (n 1, pending 1)",
                        "2026-04-01 | total | 0 (n 0)",
                        "all | false | 2 (n 2, pending 1)",
                        "all | true | 3 (n 3, pending 1)",
                        "all | total | 5 (n 5, pending 1)");
    }

    @Test
    default void who_is_pending_is_counted_beside_those_of_the_same_other_keys() {
        var world =
                events().member(signedOn("ann", "2026-03-01").with("plan", "pro"))
                        .member(signedOn("ben", "2026-03-30").with("plan", "pro"))
                        .member(signedOn("cyd", "2026-03-30").with("plan", "free"))
                        .member(signedOn("dee", "2026-03-02").with("plan", "basic"))
                        .fact("event", "2026-03-02T00:00:00Z", "ann", "a", "activated", 1);
        assertThat(
                        rowsWithParts(
                                world,
                                ask("count(account)", "share(account : plan is not none)")
                                        .by(
                                                "account.plan",
                                                "(count(event) over 7 days from signed_on) as events")
                                        .totals()))
                .containsExactly(
                        "basic | 0 | 1 (n 1) | 1 (1/1, n 1)",
                        "pro | 1 | 1 (n 1, pending 1) | 1 (1/1, n 1, pending 1)",
                        "total | total | 2 (n 2, pending 2) | 1 (2/2, n 2, pending 2)");
    }

    /** Ben, fay and gus are not activated, ann, cyd and dee are; eve is of no group yet and in each total: 127 is all that there is, of seven accounts. */
    @Test
    default void total_alone_makes_the_groups_that_are_known() {
        var key = "(" + quick() + ") as quick";
        for (var total :
                List.of(
                        "total(sum(event.amount))",
                        "total(sum(event.amount) by account.plan)",
                        "total(count(account)) + 120")) {
            expect(
                    signups(events()),
                    ask(total).between("2026-01-01", "2026-04-01").by(key),
                    "false | 127",
                    "true | 127");
        }
    }

    @Test
    default void total_drops_the_key_and_leaves_none_out() {
        assertThat(
                        rowsWithParts(
                                signups(events()),
                                ask("count(account) / total(count(account))")
                                        .by("(" + quick() + ") as quick")))
                .containsExactly(
                        "false | 0.428571428571 (3/7, n 7, pending 1)",
                        "true | 0.428571428571 (3/7, n 7, pending 1)");
    }

    @Test
    default void windows_before_the_data_may_be_of_any_group_of_a_key() {
        var world =
                events().member(signedOn("ann", "2025-12-01"))
                        .member(signedOn("ben", "2026-01-05"))
                        .fact("event", "2026-01-06T00:00:00Z", "ben", "b", "activated", 1);
        expect(
                world,
                ask("count(account)").by("(" + quick() + ") as quick"),
                "false | BEFORE_DATA",
                "true | BEFORE_DATA");
        expect(world, ask("count(account)").where("per(account : " + quick() + ")"), "BEFORE_DATA");
        expect(
                world,
                ask("count(account)").where("per(account : " + quick() + ") and account != 'ann'"),
                "1");
    }

    @Test
    default void rows_are_grouped_by_windows_of_their_own() {
        var back =
                "(per(account : exists(event where name = 'reopen')) over 7 days from ticket.solved) as back";
        assertThat(
                        rowsWithParts(
                                tickets(events()),
                                ask("count(ticket on solved)")
                                        .by(back)
                                        .between("2026-03-01", "2026-04-01")))
                .containsExactly(
                        "false | 2 (n 2, pending 1)",
                        "true | 1 (n 1, pending 1)",
                        "no account | 1 (n 1, pending 1)");
    }

    @Test
    default void metric_with_a_window_of_its_account_is_key_and_filter() {
        var world =
                signups(events())
                        .metric(
                                "early",
                                Level.ACCOUNT,
                                RollUp.AVG,
                                "count(event) over 14 days from signed_on",
                                false);
        // Ann, ben with his one after the window, cyd, dee with two, fay and gus with none.
        expect(world, ask("count(account)").by("(early) as early"), "0 | 3", "1 | 2", "2 | 1");
        expect(world, ask("count(account)").where("per(account : early) > 0"), "3");
    }
}
