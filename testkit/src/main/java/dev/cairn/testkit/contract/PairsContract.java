package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.contract.Question.askMetrics;
import static dev.cairn.testkit.data.EntityBuilder.accounts;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static dev.cairn.testkit.data.SourceBuilder.source;

import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Metric.Level;
import dev.cairn.domain.model.Metric.RollUp;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.EntityBuilder;
import dev.cairn.testkit.data.SourceBuilder;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.data.WorldBuilder;
import org.junit.jupiter.api.Test;

/** {@code account by use.feature}: a row for each account and value that there is a fact of, beneath which only rows of the value are read. */
public interface PairsContract extends ExecutorContract {
    private static SourceBuilder uses() {
        return source("use")
                .date("used_on")
                .account("customer")
                .user("person")
                .text("feature")
                .integer("effort")
                .integer("screen_no")
                .link("screen", "screen", "screen_no")
                .coverage("2026-01-01", "2026-04-01");
    }

    private static EntityBuilder customers() {
        return accounts().text("plan").test("is_internal");
    }

    /**
     * Acme (pro) uses the board on three days of January (1 and 2 minutes by ann, 4 by bob) and once in March (128 by ann), the chat once in January (8 by bob) and
     * on three days of February (16 and 32 by ann, 64 by bob). Bolt (free) chats once in January (256) and uses the board once in February (512), both by cat, who
     * also uses something without a name (1024). Core (free) uses nothing. One use of the board in January (2048) is of no account.
     */
    private static WorldBuilder used(EntityBuilder entity) {
        return World.world()
                .entity(entity)
                .source(uses())
                .source(
                        source("screen")
                                .date("made_on")
                                .integer("number")
                                .text("area")
                                .key("number")
                                .coverage("2025-01-01", "2026-04-01"))
                .source(
                        source("bill")
                                .date("sent_on")
                                .account("customer")
                                .integer("amount")
                                .coverage("2026-01-01", "2026-04-01"))
                .fact("screen", "2025-01-01", 1, "work")
                .fact("screen", "2025-01-01", 2, "work")
                .fact("screen", "2025-01-01", 3, "talk")
                .fact("bill", "2026-01-31", "acme", 10)
                .fact("bill", "2026-02-28", "acme", 20)
                .fact("bill", "2026-02-28", "bolt", 40)
                .fact("use", "2026-01-05", "acme", "ann", "board", 1, 1)
                .fact("use", "2026-01-06", "acme", "ann", "board", 2, 2)
                .fact("use", "2026-01-07", "acme", "bob", "board", 4, 1)
                .fact("use", "2026-01-08", "acme", "bob", "chat", 8, 3)
                .fact("use", "2026-02-03", "acme", "ann", "chat", 16, 3)
                .fact("use", "2026-02-04", "acme", "ann", "chat", 32, 3)
                .fact("use", "2026-02-05", "acme", "bob", "chat", 64, 2)
                .fact("use", "2026-03-10", "acme", "ann", "board", 128, 1)
                .fact("use", "2026-01-09", "bolt", "cat", "chat", 256, 3)
                .fact("use", "2026-02-10", "bolt", "cat", "board", 512, 1)
                .fact("use", "2026-02-11", "bolt", "cat", null, 1024, null)
                .fact("use", "2026-01-15", null, "dan", "board", 2048, 1);
    }

    private static WorldBuilder used() {
        return used(customers())
                .member(account("acme").since("2025-01-01").with("plan", "pro"))
                .member(account("bolt").since("2025-01-01").with("plan", "free"))
                .member(account("core").since("2025-01-01").with("plan", "free"));
    }

    private static Question quarter(String... formulas) {
        return ask(formulas).between("2026-01-01", "2026-04-01");
    }

    @Test
    default void each_account_and_value_with_a_row_is_one_row() {
        // acme board 4 uses and 135 minutes, acme chat 4 and 120, bolt chat 1 and 256, bolt board 1
        // and 512
        expect(
                used(),
                quarter(
                        "count(account by use.feature)",
                        "count(account by use.feature where count(use) >= 3)",
                        "avg(account by use.feature : count(use))",
                        "share(account by use.feature : count(use) >= 3)",
                        "median(account by use.feature : sum(use.effort))",
                        "max(account by use.feature : sum(use.effort))",
                        "sum(account by use.feature : distinct(use.user))"),
                "4 | 2 | 2.5 | 0.5 | 195.5 | 512 | 6");
    }

    @Test
    default void a_row_without_the_value_or_without_an_account_makes_no_pair() {
        // What has no name is bolt's, what is of no account is of the board.
        expect(
                used(),
                quarter(
                        "sum(account by use.feature : count(use))",
                        "count(use)",
                        "sum(account : distinct(use.feature))",
                        "exists(account by use.feature where sum(use.effort) >= 1024)"),
                "10 | 12 | 4 | false");
    }

    @Test
    default void pairs_are_those_of_the_window() {
        // January: acme board 3, acme chat 1, bolt chat 1; February: acme chat 3, bolt board 1;
        // March: acme board 1
        expect(
                used(),
                quarter(
                                "count(account by use.feature)",
                                "count(account by use.feature where count(use) >= 3)",
                                "avg(account by use.feature : count(use))",
                                "count(account by use.feature) over last 2 months",
                                "count(account by use.feature where count(use) >= 3) over last 2 months",
                                "prior(count(account by use.feature))",
                                "count(account by use.feature where count(use) over all >= 4)")
                        .grain(Grain.MONTH)
                        .totals(),
                "2026-01-01 | 3 | 1 | 1.66666666667 | 3 | 1 | BEFORE_DATA | 0",
                "2026-02-01 | 2 | 1 | 2 | 4 | 2 | 3 | 1",
                "2026-03-01 | 1 | 0 | 1 | 3 | 1 | 2 | 1",
                "all | 4 | 2 | 2.5 | 3 | 1 | BEFORE_DATA | 2");
    }

    @Test
    default void users_have_pairs_too() {
        // ann board 3 and chat 2, bob board 1 and chat 2, cat chat 1 and board 1; dan is of no
        // account, and uses the board
        expect(
                used(),
                quarter(
                        "count(user by use.feature where account is not none)",
                        "count(user by use.feature)",
                        "max(user by use.feature : count(use))",
                        "count(user by use.feature where count(use) >= 2)",
                        "avg(account : count(user by use.feature))"),
                "6 | 7 | 3 | 3 | 2");
    }

    @Test
    default void breadth_is_how_many_pairs_an_account_has() {
        // Used at least 3 times: two features of acme, none of bolt, none of core.
        var breadth = "count(account by use.feature where count(use) >= 3)";
        expect(
                used(),
                quarter(
                        "avg(account : %s)".formatted(breadth),
                        "median(account : %s)".formatted(breadth),
                        "max(account : %s)".formatted(breadth),
                        "count(account where %s = 0)".formatted(breadth),
                        "sum(bill where per(account : %s) >= 2 : amount)".formatted(breadth)),
                "0.666666666667 | 0 | 2 | 2 | 30");
        expect(
                used(),
                quarter("count(account)", "sum(bill.amount)")
                        .by("(%s) as breadth".formatted(breadth)),
                "0 | 2 | 40",
                "2 | 1 | 30");
        expect(
                used().metric("breadth", Level.ACCOUNT, RollUp.AVG, breadth),
                askMetrics("breadth").between("2026-01-01", "2026-04-01").by("account.plan"),
                "free | 0",
                "pro | 2");
        expect(
                used().cohortBy("broad", "(%s) over ever >= 2".formatted(breadth)),
                quarter(
                        "count(account where account in broad)",
                        "count(account by use.feature where account in broad)"),
                "1 | 2");
    }

    @Test
    default void keys_are_of_the_account_or_the_value() {
        var all =
                quarter(
                        "count(account by use.feature)",
                        "sum(account by use.feature : count(use))",
                        "count(use)");
        expect(
                used(),
                all.by("use.feature"),
                "board | 2 | 5 | 6",
                "chat | 2 | 5 | 5",
                "none | 0 | 0 | 1");
        expect(
                used(),
                all.by("account.plan"),
                "free | 2 | 2 | 3",
                "pro | 2 | 8 | 8",
                "no account | 0 | 0 | 1");
        expect(
                used(),
                quarter("count(account by use.feature)").by("account", "feature").totals(),
                "acme | board | 1",
                "acme | chat | 1",
                "bolt | board | 1",
                "bolt | chat | 1",
                "total | total | 4");
        expect(
                used(),
                quarter("count(account by use.used_on)").by("use.used_on by month"),
                "2026-01-01 | 5",
                "2026-02-01 | 5",
                "2026-03-01 | 1");
        expect(
                used(),
                quarter("sum(account by use.feature : count(use))").by("account").top(1),
                "acme | 8",
                "other | 2");
    }

    @Test
    default void filters_are_of_the_account_or_the_value() {
        var all =
                quarter(
                        "count(account by use.feature)",
                        "sum(account by use.feature : count(use))");
        expect(used(), all.where("use.feature = 'chat'"), "2 | 5");
        expect(used(), all.filter("use.feature", Operator.IN, "board"), "2 | 5");
        expect(used(), all.where("account.plan = 'pro'"), "2 | 8");
        expect(used(), all.scope("plan = 'free'"), "2 | 2");
        expect(
                used(),
                quarter(
                        "count(account by use.feature where use.feature = 'chat')",
                        "count(account by use.feature where feature = 'chat' and plan = 'pro')",
                        "only(count(account by use.feature) where use.feature = 'board')",
                        "count(account by use.feature) / total(count(account by use.feature))"),
                "2 | 1 | 2 | 1");
    }

    @Test
    default void several_values_split_an_account_by_each_combination() {
        // Every use with a name has other minutes: 8 of acme, 2 of bolt.
        expect(
                used(),
                quarter(
                        "count(account by use.feature, use.effort)",
                        "count(account by use.feature, use.screen_no)",
                        "sum(account by use.feature, use.screen_no : count(use))"),
                // board on 1 and 2, chat on 3 and 2; chat on 3, board on 1
                "10 | 6 | 10");
    }

    @Test
    default void a_value_may_be_one_that_links_lead_to() {
        // work: acme 1, 2, 4, 64 and 128, bolt 512; talk: acme 8, 16 and 32, bolt 256
        var all =
                quarter(
                        "count(account by use.screen.area)",
                        "max(account by use.screen.area : sum(use.effort))");
        expect(used(), all, "4 | 512");
        expect(used(), all.by("use.screen.area"), "talk | 2 | 256", "work | 2 | 512");
    }

    @Test
    default void pairs_of_a_slice_are_of_its_rows_and_read_all_rows_of_the_value() {
        // Long uses: acme board 128, bolt chat 256 and board 512. Beneath, all uses: 4, 1 and 1.
        expect(
                used().slice("long_use", "use", "effort >= 100"),
                quarter(
                        "count(account by long_use.feature)",
                        "sum(account by long_use.feature : count(use))",
                        "sum(account by long_use.feature : count(long_use))"),
                "3 | 6 | 3");
    }

    @Test
    default void what_the_account_does_as_a_whole_is_said() {
        // acme 8 uses and 30 billed, bolt 3 and 40, each for both of its features
        expect(
                used(),
                quarter(
                        "sum(account by use.feature : per(account : count(use)))",
                        "sum(account by use.feature : per(account : sum(bill.amount)))",
                        "count(account by use.feature where count(use) / per(account : count(use)) > 0.4)",
                        "max(account by use.feature : count(use) / total(count(use)))"),
                "22 | 140 | 2 | 0.333333333333");
    }

    @Test
    default void units_of_time_have_pairs_of_their_own() {
        // In January a pair on each of five days.
        expect(
                used(),
                ask(
                        "avg(day : count(account by use.feature))",
                        "max(every 31 days : count(account by use.feature where count(use) >= 3))"),
                "0.161290322581 | 1");
    }

    @Test
    default void outside_of_the_coverage_there_is_none_and_inside_it_is_nothing() {
        var all =
                ask(
                                "count(account by use.feature)",
                                "share(account by use.feature : count(use) > 1)")
                        .grain(Grain.MONTH);
        expect(
                used(),
                all.between("2025-12-01", "2026-02-01"),
                "2025-12-01 | BEFORE_DATA | BEFORE_DATA",
                "2026-01-01 | 3 | 0.333333333333");
        expect(
                used().source(
                                source("visit")
                                        .date("seen_on")
                                        .account("customer")
                                        .text("page")
                                        .coverage("2026-01-01", "2026-02-01")),
                ask("count(account by visit.page)", "avg(account by visit.page : count(visit))"),
                "0 | NO_DATA");
    }

    @Test
    default void attributes_are_those_of_accounts_at_the_end_of_the_window() {
        // Acme is on free until January 8.
        expect(
                used(customers().history())
                        .member(
                                account("acme")
                                        .since("2025-01-01")
                                        .with("plan", "free")
                                        .held(null, "2026-01-08"))
                        .member(
                                account("acme")
                                        .since("2025-01-01")
                                        .with("plan", "pro")
                                        .held("2026-01-08", null))
                        .member(
                                account("bolt")
                                        .since("2025-01-01")
                                        .with("plan", "free")
                                        .held(null, null)),
                ask("count(account by use.feature)").by("account.plan"),
                "free | 1",
                "pro | 2");
    }

    @Test
    default void test_accounts_have_no_pairs_unless_asked_for() {
        var world =
                used(customers())
                        .member(account("acme").since("2025-01-01").with("plan", "pro"))
                        .member(account("bolt").since("2025-01-01").with("is_internal", true));
        expect(
                world,
                quarter(
                        "count(account by use.feature)",
                        "count(account by use.feature where is_internal)"),
                "2 | 2");
    }

    @Test
    default void values_are_of_any_type() {
        var world =
                used(customers())
                        .source(
                                source("try")
                                        .timestamp("tried_at")
                                        .account("customer")
                                        .flag("worked")
                                        .decimal("cost")
                                        .computed(
                                                "tried_in",
                                                DataType.INTEGER,
                                                "hour_of_day(tried_at)")
                                        .coverage("2026-01-01", "2026-04-01"))
                        .fact("try", "2026-01-05T10:00:00Z", "acme", true, "1.50", 10)
                        .fact("try", "2026-01-05T10:30:00Z", "acme", false, "1.5", 10)
                        .fact("try", "2026-01-05T10:30:00Z", "acme", true, "2", 10);
        // worked or not; 1.5 and 2; 10:00 and 10:30; all of them in one hour
        expect(
                world,
                quarter(
                        "count(account by try.worked)",
                        "max(account by try.worked : sum(try.cost))",
                        "count(account by try.cost)",
                        "max(account by try.cost : count(try))",
                        "count(account by try.tried_at)",
                        "max(account by try.tried_in : count(try))"),
                "2 | 3.5 | 2 | 2 | 2 | 3");
    }

    @Test
    default void rows_that_hold_for_a_time_make_pairs_as_it_is_said() {
        // Seats: acme 3 of january and 5 from February 1; bolt 7 all the time.
        var world =
                used().source(
                                source("seat")
                                        .date("from_on")
                                        .date("until_on")
                                        .account("customer")
                                        .text("kind")
                                        .integer("many")
                                        .validity("from_on", "until_on")
                                        .coverage("2025-01-01", "2026-04-01"))
                        .fact("seat", "2026-01-01", "2026-02-01", "acme", "basic", 3)
                        .fact("seat", "2026-02-01", null, "acme", "full", 5)
                        .fact("seat", "2025-06-01", null, "bolt", "full", 7);
        expect(
                world,
                quarter(
                                "count(account by seat.kind at end)",
                                "count(account by seat.kind during)",
                                "sum(account by seat.kind during : sum(seat at end : many))")
                        .grain(Grain.MONTH),
                // At the first instant of February basic is still in force.
                "2026-01-01 | 2 | 2 | 10",
                "2026-02-01 | 2 | 2 | 12",
                "2026-03-01 | 2 | 2 | 12");
        // On February 15 both have full seats. Beneath, each month is read: billed are 10 in
        // January, 20 + 40 in February; full seats are 7, then 5 + 7.
        expect(
                world,
                quarter(
                                "count(account by seat.kind at @2026-02-15)",
                                "sum(account by seat.kind at @2026-02-15 : per(account : sum(bill.amount)))",
                                "sum(account by seat.kind at @2026-02-15 : sum(seat at end : many))")
                        .grain(Grain.MONTH),
                "2026-01-01 | 2 | 10 | 7",
                "2026-02-01 | 2 | 60 | 12",
                "2026-03-01 | 2 | 0 | 12");
    }
}
