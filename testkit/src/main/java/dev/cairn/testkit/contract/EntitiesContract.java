package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.EntityBuilder.accounts;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static dev.cairn.testkit.data.SourceBuilder.entity;
import static dev.cairn.testkit.data.SourceBuilder.source;

import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.data.WorldBuilder;
import org.junit.jupiter.api.Test;

/** Declared entities: bookings point at listings, whose owners are accounts. */
public interface EntitiesContract extends ExecutorContract {
    private static void listing(
            WorldBuilder world, String key, String country, int beds, String owner) {
        world.fact("listing", key, country, beds, owner, "0001-01-01", null);
    }

    /**
     * Flat and hut are in France, of bolt (free) and cape (pro); loft in Spain is of nobody, and is booked by none. In January acme books the flat twice, for 2 and 3
     * nights, in February bolt the hut for 4; two bookings are of a listing that is not there, and of none.
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
                                        .key("listing_id")
                                        .link("owner", EntityRef.ACCOUNT, "user_id"))
                        .source(
                                source("booking")
                                        .date("booked_on")
                                        .account("guest")
                                        .text("of_listing")
                                        .integer("nights")
                                        .link("listing", "listing", "of_listing")
                                        .coverage("2026-01-01", "2026-04-01"));
        listing(world, "flat", "FR", 2, "bolt");
        listing(world, "hut", "FR", 4, "cape");
        listing(world, "loft", "ES", 8, "nobody");
        return world.fact("booking", "2026-01-05", "acme", "flat", 2)
                .fact("booking", "2026-01-20", "acme", "flat", 3)
                .fact("booking", "2026-02-03", "bolt", "hut", 4)
                .fact("booking", "2026-02-10", "acme", "tent", 5)
                .fact("booking", "2026-03-01", null, null, 6);
    }

    private static Question quarter(String... formulas) {
        return ask(formulas).between("2026-01-01", "2026-04-01");
    }

    @Test
    default void account_named_by_a_member_is_there_and_exists_from_a_fact_of_its_own() {
        // Nothing says since when nobody and cape are accounts: members of listings are no facts.
        expect(
                stays(),
                quarter(
                        "count(account)",
                        "distinct(listing.owner)",
                        "count(listing where owner is none)"),
                "2 | 3 | 0");
    }

    @Test
    default void attributes_of_a_member_are_values_of_what_points_at_it() {
        expect(
                stays(),
                quarter(
                        "sum(booking where listing.country = 'FR' : nights)",
                        "sum(booking : listing.beds)",
                        "sum(booking where listing.owner.plan = 'pro' : nights)",
                        "count(booking where listing.owner = account)",
                        "count(booking where listing is none)",
                        "distinct(booking.listing)"),
                "9 | 8 | 4 | 0 | 2 | 2");
    }

    @Test
    default void member_and_its_attributes_are_keys_and_filters() {
        var nights = quarter("sum(booking : nights)");
        expect(stays(), nights.by("booking.listing"), "flat | 5", "hut | 4", "none | 11");
        expect(stays(), nights.by("listing.country"), "FR | 9", "none | 11");
        expect(stays(), nights.by("listing.owner.plan"), "free | 5", "pro | 4", "none | 11");
        expect(stays(), nights.filter("listing.country", Operator.IN, "FR"), "9");
    }

    @Test
    default void members_are_there_in_every_bucket() {
        expect(
                stays(),
                quarter("count(listing)", "sum(listing : beds)", "count(listing where beds > 3)"),
                "3 | 14 | 2");
        expect(
                stays(),
                quarter("count(listing)").grain(Grain.MONTH),
                "2026-01-01 | 3",
                "2026-02-01 | 3",
                "2026-03-01 | 3");
        expect(
                stays(),
                quarter("count(listing)", "sum(booking : nights)").by("listing.country"),
                "ES | 1 | 0",
                "FR | 2 | 9",
                "none | 0 | 11");
    }

    @Test
    default void what_points_at_a_member_is_read_in_the_bucket() {
        // The flat is booked in January, the hut in February, the loft never.
        expect(
                stays(),
                quarter(
                                "count(listing where exists(booking))",
                                "sum(listing : count(booking))",
                                "max(listing : sum(booking : nights))",
                                "count(listing where country = 'FR' and not exists(booking))",
                                "sum(listing where owner.plan = 'pro' : sum(booking : nights))")
                        .grain(Grain.MONTH),
                "2026-01-01 | 1 | 2 | 5 | 1 | 0",
                "2026-02-01 | 1 | 1 | 4 | 1 | 4",
                "2026-03-01 | 0 | 0 | 0 | 2 | 0");
        expect(
                stays(),
                quarter(
                        "count(listing where exists(booking))",
                        "avg(listing where exists(booking) : sum(booking : nights))",
                        "share(listing : exists(booking))"),
                "2 | 4.5 | 0.666666666667");
    }

    @Test
    default void key_has_several_columns() {
        // Of AAA in autumn one answer of 4, in spring two of 1 and 2; one of a course that is not
        // there.
        var courses =
                World.world()
                        .entity(accounts().text("plan"))
                        .source(
                                entity("course")
                                        .text("module")
                                        .text("presentation")
                                        .text("title")
                                        .key("module", "presentation"))
                        .source(
                                source("answer")
                                        .date("given_on")
                                        .text("of_module")
                                        .text("of_presentation")
                                        .integer("score")
                                        .link("course", "course", "of_module", "of_presentation")
                                        .coverage("2026-01-01", "2026-04-01"))
                        .fact("course", "AAA", "autumn", "Reading", "0001-01-01", null)
                        .fact("course", "AAA", "spring", "Writing", "0001-01-01", null)
                        .fact("answer", "2026-01-05", "AAA", "autumn", 4)
                        .fact("answer", "2026-01-06", "AAA", "spring", 1)
                        .fact("answer", "2026-01-07", "AAA", "spring", 2)
                        .fact("answer", "2026-01-08", "AAA", "winter", 8);
        expect(
                courses,
                quarter("sum(answer : score)").by("course.title"),
                "Reading | 4",
                "Writing | 3",
                "none | 8");
        expect(
                courses,
                quarter(
                        "count(course where exists(answer where score < 4))",
                        "max(course : count(answer))"),
                "1 | 2");
    }

    @Test
    default void members_are_seen_from_what_points_at_them() {
        // Of plan pro: the bookings of acme. The owners of its listings are other accounts, and not
        // to be seen.
        expect(
                stays(),
                quarter(
                                "sum(booking where listing.country = 'FR' : nights)",
                                "count(booking where listing.owner.plan = 'free')",
                                "distinct(booking.listing)")
                        .scope("plan = 'pro'"),
                "5 | 0 | 1");
    }

    @Test
    default void windows_reach_beyond_the_bucket() {
        // In March the flat was booked within 60 days of its end (from January 31 on) by nobody,
        // the hut once; ever both.
        expect(
                stays(),
                ask(
                                "count(listing where exists(booking) over last 60 days)",
                                "count(listing where exists(booking) over ever)",
                                "prior(sum(listing : count(booking)))")
                        .between("2026-03-01", "2026-04-01")
                        .grain(Grain.MONTH),
                "2026-03-01 | 1 | 2 | 1");
    }
}
