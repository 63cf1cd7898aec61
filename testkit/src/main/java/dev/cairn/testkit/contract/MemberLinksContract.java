package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.EntityBuilder.accounts;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static dev.cairn.testkit.data.SourceBuilder.entity;
import static dev.cairn.testkit.data.SourceBuilder.source;

import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.EntityBuilder;
import dev.cairn.testkit.data.SourceBuilder;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.data.WorldBuilder;
import org.junit.jupiter.api.Test;

/** Links that accounts have themselves: to their parent, and to members of declared entities. */
public interface MemberLinksContract extends ExecutorContract {
    private static SourceBuilder uses() {
        return source("used")
                .date("used_on")
                .account("customer")
                .integer("clicks")
                .coverage("2026-01-01", "2026-04-01");
    }

    private static EntityBuilder withParents() {
        return accounts().text("plan").text("parent_key").link("parent", "parent_key");
    }

    /** Acme and bolt are of the group, deep is of acme; orphan is of ghost, of which nothing else is known. Group and solo have no parent. */
    private static WorldBuilder companies() {
        return World.world()
                .entity(withParents())
                .member(account("group").with("plan", "enterprise"))
                .member(account("acme").with("plan", "pro").with("parent_key", "group"))
                .member(account("bolt").with("plan", "free").with("parent_key", "group"))
                .member(account("solo").with("plan", "pro"))
                .member(account("deep").with("plan", "free").with("parent_key", "acme"))
                .member(account("orphan").with("plan", "pro").with("parent_key", "ghost"))
                .source(uses())
                .fact("used", "2026-01-05", "acme", 1)
                .fact("used", "2026-01-06", "bolt", 2)
                .fact("used", "2026-01-07", "group", 4)
                .fact("used", "2026-01-08", "solo", 8)
                .fact("used", "2026-01-09", "deep", 16)
                .fact("used", "2026-01-10", "orphan", 32)
                .fact("used", "2026-01-11", null, 64);
    }

    @Test
    default void parent_is_a_key_and_so_is_what_is_known_of_it() {
        // Group and solo have no parent: 4 + 8. Of ghost, the parent of orphan, no plan is known: 4
        // + 8 + 32.
        expect(
                companies(),
                ask("sum(used.clicks)", "count(account)").by("account.parent"),
                "acme | 16 | 1",
                "ghost | 32 | 1",
                "group | 3 | 2",
                "none | 12 | 2",
                "no account | 64 | 0");
        expect(
                companies(),
                ask("sum(used.clicks)", "count(account)", "avg(account : sum(used.clicks))")
                        .by("account.parent.plan"),
                "enterprise | 3 | 2 | 1.5",
                "pro | 16 | 1 | 16",
                "none | 44 | 3 | 14.6666666667",
                "no account | 64 | 0 | NO_DATA");
    }

    @Test
    default void links_of_accounts_are_followed_several_times() {
        expect(
                companies(),
                ask("sum(used.clicks)").by("account.parent.parent"),
                "group | 16",
                "none | 47",
                "no account | 64");
        expect(
                companies(),
                ask(
                        "sum(used where account.parent.parent.plan = 'enterprise' : clicks)",
                        "count(account where parent.parent.plan = 'enterprise')",
                        "count(account where account.parent.parent.parent is not none)"),
                "16 | 1 | 0");
    }

    @Test
    default void declared_parent_has_what_its_children_have_and_what_is_its_own() {
        expect(
                companies(),
                ask("sum(used.clicks)").by("(coalesce(account.parent, account)) as top"),
                "acme | 16",
                "ghost | 32",
                "group | 7",
                "solo | 8",
                "no account | 64");
        expect(
                companies(),
                ask("sum(used.clicks)", "distinct(used.account)")
                        .by("(coalesce(account.parent.parent, account.parent, account)) as top"),
                "ghost | 32 | 1",
                "group | 23 | 4",
                "solo | 8 | 1",
                "no account | 64 | 0");
    }

    @Test
    default void what_a_parent_is_like_is_a_condition_and_a_value() {
        expect(
                companies(),
                ask(
                        "sum(used where account.parent.plan = 'enterprise' : clicks)",
                        "count(account where parent.plan = 'enterprise')",
                        "count(account where account.parent = 'acme')",
                        "distinct(used : account.parent)",
                        "min(used : account.parent.plan)",
                        "sum(used where account.plan != account.parent.plan : clicks)"),
                "3 | 2 | 1 | 3 | enterprise | 19");
        expect(
                companies(),
                ask("sum(used.clicks)", "count(account)")
                        .filter("account.parent.plan", Operator.IN, "enterprise"),
                "3 | 2");
        expect(
                companies(),
                ask("sum(used.clicks)", "count(account)").where("account.parent.plan is none"),
                "108 | 3");
        expect(
                companies(),
                ask("sum(used.clicks)", "count(account)")
                        .cohortBy("account.parent.plan = 'enterprise'"),
                "3 | 2");
    }

    @Test
    default void churn_of_a_child_is_contraction_of_its_declared_parent() {
        // In February acme (100) and solo (30) leave, bolt (50) stays: by account two churn, of
        // parents solo alone, and the group goes down by 100.
        var edges =
                "let s = sum(subscription at start : mrr), e = sum(subscription at end : mrr) in ";
        expect(
                World.world()
                        .entity(withParents())
                        .member(account("acme").with("parent_key", "group"))
                        .member(account("bolt").with("parent_key", "group"))
                        .member(account("solo"))
                        .source(
                                source("subscription")
                                        .date("starts_on")
                                        .date("ends_on")
                                        .account("customer")
                                        .integer("mrr")
                                        .validity("starts_on", "ends_on")
                                        .coverage("2026-01-01", "2026-04-01"))
                        .fact("subscription", "2026-01-01", "2026-02-10", "acme", 100)
                        .fact("subscription", "2026-01-01", null, "bolt", 50)
                        .fact("subscription", "2026-01-01", "2026-02-20", "solo", 30),
                ask(
                                "sum(account where sum(subscription at end : mrr) = 0 : sum(subscription at start : mrr))",
                                edges + "case when e = 0 then s else 0 end",
                                edges + "case when e > 0 and e < s then s - e else 0 end")
                        .between("2026-02-01", "2026-03-01")
                        .by("(coalesce(account.parent, account)) as parent"),
                "group | 100 | 0 | 100",
                "solo | 30 | 30 | 0");
    }

    /** Acme is of the group in January and of solo from February; the group changes its plan on 15 January. */
    private static WorldBuilder changing() {
        return World.world()
                .entity(withParents().history())
                .member(
                        account("acme")
                                .with("plan", "a")
                                .with("parent_key", "group")
                                .held(null, "2026-02-01"))
                .member(
                        account("acme")
                                .with("plan", "b")
                                .with("parent_key", "solo")
                                .held("2026-02-01", null))
                .member(account("group").with("plan", "free").held(null, "2026-01-15"))
                .member(account("group").with("plan", "enterprise").held("2026-01-15", null))
                .member(account("solo").with("plan", "pro").held(null, null))
                .source(uses())
                .fact("used", "2026-01-10", "acme", 1)
                .fact("used", "2026-01-20", "acme", 2)
                .fact("used", "2026-02-10", "acme", 4);
    }

    private static Question quarter(String... formulas) {
        return ask(formulas).between("2026-01-01", "2026-04-01");
    }

    @Test
    default void parent_is_that_of_the_time_and_so_is_what_it_was_like() {
        expect(
                changing(),
                quarter("sum(used.clicks)").by("account.parent"),
                "group | 3",
                "solo | 4");
        expect(
                changing(),
                quarter("sum(used.clicks)").by("account.parent.plan"),
                "enterprise | 2",
                "free | 1",
                "pro | 4");
        expect(
                changing(),
                quarter("sum(used.clicks)").by("account.parent.plan as of end"),
                "pro | 7");
        expect(
                changing(),
                quarter("sum(used.clicks)").by("account.parent.plan as of start"),
                "free | 7");
    }

    @Test
    default void members_read_their_parent_at_the_edge_that_they_are_read_at() {
        // At the end of January acme is of the group, of plan enterprise by then; in February and
        // March of solo.
        expect(
                changing(),
                quarter("count(account where account.parent.plan = 'enterprise')")
                        .grain(Grain.MONTH),
                "2026-01-01 | 1",
                "2026-02-01 | 0",
                "2026-03-01 | 0");
        expect(
                changing(),
                quarter("sum(account : sum(used.clicks))").by("account.parent").grain(Grain.MONTH),
                "2026-01-01 | group | 3",
                "2026-01-01 | solo | 0",
                "2026-02-01 | group | 0",
                "2026-02-01 | solo | 4",
                "2026-03-01 | group | 0",
                "2026-03-01 | solo | 0");
    }

    @Test
    default void window_reads_the_parent_of_each_fact() {
        // Two months back: in March the facts of January are over.
        expect(
                changing(),
                quarter("sum(used.clicks) over last 2 months")
                        .by("account.parent")
                        .grain(Grain.MONTH),
                "2026-01-01 | group | 3",
                "2026-01-01 | solo | 0",
                "2026-02-01 | group | 3",
                "2026-02-01 | solo | 4",
                "2026-03-01 | group | 0",
                "2026-03-01 | solo | 4");
    }

    @Test
    default void parent_is_a_key_of_what_is_made_of_facts() {
        expect(
                companies(),
                ask("count(steps(used -> used within 5 days per account with pending))")
                        .by("account.parent.plan"),
                "enterprise | 2",
                "pro | 1",
                "none | 3");
        expect(
                companies()
                        .source(
                                source("subscription")
                                        .date("starts_on")
                                        .date("ends_on")
                                        .account("customer")
                                        .integer("mrr")
                                        .validity("starts_on", "ends_on")
                                        .coverage("2026-01-01", "2026-04-01"))
                        .fact("subscription", "2026-01-01", "2026-01-10", "acme", 100)
                        .fact("subscription", "2026-01-01", "2026-01-20", "solo", 30),
                ask("sum(changes(subscription.mrr per account) where kind = 'churn' : delta)")
                        .by("account.parent"),
                "group | -100",
                "none | -30");
    }

    @Test
    default void parent_beside_its_account_is_a_label() {
        expect(
                changing(),
                quarter("sum(used.clicks)").by("account", "account.parent.plan"),
                "acme | pro | 7");
    }

    @Test
    default void accounts_point_at_members_of_declared_entities() {
        // Segments are owned by accounts: s by bolt, of plan free.
        var world =
                World.world()
                        .entity(
                                accounts()
                                        .text("plan")
                                        .text("segment_key")
                                        .linkTo("segment", "segment", "segment_key"))
                        .source(
                                entity("segment")
                                        .text("segment_key")
                                        .key("segment_key")
                                        .text("name")
                                        .text("owner_id")
                                        .link("owner", EntityRef.ACCOUNT, "owner_id"))
                        .fact("segment", "s", "Small", "bolt", "0001-01-01", null)
                        .fact("segment", "l", "Large", null, "0001-01-01", null)
                        .member(account("acme").with("plan", "pro").with("segment_key", "s"))
                        .member(account("bolt").with("plan", "free").with("segment_key", "l"))
                        .member(account("cord").with("plan", "pro").with("segment_key", "x"))
                        .source(uses())
                        .fact("used", "2026-01-05", "acme", 1)
                        .fact("used", "2026-01-06", "bolt", 2)
                        .fact("used", "2026-01-07", "cord", 4);
        expect(
                world,
                ask("sum(used.clicks)", "count(account)").by("account.segment.name"),
                "Large | 2 | 1",
                "Small | 1 | 1",
                "none | 4 | 1");
        expect(
                world,
                ask("sum(used.clicks)", "count(account)").by("account.segment"),
                "l | 2 | 1",
                "s | 1 | 1",
                "none | 4 | 1");
        expect(
                world,
                ask(
                        "sum(used where account.segment.owner.plan = 'free' : clicks)",
                        "count(account where segment.owner = 'bolt')",
                        "count(account where account.segment.owner.segment.name = 'Large')"),
                "1 | 1 | 1");
    }

    @Test
    default void links_of_accounts_in_other_roles_are_followed() {
        expect(
                sales(),
                ask("sum(sale.amount)").by("seller.parent.plan"),
                "enterprise | 1",
                "pro | 2",
                "none | 12");
    }

    /** Acme sells 1 to solo, then deep 2 and solo itself 4; nobody sells 8 to bolt. */
    private static WorldBuilder sales() {
        return companies()
                .source(
                        source("sale")
                                .date("sold_on")
                                .account("customer")
                                .text("seller_id")
                                .integer("amount")
                                .link("seller", EntityRef.ACCOUNT, "seller_id")
                                .coverage("2026-01-01", "2026-04-01"))
                .fact("sale", "2026-01-05", "solo", "acme", 1)
                .fact("sale", "2026-01-06", "solo", "deep", 2)
                .fact("sale", "2026-01-07", "solo", "solo", 4)
                .fact("sale", "2026-01-08", "bolt", null, 8);
    }

    @Test
    default void each_step_follows_the_links_of_its_own_row() {
        // Solo buys of acme, whose parent is of plan enterprise, then of deep, whose parent is pro,
        // then of itself, who has none. Each seller's parent is a cell of its own, and has solo's
        // first attempt that begins there; the last of them, and that of bolt, go no further.
        expect(
                sales(),
                ask("count(steps(sale -> sale within 5 days per account with pending))")
                        .by("step_1.seller.parent.plan", "step_2.seller.parent.plan"),
                "enterprise | pro | 1",
                "pro | none | 1",
                "none | none | 2");
    }

    @Test
    default void who_sees_some_accounts_sees_no_parent_of_another() {
        expect(
                companies(),
                ask("sum(used.clicks)").by("account.parent").scope("plan = 'pro'"),
                "none | 41");
        // What may be seen is said by the parent all the same.
        expect(
                companies(),
                ask("sum(used.clicks)", "count(account)").scope("parent = 'group'"),
                "3 | 2");
        expect(
                companies(),
                ask("sum(used.clicks)").by("account").scope("account.parent.plan = 'pro'"),
                "deep | 16");
        expect(
                companies(),
                ask("sum(used.clicks)").by("account.parent").scope("account.parent.plan = 'pro'"),
                "none | 16");
    }

    @Test
    default void scope_follows_links_beyond_the_account_and_the_question_does_not() {
        // Segment s is of acme and owned by bolt, of plan free; acme is the parent of bolt.
        var world =
                World.world()
                        .entity(
                                accounts()
                                        .text("plan")
                                        .text("parent_key")
                                        .link("parent", "parent_key")
                                        .text("segment_key")
                                        .linkTo("segment", "segment", "segment_key"))
                        .source(
                                entity("segment")
                                        .text("segment_key")
                                        .key("segment_key")
                                        .text("name")
                                        .text("owner_id")
                                        .link("owner", EntityRef.ACCOUNT, "owner_id"))
                        .fact("segment", "s", "Small", "bolt", "0001-01-01", null)
                        .fact("segment", "l", "Large", null, "0001-01-01", null)
                        .member(account("acme").with("plan", "pro").with("segment_key", "s"))
                        .member(
                                account("bolt")
                                        .with("plan", "free")
                                        .with("segment_key", "l")
                                        .with("parent_key", "acme"))
                        .source(uses())
                        .fact("used", "2026-01-05", "acme", 1)
                        .fact("used", "2026-01-06", "bolt", 2);
        expect(
                world,
                ask("sum(used.clicks)")
                        .by("account", "account.segment.owner.plan")
                        .scope("account.segment.owner.plan = 'free'"),
                "acme | none | 1");
        expect(
                world,
                ask("sum(used.clicks)")
                        .by("account", "account.segment.owner.plan")
                        .scope("account.segment.owner.plan is not 'free'"),
                "bolt | none | 2");
        expect(
                world,
                ask("sum(used.clicks)")
                        .by("account", "account.parent.segment.name")
                        .scope("account.parent.segment.name = 'Small'"),
                "bolt | none | 2");
    }

    @Test
    default void scope_reads_rows_of_other_accounts_that_an_entity_leads_to() {
        // Segment s, which acme is of, was found by a lead of bolt's.
        var world =
                World.world()
                        .entity(
                                accounts()
                                        .text("segment_key")
                                        .linkTo("segment", "segment", "segment_key"))
                        .source(
                                source("lead")
                                        .date("found_on")
                                        .account("finder")
                                        .text("lead_no")
                                        .text("channel")
                                        .key("lead_no")
                                        .coverage("2026-01-01", "2026-04-01"))
                        .source(
                                entity("segment")
                                        .text("segment_key")
                                        .key("segment_key")
                                        .text("lead_no")
                                        .link("lead", "lead", "lead_no"))
                        .fact("lead", "2026-01-02", "bolt", "n1", "fair")
                        .fact("segment", "s", "n1", "0001-01-01", null)
                        .member(account("acme").with("segment_key", "s"))
                        .member(account("bolt"))
                        .source(uses())
                        .fact("used", "2026-01-05", "acme", 1)
                        .fact("used", "2026-01-06", "bolt", 2);
        var byChannel = ask("sum(used.clicks)").by("account", "account.segment.lead.channel");
        expect(world, byChannel, "acme | fair | 1", "bolt | none | 2");
        // The scope reads the lead; the question, which sees acme alone, does not.
        expect(world, byChannel.scope("account.segment.lead.channel = 'fair'"), "acme | none | 1");
    }

    @Test
    default void key_of_a_parent_may_have_several_parts() {
        expect(
                World.world()
                        .entity(
                                accounts()
                                        .key("country", "number")
                                        .text("of_number")
                                        .text("plan")
                                        .link("parent", "country", "of_number"))
                        .member(account("DE/1").with("plan", "pro"))
                        .member(account("DE/2").with("of_number", "1").with("plan", "free"))
                        .member(account("FR/2").with("of_number", "1").with("plan", "free"))
                        .source(
                                source("used")
                                        .date("used_on")
                                        .text("country")
                                        .text("number")
                                        .integer("clicks")
                                        .accountOf("country", "number")
                                        .coverage("2026-01-01", "2026-04-01"))
                        .fact("used", "2026-01-05", "DE", "1", 1)
                        .fact("used", "2026-01-06", "DE", "2", 2)
                        .fact("used", "2026-01-07", "FR", "2", 4),
                ask("sum(used.clicks)").by("account.parent", "account.parent.plan"),
                "DE/1 | pro | 2",
                "FR/1 | none | 4",
                "none | none | 1");
    }
}
