package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.EntityBuilder.accounts;
import static dev.cairn.testkit.data.SourceBuilder.source;

import dev.cairn.testkit.data.World;
import dev.cairn.testkit.data.WorldBuilder;
import org.junit.jupiter.api.Test;

/** Rows of a source without a key are ordered by what is stored of them where they are of one time, however they were taken in. */
public interface RowsWithoutKeyContract extends ExecutorContract {

    private static WorldBuilder sales() {
        return World.world()
                .entity(accounts())
                .source(
                        source("sale")
                                .date("sold_on")
                                .account("customer")
                                .integer("discs")
                                .text("note")
                                .coverage("2026-01-01", "2026-04-01"))
                // Acme's are taken in from the last to the first, bolt's as they are ordered.
                .fact("sale", "2026-01-05", "acme", 2, null)
                .fact("sale", "2026-01-05", "acme", 2, "gift")
                .fact("sale", "2026-01-05", "acme", 1, "gift")
                .fact("sale", "2026-01-05", "bolt", 1, null)
                .fact("sale", "2026-01-05", "bolt", 2, "gift");
    }

    private static String conversion(String steps) {
        return "conversion(sale where %s within 3 days per account)"
                .formatted(steps.replace("->", "-> sale where"));
    }

    /** Both have a 1 before a 2, and none a 2 before a 1. What is empty comes last: acme's gift of 2 is before its 2 of no note, and bolt's 1 of no note is before its gift of 2. */
    @Test
    default void steps_of_one_day_are_in_the_order_of_their_fields() {
        var world = sales();
        expect(
                world,
                ask(
                                conversion("discs = 1 -> discs = 2"),
                                conversion("discs = 2 -> discs = 1"),
                                conversion("note is none -> note = 'gift'"),
                                conversion("discs = 2 and note = 'gift' -> note is none"))
                        .by("account"),
                "acme | 1 | 0 | 0 | 1",
                "bolt | 1 | 0 | 1 | 0");
    }

    /** 1 gift, 2 gift, 2: the gift of 2 follows the 1, and the 2 follows the gift of 2. Earlier are 1 + 2, later 2 + 2. */
    @Test
    default void rows_of_one_day_touch_in_the_order_of_their_fields() {
        var touch = "touch(sale after sale per account)";
        expect(
                sales(),
                ask(
                                "sum(%s : earlier.discs)".formatted(touch),
                                "sum(%s : later.discs)".formatted(touch),
                                "count(%s where earlier.note = 'gift' and later.note is none)"
                                        .formatted(touch),
                                "count(%s on later_at where earlier.note is none)".formatted(touch))
                        .by("account"),
                "acme | 3 | 4 | 1 | 0",
                "bolt | 1 | 2 | 0 | 1");
    }

    /** Of the sales of that day acme's 2 of no note is the last, and bolt's gift; a visit's place is not compared with what was sold. */
    @Test
    default void row_of_one_source_touches_the_last_of_another_of_its_day() {
        expect(
                sales().source(
                                source("visit")
                                        .date("seen_on")
                                        .account("visitor")
                                        .text("place")
                                        .coverage("2026-01-01", "2026-04-01"))
                        .fact("visit", "2026-01-05", "acme", "home")
                        .fact("visit", "2026-01-05", "bolt", "shop"),
                ask(
                                "sum(touch(visit after sale per account) : earlier.discs)",
                                "count(touch(visit after sale per account) where earlier.note is none)",
                                "count(touch(sale after visit per account))")
                        .by("account"),
                "acme | 2 | 1 | 3",
                "bolt | 2 | 0 | 2");
    }

    /** Of two rows that are alike in all, one follows the other: the 3 of cyd that is not the first. */
    @Test
    default void rows_alike_in_all_follow_each_other() {
        var world =
                sales().fact("sale", "2026-01-07", "cyd", 3, null)
                        .fact("sale", "2026-01-07", "cyd", 3, null);
        expect(
                world,
                ask(
                                "count(touch(sale after sale per account))",
                                conversion("discs = 3 -> discs = 3"))
                        .filter(
                                "account",
                                dev.cairn.domain.analysis.AnalysisQuery.Operator.IN,
                                "cyd"),
                "1 | 1");
    }
}
