package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.contract.Question.askMetrics;
import static dev.cairn.testkit.data.EntityBuilder.accounts;
import static dev.cairn.testkit.data.MemberBuilder.account;

import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Metric.Level;
import dev.cairn.domain.model.Metric.RollUp;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.MemberBuilder;
import dev.cairn.testkit.data.SourceBuilder;
import dev.cairn.testkit.data.WorldBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Attributes that have a history are read as they were at the fact, at an edge of time, or as of a day. */
public interface HistoryContract extends ExecutorContract {
    /**
     * Acme is on free until 2026-02-01, then on pro; bolt is on pro from 2026-01-10 until 2026-03-01, then on none. Acme has an event of 1 on the last day of
     * free, of 2 at the start of the first day of pro and of 4 in March; bolt one of 8 before anything is known of it, of 16 in February and of 32 in March;
     * one of 64 is of no account.
     */
    private static WorldBuilder worldOf(WorldBuilder events) {
        return events.entity(
                        accounts()
                                .text("plan")
                                .integer("seats")
                                .computed("pays", DataType.BOOLEAN, "plan != 'free'")
                                .history())
                .member(plan("acme", "free", 5, null, "2026-02-01"))
                .member(plan("acme", "pro", 7, "2026-02-01", null))
                .member(plan("bolt", "pro", 9, "2026-01-10", "2026-03-01"))
                .fact("event", "2026-01-31T23:59:59Z", "acme", "ann", "login", 1)
                .fact("event", "2026-02-01T00:00:00Z", "acme", "ann", "login", 2)
                .fact("event", "2026-03-05T10:00:00Z", "acme", "ann", "login", 4)
                .fact("event", "2026-01-09T10:00:00Z", "bolt", "bob", "login", 8)
                .fact("event", "2026-02-05T10:00:00Z", "bolt", "bob", "login", 16)
                .fact("event", "2026-03-01T00:00:00Z", "bolt", "bob", "login", 32)
                .fact("event", "2026-02-05T10:00:00Z", null, "dan", "login", 64);
    }

    private static MemberBuilder plan(
            String key, String plan, int seats, @Nullable String from, @Nullable String until) {
        return account(key)
                .since("2025-01-01")
                .with("plan", plan)
                .with("seats", seats)
                .held(from, until);
    }

    private static Question quarter(String... formulas) {
        return ask(formulas).between("2026-01-01", "2026-04-01").asOf("2026-06-01T00:00:00Z");
    }

    /** In February acme has 5 until its first instant is over, in March 7; bolt has 9 until the first of March, nothing after. */
    @Test
    default void value_of_the_account_of_a_row_reads_its_attributes_at_the_end_of_the_window() {
        expect(
                worldOf(events()),
                quarter("sum(event : per(account : seats))").grain(Grain.MONTH).totals(),
                "2026-01-01 | 14",
                "2026-02-01 | 16",
                "2026-03-01 | 7",
                "all | 21");
    }

    /** At the end of March acme is on pro, and has 1 + 2 + 4; bolt is on none, and has 8 + 16 + 32. Events alone would be of the plan of their day. */
    @Test
    default void groups_of_a_total_beneath_members_are_those_at_the_instant_of_the_members() {
        expect(
                worldOf(events()),
                quarter(
                                "sum(account : sum(event.amount))",
                                "sum(account : total(sum(event.amount) by account.plan as of end))",
                                "sum(account : sum(event.amount) / total(sum(event.amount) by account.plan as of end))")
                        .by("account.plan as of end"),
                "pro | 7 | 7 | 1",
                "none | 56 | 56 | 1");
    }

    /** Facts beside members are of the groups of the end of the window too: in January 1 of free and 8 of pro, in February 2 and 16 of pro, for each of two accounts. */
    @Test
    default void groups_of_a_total_beneath_members_are_those_at_their_instant_without_saying_it() {
        var total = "sum(account : total(sum(event.amount) by account.plan))";
        expect(
                worldOf(events()),
                quarter(
                                "sum(account : sum(event.amount))",
                                total,
                                "sum(account : sum(event.amount) / total(sum(event.amount) by account.plan))")
                        .by("account.plan"),
                "pro | 7 | 7 | 1",
                "none | 56 | 56 | 1");
        expect(worldOf(events()), quarter(total).by("account.plan"), "pro | 7", "none | 56");
        expect(
                worldOf(events()),
                quarter(total).grain(Grain.MONTH).by("account.plan"),
                "2026-01-01 | free | 1",
                "2026-01-01 | pro | 8",
                "2026-01-01 | none | 0",
                "2026-02-01 | free | 0",
                "2026-02-01 | pro | 36",
                "2026-02-01 | none | 0",
                "2026-03-01 | free | 0",
                "2026-03-01 | pro | 4",
                "2026-03-01 | none | 32");
    }

    /** Events are of the plan of their day, and so are their groups: one of 1 on free, three of pro that are 22, two of none that are 40. */
    @Test
    default void groups_of_a_total_for_the_accounts_of_facts_are_those_of_the_facts() {
        expect(
                worldOf(events()),
                quarter("sum(event : per(account : total(sum(event.amount) by account.plan)))")
                        .by("account.plan"),
                "free | 1",
                "pro | 66",
                "none | 80",
                "no account | 0");
    }

    @Test
    default void fact_reads_an_attribute_as_it_was_on_its_day() {
        expect(
                worldOf(events()),
                quarter("sum(event : amount)").by("account.plan"),
                "free | 1",
                "pro | 22",
                "none | 40",
                "no account | 64");
        expect(
                worldOf(events()),
                quarter("sum(event where account.plan = 'pro' : amount)").grain(Grain.MONTH),
                "2026-01-01 | 0",
                "2026-02-01 | 18",
                "2026-03-01 | 4");
        expect(
                worldOf(events()),
                quarter("sum(event : amount)").filter("account.plan", Operator.IN, "free"),
                "1");
        // acme: 5 and 7 and 7; bolt: nothing, 9, nothing
        expect(worldOf(events()), quarter("sum(event : account.seats)"), "28");
    }

    @Test
    default void day_of_a_fact_is_that_of_the_zone_asked_in() {
        // The first second of February in UTC is January in New York, where acme is on free still.
        expect(
                worldOf(events()),
                quarter("sum(event : amount)").zone("America/New_York").by("account.plan"),
                "free | 3",
                "pro | 52",
                "none | 8",
                "no account | 64");
    }

    @Test
    default void fact_placed_by_a_date_reads_an_attribute_on_that_date() {
        var payments =
                worldOf(events())
                        .source(
                                SourceBuilder.source("payment")
                                        .date("paid_on")
                                        .account("customer")
                                        .integer("paid"))
                        .fact("payment", "2026-01-31", "acme", 1)
                        .fact("payment", "2026-02-01", "acme", 2);
        for (var zone : new String[] {"UTC", "America/New_York", "Asia/Tokyo"}) {
            expect(
                    payments,
                    quarter("sum(payment : paid)").zone(zone).by("account.plan"),
                    "free | 1",
                    "pro | 2");
        }
    }

    @Test
    default void computed_attribute_is_its_formula_over_what_the_others_were() {
        expect(
                worldOf(events()),
                quarter("sum(event : amount)").by("account.pays"),
                "false | 1",
                "true | 22",
                "none | 40",
                "no account | 64");
    }

    @Test
    default void members_read_attributes_before_the_end_of_the_bucket() {
        // Pro begins with February, so that January ends with free; bolt's ends with March, so
        // February ends with it.
        expect(
                worldOf(events()),
                quarter("count(account)").grain(Grain.MONTH).by("account.plan"),
                "2026-01-01 | free | 1",
                "2026-01-01 | pro | 1",
                "2026-01-01 | none | 0",
                "2026-02-01 | free | 0",
                "2026-02-01 | pro | 2",
                "2026-02-01 | none | 0",
                "2026-03-01 | free | 0",
                "2026-03-01 | pro | 1",
                "2026-03-01 | none | 1");
        expect(
                worldOf(events()),
                quarter("count(account where plan = 'pro')").grain(Grain.MONTH),
                "2026-01-01 | 1",
                "2026-02-01 | 2",
                "2026-03-01 | 1");
    }

    /** In January 5 and 9 of free and of pro, in February 7 and 9 of pro, in March 7, and nothing is known of bolt. */
    @Test
    default void metric_that_is_rolled_up_reads_attributes_as_the_aggregate_that_it_stands_for() {
        var world =
                worldOf(events())
                        .metric("places", Level.ACCOUNT, RollUp.SUM, "seats", false)
                        .metric("mean_places", Level.ACCOUNT, RollUp.AVG, "seats", false)
                        .metric(
                                "paying",
                                Level.ACCOUNT,
                                RollUp.SHARE,
                                "coalesce(pays, false)",
                                false);
        expect(
                world,
                askMetrics("places", "mean_places", "paying")
                        .between("2026-01-01", "2026-04-01")
                        .grain(Grain.MONTH)
                        .totals(),
                "2026-01-01 | 14 | 7 | 0.5",
                "2026-02-01 | 16 | 8 | 1",
                "2026-03-01 | 7 | 7 | 0.5",
                "all | 7 | 7 | 0.5");
        expect(
                world,
                quarter("prior(places)", "places - sum(account : seats)")
                        .between("2026-03-01", "2026-04-01"),
                "16 | 0");
    }

    @Test
    default void attribute_is_read_as_of_the_start_the_end_now_or_a_day_where_that_is_said() {
        var world = worldOf(events());
        expect(
                world,
                quarter("sum(event : amount)").by("account.plan as of start"),
                "free | 7",
                "pro | 56",
                "no account | 64");
        expect(
                world,
                quarter("sum(event : amount)").by("account.plan as of end"),
                "pro | 7",
                "none | 56",
                "no account | 64");
        expect(
                world,
                quarter("sum(event : amount)").by("account.plan as of now"),
                "pro | 7",
                "none | 56",
                "no account | 64");
        expect(
                world,
                quarter("sum(event : amount)").by("account.plan as of @2026-02-02"),
                "pro | 63",
                "no account | 64");
        // What begins with a day is no part of what was before it.
        expect(
                world,
                quarter("sum(event where account.plan as of @2026-02-01 = 'free' : amount)"),
                "7");
        expect(world, quarter("sum(event where account.plan as of fact = 'free' : amount)"), "1");
    }

    @Test
    default void member_that_is_not_there_yet_has_its_first_value_and_a_fact_before_has_none() {
        expect(
                worldOf(events()),
                quarter("count(account where plan as of start = 'pro')").grain(Grain.MONTH),
                "2026-01-01 | 1",
                "2026-02-01 | 1",
                "2026-03-01 | 2");
        expect(
                worldOf(events()),
                quarter("sum(event where account.plan is none and account is not none : amount)"),
                "40");
    }

    @Test
    default void two_times_in_one_condition_tell_who_changed() {
        expect(
                worldOf(events()),
                quarter("count(account where plan as of start = 'free' and plan as of end = 'pro')")
                        .grain(Grain.MONTH),
                "2026-01-01 | 0",
                "2026-02-01 | 1",
                "2026-03-01 | 0");
    }

    /** A window of two months that ends with March starts with February, before which acme was on free. */
    @Test
    default void edges_are_those_of_the_window_and_of_the_bucket_that_is_moved_to() {
        expect(
                worldOf(events()),
                quarter("prior(count(account where plan = 'pro'))").grain(Grain.MONTH),
                "2026-01-01 | 1",
                "2026-02-01 | 1",
                "2026-03-01 | 2");
        expect(
                worldOf(events()),
                quarter(
                                "sum(event where account.plan as of start = 'free' : amount) over last 2 months")
                        .grain(Grain.MONTH),
                "2026-01-01 | 1",
                "2026-02-01 | 3",
                "2026-03-01 | 6");
    }

    @Test
    default void bucket_that_is_not_over_ends_at_as_of() {
        expect(
                worldOf(events()),
                ask("count(account where plan = 'pro')")
                        .grain(Grain.MONTH)
                        .between("2026-02-01", "2026-03-01")
                        .asOf("2026-02-01T00:00:00Z"),
                "2026-02-01 | NOT_YET");
        expect(
                worldOf(events()),
                ask(
                                "count(account where plan = 'free')",
                                "count(account where plan as of now = 'free')")
                        .grain(Grain.MONTH)
                        .between("2026-01-01", "2026-03-01")
                        .asOf("2026-01-20T00:00:00Z"),
                "2026-01-01 | 1 | 1",
                "2026-02-01 | NOT_YET | NOT_YET");
    }

    @Test
    default void what_is_read_for_each_member_reads_attributes_at_the_end_too() {
        expect(
                worldOf(events()),
                quarter("sum(account : sum(event where account.plan = 'pro' : amount))")
                        .grain(Grain.MONTH),
                "2026-01-01 | 8",
                "2026-02-01 | 18",
                "2026-03-01 | 4");
    }

    @Test
    default void attributes_beside_the_account_are_its_labels_as_of_now() {
        expect(
                worldOf(events()),
                quarter("sum(event : amount)").by("account", "account.plan"),
                "acme | pro | 7",
                "bolt | none | 56",
                "no account | no account | 64");
    }

    @Test
    default void cohort_of_facts_is_that_of_the_end_of_their_bucket() {
        var world = worldOf(events()).cohortBy("on_pro", "account.plan = 'pro'");
        expect(
                world,
                quarter("sum(event : amount)").grain(Grain.MONTH).cohort("on_pro"),
                "2026-01-01 | 8",
                "2026-02-01 | 18",
                "2026-03-01 | 4");
        expect(world, quarter("sum(event where account in on_pro as of now : amount)"), "7");
    }

    /** Before January acme is on free, and bolt, of whom nothing is known yet, has its first value; before the second of February both are on pro. */
    @Test
    default void every_face_of_a_cohort_by_attributes_is_read_as_of_the_time_that_is_said() {
        var world = worldOf(events()).cohortBy("on_pro", "account.plan = 'pro'");
        expect(
                world,
                quarter("sum(event : amount)").by("on_pro as of start"),
                "false | 7",
                "true | 56",
                "no account | 64");
        expect(world, quarter("sum(event where account in on_pro as of start : amount)"), "56");
        expect(
                world,
                quarter("sum(event : amount)")
                        .filter("on_pro as of @2026-02-02", Operator.IN, "true"),
                "63");
        expect(
                world,
                quarter("sum(event where account in on_pro as of @2026-02-02 : amount)"),
                "63");
    }

    /** A rule over facts reads its attributes at the end of the bucket, where its facts are read, also beside the account, whose attributes are labels. */
    @Test
    default void cohort_by_facts_and_attributes_is_of_one_time_beside_the_account_too() {
        expect(
                worldOf(events())
                        .cohortBy("users", "account.plan = 'pro' and exists(event) over ever"),
                quarter("sum(event : amount)").grain(Grain.MONTH).by("account", "users").sparse(),
                "2026-01-01 | acme | false | 1",
                "2026-01-01 | bolt | true | 8",
                "2026-02-01 | acme | true | 2",
                "2026-02-01 | bolt | true | 16",
                "2026-02-01 | no account | no account | 64",
                "2026-03-01 | acme | true | 4",
                "2026-03-01 | bolt | false | 32");
    }

    /** At the end of March acme is on pro with all of its events, bolt on none. */
    @Test
    default void what_is_narrowed_for_each_member_reads_attributes_at_the_end_too() {
        for (var pros :
                new String[] {
                    "sum(account : only(sum(event : amount) where account.plan = 'pro'))",
                    "sum(account : sum(event where account.plan = 'pro' : amount))"
                }) {
            expect(worldOf(events()), quarter(pros), "7");
        }
        expect(
                worldOf(events()),
                quarter("only(sum(event : amount) where account.plan = 'pro')"),
                "22");
    }

    /** Acme pays 10 from January on, bolt 20 in February: what was in force before a bucket has the plan of before it. */
    @Test
    default void stocks_read_attributes_at_the_edge_that_they_are_of() {
        var world =
                worldOf(events())
                        .source(
                                SourceBuilder.source("subscription")
                                        .account("customer")
                                        .date("starts_on")
                                        .date("ends_on")
                                        .integer("mrr")
                                        .validity("starts_on", "ends_on")
                                        .coverage("2026-01-01", "2026-06-01"))
                        .fact("subscription", "acme", "2026-01-01", null, 10)
                        .fact("subscription", "bolt", "2026-02-01", "2026-03-01", 20);
        expect(
                world,
                quarter("sum(subscription at start where account.plan = 'free' : mrr)")
                        .grain(Grain.MONTH),
                "2026-01-01 | 0",
                "2026-02-01 | 10",
                "2026-03-01 | 0");
        expect(
                world,
                quarter("sum(subscription at end where account.plan = 'pro' : mrr)")
                        .grain(Grain.MONTH),
                "2026-01-01 | 0",
                "2026-02-01 | 30",
                "2026-03-01 | 10");
        expect(
                world,
                quarter("sum(subscription at end : mrr)").by("account.plan as of start"),
                "free | 10");
    }

    /** Before February acme is on free and bolt on pro, before March both are on pro, before April acme is on pro and bolt on none. */
    @Test
    default void facts_beside_members_read_attributes_at_the_end_as_they_do() {
        expect(
                worldOf(events()),
                quarter("sum(event : amount) - count(account)")
                        .by("account.plan")
                        .grain(Grain.MONTH)
                        .sparse(),
                "2026-01-01 | free | 0",
                "2026-01-01 | pro | 7",
                "2026-02-01 | pro | 16",
                "2026-02-01 | no account | 64",
                "2026-03-01 | pro | 3",
                "2026-03-01 | none | 31");
        expect(
                worldOf(events()),
                quarter("sum(event where account.plan = 'pro' : amount) + 1000 * count(account)")
                        .grain(Grain.MONTH),
                "2026-01-01 | 2008",
                "2026-02-01 | 2018",
                "2026-03-01 | 2004");
    }

    /** Acme pays 10, and 15 from February 10 on; bolt pays 20 from February 5 until March 15. */
    private static WorldBuilder paying(WorldBuilder events) {
        return worldOf(events)
                .source(
                        SourceBuilder.source("subscription")
                                .account("customer")
                                .date("starts_on")
                                .date("ends_on")
                                .integer("mrr")
                                .validity("starts_on", "ends_on")
                                .coverage("2025-12-01", "2026-06-01"))
                .fact("subscription", "acme", "2025-12-05", "2026-02-10", 10)
                .fact("subscription", "acme", "2026-02-10", null, 15)
                .fact("subscription", "bolt", "2026-02-05", "2026-03-15", 20)
                .metric("opening", "sum(subscription at start : mrr)")
                .metric("closing", "sum(subscription at end : mrr)");
    }

    /** Acme is on free before January and February, then on pro; bolt, of whom nothing is known before January, has its first value. */
    @Test
    default void parts_of_a_bridge_read_attributes_at_the_start_and_add_up() {
        expect(
                paying(events()),
                quarter("opening + 1000 * closing").by("account.plan").grain(Grain.MONTH),
                "2026-01-01 | free | 10010",
                "2026-01-01 | pro | 0",
                "2026-02-01 | free | 15010",
                "2026-02-01 | pro | 20000",
                "2026-03-01 | free | 0",
                "2026-03-01 | pro | 15035");
        expect(
                paying(events()),
                quarter(
                                """
                                opening + sum(account where opening = 0 : closing)
                                    + sum(account where opening > 0 and closing > opening : closing - opening)
                                    - sum(account where closing > 0 and closing < opening : opening - closing)
                                    - sum(account where opening > 0 and closing = 0 : opening) - closing
                                """)
                        .by("account.plan")
                        .grain(Grain.MONTH),
                "2026-01-01 | free | 0",
                "2026-01-01 | pro | 0",
                "2026-02-01 | free | 0",
                "2026-02-01 | pro | 0",
                "2026-03-01 | free | 0",
                "2026-03-01 | pro | 0");
        expect(
                paying(events()),
                quarter(
                                "sum(account where opening = 0 : closing)",
                                "sum(account where opening > 0 and closing = 0 : opening)")
                        .by("account.plan")
                        .grain(Grain.MONTH),
                "2026-01-01 | pro | 0 | 0",
                "2026-02-01 | pro | 20 | 0",
                "2026-03-01 | pro | 0 | 20");
    }

    @Test
    default void shifted_parts_read_attributes_at_the_start_of_the_shifted_bucket() {
        expect(
                paying(events()),
                ask("closing + 1000 * prior(opening)")
                        .between("2026-03-01", "2026-04-01")
                        .grain(Grain.MONTH)
                        .by("account.plan"),
                "2026-03-01 | free | 10000",
                "2026-03-01 | pro | 15");
    }

    @Test
    default void
            facts_of_a_window_read_attributes_at_the_start_of_the_bucket_beside_an_opening_stock() {
        expect(
                paying(events()),
                ask("(sum(event : amount) over last 3 months) + 1000 * opening")
                        .between("2026-03-01", "2026-04-01")
                        .grain(Grain.MONTH)
                        .by("account.plan"),
                "2026-03-01 | pro | 35063",
                "2026-03-01 | no account | 64");
    }

    /** Acme was seen on free on January 10 and on pro on February 1, bolt on pro on January 20 alone. */
    @Test
    default void what_was_seen_on_a_day_holds_until_the_next_on_which_something_was_seen() {
        var world =
                events().entity(accounts().text("plan").history())
                        .member(seen("acme", "free", "2026-01-10"))
                        .member(seen("acme", "pro", "2026-02-01"))
                        .member(seen("bolt", "pro", "2026-01-20"))
                        .fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "login", 1)
                        .fact("event", "2026-01-31T10:00:00Z", "acme", "ann", "login", 2)
                        .fact("event", "2026-02-01T00:00:00Z", "acme", "ann", "login", 4)
                        .fact("event", "2026-03-05T10:00:00Z", "bolt", "bob", "login", 8);
        expect(
                world,
                quarter("sum(event : amount)").by("account.plan"),
                "free | 2",
                "pro | 12",
                "none | 1");
        expect(
                world,
                quarter("count(account where plan = 'pro')").grain(Grain.MONTH),
                "2026-01-01 | 1",
                "2026-02-01 | 2",
                "2026-03-01 | 2");
        expect(
                world,
                quarter("sum(event : amount)").by("account", "account.plan"),
                "acme | pro | 7",
                "bolt | pro | 8");
    }

    private static MemberBuilder seen(String key, String plan, String day) {
        return account(key).since("2025-01-01").with("plan", plan).seenOn(day);
    }

    /** Beside the account the plan is a label, as of now: acme has pro, bolt none. */
    @Test
    default void total_by_a_label_is_of_the_accounts_that_have_it() {
        expect(
                worldOf(events()),
                quarter("sum(event : amount)", "total(sum(event : amount) by account.plan)")
                        .by("account", "account.plan"),
                "acme | pro | 7 | 7",
                "bolt | none | 56 | 56",
                "no account | no account | 64 | 64");
    }

    /** By the plan on the day of the fact: free 1, pro 6 and 16, none 8 and 32, no account 64. By that of now are no groups. */
    @Test
    default void total_by_a_key_that_says_as_of_when_is_by_what_the_question_reads_then() {
        var formulas =
                new String[] {
                    "sum(event : amount)",
                    "total(sum(event : amount) by account.plan)",
                    "total(sum(event : amount) by account.plan as of fact)",
                    "total(sum(event : amount) by account.plan as of now)"
                };
        for (var plan : List.of("account.plan", "account.plan as of fact")) {
            expect(
                    worldOf(events()),
                    quarter(formulas).by(plan, "(event.amount > 10) as big"),
                    "free | false | 1 | 1 | 1 | 127",
                    "pro | false | 6 | 22 | 22 | 127",
                    "pro | true | 16 | 22 | 22 | 127",
                    "none | false | 8 | 40 | 40 | 127",
                    "none | true | 32 | 40 | 40 | 127",
                    "no account | true | 64 | 64 | 64 | 127");
        }
    }
}
