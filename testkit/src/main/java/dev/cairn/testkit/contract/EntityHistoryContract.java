package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.EntityBuilder.accounts;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static dev.cairn.testkit.data.SourceBuilder.entity;
import static dev.cairn.testkit.data.SourceBuilder.source;

import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.SourceBuilder;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.data.WorldBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Attributes of declared entities as they were: one row of a member for each time that they are known of. */
public interface EntityHistoryContract extends ExecutorContract {
    private static SourceBuilder bookings() {
        return source("booking")
                .date("booked_on")
                .account("guest")
                .text("of_listing")
                .integer("nights")
                .link("listing", "listing", "of_listing")
                .coverage("2026-01-01", "2026-04-01");
    }

    private static void listing(
            WorldBuilder world,
            String key,
            String from,
            @Nullable String until,
            String country,
            int beds,
            String owner) {
        world.fact("listing", key, country, beds, owner, from, until, "0001-01-01", null);
    }

    /**
     * The flat is in France with 2 beds until February, and in Spain with 3 from then on; the hut is known from January 15 on; of the loft nothing holds from
     * February 15 on. The flat is of bolt (free), and of cape (pro) as it is known last.
     */
    private static WorldBuilder stays() {
        var world =
                World.world()
                        .entity(accounts().text("plan"))
                        .member(account("acme").with("plan", "pro"))
                        .member(account("bolt").with("plan", "free"))
                        .member(account("cape").with("plan", "pro"))
                        .source(
                                entity("listing")
                                        .text("listing_id")
                                        .text("country")
                                        .integer("beds")
                                        .text("user_id")
                                        .date("active_from")
                                        .date("active_to")
                                        .key("listing_id")
                                        .history("active_from", "active_to")
                                        .link("owner", EntityRef.ACCOUNT, "user_id"))
                        .source(bookings());
        listing(world, "flat", "2026-02-01", null, "ES", 3, "cape");
        listing(world, "flat", "2026-01-01", "2026-02-01", "FR", 2, "bolt");
        listing(world, "hut", "2026-01-15", null, "FR", 4, "bolt");
        listing(world, "loft", "2026-01-01", "2026-02-15", "IT", 8, "bolt");
        return world.fact("booking", "2026-01-05", "acme", "flat", 2)
                .fact("booking", "2026-01-05", "bolt", "hut", 1)
                .fact("booking", "2026-02-01", "acme", "flat", 3)
                .fact("booking", "2026-02-03", "acme", "hut", 4)
                .fact("booking", "2026-02-10", "bolt", "loft", 7)
                .fact("booking", "2026-02-20", "acme", "loft", 5);
    }

    private static Question quarter(String... formulas) {
        return ask(formulas).between("2026-01-01", "2026-04-01");
    }

    @Test
    default void attribute_is_read_as_it_was_at_the_fact() {
        // In France 2 nights of the flat and 4 of the hut; in Spain 3; in Italy 7. Of the hut on
        // January 5 nothing is known yet, of the loft on February 20 nothing any more: 1 + 5.
        var nights = quarter("sum(booking : nights)");
        expect(
                stays(),
                nights.by("booking.listing.country"),
                "ES | 3",
                "FR | 6",
                "IT | 7",
                "none | 6");
        expect(stays(), nights.filter("listing.country", Operator.IN, "FR"), "6");
        // Beds 2 + 3 + 4 + 8.
        expect(
                stays(),
                quarter(
                        "sum(booking where listing.country = 'FR' : nights)",
                        "sum(booking : listing.beds)",
                        "count(booking where listing.beds is none)",
                        "count(booking where listing is none)",
                        "distinct(booking.listing)"),
                "6 | 17 | 2 | 0 | 3");
    }

    @Test
    default void as_of_says_when_it_is_read() {
        // Now the flat is in Spain, the hut in France, and of the loft nothing holds.
        var nights = quarter("sum(booking : nights)");
        expect(
                stays(),
                nights.by("booking.listing.country as of now"),
                "ES | 5",
                "FR | 5",
                "none | 12");
        // What began on January 1 holds not before it: each has what is known of it first.
        expect(stays(), nights.by("booking.listing.country as of start"), "FR | 10", "IT | 12");
        // Before February 1 the flat was still in France.
        expect(
                stays(),
                quarter(
                        "sum(booking where listing.country as of @2026-02-01 = 'FR' : nights)",
                        "sum(booking where listing.country as of @2026-02-02 = 'FR' : nights)",
                        "sum(booking where listing.country as of fact = 'FR' : nights)",
                        "sum(booking where listing.country as of end = 'FR' : nights)"),
                "10 | 5 | 6 | 5");
    }

    @Test
    default void members_are_counted_once_and_read_at_the_end_of_the_bucket() {
        expect(stays(), quarter("count(listing)", "distinct(listing.listing_id)"), "3 | 3");
        expect(
                stays(),
                quarter("count(listing)").by("listing.country"),
                "ES | 1",
                "FR | 1",
                "none | 1");
        // Before February 1: the flat and the hut in France, 2 + 4 + 8 beds. Before March 1: the
        // hut, 3 + 4 beds.
        expect(
                stays(),
                quarter(
                                "count(listing)",
                                "count(listing where country = 'FR')",
                                "sum(listing : beds)",
                                "sum(listing : beds as of now)")
                        .grain(Grain.MONTH),
                "2026-01-01 | 3 | 2 | 14 | 7",
                "2026-02-01 | 3 | 1 | 7 | 7",
                "2026-03-01 | 3 | 1 | 7 | 7");
    }

    @Test
    default void what_points_at_a_member_is_of_all_its_rows() {
        // Nights of what is in France at the end: in January flat and hut, in February the hut.
        expect(
                stays(),
                quarter(
                                "sum(listing where country = 'FR' : sum(booking : nights))",
                                "count(listing where exists(booking))",
                                "sum(listing : count(booking))")
                        .grain(Grain.MONTH),
                "2026-01-01 | 3 | 2 | 2",
                "2026-02-01 | 4 | 3 | 4",
                "2026-03-01 | 0 | 0 | 0");
    }

    @Test
    default void links_of_a_member_are_those_that_are_known_last() {
        // The flat is of cape, hut and loft are of bolt.
        expect(
                stays(),
                quarter("sum(booking : nights)", "count(booking where listing.owner = 'cape')")
                        .by("listing.owner.plan"),
                "free | 17 | 0",
                "pro | 5 | 2");
        expect(stays(), quarter("distinct(listing.owner)"), "2");
    }

    @Test
    default void links_of_a_member_that_begin_after_as_of_are_not_known_yet() {
        // On January 20 the flat, 2 nights, is still of bolt; the hut, 1 night, is of bolt. On
        // January 10 the hut is not there yet and has what is known of it first.
        var owners = quarter("sum(booking : nights)").by("listing.owner");
        expect(stays(), owners.asOf("2026-01-20T00:00:00Z"), "bolt | 3");
        expect(stays(), owners.asOf("2026-01-10T00:00:00Z"), "bolt | 3");
        // What begins on February 1 is known on that day, not at its start.
        expect(stays(), owners.asOf("2026-02-01T00:00:00Z"), "bolt | 3");
        expect(stays(), owners.asOf("2026-02-01T01:00:00Z"), "bolt | 1", "cape | 5");
    }

    @Test
    default void what_members_point_at_is_read_for_an_account() {
        // Read at the end, as attributes of accounts are: the hut is in France, booked by both, the
        // flat has 3 beds by then, of acme 2 + 3 nights and 4 in the hut.
        expect(
                stays(),
                quarter(
                        "count(account where exists(booking where listing.country = 'FR'))",
                        "max(account : sum(booking where listing.beds > 2 : nights))"),
                "2 | 9");
    }

    @Test
    default void snapshot_holds_until_the_next() {
        // Of the pen 5 from January 1 and 8 from February 1 on, of the ink 3 from January 20 on.
        // Sold: a pen in January and two in February, ink on January 10 and 25.
        var stock =
                World.world()
                        .entity(accounts().text("plan"))
                        .source(
                                entity("product")
                                        .text("sku")
                                        .integer("price")
                                        .date("ds")
                                        .key("sku")
                                        .snapshots("ds"))
                        .source(
                                source("line")
                                        .date("sold_on")
                                        .text("of_product")
                                        .integer("items")
                                        .link("product", "product", "of_product")
                                        .coverage("2026-01-01", "2026-04-01"))
                        .fact("product", "pen", 5, "2026-01-01", "0001-01-01", null)
                        .fact("product", "pen", 8, "2026-02-01", "0001-01-01", null)
                        .fact("product", "ink", 3, "2026-01-20", "0001-01-01", null)
                        .fact("line", "2026-01-05", "pen", 1)
                        .fact("line", "2026-02-10", "pen", 2)
                        .fact("line", "2026-01-10", "ink", 4)
                        .fact("line", "2026-01-25", "ink", 6);
        // 1 * 5 + 2 * 8 + 6 * 3 at the sale; now 3 * 8 + 10 * 3.
        expect(
                stock,
                quarter(
                        "sum(line : items * product.price)",
                        "sum(line : items * product.price as of now)",
                        "count(product)",
                        "sum(product : price)"),
                "39 | 54 | 2 | 11");
        expect(
                stock,
                quarter("sum(product : price)", "sum(product at start : price)").grain(Grain.MONTH),
                "2026-01-01 | 8 | 8",
                "2026-02-01 | 11 | 8",
                "2026-03-01 | 11 | 11");
    }

    @Test
    default void key_of_a_member_has_several_columns() {
        // Of AAA in autumn a title until January, and another from then on.
        var courses =
                World.world()
                        .entity(accounts().text("plan"))
                        .source(
                                entity("course")
                                        .text("module")
                                        .text("presentation")
                                        .text("title")
                                        .date("since")
                                        .date("until")
                                        .key("module", "presentation")
                                        .history("since", "until"))
                        .source(
                                source("answer")
                                        .date("given_on")
                                        .text("of_module")
                                        .text("of_presentation")
                                        .integer("score")
                                        .link("course", "course", "of_module", "of_presentation")
                                        .coverage("2026-01-01", "2026-04-01"))
                        .fact(
                                "course",
                                "AAA",
                                "autumn",
                                "Reading",
                                "2025-01-01",
                                "2026-01-10",
                                "0001-01-01",
                                null)
                        .fact(
                                "course",
                                "AAA",
                                "autumn",
                                "Writing",
                                "2026-01-10",
                                null,
                                "0001-01-01",
                                null)
                        .fact(
                                "course",
                                "AAA",
                                "spring",
                                "Reading",
                                "2025-01-01",
                                null,
                                "0001-01-01",
                                null)
                        .fact("answer", "2026-01-09", "AAA", "autumn", 4)
                        .fact("answer", "2026-01-10", "AAA", "autumn", 1)
                        .fact("answer", "2026-01-11", "AAA", "spring", 2)
                        .fact("answer", "2026-01-12", "AAA", "winter", 8);
        expect(
                courses,
                quarter("sum(answer : score)").by("course.title"),
                "Reading | 6",
                "Writing | 1",
                "none | 8");
        expect(courses, quarter("count(course)", "max(course : count(answer))"), "2 | 2");
    }

    /**
     * The flat is in France for good, and besides in Spain for February; the hut in Italy for good, and besides in France from January 10 until February 10. Nights
     * are powers of two.
     */
    private static WorldBuilder overlapping() {
        var world =
                World.world()
                        .entity(accounts().text("plan"))
                        .member(account("acme").with("plan", "pro"))
                        .source(
                                entity("listing")
                                        .text("listing_id")
                                        .text("country")
                                        .integer("beds")
                                        .text("user_id")
                                        .date("active_from")
                                        .date("active_to")
                                        .key("listing_id")
                                        .history("active_from", "active_to")
                                        .link("owner", EntityRef.ACCOUNT, "user_id"))
                        .source(bookings());
        listing(world, "flat", "2026-01-01", null, "FR", 2, "acme");
        listing(world, "flat", "2026-02-01", "2026-03-01", "ES", 3, "bolt");
        listing(world, "hut", "2026-01-10", "2026-02-10", "FR", 4, "acme");
        listing(world, "hut", "2026-01-01", null, "IT", 5, "bolt");
        return world.fact("booking", "2026-01-05", "acme", "flat", 1)
                .fact("booking", "2026-02-05", "acme", "flat", 2)
                .fact("booking", "2026-03-05", "acme", "flat", 4)
                .fact("booking", "2026-01-05", "acme", "hut", 8)
                .fact("booking", "2026-02-01", "acme", "hut", 16)
                .fact("booking", "2026-02-10", "acme", "hut", 32);
    }

    @Test
    default void of_rows_that_overlap_the_last_to_begin_holds_until_it_ends() {
        // At the booking: the flat in France 1 + 4, in Spain 2; the hut in France 16, in Italy 8 +
        // 32. Now: the flat in France, the hut in Italy.
        var nights = quarter("sum(booking : nights)");
        expect(overlapping(), nights.by("booking.listing.country"), "ES | 2", "FR | 21", "IT | 40");
        expect(overlapping(), nights.by("booking.listing.country as of now"), "FR | 7", "IT | 56");
        // Before February 1 both were in France, before March 1 the flat in Spain and the hut in
        // Italy.
        expect(
                overlapping(),
                quarter(
                        "sum(booking where listing.country as of @2026-02-01 = 'FR' : nights)",
                        "sum(booking where listing.country as of @2026-03-01 = 'ES' : nights)",
                        "sum(booking where per(listing : country) = 'FR' : nights)"),
                "63 | 7 | 7");
        expect(
                overlapping(),
                quarter("count(listing)", "sum(listing : beds)")
                        .by("listing.country")
                        .grain(Grain.MONTH),
                "2026-01-01 | ES | 0 | 0",
                "2026-01-01 | FR | 2 | 6",
                "2026-01-01 | IT | 0 | 0",
                "2026-02-01 | ES | 1 | 3",
                "2026-02-01 | FR | 0 | 0",
                "2026-02-01 | IT | 1 | 5",
                "2026-03-01 | ES | 0 | 0",
                "2026-03-01 | FR | 1 | 2",
                "2026-03-01 | IT | 1 | 5");
        // The owner is that of the row that begins last: bolt has the flat, acme the hut.
        expect(
                overlapping(),
                quarter("count(listing)").by("listing.owner"),
                "acme | 1",
                "bolt | 1");
    }
}
