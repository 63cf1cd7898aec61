package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.EntityBuilder.accounts;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static dev.cairn.testkit.data.SourceBuilder.source;

import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.EntityBuilder;
import dev.cairn.testkit.data.SourceBuilder;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.data.WorldBuilder;
import org.junit.jupiter.api.Test;

/** Links to accounts in other roles: a booking is of the account of its guest, and points at that of its host. */
public interface RolesContract extends ExecutorContract {
    private static SourceBuilder bookings() {
        return source("booking")
                .date("booked_on")
                .account("guest")
                .text("host_id")
                .integer("nights")
                .integer("number")
                .key("number")
                .link("host", EntityRef.ACCOUNT, "host_id")
                .coverage("2026-01-01", "2026-04-01");
    }

    private static WorldBuilder with(EntityBuilder accounts) {
        return World.world()
                .entity(accounts)
                .source(bookings())
                .source(
                        source("review")
                                .date("written_on")
                                .account("author")
                                .integer("of_booking")
                                .integer("stars")
                                .link("booking", "booking", "of_booking")
                                .coverage("2026-01-01", "2026-04-01"))
                .fact("booking", "2026-01-05", "acme", "bolt", 2, 1)
                .fact("booking", "2026-01-20", "acme", "cape", 3, 2)
                .fact("booking", "2026-02-03", "bolt", "acme", 4, 3)
                .fact("booking", "2026-02-10", "acme", "dune", 5, 4)
                .fact("booking", "2026-03-01", null, "acme", 6, 5)
                .fact("booking", "2026-03-02", "bolt", null, 7, 6)
                .fact("review", "2026-01-09", "acme", 1, 5)
                .fact("review", "2026-01-25", "acme", 2, 3)
                .fact("review", "2026-03-05", "bolt", 6, 1);
    }

    /** Acme and cape are of the plan pro, bolt of free; of the account dune nothing is known but that a booking names it as its host, and cape has no other fact. */
    private static WorldBuilder stays() {
        return with(accounts().text("plan"))
                .member(account("acme").with("plan", "pro"))
                .member(account("bolt").with("plan", "free"))
                .member(account("cape").with("plan", "pro"));
    }

    private static Question quarter(String... formulas) {
        return ask(formulas).between("2026-01-01", "2026-04-01");
    }

    @Test
    default void attribute_of_an_account_in_another_role_is_a_value_of_each_row() {
        // Of hosts of plan pro 3 + 4 + 6 nights, of guests of plan pro 2 + 3 + 5.
        expect(
                stays(),
                quarter(
                        "sum(booking where host.plan = 'pro' : nights)",
                        "sum(booking where account.plan = 'pro' : nights)",
                        "count(booking where host.plan = account.plan)",
                        "min(booking : host.plan)",
                        "count(booking where booking.host.plan = 'free')",
                        "sum(booking : coalesce(case when host.plan = 'pro' then 1 end, 10))"),
                "13 | 10 | 1 | free | 1 | 33");
    }

    @Test
    default void account_in_another_role_is_a_value_itself() {
        // Bolt, cape, acme and dune are hosts; one booking has none.
        expect(
                stays(),
                quarter(
                        "distinct(booking.host)",
                        "count(booking where host is none)",
                        "count(booking where host = 'acme')",
                        "count(booking where host = account)"),
                "4 | 1 | 2 | 0");
    }

    @Test
    default void role_is_a_key_and_a_filter() {
        var nights = quarter("sum(booking : nights)");
        expect(stays(), nights.by("host.plan"), "free | 2", "pro | 13", "none | 12");
        expect(
                stays(),
                nights.by("booking.host"),
                "acme | 10",
                "bolt | 2",
                "cape | 3",
                "dune | 5",
                "none | 7");
        expect(stays(), nights.filter("host.plan", Operator.IN, "pro"), "13");
        expect(stays(), nights.where("host = 'acme' or host.plan = 'free'"), "12");
        expect(
                stays(),
                nights.by("host.plan", "account.plan"),
                "free | pro | 2",
                "pro | free | 4",
                "pro | pro | 3",
                "pro | no account | 6",
                "none | free | 7",
                "none | pro | 5");
    }

    @Test
    default void role_is_read_where_accounts_are_members() {
        // Guests of free hosts: acme. Guests of pro hosts: acme and bolt. Acme is guest of bolt,
        // cape and dune, bolt of acme.
        expect(
                stays(),
                quarter(
                        "count(account where exists(booking where host.plan = 'free'))",
                        "count(account where exists(booking where host.plan = 'pro'))",
                        "sum(account : distinct(booking.host))"),
                "1 | 2 | 4");
    }

    @Test
    default void role_is_reached_over_a_row() {
        // Reviews of bookings whose host is bolt and cape; one of a booking without a host.
        expect(
                stays(),
                quarter(
                        "sum(review where booking.host.plan = 'free' : stars)",
                        "sum(review where booking.host.plan = 'pro' : stars)",
                        "count(review where booking.host is none)"),
                "5 | 3 | 1");
        expect(
                stays(),
                quarter("sum(review : stars)").by("booking.host.plan"),
                "free | 5",
                "pro | 3",
                "none | 1");
    }

    @Test
    default void attribute_in_a_role_is_read_at_the_fact_unless_something_else_is_said() {
        // Bolt was of the plan pro until the 10th of January: at the first booking.
        var changing =
                with(accounts().text("plan").history())
                        .member(account("acme").with("plan", "pro").held(null, null))
                        .member(account("bolt").with("plan", "pro").held(null, "2026-01-10"))
                        .member(account("bolt").with("plan", "free").held("2026-01-10", null))
                        .member(account("cape").with("plan", "pro").held(null, null));
        expect(
                changing,
                quarter(
                        "sum(booking where host.plan = 'pro' : nights)",
                        "sum(booking where host.plan as of now = 'pro' : nights)",
                        "sum(booking where host.plan as of start = 'pro' : nights)",
                        "sum(booking where account.plan = 'free' : nights)",
                        "sum(review where booking.host.plan = 'pro' : stars)"),
                "15 | 13 | 15 | 11 | 8");
        // Beside the guest its own plan is a label; that of the host is none.
        expect(
                changing,
                quarter("sum(booking : nights)").by("account", "host.plan"),
                "acme | pro | 5",
                "acme | none | 5",
                "bolt | pro | 4",
                "bolt | none | 7",
                "no account | pro | 6");
        expect(
                changing,
                quarter("sum(booking : nights)").by("account", "account.plan", "host.plan"),
                "acme | pro | pro | 5",
                "acme | pro | none | 5",
                "bolt | free | pro | 4",
                "bolt | free | none | 7",
                "no account | no account | pro | 6");
    }

    @Test
    default void caller_of_some_accounts_sees_no_other_in_any_role() {
        // Of the bookings of acme none is hosted by acme itself.
        expect(
                stays(),
                quarter(
                                "count(booking)",
                                "count(booking where host.plan = 'pro')",
                                "count(booking where host is none)")
                        .scope("plan = 'pro'"),
                "3 | 0 | 3");
    }

    @Test
    default void account_exists_from_the_first_fact_that_names_it_in_whatever_role() {
        // Acme is a guest on the 5th of January and bolt its host; cape is a host from the 20th of
        // January, and dune from the 10th of February.
        expect(
                stays(),
                quarter("count(account)", "count(account where exists(booking))")
                        .grain(Grain.MONTH),
                "2026-01-01 | 3 | 1",
                "2026-02-01 | 4 | 2",
                "2026-03-01 | 4 | 1");
        // As a guest bolt came in February.
        expect(
                stays(),
                quarter("sum(booking : nights)").by("age month"),
                "0 | 5",
                "1 | 9",
                "2 | 7",
                "no account | 6");
    }

    @Test
    default void account_begins_anew_where_the_fact_that_names_it_is_corrected() {
        // The booking of the 20th of January is dune's and no more cape's, and that of the 10th of
        // February is gone from dune to nobody.
        expect(
                stays().nextLoad("booking")
                        .fact("booking", "2026-01-20", "acme", "dune", 3, 2)
                        .fact("booking", "2026-02-10", "acme", "", 5, 4),
                quarter("count(account)", "distinct(booking.host)").grain(Grain.MONTH),
                "2026-01-01 | 3 | 2",
                "2026-02-01 | 3 | 1",
                "2026-03-01 | 3 | 1");
    }
}
