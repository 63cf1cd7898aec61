package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.EntityBuilder.accounts;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static dev.cairn.testkit.data.SourceBuilder.source;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.MembersQuery.By;
import dev.cairn.domain.analysis.MembersQuery.Part;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.planner.Opening;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.data.WorldBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is behind a cell: the accounts, users and rows it is made of, with hand arithmetic. The last line is the cell itself. */
public interface OpenedCellsContract extends OpeningContract {
    /**
     * Acme and bolt are pro, cord is free. In January acme has 10 by ann and 5 by ann, bolt 30 by bob, cord 20 by cid, no account 7 by eve; in February acme
     * has 100 by art and bolt 1 by bob.
     */
    private WorldBuilder amounts() {
        return events().member(account("acme").since("2025-01-01").with("plan", "pro"))
                .member(account("bolt").since("2025-01-01").with("plan", "pro"))
                .member(account("cord").since("2025-01-01").with("plan", "free"))
                .fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "a", 10)
                .fact("event", "2026-01-06T10:00:00Z", "acme", "ann", "b", 5)
                .fact("event", "2026-01-07T10:00:00Z", "bolt", "bob", "a", 30)
                .fact("event", "2026-01-08T10:00:00Z", "cord", "cid", "b", 20)
                .fact("event", "2026-01-09T10:00:00Z", null, "eve", "b", 7)
                .fact("event", "2026-02-05T10:00:00Z", "acme", "art", "b", 100)
                .fact("event", "2026-02-06T10:00:00Z", "bolt", "bob", "a", 1);
    }

    private Question byPlanAndMonth(String... formulas) {
        return ask(formulas)
                .between("2026-01-01", "2026-03-01")
                .by("account.plan")
                .grain(Grain.MONTH)
                .totals();
    }

    @Test
    default void a_cell_is_opened_into_the_accounts_of_its_group_and_bucket() {
        var question = byPlanAndMonth("sum(event.amount)");
        assertThat(opened(amounts(), question, "2026-01-01 | pro", "m1"))
                .containsExactly("bolt | 30", "acme | 15", "total | 45");
        assertThat(opened(amounts(), question, "2026-02-01 | pro", "m1"))
                .containsExactly("acme | 100", "bolt | 1", "total | 101");
        assertThat(opened(amounts(), question, "2026-01-01 | no account", "m1"))
                .containsExactly("no account | 7", "total | 7");
        // No row, no part: the cell is there for other buckets of its group.
        assertThat(opened(amounts(), question, "2026-02-01 | free", "m1"))
                .containsExactly("total | 0");
    }

    @Test
    default void totals_are_opened_too() {
        var question = byPlanAndMonth("sum(event.amount)");
        assertThat(opened(amounts(), question, "2026-01-01 | total", "m1"))
                .containsExactly(
                        "bolt | 30", "cord | 20", "acme | 15", "no account | 7", "total | 72");
        assertThat(opened(amounts(), question, "all | pro", "m1"))
                .containsExactly("acme | 115", "bolt | 31", "total | 146");
        assertThat(opened(amounts(), question, "all | total", "m1"))
                .containsExactly(
                        "acme | 115", "bolt | 31", "cord | 20", "no account | 7", "total | 173");
    }

    @Test
    default void a_ratio_is_opened_with_its_numerator_by_which_it_is_ordered() {
        var question = byPlanAndMonth("sum(event.amount) / count(event)", "count(event)");
        assertThat(opened(amounts(), question, "2026-01-01 | pro", "m1"))
                .containsExactly(
                        "bolt | 30 | 30 | 1", "acme | 7.5 | 15 | 2", "total | 15 | 45 | 3");
        assertThat(
                        opened(
                                amounts(),
                                question,
                                "2026-01-01 | pro",
                                "m1",
                                query -> query.part(Part.DENOMINATOR)))
                .containsExactly("acme | 2", "bolt | 1", "total | 3");
    }

    @Test
    default void behind_a_numerator_are_those_only_that_are_in_it() {
        var question =
                byPlanAndMonth("sum(event where name = 'b' : amount) / distinct(event.account)");
        assertThat(
                        opened(
                                amounts(),
                                question,
                                "2026-01-01 | pro",
                                "m1",
                                query -> query.part(Part.NUMERATOR)))
                .containsExactly("acme | 5", "total | 5");
        assertThat(
                        opened(
                                amounts(),
                                question,
                                "2026-01-01 | pro",
                                "m1",
                                query -> query.part(Part.DENOMINATOR)))
                .containsExactly("acme | 1", "bolt | 1", "total | 2");
    }

    @Test
    default void users_stand_beside_their_accounts() {
        var question = byPlanAndMonth("sum(event.amount)");
        assertThat(opened(amounts(), question, "all | pro", "m1", query -> query.by(By.USER)))
                .containsExactly(
                        "acme | art | 100",
                        "bolt | bob | 31",
                        "acme | ann | 15",
                        "total | total | 146");
    }

    @Test
    default void rows_are_the_facts_that_the_cell_is_made_of() {
        var question = byPlanAndMonth("sum(event where amount > 5 : amount)");
        assertThat(opened(amounts(), question, "all | pro", "m1", query -> query.by(By.ROW)))
                .containsExactly(
                        "acme | art | 2026-02-05T10:00:00Z | b | 100 | 100 | 1",
                        "bolt | bob | 2026-01-07T10:00:00Z | a | 30 | 30 | 1",
                        "acme | ann | 2026-01-05T10:00:00Z | a | 10 | 10 | 1",
                        "total | total | total | total | total | 140 | 3");
    }

    @Test
    default void rows_of_no_key_that_are_alike_are_one_with_how_many_they_are() {
        // The fact of bolt is there twice: 30 + 30, and 1 in February.
        var world = amounts().fact("event", "2026-01-07T10:00:00Z", "bolt", "bob", "a", 30);
        var question = ask("sum(event.amount)", "sum(event.amount) / count(event)").by("account");
        assertThat(opened(world, question, "bolt", "m1", query -> query.by(By.ROW)))
                .containsExactly(
                        "bolt | bob | 2026-01-07T10:00:00Z | a | 30 | 60 | 2",
                        "total | total | total | total | total | 60 | 2");
        assertThat(opened(world, question, "bolt", "m2", query -> query.by(By.ROW)))
                .containsExactly(
                        "bolt | bob | 2026-01-07T10:00:00Z | a | 30 | 30 | 60 | 2 | 2",
                        "total | total | total | total | total | 30 | 60 | 2 | 2");
    }

    @Test
    default void pages_go_on_and_the_order_may_be_reversed() {
        var world = amounts();
        var cell = cell(world, byPlanAndMonth("sum(event.amount)"), "all | total", "m1");
        var built = world.build();
        var first = cell.with(cell.query().page(2, null));
        var ready = ready(built, first);
        var result = first.result(ready, answer(built, ready.plan()));
        assertThat(lines(built, first)).containsExactly("acme | 115", "bolt | 31", "total | 173");
        assertThat(result.hasNextPage()).isTrue();
        var next = cell.with(cell.query().page(2, result.cursor()));
        assertThat(lines(built, next)).containsExactly("cord | 20", "no account | 7");
        assertThat(lines(built, cell.with(cell.query().ascending())))
                .containsExactly(
                        "no account | 7", "cord | 20", "bolt | 31", "acme | 115", "total | 173");
    }

    @Test
    default void windows_and_shifts_are_read_as_the_cell_reads_them() {
        // Over two months until the end of February: acme 15 + 100, bolt 30 + 1; the month before:
        // 15 and 30.
        var question =
                byPlanAndMonth(
                        "sum(event.amount) over last 2 months",
                        "prior(sum(event.amount))",
                        "sum(event.amount) - prior(sum(event.amount))");
        assertThat(opened(amounts(), question, "2026-02-01 | pro", "m1"))
                .containsExactly("acme | 115", "bolt | 31", "total | 146");
        assertThat(opened(amounts(), question, "2026-02-01 | pro", "m2"))
                .containsExactly("bolt | 30", "acme | 15", "total | 45");
        assertThat(opened(amounts(), question, "2026-02-01 | pro", "m3"))
                .containsExactly("acme | 85", "bolt | -29", "total | 56");
    }

    @Test
    default void members_without_facts_are_behind_what_counts_them() {
        var world = amounts().member(account("dale").since("2025-01-01").with("plan", "pro"));
        var question =
                ask("count(account where not exists(event))", "share(account : exists(event))")
                        .between("2026-02-01", "2026-03-01")
                        .by("account.plan");
        assertThat(opened(world, question, "pro", "m1")).containsExactly("dale | 1", "total | 1");
        assertThat(opened(world, question, "pro", "m2"))
                .containsExactly(
                        "acme | 1 | 1 | 1",
                        "bolt | 1 | 1 | 1",
                        "dale | 0 | 0 | 1",
                        "total | 0.666666666667 | 2 | 3");
    }

    @Test
    default void what_does_not_add_up_says_so() {
        var question =
                byPlanAndMonth(
                        "distinct(event.name)",
                        "distinct(event.user)",
                        "median(event.amount)",
                        "2 * sum(event.amount) - count(event)",
                        "sum(event.amount) / count(event)");
        assertThat(remarks(amounts(), cell(amounts(), question, "all | pro", "m1")))
                .containsExactly("NOT_ADDITIVE m1");
        assertThat(opened(amounts(), question, "all | pro", "m1"))
                .containsExactly("acme | 2", "bolt | 1", "total | 2");
        // Each user is of one account: ann and art, bob.
        assertThat(remarks(amounts(), cell(amounts(), question, "all | pro", "m2"))).isEmpty();
        assertThat(opened(amounts(), question, "all | pro", "m2"))
                .containsExactly("acme | 2", "bolt | 1", "total | 3");
        assertThat(remarks(amounts(), cell(amounts(), question, "all | pro", "m3")))
                .containsExactly("NOT_ADDITIVE m3");
        assertThat(remarks(amounts(), cell(amounts(), question, "all | pro", "m4"))).isEmpty();
        assertThat(remarks(amounts(), cell(amounts(), question, "all | pro", "m5")))
                .containsExactly("NOT_ADDITIVE m5");
    }

    @Test
    default void a_cell_that_has_changed_since_is_shown_as_it_is_and_says_what_it_was() {
        var cell = cell(amounts(), byPlanAndMonth("sum(event.amount)"), "2026-01-01 | pro", "m1");
        var later = amounts().fact("event", "2026-01-20T10:00:00Z", "acme", "ann", "a", 4);
        assertThat(remarks(amounts(), cell)).isEmpty();
        assertThat(lines(later.build(), cell))
                .containsExactly("bolt | 30", "acme | 19", "total | 49");
        assertThat(remarks(later, cell)).containsExactly(Opening.CELL_CHANGED + " m1");
    }

    @Test
    default void the_scope_of_the_caller_holds_and_its_keys_are_no_others() {
        var question = byPlanAndMonth("sum(event.amount)");
        var scoped = question.scope("account.plan = 'pro'");
        assertThat(opened(amounts(), scoped, "all | total", "m1"))
                .containsExactly("acme | 115", "bolt | 31", "total | 146");
        var cell = cell(amounts(), question, "all | total", "m1");
        var stolen = new Opened(cell.query(), scoped.caller(), scoped);
        assertThat(stolen.problems(amounts().build().catalog()))
                .extracting(problem -> problem.code())
                .containsExactly(ProblemCode.BAD_KEY);
    }

    private List<String> refused(Opened opened) {
        return opened.problems(amounts().build().catalog()).stream()
                .map(problem -> problem.code() + " " + problem.place().path())
                .toList();
    }

    @Test
    default void keys_that_are_damaged_or_of_another_question_are_refused() {
        var question = byPlanAndMonth("sum(event.amount)", "sum(event.amount) / count(event)");
        var cell = cell(amounts(), question, "2026-01-01 | pro", "m1");
        var key = cell.query().key();
        var damaged = key.substring(0, 9) + (key.charAt(9) == 'A' ? 'B' : 'A') + key.substring(10);
        for (String other : List.of(damaged, "", "row 7", key.substring(1), key + key)) {
            assertThat(refused(Opened.of(question, other, "m1"))).containsExactly("BAD_KEY [key]");
        }
        assertThat(refused(Opened.of(question.where("event.name = 'a'"), key, "m1")))
                .containsExactly("BAD_KEY [key]");
        // Neither the page of the answer nor what is said of its uncertainty matters.
        assertThat(refused(Opened.of(question.first(1).withUncertainty(), key, "m1"))).isEmpty();
    }

    @Test
    default void everything_that_is_wrong_is_told_at_once() {
        var question =
                byPlanAndMonth(
                        "sum(event.amount)", "rank(sum(event.amount))", "2 * rank(count(event))");
        var key = cell(amounts(), question, "2026-01-01 | pro", "m1").query().key();
        var opened = Opened.of(question, key, "m1");
        var query = opened.query();
        assertThat(refused(opened.with(query.page(0, "x"))))
                .containsExactly("BAD_PAGE [first]", "BAD_PAGE [after]");
        assertThat(refused(Opened.of(question, key, "m4")))
                .containsExactly("UNKNOWN_COLUMN [column]");
        assertThat(refused(Opened.of(question, key, "account.plan")))
                .containsExactly("INCOMPATIBLE [column]");
        assertThat(refused(opened.with(query.part(Part.NUMERATOR))))
                .containsExactly("INCOMPATIBLE [part]");
        assertThat(refused(Opened.of(question, key, "m2"))).isEmpty();
        assertThat(refused(Opened.of(question, key, "m3")))
                .containsExactly("INCOMPATIBLE [column]");
        var wrong = question.where("event.nam = 'a'");
        assertThat(refused(Opened.of(wrong, "x", "m1")))
                .containsExactly("UNKNOWN_DIMENSION [where]", "BAD_KEY [key]");
    }

    @Test
    default void what_is_made_of_members_or_units_of_time_opens_into_accounts() {
        // Active days in January: acme 2, bolt 1; an account's mean of its days over both months.
        var question =
                ask("avg(day : count(event)) over range", "avg(account : sum(event.amount))")
                        .by("account.plan");
        var cell = cell(amounts(), question, "pro", "m1");
        assertThat(refused(cell.with(cell.query().by(By.ROW))))
                .containsExactly("INCOMPATIBLE [by]");
        // 31 days: acme 2 facts, bolt 1, pro 3.
        assertThat(opened(amounts(), question, "pro", "m1"))
                .containsExactly(
                        "acme | 0.0645161290323",
                        "bolt | 0.0322580645161",
                        "total | 0.0967741935484");
        assertThat(opened(amounts(), question, "pro", "m2"))
                .containsExactly("bolt | 30", "acme | 15", "total | 22.5");
    }

    @Test
    default void a_rank_opens_into_what_is_ranked() {
        // In January pro has 45 and is first of pro, free (20) and no account (7).
        var question = byPlanAndMonth("rank(sum(event.amount))", "rank(avg(event.amount))");
        assertThat(opened(amounts(), question, "2026-01-01 | pro | 1", "m1"))
                .containsExactly("bolt | 30", "acme | 15", "total | 45");
        var cell = cell(amounts(), question, "2026-01-01 | pro", "m1");
        assertThat(remarks(amounts(), cell)).isEmpty();
        assertThat(remarks(amounts(), cell(amounts(), question, "2026-01-01 | pro", "m2")))
                .containsExactly("NOT_ADDITIVE m2.ranked");
    }

    @Test
    default void the_group_of_all_others_opens_into_what_is_of_no_group_shown() {
        // Of the whole range: pro 146, free 20, no account 7. The greatest is pro.
        var question =
                byPlanAndMonth("sum(event.amount)", "distinct(event.user)").top(1, "m1", true);
        assertThat(opened(amounts(), question, "2026-01-01 | other", "m1"))
                .containsExactly("cord | 20", "no account | 7", "total | 27");
        assertThat(opened(amounts(), question, "all | other", "m2"))
                .containsExactly("cord | 1", "no account | 1", "total | 2");
        assertThat(opened(amounts(), question, "all | other", "m1", query -> query.by(By.ROW)))
                .containsExactly(
                        "cord | cid | 2026-01-08T10:00:00Z | b | 20 | 20 | 1",
                        "no account | eve | 2026-01-09T10:00:00Z | b | 7 | 7 | 1",
                        "total | total | total | total | total | 27 | 2");
        // Two keys: bolt has 30 and acme 100 of plan pro, in names a and b.
        var byTwo =
                ask("sum(event.amount)")
                        .between("2026-01-01", "2026-03-01")
                        .by("account.plan", "event.name")
                        .top(2, "m1", true);
        // pro b has 5 + 100, pro a 10 + 30 + 1; others are free b 20 and no account b 7.
        assertThat(opened(amounts(), byTwo, "other | other", "m1"))
                .containsExactly("cord | 20", "no account | 7", "total | 27");
        // What is a group shown without a value is no other: no account is the third.
        assertThat(
                        opened(
                                amounts()
                                        .member(account("nina").since("2025-01-01"))
                                        .fact(
                                                "event",
                                                "2026-01-11T10:00:00Z",
                                                "nina",
                                                "nan",
                                                "a",
                                                50),
                                byPlanAndMonth("sum(event.amount)").top(2, "m1", true),
                                "all | other",
                                "m1"))
                .containsExactly("cord | 20", "no account | 7", "total | 27");
    }

    @Test
    default void places_and_units_of_time_of_all_others_open_into_what_is_of_no_group_shown() {
        // The greatest days are of pro (100), free (20) and no account (7).
        var question =
                byPlanAndMonth("max(day : sum(event.amount))", "rank(sum(event.amount))")
                        .top(1, "m1", true);
        assertThat(opened(amounts(), question, "all | other", "m1"))
                .containsExactly("cord | 20", "no account | 7", "total | 20");
        assertThat(opened(amounts(), question, "all | other", "m2"))
                .containsExactly("cord | 20", "no account | 7", "total | 27");
        assertThat(opened(amounts(), question, "2026-01-01 | pro", "m1"))
                .containsExactly("bolt | 30", "acme | 10", "total | 30");
        assertThat(opened(amounts(), question, "2026-02-01 | pro", "m2"))
                .containsExactly("acme | 100", "bolt | 1", "total | 101");
    }

    @Test
    default void attempts_at_steps_open_into_their_accounts() {
        // From a to b within 30 days: acme on 5 and 6 January; bolt never; cord has no a.
        var question =
                ask("share(steps(event where name = 'a' -> event where name = 'b' within 30 days per account first) : completed)")
                        .by("account.plan");
        assertThat(opened(amounts(), question, "pro", "m1"))
                .containsExactly("acme | 1 | 1 | 1", "bolt | 0 | 0 | 1", "total | 0.5 | 1 | 2");
    }

    @Test
    default void what_is_read_in_windows_of_attempts_opens_into_their_accounts() {
        // Acme's three days from the 6th have 5; bolt's attempt has no second step.
        var question =
                ask("sum(steps(event where name = 'a' -> event where name = 'b' within 30 days per account first) : per(account : sum(event.amount)) over 3 days from step_2_at)")
                        .by("account.plan");
        assertThat(opened(amounts(), question, "pro", "m1"))
                .containsExactly("acme | 5", "bolt | 0", "total | 5");
    }

    @Test
    default void a_cell_of_an_age_opens_where_time_has_reached_it() {
        // Acme and bolt signed in January: they are of age 0 then, and of age 1 in February.
        var world =
                events().member(account("acme").since("2025-01-01").with("signed_on", "2026-01-02"))
                        .member(account("bolt").since("2025-01-01").with("signed_on", "2026-01-03"))
                        .fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "a", 10)
                        .fact("event", "2026-01-06T10:00:00Z", "acme", "ann", "b", 5)
                        .fact("event", "2026-01-07T10:00:00Z", "bolt", "bob", "a", 30)
                        .fact("event", "2026-02-05T10:00:00Z", "acme", "ann", "b", 100);
        var question =
                ask("count(event)")
                        .between("2026-01-01", "2026-03-01")
                        .by("account.signed_on by month", "age month from account.signed_on")
                        .grain(Grain.MONTH);
        assertThat(opened(world, question, "2026-01-01 | 2026-01-01 | 0", "m1"))
                .containsExactly("acme | 2", "bolt | 1", "total | 3");
        assertThat(opened(world, question, "2026-02-01 | 2026-01-01 | 1", "m1"))
                .containsExactly("acme | 1", "total | 1");
        var notReached = cell(world, question, "2026-01-01 | 2026-01-01 | 1 | NOT_YET", "m1");
        assertThat(refused(notReached)).containsExactly("INCOMPATIBLE [key]");
    }

    @Test
    default void an_account_as_key_and_the_empty_and_missing_keys_are_told_apart() {
        var world =
                amounts()
                        .member(account("dale").since("2025-01-01").with("plan", ""))
                        .fact("event", "2026-01-10T10:00:00Z", "dale", "dan", "a", 2)
                        .fact("event", "2026-01-11T10:00:00Z", "fern", "flo", "a", 3);
        var byPlan = ask("sum(event.amount)").by("account.plan");
        assertThat(opened(world, byPlan, "''", "m1")).containsExactly("dale | 2", "total | 2");
        assertThat(opened(world, byPlan, "none", "m1")).containsExactly("fern | 3", "total | 3");
        assertThat(opened(world, byPlan, "no account", "m1"))
                .containsExactly("no account | 7", "total | 7");
        assertThat(opened(world, ask("sum(event.amount)").by("account"), "acme", "m1"))
                .containsExactly("acme | 15", "total | 15");
    }

    @Test
    default void rows_show_what_is_computed_over_links() {
        // Three seats at the 10 of subscription s1; no subscription s9 is there.
        var world =
                World.world()
                        .entity(accounts().text("plan"))
                        .source(
                                source("subscription")
                                        .date("opened_on")
                                        .account("customer")
                                        .text("number")
                                        .integer("price")
                                        .key("number"))
                        .source(
                                source("change")
                                        .date("day")
                                        .account("customer")
                                        .integer("number")
                                        .text("about")
                                        .integer("seats")
                                        .computed(
                                                "cost",
                                                DataType.INTEGER,
                                                "seats * subscription.price")
                                        .key("number")
                                        .link("subscription", "subscription", "about"))
                        .fact("subscription", "2026-01-02", "acme", "s1", 10)
                        .fact("change", "2026-01-05", "acme", 1, "s1", 3, null)
                        .fact("change", "2026-01-06", "acme", 2, "s9", 2, null);
        var question = ask("sum(change.seats)").by("account");
        assertThat(opened(world, question, "acme", "m1", query -> query.by(By.ROW)))
                .containsExactly(
                        "acme | 2026-01-05 | 1 | s1 | 3 | 30 | 3",
                        "acme | 2026-01-06 | 2 | s9 | 2 | none | 2",
                        "total | total | total | total | total | total | 5");
    }

    @Test
    default void attempts_of_accounts_do_not_open_into_users() {
        // Ann begins acme's attempt on 5 January, which is the one that counts; bob is as early as
        // the next.
        var world =
                events().member(account("acme").since("2025-01-01").with("plan", "pro"))
                        .fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "a", 1)
                        .fact("event", "2026-01-06T10:00:00Z", "acme", "bob", "a", 1)
                        .fact("event", "2026-01-07T10:00:00Z", "acme", "bob", "b", 1);
        var steps =
                "count(steps(event where name = 'a' -> event where name = 'b' within 30 days per %s))";
        var perAccount = ask(steps.formatted("account")).by("account.plan");
        assertThat(opened(world, perAccount, "pro", "m1")).containsExactly("acme | 1", "total | 1");
        var cell = cell(world, perAccount, "pro", "m1");
        assertThat(cell.with(cell.query().by(By.USER)).problems(world.build().catalog()))
                .extracting(problem -> problem.code() + " " + problem.place().path())
                .containsExactly("INCOMPATIBLE [by]");
        assertThat(
                        opened(
                                world,
                                ask(steps.formatted("user")).by("account.plan"),
                                "pro",
                                "m1",
                                query -> query.by(By.USER)))
                .containsExactly("acme | ann | 1", "acme | bob | 1", "total | total | 2");
    }
}
