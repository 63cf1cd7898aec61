package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.EntityBuilder.accounts;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static dev.cairn.testkit.data.SourceBuilder.source;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.time.CalendarGrain;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.data.WorldBuilder;
import org.junit.jupiter.api.Test;

/**
 * Constructs that meet: pairs, attempts, touches and changes with windows, shifts, calendars, parents, keys of several parts, rows of no time and conformed
 * dimensions. Numbers are powers of two, so that each sum says which rows it is of.
 */
public interface MixturesContract extends OpeningContract {
    /**
     * Acme (EU) is pro and of bolt in January, free and of core from February; bolt (US) is free, core pro. Acme uses the board (1) and the chat (2) in January, both
     * (4, 8) in February, the board (16) in March; bolt the board (32) in January and (64) in February, the chat (128) in March; 256 on the board are of no account.
     * Goals are of no time: acme 10 of the board and 20 of the chat, core 40 of the board, 80 of mail are of no account. Visits are of places.
     */
    private static WorldBuilder uses() {
        return World.world()
                .calendar("fiscal", "02-01")
                .entity(
                        accounts()
                                .text("plan")
                                .text("region")
                                .text("above")
                                .link("parent", "above")
                                .history())
                .member(
                        account("acme")
                                .since("2025-01-01")
                                .with("plan", "pro")
                                .with("region", "EU")
                                .with("above", "bolt")
                                .held(null, "2026-02-01"))
                .member(
                        account("acme")
                                .since("2025-01-01")
                                .with("plan", "free")
                                .with("region", "EU")
                                .with("above", "core")
                                .held("2026-02-01", null))
                .member(
                        account("bolt")
                                .since("2025-01-01")
                                .with("plan", "free")
                                .with("region", "US")
                                .held(null, null))
                .member(account("core").since("2025-01-01").with("plan", "pro").held(null, null))
                .source(
                        source("use")
                                .date("used_on")
                                .account("customer")
                                .text("feature")
                                .integer("effort")
                                .coverage("2026-01-01", "2026-04-01"))
                .source(
                        source("goal")
                                .account("customer")
                                .text("feature")
                                .integer("wanted")
                                .timeless())
                .source(
                        source("visit")
                                .date("seen_on")
                                .text("place")
                                .integer("guests")
                                .coverage("2026-01-01", "2026-04-01"))
                .conformed("area", "visit.place", "account.region")
                .conformed("what", "use.feature", "goal.feature")
                .fact("use", "2026-01-05", "acme", "board", 1)
                .fact("use", "2026-01-20", "acme", "chat", 2)
                .fact("use", "2026-02-03", "acme", "board", 4)
                .fact("use", "2026-02-10", "acme", "chat", 8)
                .fact("use", "2026-03-05", "acme", "board", 16)
                .fact("use", "2026-01-10", "bolt", "board", 32)
                .fact("use", "2026-02-15", "bolt", "board", 64)
                .fact("use", "2026-03-20", "bolt", "chat", 128)
                .fact("use", "2026-01-31", null, "board", 256)
                .fact("goal", "acme", "board", 10, "0001-01-01", null)
                .fact("goal", "acme", "chat", 20, "0001-01-01", null)
                .fact("goal", "core", "board", 40, "0001-01-01", null)
                .fact("goal", null, "mail", 80, "0001-01-01", null)
                .fact("visit", "2026-01-03", "EU", 1)
                .fact("visit", "2026-02-04", "US", 2)
                .fact("visit", "2026-02-05", "EU", 4)
                .fact("visit", "2026-03-05", null, 8);
    }

    private static Question quarter(String... formulas) {
        return ask(formulas).between("2026-01-01", "2026-04-01");
    }

    private static Question months(String... formulas) {
        return quarter(formulas).grain(Grain.MONTH);
    }

    @Test
    default void pairs_in_windows_and_shifts() {
        // In January acme's two and bolt's board, in February the same, in March acme's board and
        // bolt's chat. Used twice in two months: 4 + 8 + 64, then 16. More than in the month
        // before: (3 + 6 + 32) / 3, then (12 + 128) / 2.
        expect(
                uses(),
                months(
                        "count(account by use.feature)",
                        "count(account by use.feature) over last 2 months",
                        "prior(count(account by use.feature))",
                        "next(count(account by use.feature))",
                        "sum(account by use.feature where count(use) over last 2 months >= 2 : sum(use.effort))",
                        "avg(account by use.feature : sum(use.effort) - prior(sum(use.effort)))",
                        "count(account by use.feature where prior(exists(use)))"),
                "2026-01-01 | 3 | 3 | BEFORE_DATA | 3 | 0 | BEFORE_DATA | BEFORE_DATA",
                "2026-02-01 | 3 | 3 | 3 | 2 | 76 | 13.6666666667 | 3",
                "2026-03-01 | 2 | 4 | 3 | NOT_YET | 16 | 70 | 1");
    }

    @Test
    default void pairs_by_what_their_accounts_were() {
        expect(
                uses(),
                months("count(account by use.feature)").by("account.plan").sparse(),
                "2026-01-01 | free | 1",
                "2026-01-01 | pro | 2",
                "2026-02-01 | free | 3",
                "2026-03-01 | free | 2");
        expect(
                uses(),
                months("count(account by use.feature)").by("account.parent").sparse(),
                "2026-01-01 | bolt | 2",
                "2026-01-01 | none | 1",
                "2026-02-01 | core | 2",
                "2026-02-01 | none | 1",
                "2026-03-01 | core | 1",
                "2026-03-01 | none | 1");
        var pairs = quarter("sum(account by use.feature : sum(use.effort))");
        expect(uses(), pairs.where("account.parent = 'core'"), "31");
        expect(uses(), pairs.by("use.feature").top(1), "chat | 138", "other | 117");
        assertThat(opened(uses(), pairs.by("account.plan as of start"), "pro", "m1"))
                .containsExactly("acme | 31", "total | 31");
    }

    @Test
    default void periods_of_a_calendar() {
        // The years begin in February, and the range cuts both quarters: the first has January, the
        // second ends in March. Within 10 days acme goes on from the board to the chat in February.
        String steps =
                "steps(use where feature = 'board' -> use where feature = 'chat' within 10 days per account)";
        expect(
                uses(),
                quarter(
                                "count(account by use.feature)",
                                "avg(account by use.feature : sum(use.effort))",
                                "count(" + steps + ")",
                                "share(" + steps + " : completed)")
                        .grain(new CalendarGrain("fiscal", "quarter")),
                "2025-11-01 | 3 | 11.6666666667 | 2 | 0",
                "2026-02-01 | 4 | 55 | 2 | 0.5");
        expect(
                uses(),
                months(
                        "sum(use.effort) over fiscal.quarter to date",
                        "count(account by use.feature) over fiscal.quarter to date"),
                "2026-01-01 | 291 | 3",
                "2026-02-01 | 76 | 3",
                "2026-03-01 | 220 | 4");
        expect(
                uses(),
                quarter(
                        "sum(fiscal.month : count(account by use.feature))",
                        "max(fiscal.month : sum(use.effort))"),
                "8 | 291");
    }

    @Test
    default void rows_of_no_time_beside_others() {
        expect(
                uses(),
                quarter("sum(use.effort)", "sum(goal.wanted)").by("what").totals(),
                "board | 373 | 50",
                "chat | 138 | 20",
                "mail | 0 | 80",
                "total | 511 | 150");
        expect(
                uses(),
                quarter("sum(goal.wanted)", "sum(use.effort)").by("what").top(1),
                "mail | 80 | 0",
                "other | 70 | 511");
        expect(
                uses(),
                quarter(
                                "sum(goal.wanted) / total(sum(goal.wanted) by what)",
                                "total(sum(goal.wanted) by what)")
                        .by("what", "account"),
                "board | acme | 0.2 | 50",
                "board | core | 0.8 | 50",
                "chat | acme | 1 | 20",
                "mail | no account | 1 | 80");
        // Of the pairs 10, 20 and 40; each goal beside what its account used: twice 3, 12 and 16.
        expect(
                uses(),
                months(
                        "sum(account by goal.feature : sum(goal.wanted))",
                        "prior(sum(account by goal.feature : sum(goal.wanted)))",
                        "sum(goal : per(account : sum(use.effort)))"),
                "2026-01-01 | 70 | 70 | 6",
                "2026-02-01 | 70 | 70 | 24",
                "2026-03-01 | 70 | 70 | 32");
        assertThat(opened(uses(), quarter("sum(goal.wanted)").by("what"), "board", "m1"))
                .containsExactly("core | 40", "acme | 10", "total | 50");
    }

    @Test
    default void conformed_dimension_of_facts_members_and_what_is_made_of_facts() {
        expect(
                uses(),
                quarter("sum(use.effort)", "sum(visit.guests)").by("area").top(2),
                "US | 224 | 2",
                "no account | 256 | 0",
                "other | 31 | 13");
        expect(
                uses(),
                quarter(
                                "count(account)",
                                "count(account by use.feature)",
                                "count(touch(use after use per account))",
                                "sum(visit.guests)")
                        .by("area"),
                "EU | 1 | 2 | 4 | 5",
                "US | 1 | 2 | 2 | 2",
                "none | 1 | 0 | 0 | 8");
        expect(
                uses(),
                months(
                                "sum(visit.guests)",
                                "prior(sum(visit.guests))",
                                "sum(use.effort) over range to date")
                        .by("area")
                        .sparse(),
                "2026-01-01 | EU | 1 | BEFORE_DATA | 3",
                "2026-01-01 | US | 0 | BEFORE_DATA | 32",
                "2026-01-01 | no account | 0 | BEFORE_DATA | 256",
                "2026-02-01 | EU | 4 | 1 | 15",
                "2026-02-01 | US | 2 | 0 | 96",
                "2026-02-01 | no account | 0 | 0 | 256",
                "2026-03-01 | EU | 0 | 4 | 31",
                "2026-03-01 | US | 0 | 2 | 224",
                "2026-03-01 | none | 8 | 0 | 0",
                "2026-03-01 | no account | 0 | 0 | 256");
    }

    /** Two of module A, one of module A/B; each is the parent of the next: A/2 of A/1, A/1 of the third. */
    private static WorldBuilder studies() {
        return World.world()
                .entity(
                        accounts()
                                .key("module", "student")
                                .text("plan")
                                .text("p_module")
                                .text("p_student")
                                .link("parent", "p_module", "p_student"))
                .member(
                        account("A/1")
                                .with("plan", "pro")
                                .with("p_module", "A")
                                .with("p_student", "2"))
                .member(account("A/2").with("plan", "free"))
                .member(
                        account("A%2FB/1")
                                .with("plan", "pro")
                                .with("p_module", "A")
                                .with("p_student", "1"))
                .source(
                        source("study")
                                .date("day")
                                .text("module")
                                .integer("student")
                                .text("kind")
                                .integer("clicks")
                                .accountOf("module", "student")
                                .coverage("2026-01-01", "2026-04-01"))
                .fact("study", "2026-01-05", "A", 1, "open", 1)
                .fact("study", "2026-01-05", "A", 1, "done", 2)
                .fact("study", "2026-01-08", "A", 1, "done", 4)
                .fact("study", "2026-01-06", "A", 2, "open", 8)
                .fact("study", "2026-01-20", "A", 2, "done", 16)
                .fact("study", "2026-02-03", "A/B", 1, "open", 32)
                .fact("study", "2026-02-04", "A/B", 1, "done", 64)
                .fact("study", "2026-01-09", null, 1, "open", 128);
    }

    @Test
    default void keys_of_several_parts_and_what_is_made_of_rows_without_a_key() {
        // Of one day done comes before open, so A/1 is done on January 8; A/2 takes too long.
        String steps =
                "steps(study where kind = 'open' -> study where kind = 'done' within 7 days per account)";
        String touch = "touch(study after study per account)";
        var made =
                quarter(
                        "count(" + steps + ")",
                        "count(" + steps + " where completed)",
                        "count(" + touch + ")",
                        "sum(" + touch + " : earlier.clicks)",
                        "count(account by study.kind)");
        expect(studies(), made, "3 | 2 | 4 | 43 | 6");
        expect(
                studies(),
                made.by("account.module"),
                "A | 2 | 1 | 3 | 11 | 4",
                "A/B | 1 | 1 | 1 | 32 | 2");
        expect(
                studies(),
                made.by("account.parent"),
                "A/1 | 1 | 1 | 1 | 32 | 2",
                "A/2 | 1 | 1 | 2 | 3 | 2",
                "none | 1 | 0 | 1 | 8 | 2");
        expect(studies(), made.where("account.module = 'A/B'"), "1 | 1 | 1 | 32 | 2");
        expect(
                studies(),
                quarter("rank(sum(study.clicks))", "total(sum(study.clicks) by account.module)")
                        .by("account", "account.module"),
                "A%2FB/1 | A/B | 2 | 96",
                "A/1 | A | 4 | 31",
                "A/2 | A | 3 | 31",
                "no account | no account | 1 | 128");
        assertThat(
                        opened(
                                studies(),
                                quarter("sum(study.clicks)").by("account.parent"),
                                "A/1",
                                "m1"))
                .containsExactly("A%2FB/1 | 96", "total | 96");
    }

    @Test
    default void changes_in_groups_windows_and_ranks() {
        // By account acme 50, bolt -80 + 60, calm 50, dyno 40 - 10, edge 20 - 20.
        var world = Subscriptions.subscriptions(events());
        String changes = "changes(subscription.mrr per account)";
        String delta = "sum(" + changes + " : delta)";
        expect(
                world,
                quarter(delta).by("account.plan").totals(),
                "free | 80",
                "pro | 30",
                "none | 0",
                "total | 110");
        expect(
                world,
                months("prior(" + delta + ")", delta + " over last 2 months", delta + " over all"),
                "2026-01-01 | 180 | 190 | 190",
                "2026-02-01 | 10 | 70 | 250",
                "2026-03-01 | 60 | 100 | 290");
        expect(
                world,
                quarter("rank(" + delta + ")", delta + " / total(" + delta + ")").by("account"),
                "acme | 1 | 0.454545454545",
                "bolt | 5 | -0.181818181818",
                "calm | 1 | 0.454545454545",
                "dyno | 3 | 0.272727272727",
                "edge | 4 | 0");
        expect(world, quarter(delta).by("account").top(2), "acme | 50", "calm | 50", "other | 10");
        assertThat(opened(world, quarter(delta).by("account.plan"), "pro", "m1"))
                .containsExactly("acme | 50", "bolt | -20", "total | 30");
    }
}
