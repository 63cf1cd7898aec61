package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.contract.Question.askMetrics;
import static dev.cairn.testkit.data.EntityBuilder.accounts;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static dev.cairn.testkit.data.SourceBuilder.entity;
import static dev.cairn.testkit.data.SourceBuilder.source;

import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Metric.RollUp;
import dev.cairn.domain.model.Parameter;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.data.WorldBuilder;
import org.junit.jupiter.api.Test;

/** Metrics of each member of a declared entity, and the members that rows point at. */
public interface EntityMetricsContract extends ExecutorContract {
    /**
     * Flat (2 beds) and hut (4) are in France, loft (8) in Spain. In January acme (pro) books the flat twice, for 2 and 3 nights, in February bolt (free) the hut for 4;
     * two more bookings, of 5 and 6 nights, are of a listing that is not there, and of none. The stays of acme are looked after from the hut.
     */
    private static WorldBuilder stays() {
        return World.world()
                .entity(accounts().text("plan"))
                .member(account("acme").with("plan", "pro"))
                .member(account("bolt").with("plan", "free"))
                .source(
                        entity("listing")
                                .text("listing_id")
                                .text("country")
                                .integer("beds")
                                .key("listing_id"))
                .source(
                        source("booking")
                                .date("booked_on")
                                .account("guest")
                                .text("of_listing")
                                .integer("nights")
                                .text("kept_from")
                                .link("listing", "listing", "of_listing")
                                .coverage("2026-01-01", "2026-04-01"))
                .fact("listing", "flat", "FR", 2, "0001-01-01", null)
                .fact("listing", "hut", "FR", 4, "0001-01-01", null)
                .fact("listing", "loft", "ES", 8, "0001-01-01", null)
                .fact("booking", "2026-01-05", "acme", "flat", 2, "hut")
                .fact("booking", "2026-01-20", "acme", "flat", 3, "hut")
                .fact("booking", "2026-02-03", "bolt", "hut", 4, null)
                .fact("booking", "2026-02-10", "acme", "tent", 5, "hut")
                .fact("booking", "2026-03-01", null, null, 6, null);
    }

    /** Bookings of each listing are 2 (5 nights), 1 (4) and 0. */
    private static WorldBuilder measured() {
        return stays().metricOf("listing", "bookings_each", RollUp.AVG, "count(booking)")
                .metricOf("listing", "nights_each", RollUp.SUM, "sum(booking.nights)")
                .metricOf("listing", "is_booked", RollUp.SHARE, "exists(booking)")
                .metricOf("listing", "nights_for_a_bed", RollUp.AVG, "nights_each / beds")
                .metricOf("listing", "longest", null, "max(booking.nights)")
                .metricOf(
                        "listing",
                        "long_stays",
                        RollUp.AVG,
                        "count(booking where nights >= least_nights)",
                        new Parameter("least_nights", DataType.INTEGER, "3"))
                .metric("bookings", "count(booking)");
    }

    private static Question quarter(String... formulas) {
        return ask(formulas).between("2026-01-01", "2026-04-01");
    }

    @Test
    default void metric_of_an_entity_is_rolled_up_as_it_declares() {
        // nights for a bed: 5 / 2, 4 / 4, 0 / 8
        var all =
                askMetrics("bookings_each", "nights_each", "is_booked", "nights_for_a_bed")
                        .between("2026-01-01", "2026-04-01");
        expect(measured(), all, "1 | 9 | 0.666666666667 | 1.16666666667");
        expect(
                measured(),
                all.by("listing.country").totals(),
                "ES | 0 | 0 | 0 | 0",
                "FR | 1.5 | 9 | 1 | 1.75",
                "total | 1 | 9 | 0.666666666667 | 1.16666666667");
        expect(
                measured(),
                askMetrics("bookings_each", "is_booked")
                        .between("2026-01-01", "2026-04-01")
                        .grain(Grain.MONTH),
                "2026-01-01 | 0.666666666667 | 0.333333333333",
                "2026-02-01 | 0.333333333333 | 0.333333333333",
                "2026-03-01 | 0 | 0");
    }

    @Test
    default void it_is_a_value_of_each_member() {
        expect(
                measured(),
                quarter(
                        "max(listing : bookings_each)",
                        "count(listing where bookings_each > 1)",
                        "sum(listing : nights_for_a_bed * beds)",
                        "median(listing : nights_each)",
                        "max(listing : longest)",
                        "sum(listing where country = 'FR' : bookings_each)",
                        "max(listing : bookings)"),
                "2 | 1 | 9 | 4 | 4 | 3 | 2");
    }

    @Test
    default void it_has_parameters_and_windows_as_others_have() {
        // Of three nights and more: one of the flat, one of the hut; of four: that of the hut.
        expect(
                measured(),
                quarter(
                        "long_stays",
                        "long_stays(least_nights: 4)",
                        "sum(listing : long_stays(least_nights: 2))"),
                "0.666666666667 | 0.333333333333 | 3");
        expect(
                measured(),
                quarter(
                                "nights_each",
                                "nights_each over last 2 months",
                                "prior(nights_each)",
                                "max(listing : nights_each over last 2 months)")
                        .grain(Grain.MONTH),
                "2026-01-01 | 5 | 5 | BEFORE_DATA | 5",
                "2026-02-01 | 4 | 9 | 5 | 5",
                "2026-03-01 | 0 | 4 | 4 | 4");
    }

    @Test
    default void it_is_a_key_and_a_condition_of_members() {
        expect(
                measured(),
                quarter("count(listing)", "sum(listing : beds)").by("(bookings_each) as n"),
                "0 | 1 | 8",
                "1 | 1 | 4",
                "2 | 1 | 2");
        expect(measured(), quarter("count(listing)").where("bookings_each > 0"), "2");
    }

    @Test
    default void what_a_link_leads_to_is_each_member_once() {
        // Booked are flat and hut, with 2 and 4 beds; the flat twice.
        expect(
                stays(),
                quarter(
                        "count(booking.listing)",
                        "sum(booking.listing : beds)",
                        "avg(booking.listing where beds > 2 : beds)",
                        "exists(booking.listing where country = 'ES')",
                        "count(booking.account)",
                        "sum(booking.account : count(booking))"),
                "2 | 6 | 4 | false | 2 | 4");
        expect(
                stays(),
                quarter("count(booking.listing)", "sum(booking.listing : beds)").grain(Grain.MONTH),
                "2026-01-01 | 1 | 2",
                "2026-02-01 | 1 | 4",
                "2026-03-01 | 0 | 0");
        expect(
                stays(),
                quarter("count(booking.listing)", "max(booking.listing : count(booking))")
                        .by("listing.country"),
                "FR | 2 | 2");
        expect(
                stays().slice("long_booking", "booking", "nights >= 4"),
                quarter("count(long_booking.listing)", "sum(long_booking.listing : beds)"),
                "1 | 4");
    }

    @Test
    default void of_several_links_the_one_that_is_named_is_meant() {
        var world = stays();
        expect(
                world.source(
                                source("shift")
                                        .date("worked_on")
                                        .account("boss")
                                        .text("at_place")
                                        .text("paid_by")
                                        .link("place", "listing", "at_place")
                                        .link("payer", "listing", "paid_by")
                                        .coverage("2026-01-01", "2026-04-01"))
                        .fact("shift", "2026-01-05", "acme", "flat", "loft")
                        .fact("shift", "2026-01-06", "acme", "hut", "loft")
                        .fact("shift", "2026-01-07", "acme", "loft", "loft"),
                quarter(
                        "count(shift.place)",
                        "count(shift.payer)",
                        "sum(shift.payer : beds)",
                        "max(shift.payer : count(shift via payer))"),
                "3 | 1 | 8 | 3");
    }

    @Test
    default void rows_that_hold_for_a_time_lead_to_members_as_it_is_said() {
        // The flat (2 beds) is let to acme until February 10, the hut (4) to bolt from February 5.
        expect(
                stays().source(
                                source("rental")
                                        .date("from_on")
                                        .date("until_on")
                                        .account("tenant")
                                        .text("of_listing")
                                        .link("listing", "listing", "of_listing")
                                        .validity("from_on", "until_on")
                                        .coverage("2025-01-01", "2026-04-01"))
                        .fact("rental", "2026-01-10", "2026-02-10", "acme", "flat")
                        .fact("rental", "2026-02-05", null, "bolt", "hut"),
                quarter(
                                "count(rental.listing at end)",
                                "sum(rental.listing at end : beds)",
                                "count(rental.listing during)",
                                "count(rental.account at start)")
                        .grain(Grain.MONTH),
                "2026-01-01 | 1 | 2 | 1 | 0",
                "2026-02-01 | 1 | 4 | 2 | 1",
                "2026-03-01 | 1 | 4 | 1 | 1");
    }
}
