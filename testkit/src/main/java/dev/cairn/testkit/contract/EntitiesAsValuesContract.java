package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.EntityBuilder.accounts;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static dev.cairn.testkit.data.SourceBuilder.entity;
import static dev.cairn.testkit.data.SourceBuilder.source;

import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.data.WorldBuilder;
import org.junit.jupiter.api.Test;

/** Members of a declared entity as keys and values of their own, beside totals of all of them, and by the hour. */
public interface EntitiesAsValuesContract extends ExecutorContract {
    /**
     * Flat and hut are in France, the loft in Spain. The flat is booked three times, twice in January and once in February, the hut once, in February; one more booking of
     * February leads nowhere. The flat is viewed twice on January 5, at ten, the hut once, at eleven.
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
                                .link("listing", "listing", "of_listing")
                                .coverage("2026-01-01", "2026-04-01"))
                .source(
                        source("view")
                                .timestamp("seen_at")
                                .account("visitor")
                                .text("of_listing")
                                .link("listing", "listing", "of_listing")
                                .coverage("2026-01-01", "2026-04-01"))
                .fact("listing", "flat", "FR", 2, "0001-01-01", null)
                .fact("listing", "hut", "FR", 4, "0001-01-01", null)
                .fact("listing", "loft", "ES", 8, "0001-01-01", null)
                .fact("booking", "2026-01-05", "acme", "flat")
                .fact("booking", "2026-01-20", "acme", "flat")
                .fact("booking", "2026-02-03", "bolt", "hut")
                .fact("booking", "2026-02-20", "bolt", "flat")
                .fact("booking", "2026-02-10", "acme", "tent")
                .fact("view", "2026-01-05T10:00:00Z", "acme", "flat")
                .fact("view", "2026-01-05T10:30:00Z", "bolt", "flat")
                .fact("view", "2026-01-05T11:00:00Z", "bolt", "hut");
    }

    private static Question quarter(String... formulas) {
        return ask(formulas).between("2026-01-01", "2026-04-01");
    }

    @Test
    default void member_is_a_key_of_its_own() {
        // One of each; of the bookings three, one and none, and one that leads nowhere; of the
        // views two, one and none.
        expect(
                stays(),
                quarter("count(listing)", "sum(listing : beds)").by("listing").totals(),
                "flat | 1 | 2",
                "hut | 1 | 4",
                "loft | 1 | 8",
                "total | 3 | 14");
        expect(
                stays(),
                quarter("count(listing)", "count(booking)", "count(view)").by("listing"),
                "flat | 1 | 3 | 2",
                "hut | 1 | 1 | 1",
                "loft | 1 | 0 | 0",
                "none | 0 | 1 | 0");
        expect(
                stays(),
                quarter("count(booking)", "count(view)").by("listing"),
                "flat | 3 | 2",
                "hut | 1 | 1",
                "none | 1 | 0");
    }

    @Test
    default void member_is_a_filter_and_a_value_of_its_own() {
        var asked = quarter("count(listing)", "count(booking)");
        expect(stays(), asked.where("listing in ('hut', 'loft')"), "2 | 1");
        expect(stays(), asked.filter("listing", Operator.IN, "flat"), "1 | 3");
        expect(
                stays(),
                quarter(
                        "count(listing where listing = 'flat')",
                        "distinct(listing where beds > 2 : listing)",
                        "max(listing : listing)",
                        "sum(listing where listing != 'flat' : beds)"),
                "1 | 2 | loft | 12");
    }

    @Test
    default void member_of_several_columns_is_the_key_of_them() {
        // Of AAA in autumn one answer, in spring two.
        var courses =
                World.world()
                        .entity(accounts().text("plan"))
                        .source(
                                entity("course")
                                        .text("module")
                                        .text("presentation")
                                        .key("module", "presentation"))
                        .source(
                                source("answer")
                                        .date("given_on")
                                        .text("of_module")
                                        .text("of_presentation")
                                        .link("course", "course", "of_module", "of_presentation")
                                        .coverage("2026-01-01", "2026-04-01"))
                        .fact("course", "AAA", "autumn", "0001-01-01", null)
                        .fact("course", "AAA", "spring", "0001-01-01", null)
                        .fact("course", "BBB", "spring", "0001-01-01", null)
                        .fact("answer", "2026-01-05", "AAA", "autumn")
                        .fact("answer", "2026-01-06", "AAA", "spring")
                        .fact("answer", "2026-01-07", "AAA", "spring");
        expect(
                courses,
                quarter("count(course)", "count(answer)").by("course"),
                "AAA/autumn | 1 | 1",
                "AAA/spring | 1 | 2",
                "BBB/spring | 1 | 0");
        expect(courses, quarter("count(course where course = 'BBB/spring')"), "1");
    }

    @Test
    default void total_beneath_a_member_is_of_all_of_them() {
        // Five bookings, for each of three listings; the flat has three of them, more than half.
        // The
        // loft has 8 of 14 beds.
        expect(
                stays(),
                quarter(
                        "sum(listing : total(count(booking)))",
                        "count(listing where count(booking) > 0.5 * total(count(booking)))",
                        "sum(listing : count(booking) / total(count(booking)))",
                        "max(listing : beds / total(sum(listing : beds)))"),
                "15 | 1 | 0.8 | 0.571428571429");
        // Two in January, three in February, none in March.
        expect(
                stays(),
                quarter(
                                "sum(listing : total(count(booking)))",
                                "count(listing where count(booking) > 0.5 * total(count(booking)))",
                                "sum(listing : total(count(booking)) over last 2 months)")
                        .grain(Grain.MONTH),
                "2026-01-01 | 6 | 1 | 6",
                "2026-02-01 | 9 | 0 | 15",
                "2026-03-01 | 0 | 0 | 9");
    }

    @Test
    default void total_beneath_a_member_is_in_the_filter_of_the_question() {
        // Four bookings are of the two listings of France.
        expect(
                stays(),
                quarter(
                                "sum(listing : total(count(booking)))",
                                "sum(listing : count(booking) / total(count(booking)))")
                        .where("listing.country = 'FR'"),
                "8 | 1");
    }

    @Test
    default void total_beneath_a_member_may_be_that_of_its_group() {
        // Of France four bookings, of Spain none; of all five.
        expect(
                stays(),
                quarter(
                                "sum(listing : total(count(booking) by listing.country))",
                                "sum(listing : total(count(booking)))",
                                "count(listing where count(booking) >= 0.5 * total(count(booking) by listing.country))")
                        .by("listing.country"),
                "ES | 0 | 5 | 1",
                "FR | 8 | 10 | 1");
    }

    @Test
    default void total_is_read_of_the_member_that_a_row_leads_to() {
        // Four bookings lead to a listing, three to the flat: 3 * 3 / 5 + 1 / 5.
        expect(
                stays(),
                quarter(
                        "sum(booking : per(listing : total(count(booking))))",
                        "sum(booking : per(listing : count(booking) / total(count(booking))))",
                        "count(booking where per(listing : count(booking) > 0.5 * total(count(booking))))"),
                "20 | 2 | 3");
    }

    @Test
    default void total_of_whoever_sees_some_accounts_is_of_their_rows() {
        // Acme has two bookings of the flat and one that leads nowhere: 2 * 3.
        expect(
                stays(),
                quarter("sum(booking : per(listing : total(count(booking))))")
                        .scope("plan = 'pro'"),
                "6");
    }

    @Test
    default void value_of_a_member_is_read_by_the_hour() {
        // At ten both views are of the flat, which has two of that hour and two beds; at eleven one
        // of the hut.
        expect(
                stays(),
                ask(
                                "sum(view : per(listing : count(view)))",
                                "sum(view : per(listing : beds))",
                                "count(view where per(listing : count(view) over last 2 hours) = 2)")
                        .betweenInstants("2026-01-05T10:00:00Z", "2026-01-05T12:00:00Z")
                        .grain(Grain.HOUR),
                "2026-01-05T10:00 | 4 | 4 | 2",
                "2026-01-05T11:00 | 1 | 4 | 0");
    }
}
