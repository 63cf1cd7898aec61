package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.EntityBuilder.accounts;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static dev.cairn.testkit.data.SourceBuilder.source;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.analysis.MembersQuery.By;
import dev.cairn.domain.planner.ResultAssembler;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.data.WorldBuilder;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** One name for what several sources say in fields of their own: each reads its own. */
public interface ConformedDimensionsContract extends ExecutorContract {
    /**
     * Signups: acme and bolt by web in January, one of no account by ads, one of acme by nothing known in February. Deals: acme by web 100 (campaign 1) and 7 in
     * February (campaign 2), bolt by ads 40 (campaign 2) and by web 3 (none), one of no account by nothing known 5 (none). Campaign 1 is of mail, 2 of print. Visits
     * are of no account: from EU by mail, from US by print, from nowhere known by nothing known. Acme is of EU, bolt of US.
     */
    private WorldBuilder sales() {
        return World.world()
                .entity(accounts().text("region"))
                .member(account("acme").with("region", "EU"))
                .member(account("bolt").with("region", "US"))
                .source(
                        source("signup")
                                .date("signed_on")
                                .account("customer")
                                .text("channel")
                                .coverage("2026-01-01", "2026-04-01"))
                .source(
                        source("campaign")
                                .date("begun_on")
                                .integer("number")
                                .text("medium")
                                .key("number")
                                .coverage("2025-01-01", "2026-04-01"))
                .source(
                        source("deal")
                                .date("closed_on")
                                .account("customer")
                                .text("source_channel")
                                .decimal("amount")
                                .integer("campaign_no")
                                .link("campaign", "campaign", "campaign_no")
                                .coverage("2026-01-01", "2026-04-01"))
                .source(
                        source("visit")
                                .date("seen_on")
                                .text("region")
                                .text("medium")
                                .coverage("2026-01-01", "2026-04-01"))
                .slice("great", "deal", "amount > 50")
                .conformed("channel", "signup.channel", "deal.source_channel")
                .conformed("region", "visit.region", "account.region")
                .conformed("way", "visit.medium", "deal.campaign.medium")
                .fact("signup", "2026-01-05", "acme", "web")
                .fact("signup", "2026-01-06", "bolt", "web")
                .fact("signup", "2026-01-07", null, "ads")
                .fact("signup", "2026-02-01", "acme", null)
                .fact("campaign", "2025-05-01", 1, "mail")
                .fact("campaign", "2025-06-01", 2, "print")
                .fact("deal", "2026-01-10", "acme", "web", 100, 1)
                .fact("deal", "2026-01-11", "bolt", "ads", 40, 2)
                .fact("deal", "2026-01-12", null, null, 5, null)
                .fact("deal", "2026-01-13", "bolt", "web", 3, null)
                .fact("deal", "2026-02-10", "acme", "web", 7, 2)
                .fact("visit", "2026-01-03", "EU", "mail")
                .fact("visit", "2026-01-04", "US", "print")
                .fact("visit", "2026-01-05", null, null);
    }

    private static Question quarter(String... formulas) {
        return ask(formulas).between("2026-01-01", "2026-04-01");
    }

    @Test
    default void each_source_is_grouped_by_its_own_field_of_the_dimension() {
        // Web: two signups; 100 + 3 + 7. Ads: one signup; 40. Nothing known: one signup; 5.
        expect(
                sales(),
                quarter("count(signup)", "sum(deal.amount)").by("channel").totals(),
                "ads | 1 | 40",
                "web | 2 | 110",
                "none | 1 | 5",
                "total | 4 | 155");
        expect(sales(), quarter("count(signup)").by("channel"), "ads | 1", "web | 2", "none | 1");
        expect(
                sales(),
                quarter("sum(deal.amount)").by("channel"),
                "ads | 40",
                "web | 110",
                "none | 5");
    }

    @Test
    default void filter_and_condition_hold_for_each_source_by_its_own_field() {
        var both = quarter("count(signup)", "sum(deal.amount)");
        expect(sales(), both.filter("channel", Operator.IN, "web"), "2 | 110");
        expect(sales(), both.filter("channel", Operator.IS_NULL), "1 | 5");
        expect(sales(), both.where("channel = 'ads'"), "1 | 40");
        expect(sales(), both.where("channel is not 'web'"), "2 | 45");
        expect(
                sales(),
                both.by("(coalesce(channel, 'web')) as way_in"),
                "ads | 1 | 40",
                "web | 3 | 115");
    }

    @Test
    default void months_and_slices_are_grouped_by_it_too() {
        expect(
                sales(),
                quarter("count(signup)", "count(great)")
                        .between("2026-01-01", "2026-03-01")
                        .by("channel")
                        .grain(Grain.MONTH)
                        .sparse(),
                "2026-01-01 | ads | 1 | 0",
                "2026-01-01 | web | 2 | 1",
                "2026-02-01 | none | 1 | 0");
    }

    @Test
    default void parts_of_a_metric_and_totals_are_asked_by_it() {
        // Of web 110 are 107 of EU and 3 of US; of ads all 40 of US.
        expect(
                sales(),
                quarter("sum(deal.amount)", "total(sum(deal.amount) by channel)")
                        .by("account.region", "channel"),
                "EU | web | 107 | 110",
                "US | ads | 40 | 40",
                "US | web | 3 | 110",
                "no account | none | 5 | 5");
        expect(
                sales(),
                quarter(
                        "only(count(signup) where channel = 'web')",
                        "only(sum(deal.amount) where channel = 'web')",
                        "sum(deal where channel = 'web' : amount)",
                        "count(signup where channel is none)",
                        "sum(great where channel = 'web' : amount)"),
                "2 | 110 | 110 | 1 | 100");
    }

    @Test
    default void attribute_is_read_of_accounts_and_of_facts_whose_source_has_no_field() {
        // A visit from nowhere known has no region; a signup of no account has no account.
        expect(
                sales(),
                quarter("count(visit)", "count(signup)", "count(account)").by("region"),
                "EU | 1 | 2 | 1",
                "US | 1 | 1 | 1",
                "none | 1 | 0 | 0",
                "no account | 0 | 1 | 0");
        expect(
                sales(),
                quarter(
                        "count(visit where region = 'EU')",
                        "count(deal where region = 'US')",
                        "count(account where region = 'US')"),
                "1 | 2 | 1");
        expect(sales(), quarter("count(visit)", "count(deal)").where("region = 'EU'"), "1 | 2");
    }

    @Test
    default void field_may_be_of_a_row_that_a_link_leads_to() {
        expect(
                sales(),
                quarter("count(visit)", "sum(deal.amount)").by("way"),
                "mail | 1 | 100",
                "print | 1 | 47",
                "none | 1 | 8");
    }

    @Test
    default void greatest_groups_are_of_all_sources() {
        expect(
                sales(),
                quarter("sum(deal.amount)", "count(signup)").by("channel").top(1),
                "web | 110 | 2",
                "other | 45 | 2");
    }

    @Test
    default void attempts_are_of_the_group_of_their_first_row() {
        // Acme and bolt sign up by web and close within the week; nobody else signs up twice or is
        // known.
        expect(
                sales(),
                ask("count(steps(signup -> deal within 7 days per account first) where completed)")
                        .by("channel"),
                "web | 2");
    }

    @Test
    default void field_of_a_slice_is_that_of_its_source() {
        expect(
                World.world()
                        .source(
                                source("visit")
                                        .date("seen_on")
                                        .text("channel")
                                        .coverage("2026-01-01", "2026-04-01"))
                        .source(
                                source("order")
                                        .date("ordered_on")
                                        .text("medium")
                                        .coverage("2026-01-01", "2026-04-01"))
                        .slice("known", "visit", "channel is not none")
                        .conformed("channel", "known.channel", "order.medium")
                        .fact("visit", "2026-01-05", "mail")
                        .fact("visit", "2026-01-06", "mail")
                        .fact("visit", "2026-01-07", null)
                        .fact("order", "2026-01-08", "mail")
                        .fact("order", "2026-01-09", "print"),
                quarter("count(visit)", "count(known)", "count(\"order\")").by("channel"),
                "mail | 2 | 2 | 1",
                "print | 0 | 0 | 1",
                "none | 1 | 0 | 0");
    }

    private List<String> opened(Question question, int row, By by) {
        var world = sales().build();
        var ready = question.ready(world.catalog());
        var result =
                ResultAssembler.assemble(
                        ready, answer(world, ready.plan()), question.query().zone());
        var key = Objects.requireNonNull(result.rows().get(row).key());
        var cell = Opened.of(question, key, "m1");
        cell = cell.with(cell.query().by(by));
        var plan = cell.ready(world.catalog(), _ -> List.of());
        return cell.lines(plan, answer(world, plan.plan()));
    }

    @Test
    default void cell_opens_into_what_is_behind_it() {
        assertThat(
                        opened(
                                quarter("sum(deal.amount)", "count(signup)").by("channel"),
                                1,
                                By.ACCOUNT))
                .containsExactly("acme | 107", "bolt | 3", "total | 110");
        // The visit from nowhere known, and no part of the group of no account.
        var visits = quarter("count(visit)", "count(signup)").by("region");
        assertThat(opened(visits, 2, By.ROW)).hasSize(2).last().asString().endsWith("| 1");
        assertThat(opened(visits, 3, By.ROW)).singleElement().asString().endsWith("| 0");
    }
}
