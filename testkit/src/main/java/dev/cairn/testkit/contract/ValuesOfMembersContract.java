package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.EntityBuilder.accounts;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static dev.cairn.testkit.data.SourceBuilder.entity;
import static dev.cairn.testkit.data.SourceBuilder.source;

import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Metric.RollUp;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.data.WorldBuilder;
import org.junit.jupiter.api.Test;

/** What is computed for the member of a declared entity that a row leads to: {@code per(listing : count(booking))}. */
public interface ValuesOfMembersContract extends ExecutorContract {
    /**
     * Flat (2 beds) is booked three times, for 2 and 3 nights in January and for 1 in February; hut (4) once, for 4; loft (8) never. Two more bookings, of 5 and 6 nights,
     * are of a listing that is not there, and of none. The flat has one review, the loft two.
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
                                .link("listing", "listing", "of_listing")
                                .coverage("2026-01-01", "2026-04-01"))
                .source(
                        source("review")
                                .date("written_on")
                                .account("writer")
                                .text("of_listing")
                                .link("about", "listing", "of_listing")
                                .coverage("2026-01-01", "2026-04-01"))
                .fact("listing", "flat", "FR", 2, "0001-01-01", null)
                .fact("listing", "hut", "FR", 4, "0001-01-01", null)
                .fact("listing", "loft", "ES", 8, "0001-01-01", null)
                .fact("booking", "2026-01-05", "acme", "flat", 2)
                .fact("booking", "2026-01-20", "acme", "flat", 3)
                .fact("booking", "2026-02-03", "bolt", "hut", 4)
                .fact("booking", "2026-02-20", "bolt", "flat", 1)
                .fact("booking", "2026-02-10", "acme", "tent", 5)
                .fact("booking", "2026-03-01", null, null, 6)
                .fact("review", "2026-01-25", "acme", "flat")
                .fact("review", "2026-02-25", "bolt", "loft")
                .fact("review", "2026-03-25", "bolt", "loft");
    }

    private static Question quarter(String... formulas) {
        return ask(formulas).between("2026-01-01", "2026-04-01");
    }

    @Test
    default void it_is_a_value_of_each_row_that_leads_there() {
        // Of the bookings three are of the flat, which has 3, and one of the hut, which has 1:
        // (3 + 3 + 3 + 1) / 4; of the flat are 6 nights. The flat has 3 / 2 for each bed, the hut
        // 1 / 4.
        expect(
                stays(),
                quarter(
                        "avg(booking : per(listing : count(booking)))",
                        "count(booking where per(listing : count(booking)) > 2)",
                        "sum(booking where per(listing : sum(booking : nights)) > 4 : nights)",
                        "sum(booking where per(listing : count(booking) / beds) > 1 : nights)",
                        "count(booking where per(listing : count(booking)) is none)",
                        "max(booking : per(listing : beds))"),
                "2.5 | 3 | 6 | 6 | 2 | 4");
    }

    @Test
    default void it_is_of_all_that_leads_to_the_member() {
        // The flat has one review, the hut none, the loft two and no booking.
        expect(
                stays(),
                quarter(
                        "sum(booking : per(listing : count(review)))",
                        "count(booking where per(listing : exists(review)))",
                        "count(booking where not per(listing : exists(review)))",
                        "sum(review : per(listing : count(booking)))",
                        "sum(review : per(about : count(review)))",
                        "count(review where per(review.about : count(booking)) = 0)"),
                "3 | 3 | 1 | 3 | 5 | 2");
    }

    @Test
    default void it_is_read_in_the_bucket_or_the_window_that_is_said() {
        // In February the hut and the flat are booked, each once; in both months the flat three
        // times. Before February the flat was booked twice, the hut never;
        // before January, where the data begins, there is none of either.
        expect(
                stays(),
                quarter(
                                "avg(booking : per(listing : count(booking)))",
                                "avg(booking : per(listing : count(booking) over last 2 months))",
                                "avg(booking : per(listing : count(booking) over all before))",
                                "avg(booking : per(listing : prior(count(booking))))",
                                "avg(booking : per(listing : count(booking))) over last 2 months")
                        .grain(Grain.MONTH),
                "2026-01-01 | 2 | 2 | 0 | BEFORE_DATA | 2",
                "2026-02-01 | 1 | 2 | 1 | 1 | 2.5",
                "2026-03-01 | NO_DATA | NO_DATA | NO_DATA | NO_DATA | 1");
    }

    @Test
    default void it_is_a_key_and_a_filter() {
        // Of listings with no booking are two reviews; of that with one a booking of four nights;
        // of that with three the others that lead anywhere.
        var asked = quarter("count(booking)", "sum(booking : nights)", "count(review)");
        expect(
                stays(),
                asked.by("(per(listing : count(booking))) as n").totals(),
                "0 | 0 | 0 | 2",
                "1 | 1 | 4 | 0",
                "3 | 3 | 6 | 1",
                "none | 2 | 11 | 0",
                "total | 6 | 21 | 3");
        expect(
                stays(),
                quarter("count(booking)").by("(least(per(listing : count(booking)), 2)) as n"),
                "1 | 1",
                "2 | 3",
                "none | 2");
        expect(stays(), asked.where("per(listing : count(booking)) > 1"), "3 | 6 | 1");
        expect(
                stays(),
                quarter("count(booking)")
                        .by("(per(listing : count(booking)) > 1) as popular")
                        .grain(Grain.MONTH),
                "2026-01-01 | false | 0",
                "2026-01-01 | true | 2",
                "2026-01-01 | none | 0",
                "2026-02-01 | false | 2",
                "2026-02-01 | true | 0",
                "2026-02-01 | none | 1",
                "2026-03-01 | false | 0",
                "2026-03-01 | true | 0",
                "2026-03-01 | none | 1");
    }

    @Test
    default void it_stands_beneath_members_and_beside_what_is_of_them() {
        // Acme has two bookings of the flat and one that leads nowhere, bolt one of the hut and one
        // of the flat: 3 + 3 and 1 + 3. Three bookings of acme, two of bolt.
        expect(
                stays(),
                quarter(
                        "avg(account : sum(booking : per(listing : count(booking))))",
                        "count(account where exists(booking where per(listing : count(booking)) = 1))",
                        "sum(booking where per(listing : count(booking)) > 1 : per(account : count(booking)))",
                        "max(booking : per(account : sum(booking : per(listing : count(booking)))))"),
                "5 | 1 | 8 | 6");
        expect(
                stays(),
                quarter("sum(booking : per(listing : count(booking)))", "count(booking)")
                        .by("account.plan"),
                "free | 4 | 2",
                "pro | 6 | 3",
                "no account | 0 | 1");
        expect(
                stays(),
                quarter(
                        "count(listing where per(listing : count(booking)) > 1)",
                        "max(listing : per(listing : count(booking)))",
                        "max(listing : max(booking : per(listing : count(booking))))"),
                "1 | 3 | 3");
    }

    @Test
    default void rows_that_are_made_of_others_lead_there_by_the_row_they_stand_at() {
        // In January acme books the flat, which is booked twice then, and again within 30 days. In
        // February acme books what is not there, and bolt the hut, which is booked once, and then
        // the
        // flat.
        var steps = "steps(booking -> booking within 30 days per account)";
        expect(
                stays(),
                quarter(
                                "count(%s where per(listing : count(booking)) > 1)"
                                        .formatted(steps),
                                "share(%s where per(listing : count(booking)) = 1 : completed)"
                                        .formatted(steps))
                        .grain(Grain.MONTH),
                "2026-01-01 | 1 | NO_DATA",
                "2026-02-01 | 0 | 1",
                "2026-03-01 | 0 | NO_DATA");
        expect(
                stays(),
                quarter("count(%s)".formatted(steps))
                        .by("(per(listing : count(booking))) as n")
                        .grain(Grain.MONTH),
                "2026-01-01 | 1 | 0",
                "2026-01-01 | 2 | 1",
                "2026-01-01 | none | 0",
                "2026-02-01 | 1 | 1",
                "2026-02-01 | 2 | 0",
                "2026-02-01 | none | 1",
                "2026-03-01 | 1 | 0",
                "2026-03-01 | 2 | 0",
                "2026-03-01 | none | 0");
    }

    @Test
    default void metrics_of_the_entity_are_such_values() {
        var measured =
                stays().metricOf("listing", "bookings_each", RollUp.AVG, "count(booking)")
                        .metricOf("listing", "for_a_bed", RollUp.AVG, "bookings_each / beds");
        expect(
                measured,
                quarter(
                        "avg(booking : per(listing : bookings_each))",
                        "count(booking where per(listing : for_a_bed) > 1)"),
                "2.5 | 3");
        expect(
                measured,
                quarter("count(booking)", "count(review)").by("(bookings_each) as n"),
                "0 | 0 | 2",
                "1 | 1 | 0",
                "3 | 3 | 1",
                "none | 2 | 0");
        expect(
                measured,
                quarter("count(booking)").by("(bookings_each > 1) as popular"),
                "false | 1",
                "true | 3",
                "none | 2");
    }

    @Test
    default void who_sees_some_accounts_has_their_rows_counted_alone() {
        // Acme booked the flat twice and reviewed it, bolt booked flat and hut, and reviewed
        // neither.
        var asked =
                quarter(
                        "avg(booking : per(listing : count(booking)))",
                        "sum(booking : per(listing : count(review)))");
        expect(stays(), asked.scope("plan = 'pro'"), "2 | 2");
        expect(stays(), asked.scope("plan = 'free'"), "1 | 0");
        expect(
                stays(),
                quarter("count(booking)")
                        .by("(per(listing : count(booking))) as n")
                        .scope("plan = 'pro'"),
                "2 | 2",
                "none | 1");
    }

    /** The flat is acme's, which books it twice and what is not there; the hut bolt's, which books both. Dora books both, too. */
    private static WorldBuilder owned() {
        return World.world()
                .entity(accounts().text("plan"))
                .member(account("acme").with("plan", "pro"))
                .member(account("bolt").with("plan", "free"))
                .member(account("dora").with("plan", "pro"))
                .cohortOf("pilots", "acme", "dora")
                .source(
                        entity("listing")
                                .text("listing_id")
                                .text("owner_key")
                                .key("listing_id")
                                .link("owner", EntityRef.ACCOUNT, "owner_key"))
                .source(
                        source("booking")
                                .date("booked_on")
                                .account("guest")
                                .text("of_listing")
                                .link("listing", "listing", "of_listing")
                                .coverage("2026-01-01", "2026-04-01"))
                .fact("listing", "flat", "acme", "0001-01-01", null)
                .fact("listing", "hut", "bolt", "0001-01-01", null)
                .fact("booking", "2026-01-05", "acme", "flat")
                .fact("booking", "2026-01-20", "acme", "flat")
                .fact("booking", "2026-01-20", "acme", "tent")
                .fact("booking", "2026-02-03", "bolt", "hut")
                .fact("booking", "2026-02-20", "bolt", "flat")
                .fact("booking", "2026-02-10", "dora", "hut")
                .fact("booking", "2026-02-11", "dora", "flat");
    }

    @Test
    default void account_that_a_member_leads_to_is_read_where_it_may_be_seen() {
        // Of the flat are four bookings, three of them seen: acme's and dora's. Of the hut two,
        // dora's is seen, and bolt, whose it is, is not. One leads nowhere.
        var asked =
                quarter(
                        "count(booking where per(listing : owner.plan) = 'pro')",
                        "count(booking where per(listing : owner.plan) = 'free')",
                        "count(booking where per(listing : owner.plan) is none)",
                        "count(booking where per(listing : owner = 'acme'))",
                        "count(booking where per(listing : owner.plan = 'pro' and count(booking) > 3))");
        expect(owned(), asked, "4 | 2 | 1 | 4 | 4");
        expect(owned(), asked.scope("plan = 'pro'"), "3 | 0 | 2 | 3 | 0");
        expect(owned(), asked.scope("account in pilots"), "3 | 0 | 2 | 3 | 0");
        // The flat's owner is not seen, the hut's is.
        expect(owned(), asked.scope("plan = 'free'"), "0 | 1 | 1 | 0 | 0");
        expect(
                owned(),
                quarter("count(booking)")
                        .where("per(listing : owner.plan) = 'pro'")
                        .scope("plan = 'pro'"),
                "3");
        expect(
                owned(),
                quarter("count(booking)")
                        .by("(per(listing : owner.plan)) as plan")
                        .scope("plan = 'pro'"),
                "pro | 3",
                "none | 2");
        expect(
                owned().metricOf(
                                "listing",
                                "of_pro",
                                RollUp.SUM,
                                "case when owner.plan = 'pro' then 1 else 0 end"),
                quarter("sum(booking : per(listing : of_pro))").scope("plan = 'pro'"),
                "3");
    }

    @Test
    default void account_behind_others_is_read_where_all_of_them_may_be_seen() {
        var world =
                World.world()
                        .entity(
                                accounts()
                                        .text("plan")
                                        .history()
                                        .text("area_key")
                                        .linkTo("area", "home", "area_key"))
                        .member(
                                account("acme")
                                        .with("plan", "pro")
                                        .with("area_key", "north")
                                        .held(null, null))
                        .member(
                                account("bolt")
                                        .with("plan", "free")
                                        .with("area_key", "south")
                                        .held(null, null))
                        .cohortOf("pilots", "acme")
                        .source(
                                entity("area")
                                        .text("area_id")
                                        .text("manager_key")
                                        .key("area_id")
                                        .link("manager", EntityRef.ACCOUNT, "manager_key"))
                        .source(
                                entity("listing")
                                        .text("listing_id")
                                        .text("owner_key")
                                        .text("in_area")
                                        .key("listing_id")
                                        .link("owner", EntityRef.ACCOUNT, "owner_key")
                                        .link("area", "area", "in_area"))
                        .source(
                                source("booking")
                                        .date("booked_on")
                                        .account("guest")
                                        .text("of_listing")
                                        .link("listing", "listing", "of_listing")
                                        .coverage("2026-01-01", "2026-04-01"))
                        .fact("area", "north", "bolt", "0001-01-01", null)
                        .fact("area", "south", "acme", "0001-01-01", null)
                        .fact("listing", "flat", "acme", "north", "0001-01-01", null)
                        .fact("listing", "hut", "bolt", "south", "0001-01-01", null)
                        .fact("booking", "2026-01-05", "acme", "flat")
                        .fact("booking", "2026-01-05", "acme", "hut")
                        .fact("booking", "2026-01-05", "bolt", "hut");
        // Flat: owner acme (home north, managed by bolt), area north managed by bolt. Hut: owner
        // bolt (home south, managed by acme), area south managed by acme.
        var asked =
                quarter(
                        "count(booking where per(listing : area.manager.plan) = 'pro')",
                        "count(booking where per(listing : area.manager.plan) = 'free')",
                        "count(booking where per(listing : owner.home.manager.plan) = 'free')",
                        "count(booking where per(listing : owner.home.manager) = 'acme')",
                        "count(booking where per(listing : owner.home) = 'north')",
                        "distinct(booking : per(listing : owner))");
        expect(world, asked, "2 | 1 | 1 | 2 | 1 | 2");
        // The bookings of acme are seen, bolt is not: nor that it is an owner, or manages an area.
        expect(world, asked.scope("plan = 'pro'"), "1 | 0 | 0 | 0 | 1 | 1");
        expect(world, asked.scope("account in pilots"), "1 | 0 | 0 | 0 | 1 | 1");
        expect(
                world,
                quarter("count(booking)")
                        .by("(per(listing : owner)) as o")
                        .totals()
                        .scope("plan = 'pro'"),
                "acme | 1",
                "none | 1",
                "total | 2");
    }

    /** The flat exists from January 10, the hut until February 10, the loft from March on. */
    private static WorldBuilder let() {
        return World.world()
                .entity(accounts().text("plan"))
                .member(account("acme").with("plan", "pro"))
                .source(
                        entity("listing")
                                .text("listing_id")
                                .date("listed_on")
                                .date("gone_on")
                                .integer("beds")
                                .key("listing_id")
                                .existing("listed_on", "gone_on"))
                .source(
                        source("booking")
                                .date("booked_on")
                                .account("guest")
                                .text("of_listing")
                                .link("listing", "listing", "of_listing")
                                .coverage("2026-01-01", "2026-04-01"))
                .fact("listing", "flat", "2026-01-10", null, 2, "2026-01-10", null)
                .fact("listing", "hut", null, "2026-02-10", 4, "0001-01-01", "2026-02-10")
                .fact("listing", "loft", "2026-03-01", null, 8, "2026-03-01", null)
                .fact("booking", "2026-01-05", "acme", "flat")
                .fact("booking", "2026-01-20", "acme", "flat")
                .fact("booking", "2026-02-03", "acme", "hut")
                .fact("booking", "2026-02-20", "acme", "flat");
    }

    @Test
    default void members_exist_from_and_until_the_days_that_they_say() {
        // January has flat (2 beds, two bookings) and hut (4), February both, with a booking each,
        // March flat and loft (8).
        expect(
                let(),
                quarter(
                                "count(listing)",
                                "sum(listing : beds)",
                                "avg(listing : count(booking))",
                                "share(listing : exists(booking))",
                                "count(listing where not exists(booking))",
                                "count(listing) over last 2 months")
                        .grain(Grain.MONTH),
                "2026-01-01 | 2 | 6 | 1 | 0.5 | 1 | 2",
                "2026-02-01 | 2 | 6 | 1 | 1 | 0 | 2",
                "2026-03-01 | 2 | 10 | 0 | 0 | 2 | 3");
        expect(let(), quarter("count(listing)", "sum(listing : beds)"), "3 | 14");
        expect(
                let(),
                ask("count(listing)").between("2026-01-09", "2026-01-11").grain(Grain.DAY),
                "2026-01-09 | 1",
                "2026-01-10 | 2");
        expect(
                let(),
                ask("count(listing)").between("2026-02-09", "2026-02-11").grain(Grain.DAY),
                "2026-02-09 | 2",
                "2026-02-10 | 1");
    }

    @Test
    default void row_leads_to_a_member_that_is_not_there_yet() {
        // Booked on January 5, five days before it exists; its attributes are read likewise.
        expect(
                let(),
                ask(
                                "sum(booking : per(listing : count(booking)))",
                                "sum(booking : per(listing : beds))",
                                "sum(booking : listing.beds)",
                                "count(listing)")
                        .between("2026-01-01", "2026-01-08"),
                "1 | 2 | 2 | 1");
    }

    @Test
    default void windows_of_the_member_itself_may_be_read() {
        // Three days from its start the flat is booked once, the hut never: of the bookings three
        // are of the flat. That of the tent is let for no time.
        var listed =
                World.world()
                        .entity(accounts().text("plan"))
                        .member(account("acme").with("plan", "pro"))
                        .source(
                                entity("listing")
                                        .text("listing_id")
                                        .date("listed_on")
                                        .key("listing_id"))
                        .source(
                                source("booking")
                                        .date("booked_on")
                                        .account("guest")
                                        .text("of_listing")
                                        .link("listing", "listing", "of_listing")
                                        .coverage("2026-01-01", "2026-04-01"))
                        .fact("listing", "flat", "2026-01-04", "0001-01-01", null)
                        .fact("listing", "hut", "2026-01-10", "0001-01-01", null)
                        .fact("booking", "2026-01-05", "acme", "flat")
                        .fact("booking", "2026-01-20", "acme", "flat")
                        .fact("booking", "2026-02-03", "acme", "hut")
                        .fact("booking", "2026-02-20", "acme", "flat");
        expect(
                listed,
                quarter(
                        "sum(booking : per(listing : count(booking) over 3 days from listed_on))",
                        "count(booking where per(listing : exists(booking) over 3 days from listed_on))"),
                "3 | 3");
    }

    @Test
    default void members_whose_key_has_several_columns_are_values() {
        // Of AAA in autumn one answer, in spring two; one of a course that is not there.
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
                                        .integer("score")
                                        .link("course", "course", "of_module", "of_presentation")
                                        .coverage("2026-01-01", "2026-04-01"))
                        .fact("course", "AAA", "autumn", "0001-01-01", null)
                        .fact("course", "AAA", "spring", "0001-01-01", null)
                        .fact("course", "A/A", "spring", "0001-01-01", null)
                        .fact("answer", "2026-01-05", "AAA", "autumn", 4)
                        .fact("answer", "2026-01-06", "AAA", "spring", 1)
                        .fact("answer", "2026-01-07", "AAA", "spring", 2)
                        .fact("answer", "2026-01-07", "A/A", "spring", 16)
                        .fact("answer", "2026-01-08", "AAA", "winter", 8);
        expect(
                courses,
                quarter(
                        "sum(answer : per(course : count(answer)))",
                        "sum(answer where per(course : count(answer)) = 1 : score)",
                        "distinct(answer.course)",
                        "count(answer where course is none)",
                        "count(answer where course = 'AAA/spring')"),
                "6 | 20 | 3 | 1 | 2");
        expect(
                courses,
                quarter("sum(answer : score)").by("answer.course"),
                "A%2FA/spring | 16",
                "AAA/autumn | 4",
                "AAA/spring | 3",
                "none | 8");
    }

    @Test
    default void row_leads_to_a_member_that_begins_after_as_of() {
        // On February 5 the loft is booked, which exists from March on, and on February 3 the hut:
        // 8 and 4 beds, a booking of each.
        expect(
                let().fact("booking", "2026-02-05", "acme", "loft"),
                ask(
                                "sum(booking : listing.beds)",
                                "sum(booking : per(listing : beds))",
                                "sum(booking : per(listing : count(booking)))",
                                "distinct(booking.listing)",
                                "count(listing)")
                        .between("2026-02-01", "2026-02-10")
                        .asOf("2026-02-10T00:00:00Z"),
                "12 | 12 | 2 | 2 | 2");
    }

    /** The flat is in France until February 10, and in Spain from then on; it is booked in each month. */
    private static WorldBuilder moved() {
        return World.world()
                .entity(accounts().text("plan"))
                .member(account("acme").with("plan", "pro"))
                .source(
                        entity("listing")
                                .text("listing_id")
                                .text("country")
                                .date("since")
                                .date("till")
                                .key("listing_id")
                                .history("since", "till"))
                .source(
                        source("booking")
                                .timestamp("booked_at")
                                .account("guest")
                                .text("of_listing")
                                .link("listing", "listing", "of_listing")
                                .coverage("2026-01-01", "2026-04-01"))
                .fact("listing", "flat", "FR", "2025-01-01", "2026-02-10", "0001-01-01", null)
                .fact("listing", "flat", "ES", "2026-02-10", null, "0001-01-01", null)
                .fact("booking", "2026-01-05T10:00:00Z", "acme", "flat")
                .fact("booking", "2026-02-05T10:00:00Z", "acme", "flat")
                .fact("booking", "2026-03-05T10:00:00Z", "acme", "flat");
    }

    @Test
    default void attributes_of_the_member_are_those_at_the_end_of_the_window() {
        // As beneath the listing itself: on February 1 in France, on March 1 in Spain. As of the
        // start of February it still is in France, and each booking has its own moment.
        expect(
                moved(),
                quarter(
                                "count(listing where country = 'FR')",
                                "count(booking where per(listing : country) = 'FR')",
                                "count(booking where per(listing : country = 'FR' and exists(booking)))",
                                "count(booking where per(listing : country as of start) = 'FR')",
                                "count(booking where listing.country = 'FR')",
                                "count(booking where per(listing : country) = 'FR') over last 2 months")
                        .grain(Grain.MONTH),
                "2026-01-01 | 1 | 1 | 1 | 1 | 1 | 1",
                "2026-02-01 | 0 | 0 | 0 | 1 | 1 | 0",
                "2026-03-01 | 0 | 0 | 0 | 0 | 0 | 0");
    }

    @Test
    default void links_of_the_account_at_hand_lead_to_it_too() {
        // Acme likes the flat, booked by both, bolt the loft, which is from June on.
        var world =
                World.world()
                        .entity(
                                accounts()
                                        .text("plan")
                                        .text("liked")
                                        .linkTo("listing", "favourite", "liked"))
                        .member(account("acme").with("plan", "pro").with("liked", "flat"))
                        .member(account("bolt").with("plan", "free").with("liked", "loft"))
                        .source(
                                entity("listing")
                                        .text("listing_id")
                                        .date("listed_on")
                                        .integer("beds")
                                        .key("listing_id")
                                        .existing("listed_on", null))
                        .source(
                                source("booking")
                                        .date("booked_on")
                                        .account("guest")
                                        .text("of_listing")
                                        .link("listing", "listing", "of_listing")
                                        .coverage("2026-01-01", "2026-04-01"))
                        .fact("listing", "flat", null, 2, "0001-01-01", null)
                        .fact("listing", "loft", "2026-06-01", 8, "2026-06-01", null)
                        .fact("booking", "2026-01-05", "acme", "flat")
                        .fact("booking", "2026-01-06", "bolt", "flat");
        expect(
                world,
                quarter(
                                "sum(account : favourite.beds)",
                                "sum(account : per(favourite : beds))",
                                "sum(account : per(account.favourite : beds))",
                                "sum(account : per(favourite : count(booking)))",
                                "sum(booking : per(account.favourite : beds))")
                        .asOf("2026-04-01T00:00:00Z"),
                "10 | 10 | 10 | 2 | 10");
        expect(
                world,
                quarter("sum(account : per(favourite : count(booking)))").scope("plan = 'pro'"),
                "1");
    }
}
