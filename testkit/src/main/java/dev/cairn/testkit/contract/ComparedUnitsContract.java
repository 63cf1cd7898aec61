package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.EntityBuilder.accounts;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static dev.cairn.testkit.data.SourceBuilder.entity;
import static dev.cairn.testkit.data.SourceBuilder.source;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.AnalysisQuery.AskedRange;
import dev.cairn.domain.analysis.Comparison;
import dev.cairn.domain.analysis.Incomplete;
import dev.cairn.domain.model.Metric.RollUp;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.data.WorldBuilder;
import java.time.LocalDate;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What conditions and keys read beside units of time is known or not of the bucket that the units are of: of what is compared with, of that. */
public interface ComparedUnitsContract extends ExecutorContract {
    String DAYS = "count(day where exists(visit))";
    String WITH_TICKETS = "per(account : count(ticket) >= 1)";

    private static String[] columns() {
        return new String[] {
            DAYS,
            "max(day : count(visit)) over last 30 days",
            "max(month : " + DAYS + ")",
            "count(visit)"
        };
    }

    /**
     * Acme visits on 10 February, 5 and 6 March, 7 April and 8 May, bolt on 11 February, 9 March, 10 and 11 April and 12 May. Tickets are known of March and April: acme has two in
     * March, bolt one in April.
     */
    private static WorldBuilder visits() {
        return World.world()
                .entity(accounts())
                .member(account("acme").since("2025-01-01"))
                .member(account("bolt").since("2025-01-01"))
                .source(
                        source("visit")
                                .timestamp("at")
                                .account("customer")
                                .coverage("2026-01-01", "2026-07-01"))
                .source(
                        source("ticket")
                                .timestamp("opened")
                                .account("customer")
                                .coverage("2026-03-01", "2026-05-01"))
                .fact("visit", "2026-02-10T10:00:00Z", "acme")
                .fact("visit", "2026-03-05T10:00:00Z", "acme")
                .fact("visit", "2026-03-06T10:00:00Z", "acme")
                .fact("visit", "2026-04-07T10:00:00Z", "acme")
                .fact("visit", "2026-05-08T10:00:00Z", "acme")
                .fact("visit", "2026-02-11T10:00:00Z", "bolt")
                .fact("visit", "2026-03-09T10:00:00Z", "bolt")
                .fact("visit", "2026-04-10T10:00:00Z", "bolt")
                .fact("visit", "2026-04-11T10:00:00Z", "bolt")
                .fact("visit", "2026-05-12T10:00:00Z", "bolt")
                .fact("ticket", "2026-03-02T10:00:00Z", "acme")
                .fact("ticket", "2026-03-20T10:00:00Z", "acme")
                .fact("ticket", "2026-04-03T10:00:00Z", "bolt");
    }

    private static Question month(String from, String to, String... formulas) {
        return ask(formulas).between(from, to).comparedTo(new Comparison.Previous());
    }

    /** In March those of acme on two days, in April those of bolt on two. */
    @Test
    default void what_is_compared_with_is_before_the_data_of_a_condition() {
        expect(
                visits(),
                month("2026-03-01", "2026-04-01", columns()).where(WITH_TICKETS),
                "2 | BEFORE_DATA | 1 | BEFORE_DATA | 2 | BEFORE_DATA | 2 | BEFORE_DATA");
        expect(
                visits(),
                month("2026-04-01", "2026-05-01", columns()).where(WITH_TICKETS),
                "2 | 2 | 1 | 1 | 2 | 2 | 2 | 2");
        expect(
                visits(),
                month("2026-04-01", "2026-05-01", "prior(" + DAYS + ")").where(WITH_TICKETS),
                "2 | BEFORE_DATA");
    }

    @Test
    default void it_is_known_although_what_is_asked_is_not_yet() {
        expect(
                visits(),
                month("2026-05-01", "2026-06-01", columns()).where(WITH_TICKETS),
                "NOT_YET | 2 | NOT_YET | 1 | NOT_YET | 2 | NOT_YET | 2");
    }

    /** In March acme has tickets, and bolt has none. */
    @Test
    default void it_is_before_the_data_of_a_key() {
        expect(
                visits(),
                month("2026-03-01", "2026-04-01", DAYS, "count(visit)")
                        .by("(count(ticket) >= 1) as busy"),
                "false | 1 | BEFORE_DATA | 1 | BEFORE_DATA",
                "true | 2 | BEFORE_DATA | 2 | BEFORE_DATA");
    }

    /** Thirty days around 1 March: until 15 March acme has a ticket, and visits on two days. */
    @Test
    default void it_begins_before_the_data_of_a_condition() {
        var question =
                ask(DAYS, "count(visit)")
                        .between("2026-04-01", "2026-05-01")
                        .where(WITH_TICKETS)
                        .comparedTo(
                                new Comparison.Other(
                                        new AskedRange.Between(
                                                LocalDate.of(2026, 2, 14),
                                                LocalDate.of(2026, 3, 16))));
        expect(visits(), question, "2 | 2 | 2 | 2");
        assertThat(incomplete(visits(), question))
                .containsExactly(
                        Set.of(),
                        Set.of(Incomplete.BEFORE_COVERAGE),
                        Set.of(),
                        Set.of(Incomplete.BEFORE_COVERAGE));
    }

    /** The hut alone is booked twice in March, and has more than three beds. */
    @Test
    default void it_is_before_the_data_of_a_metric_of_each_member_of_an_entity() {
        var world =
                World.world()
                        .source(
                                entity("listing")
                                        .text("listing_id")
                                        .integer("beds")
                                        .key("listing_id"))
                        .source(
                                source("booking")
                                        .date("booked_on")
                                        .text("of_listing")
                                        .link("listing", "listing", "of_listing")
                                        .coverage("2026-03-01", "2026-05-01"))
                        .fact("listing", "flat", 2, "0001-01-01", null)
                        .fact("listing", "hut", 4, "0001-01-01", null)
                        .fact("booking", "2026-03-05", "flat")
                        .fact("booking", "2026-03-06", "hut")
                        .fact("booking", "2026-03-10", "hut")
                        .metricOf("listing", "bookings_each", RollUp.AVG, "count(booking)");
        expect(
                world,
                month(
                                "2026-03-01",
                                "2026-04-01",
                                "max(day : share(listing : coalesce(beds > 3, false))) over last 3 days",
                                "max(day : count(listing))",
                                "count(listing)")
                        .where("bookings_each >= 2"),
                "1 | BEFORE_DATA | 1 | BEFORE_DATA | 1 | BEFORE_DATA");
    }
}
