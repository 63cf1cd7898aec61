package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Funnels.attempts;
import static dev.cairn.testkit.contract.Funnels.completion;
import static dev.cairn.testkit.contract.Funnels.count;
import static dev.cairn.testkit.contract.Funnels.each;
import static dev.cairn.testkit.contract.Funnels.funnel;
import static dev.cairn.testkit.contract.Funnels.quarter;
import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static dev.cairn.testkit.data.SourceBuilder.source;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.analysis.Incomplete;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.data.WorldBuilder;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** An attempt whose span is not over is pending, whether it has reached every step or not: counted apart, and no row. */
public interface PendingStepsContract extends ExecutorContract {
    String FORTNIGHT = "a -> b within 14 days per account";

    /** Fourteen days from cyd's end with the data; those of dan and eve end later, although dan has got to its b. */
    private WorldBuilder fortnights() {
        return funnel(
                "03-10 acme a x",
                "03-12 acme b", //
                "03-17 bolt a x", //
                "03-18 cyd a x", //
                "03-18T00:01 dan a x",
                "03-19 dan b", //
                "03-25 eve a y");
    }

    @Test
    default void attempts_whose_span_ends_after_the_data_are_counted_apart() {
        assertThat(rowsWithParts(fortnights(), quarter(count(FORTNIGHT), completion(FORTNIGHT))))
                .containsExactly(
                        "3 (n 3, pending 2 of which completed 1) | 0.333333333333 (1/3, n 3, pending 2 of which completed 1)");
        var inclusive = "a -> b within 14 days inclusive per account";
        assertThat(rowsWithParts(fortnights(), quarter(count(inclusive), completion(inclusive))))
                .containsExactly(
                        "2 (n 2, pending 3 of which completed 1) | 0.5 (1/2, n 2, pending 3 of which completed 1)");
    }

    @Test
    default void with_pending_they_are_rows() {
        var all = FORTNIGHT + " with pending";
        expect(
                fortnights(),
                quarter(
                        count(all),
                        completion(all),
                        each("share", all, "is_pending"),
                        "count(%s where not is_pending)".formatted(attempts(all))),
                "5 | 0.4 | 0.4 | 3");
        expect(
                fortnights(),
                quarter(count(all), each("max", FORTNIGHT, "reached")).by("account"),
                "acme | 1 | 2",
                "bolt | 1 | 1",
                "cyd | 1 | 1",
                "dan | 1 | NOT_YET",
                "eve | 1 | NOT_YET");
    }

    @Test
    default void cell_in_which_all_are_pending_is_not_yet() {
        assertThat(
                        rowsWithParts(
                                fortnights(),
                                quarter(count(FORTNIGHT), completion(FORTNIGHT))
                                        .by("event.page")
                                        .totals()))
                .containsExactly(
                        "x | 3 (n 3, pending 1 of which completed 1) | 0.333333333333 (1/3, n 3, pending 1 of which completed 1)",
                        "y | NOT_YET (pending 1) | NOT_YET (pending 1)",
                        "total | 3 (n 3, pending 2 of which completed 1) | 0.333333333333 (1/3, n 3, pending 2 of which completed 1)");
        assertThat(
                        rowsWithParts(
                                fortnights(),
                                ask(count(FORTNIGHT))
                                        .grain(Grain.WEEK)
                                        .between("2026-03-09", "2026-03-30")))
                .containsExactly(
                        "2026-03-09 | 1 (n 1)",
                        "2026-03-16 | 2 (n 2, pending 1 of which completed 1)",
                        "2026-03-23 | NOT_YET (pending 1)");
    }

    @Test
    default void span_that_ends_with_as_of_is_over() {
        var question = quarter(count(FORTNIGHT));
        assertThat(rowsWithParts(fortnights(), question.asOf("2026-03-24T00:00:00Z")))
                .containsExactly("1 (n 1, pending 3 of which completed 1)");
        assertThat(rowsWithParts(fortnights(), question.asOf("2026-03-23T23:59:59Z")))
                .containsExactly("NOT_YET (pending 4 of which completed 2)");
    }

    @Test
    default void what_comes_at_as_of_or_later_is_no_step() {
        var world = funnel("01-05 acme a", "01-06 acme b", "01-05 bolt a", "01-07 bolt b");
        var all = "a -> b within 14 days per account with pending";
        expect(world, ask(completion(all)).asOf("2026-01-06T00:00:00Z"), "0");
        expect(world, ask(completion(all)).asOf("2026-01-06T00:00:01Z"), "0.5");
        expect(world, ask(completion(all)).asOf("2026-01-05T00:00:00Z"), "NO_DATA");
        expect(world, ask(completion(all)), "1");
    }

    @Test
    default void span_of_dates_is_over_with_the_last_of_its_days() {
        var world =
                World.world()
                        .source(
                                source("visit")
                                        .date("day")
                                        .account("customer")
                                        .text("kind")
                                        .coverage("2026-01-01", "2026-04-01"))
                        .fact("visit", "2026-01-05", "acme", "a")
                        .fact("visit", "2026-03-25", "acme", "c");
        var week =
                "share(steps(visit where kind = '%s' -> visit where kind = 'b' within 7 days%s per account) : completed)";
        var question = ask(week.formatted("a", ""));
        expect(world, question.asOf("2026-01-11T23:59:59Z"), "NOT_YET");
        expect(world, question.asOf("2026-01-12T00:00:00Z"), "0");
        expect(world, question.zone("Europe/Berlin").asOf("2026-01-11T22:59:59Z"), "NOT_YET");
        expect(world, question.zone("Europe/Berlin").asOf("2026-01-11T23:00:00Z"), "0");
        var inclusive = ask(week.formatted("a", " inclusive"));
        expect(world, inclusive.asOf("2026-01-12T23:59:59Z"), "NOT_YET");
        expect(world, inclusive.asOf("2026-01-13T00:00:00Z"), "0");
        expect(
                world,
                quarter(week.formatted("c", ""), week.formatted("c", " inclusive")),
                "0 | NOT_YET");
    }

    /**
     * On 1 February acme's attempt of 10 January is over and not completed, bolt's is over and completed, and of that of 25 January that cyd has made nothing is
     * known yet: its b is of 5 February. On 1 March all three are over. Each has an amount of its own in both months.
     */
    private WorldBuilder ruled() {
        return funnel(
                        "01-10 acme a",
                        "02-05 acme b", //
                        "01-10 bolt a",
                        "01-12 bolt b", //
                        "01-25 cyd a",
                        "02-05 cyd b", //
                        "01-30 dan x")
                .member(account("acme"))
                .member(account("bolt"))
                .member(account("cyd"))
                .member(account("dan"));
    }

    private static Question months(String... formulas) {
        return ask(formulas).grain(Grain.MONTH).between("2026-01-01", "2026-03-01");
    }

    @Test
    default void rule_sees_no_step_after_its_instant() {
        var done = "count(%s where completed) over ever >= 1".formatted(attempts(FORTNIGHT));
        var world = ruled().cohortBy("done", done);
        String[] in = {"2026-01-01 | 1", "2026-02-01 | 2"};
        expect(world, months("count(account)").cohort("done"), in);
        expect(world, months("count(account)").where("account in done"), in);
        expect(world, months("count(account where account in done)"), in);
        expect(world, months("count(account)").filter("done", Operator.IN, "true"), in);
        // Bolt in January, and cyd's and bolt's rows of February are cyd's alone.
        expect(
                world,
                months("count(event)", "count(account)").cohort("done"),
                "2026-01-01 | 2 | 1",
                "2026-02-01 | 1 | 2");
        // Of 14 days cyd's attempt is over at the first instant of 8 February, inclusive of that a
        // moment later; bolt's on 24 January.
        expect(
                world,
                ask(
                        "count(account where account in done as of @2026-02-08)",
                        "count(account where account in done as of @2026-02-07)",
                        "count(account where account in done as of @2026-01-20)"),
                "2 | 1 | 0");
        var inclusive =
                "count(%s where completed) over ever >= 1"
                        .formatted(attempts("a -> b within 14 days inclusive per account"));
        expect(
                ruled().cohortBy("done", inclusive),
                ask(
                        "count(account where account in done as of @2026-02-08)",
                        "count(account where account in done as of @2026-02-09)"),
                "1 | 2");
    }

    @Test
    default void account_whose_attempts_are_all_pending_at_the_instant_of_a_rule_is_pending() {
        // Dan has made none; on 1 February it is not known of cyd how the only one ends, on 20
        // January neither of acme and bolt, and cyd has made none yet.
        var world =
                ruled().cohortBy("idle", "%s over ever = 0".formatted(count(FORTNIGHT)))
                        .cohortBy("tried", "%s over ever >= 1".formatted(count(FORTNIGHT)));
        assertThat(
                        rowsWithParts(
                                world,
                                ask(
                                        "count(account where account in idle as of @2026-02-01)",
                                        "count(account where account in idle as of @2026-01-20)",
                                        "count(account where account in tried as of @2026-02-01)",
                                        "count(account where account in tried as of @2026-02-08)")))
                .containsExactly(
                        "1 (n 1, pending 1) | 2 (n 2, pending 2) | 2 (n 2, pending 1) | 3 (n 3)");
        assertThat(rowsWithParts(world, months("count(account)").cohort("idle")))
                .containsExactly("2026-01-01 | 1 (n 1, pending 1)", "2026-02-01 | 1 (n 1)");
    }

    @Test
    default void a_unit_is_pending_while_any_of_its_attempts_is_that_may_get_further() {
        var world =
                funnel(
                        "03-05 acme a x",
                        "03-06 acme b",
                        "03-25 acme a y", //
                        "03-05 bolt a x");
        var any = "a -> b within 14 days per account any";
        assertThat(rowsWithParts(world, quarter(count(FORTNIGHT), completion(FORTNIGHT))))
                .containsExactly("2 (n 2) | 0.5 (1/2, n 2)");
        assertThat(rowsWithParts(world, quarter(count(any), completion(any))))
                .containsExactly(
                        "1 (n 1, pending 1 of which completed 1) | 0 (0/1, n 1, pending 1 of which completed 1)");
        assertThat(
                        rowsWithParts(
                                world,
                                quarter(count(any), completion(any)).by("event.page").totals()))
                .containsExactly(
                        "x | 2 (n 2) | 0.5 (1/2, n 2)",
                        "y | NOT_YET (pending 1) | NOT_YET (pending 1)",
                        "total | 1 (n 1, pending 1 of which completed 1) | 0 (0/1, n 1, pending 1 of which completed 1)");
    }

    @Test
    default void a_source_that_only_a_later_step_or_without_reads_must_be_complete_too() {
        var world =
                funnel("02-01 acme a", "02-01T00:01 bolt a", "02-01T00:01 cyd a", "02-02 cyd b")
                        .source(
                                source("payment")
                                        .timestamp("paid")
                                        .account("customer")
                                        .coverage("2026-01-01", "2026-02-15"))
                        .fact("payment", "2026-02-05T00:00Z", "bolt");
        assertThat(
                        rowsWithParts(
                                world,
                                quarter(
                                        count(FORTNIGHT),
                                        count("a -> payment within 14 days per account"),
                                        completion("a -> payment within 14 days per account"),
                                        count(
                                                "a -> b within 14 days per account without payment"))))
                .containsExactly(
                        "3 (n 3) | 1 (n 1, pending 2 of which completed 1) | 0 (0/1, n 1, pending 2 of which completed 1) | 1 (n 1, pending 1 of which completed 1)");
    }

    @Test
    default void conditions_on_the_row_of_the_first_step_decide_who_is_pending() {
        var of = "count(%s where %%s)".formatted(attempts(FORTNIGHT));
        assertThat(
                        rowsWithParts(
                                fortnights(),
                                quarter(
                                        of.formatted("page = 'x'"),
                                        of.formatted("completed"),
                                        of.formatted("reached = 1 and page = 'x'"),
                                        of.formatted("page = 'z'"))))
                .containsExactly(
                        "3 (n 3, pending 1 of which completed 1) | 1 (n 1, pending 2 of which completed 1) | 2 (n 2, pending 1 of which completed 1) | 0 (n 0)");
    }

    @Test
    default void value_without_pending_attempts_is_incomplete_and_says_why() {
        assertThat(
                        incomplete(
                                fortnights(),
                                quarter(
                                        count(FORTNIGHT),
                                        count("b -> a within 3 days per account"))))
                .containsExactly(Set.of(Incomplete.PENDING), Set.of());
    }

    @Test
    default void buckets_outside_the_data_have_no_value() {
        expect(
                funnel("01-05 acme a", "01-06 acme b"),
                ask(count(FORTNIGHT), completion(FORTNIGHT))
                        .grain(Grain.MONTH)
                        .between("2025-12-01", "2026-05-01"),
                "2025-12-01 | BEFORE_DATA | BEFORE_DATA",
                "2026-01-01 | 1 | 1",
                "2026-02-01 | 0 | NO_DATA",
                "2026-03-01 | 0 | NO_DATA",
                "2026-04-01 | NOT_YET | NOT_YET");
    }
}
