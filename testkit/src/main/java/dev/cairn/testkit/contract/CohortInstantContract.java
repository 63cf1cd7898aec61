package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.EntityBuilder.accounts;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static dev.cairn.testkit.data.SourceBuilder.source;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.MemberBuilder;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.data.WorldBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Cohorts by a rule over facts, of any date: read when what they select is read, or as of the instant that is said. */
public interface CohortInstantContract extends ExecutorContract {
    String PROMOTERS = "last(survey.score) over last 12 months >= 9";

    /**
     * Promoters: acme on January 1, acme and bolt on February 1, bolt on March 1. Acme pays 100, from January 15 on 150; bolt pays 20; cord pays 3 from January
     * 10 on. Events are worth 1 (acme), 2 (bolt) and 4 (cord) in January, 16 (acme) and 32 (bolt) in February, 8 in January is of no account.
     */
    private static WorldBuilder worldOf(WorldBuilder events) {
        return events.source(
                        source("survey")
                                .date("asked")
                                .account("customer")
                                .integer("score")
                                .coverage("2025-01-01", "2026-04-01"))
                .source(
                        source("subscription")
                                .date("starts_on")
                                .date("ends_on")
                                .account("customer")
                                .decimal("mrr")
                                .validity("starts_on", "ends_on")
                                .coverage("2025-01-01", "2026-07-01"))
                .fact("survey", "2025-06-10", "acme", 9)
                .fact("survey", "2026-02-05", "acme", 5)
                .fact("survey", "2026-01-20", "bolt", 10)
                .fact("subscription", "2025-12-01", "2026-01-15", "acme", 100)
                .fact("subscription", "2026-01-15", null, "acme", 150)
                .fact("subscription", "2025-12-15", null, "bolt", 20)
                .fact("subscription", "2026-01-10", null, "cord", 3)
                .fact("event", "2026-01-10T10:00:00Z", "acme", "ann", "login", 1)
                .fact("event", "2026-01-10T10:00:00Z", "bolt", "bob", "login", 2)
                .fact("event", "2026-01-10T10:00:00Z", "cord", "cid", "login", 4)
                .fact("event", "2026-01-10T10:00:00Z", null, "dan", "login", 8)
                .fact("event", "2026-02-10T10:00:00Z", "acme", "ann", "login", 16)
                .fact("event", "2026-02-10T10:00:00Z", "bolt", "bob", "login", 32);
    }

    private WorldBuilder customers() {
        return worldOf(events())
                .member(account("acme").since("2025-01-01").with("signed_on", "2025-11-15"))
                .member(account("bolt").since("2025-01-01").with("signed_on", "2025-12-20"))
                .member(account("cord").since("2025-01-01").with("signed_on", "2026-01-10"))
                .cohortBy("promoters", PROMOTERS);
    }

    private static Question months(String... formulas) {
        return ask(formulas).grain(Grain.MONTH).between("2026-01-01", "2026-03-01");
    }

    @Test
    default void stock_at_the_start_is_of_those_who_are_in_at_the_start_on_every_face() {
        String[] in = {"2026-01-01 | 100", "2026-02-01 | 170"};
        var stock = months("sum(subscription at start : mrr)");
        expect(customers(), stock.cohort("promoters"), in);
        expect(customers(), stock.cohortBy(PROMOTERS), in);
        expect(customers(), stock.where("account in promoters"), in);
        expect(customers(), stock.filter("promoters", Operator.IN, "true"), in);
        expect(
                customers(),
                months("sum(subscription at start where account in promoters : mrr)"),
                in);
        expect(
                customers(),
                stock.by("promoters").totals(),
                "2026-01-01 | false | 20",
                "2026-01-01 | true | 100",
                "2026-02-01 | false | 3",
                "2026-02-01 | true | 170",
                "2026-01-01 | total | 120",
                "2026-02-01 | total | 173",
                "all | false | 20",
                "all | true | 100",
                "all | total | 120");
    }

    @Test
    default void stock_at_the_end_is_of_those_who_are_in_at_the_end() {
        String[] in = {"2026-01-01 | 170", "2026-02-01 | 20"};
        expect(
                customers(),
                months("sum(subscription at end where account in promoters : mrr)"),
                in);
        expect(customers(), months("sum(subscription at end : mrr)").cohort("promoters"), in);
    }

    @Test
    default void parts_of_a_bridge_are_of_those_who_are_in_at_the_start() {
        var change = "sum(subscription at end%1$s : mrr) - sum(subscription at start%1$s : mrr)";
        var all = months(change.formatted(""));
        String[] in = {"2026-01-01 | 50", "2026-02-01 | 0"};
        expect(customers(), all.cohort("promoters"), in);
        expect(customers(), months(change.formatted(" where account in promoters")), in);
        expect(
                customers(),
                all.by("promoters"),
                "2026-01-01 | false | 3",
                "2026-01-01 | true | 50",
                "2026-02-01 | false | 0",
                "2026-02-01 | true | 0");
        // What happened is of them too: events of acme in January, of both in February.
        expect(
                customers(),
                months("sum(event : amount) + 0 * sum(subscription at start : mrr)")
                        .cohort("promoters"),
                "2026-01-01 | 1",
                "2026-02-01 | 48");
        expect(
                customers(),
                months(
                        "only(sum(event : amount) + 0 * sum(subscription at start : mrr) where account in promoters)"),
                "2026-01-01 | 1",
                "2026-02-01 | 48");
    }

    @Test
    default void stock_at_an_instant_and_members_of_another_window_are_of_those_who_are_in_then() {
        expect(
                customers(),
                months(
                        "sum(subscription at @2026-02-01 where account in promoters : mrr)",
                        "count(account where account in promoters) over all before",
                        "count(user where account in promoters) over all before",
                        "sum(subscription at end where account in promoters : mrr) over all before"),
                "2026-01-01 | 170 | 1 | 0 | 100",
                "2026-02-01 | 170 | 2 | 2 | 170");
    }

    @Test
    default void cohort_is_read_as_of_the_instant_that_is_said_on_every_face() {
        record Case(String moment, int january, int february, int sizeThen, int sizeLater) {}
        // Events of January and of February, and how many there are in each.
        var cases =
                List.of(
                        new Case("start", 1, 48, 1, 2),
                        new Case("end", 3, 32, 2, 1),
                        new Case("@2026-01-01", 1, 16, 1, 1),
                        new Case("@2026-02-01", 3, 48, 2, 2),
                        new Case("@2026-02-06T12:00Z", 2, 32, 1, 1),
                        new Case("now", 2, 32, 1, 1));
        for (var one : cases) {
            String[] in = {"2026-01-01 | " + one.january, "2026-02-01 | " + one.february};
            var promoters = "promoters as of " + one.moment;
            var events = months("sum(event : amount)").asOf("2026-03-01T00:00:00Z");
            expect(customers(), events.filter(promoters, Operator.IN, "true"), in);
            expect(customers(), events.where("account in " + promoters), in);
            expect(
                    customers(),
                    months("sum(event where account in %s : amount)".formatted(promoters))
                            .asOf("2026-03-01T00:00:00Z"),
                    in);
            expect(
                    customers(),
                    months("count(account where account in %s)".formatted(promoters))
                            .asOf("2026-03-01T00:00:00Z"),
                    "2026-01-01 | " + one.sizeThen,
                    "2026-02-01 | " + one.sizeLater);
        }
        expect(
                customers(),
                ask("sum(event : amount)").by("promoters as of @2026-01-01"),
                "false | 6",
                "true | 1",
                "no account | 8");
    }

    @Test
    default void what_is_not_known_at_the_instant_is_not_known() {
        expect(
                customers(),
                ask(
                        "count(account where account in promoters as of @2024-06-01)",
                        "count(account where account in promoters as of @2027-01-01)",
                        "sum(event where account in promoters as of @2024-06-01 : amount)"),
                "BEFORE_DATA | NOT_YET | BEFORE_DATA");
    }

    @Test
    default void now_in_a_rule_is_its_instant() {
        // Asked in the last 30 days: nobody on January 1, bolt on February 1, acme on March 1.
        var world =
                customers()
                        .cohortBy(
                                "fresh",
                                "exists(survey where asked >= date(asof) - 30 days) over ever")
                        // Signed in the last 60 days: acme and bolt, bolt and cord, cord.
                        .cohortBy(
                                "young",
                                "count(survey) over ever >= 0 and account.signed_on < date(asof) and account.signed_on >= date(asof) - 60 days");
        expect(
                world,
                months(
                        "count(account where account in fresh as of start)",
                        "count(account where account in fresh)",
                        "count(account where account in fresh as of @2026-03-01)",
                        "sum(subscription at start where account in fresh : mrr)"),
                "2026-01-01 | 0 | 1 | 1 | 0",
                "2026-02-01 | 1 | 1 | 1 | 20");
        expect(
                world,
                months(
                        "sum(subscription at start where account in young : mrr)",
                        "sum(subscription at end where account in young : mrr)",
                        "sum(subscription at end where account in young : mrr) - sum(subscription at start where account in young : mrr)",
                        "sum(subscription at end where account in young as of @2026-01-01 : mrr)",
                        "count(account where account in young as of @2026-02-01)"),
                "2026-01-01 | 120 | 23 | 50 | 170 | 2",
                "2026-02-01 | 23 | 3 | 0 | 170 | 2");
    }

    @Test
    default void cohorts_of_a_cohort_and_its_units_of_time_are_read_at_its_instant() {
        var world =
                customers()
                        .cohortBy(
                                "busy",
                                "account in promoters and count(event) over last 1 month >= 1")
                        .cohortBy(
                                "steady", "count(day where exists(event)) over last 28 days >= 1");
        expect(
                world,
                months(
                        "count(account where account in busy as of start)",
                        "count(account where account in busy as of @2026-03-01)",
                        "count(account where account in steady as of @2026-02-01)",
                        "count(account where account in steady as of @2026-02-12)"),
                "2026-01-01 | BEFORE_DATA | 1 | 3 | 2",
                "2026-02-01 | 2 | 1 | 3 | 2");
    }

    /** On pro: acme until January 20, bolt from January 25. */
    private WorldBuilder onPlans() {
        return worldOf(events())
                .entity(accounts().text("plan").history())
                .member(plan("acme", "pro", null, "2026-01-20"))
                .member(plan("acme", "free", "2026-01-20", null))
                .member(plan("bolt", "free", null, "2026-01-25"))
                .member(plan("bolt", "pro", "2026-01-25", null));
    }

    private static MemberBuilder plan(
            String key, String plan, @Nullable String from, @Nullable String until) {
        return account(key).since("2025-01-01").with("plan", plan).held(from, until);
    }

    @Test
    default void attributes_of_a_rule_are_of_its_instant() {
        var world = onPlans().cohortBy("paid", "account.plan = 'pro' and exists(survey) over ever");
        expect(
                world,
                months(
                        "sum(subscription at start where account in paid : mrr)",
                        "sum(subscription at end where account in paid : mrr)",
                        "sum(subscription at end where account in paid : mrr) - sum(subscription at start where account in paid : mrr)",
                        "sum(event where account in paid as of @2026-01-01 : amount)",
                        "sum(event where account in paid : amount)"),
                "2026-01-01 | 100 | 20 | 50 | 1 | 2",
                "2026-02-01 | 20 | 20 | 0 | 16 | 32");
        expect(
                world,
                months("sum(subscription at start : mrr)").by("paid"),
                "2026-01-01 | false | 20",
                "2026-01-01 | true | 100",
                "2026-02-01 | false | 153",
                "2026-02-01 | true | 20");
    }

    @Test
    default void attributes_in_rows_that_a_rule_reads_are_of_its_instant() {
        var world =
                onPlans()
                        .cohortBy(
                                "pros",
                                "count(event where account.plan = 'pro') over last 12 months >= 1");
        expect(
                world,
                months(
                        "sum(subscription at start where account in pros as of @2026-01-15 : mrr)",
                        "sum(subscription at start where account in pros as of end : mrr)",
                        "sum(subscription at end where account in pros as of start : mrr)"),
                "2026-01-01 | 100 | 20 | BEFORE_DATA",
                "2026-02-01 | 150 | 20 | 20");
    }

    @Test
    default void edges_in_a_rule_are_its_instant_and_those_of_windows_that_end_there() {
        // Acme is on pro from February 1 on, bolt until February 10. The end is the instant: nobody
        // of those with events in January, acme in February and March. Before the window that is
        // read bolt was on pro in February, acme in March.
        var world =
                World.world()
                        .entity(accounts().text("plan").history())
                        .member(plan("acme", "free", null, "2026-02-01"))
                        .member(plan("acme", "pro", "2026-02-01", null))
                        .member(plan("bolt", "pro", null, "2026-02-10"))
                        .member(plan("bolt", "free", "2026-02-10", null))
                        .source(
                                source("event")
                                        .date("day")
                                        .account("customer")
                                        .decimal("amount")
                                        .coverage("2026-01-01", "2026-04-01"))
                        .fact("event", "2026-01-05", "acme", 1)
                        .fact("event", "2026-02-05", "acme", 2)
                        .fact("event", "2026-02-06", "bolt", 8)
                        .fact("event", "2026-03-05", "acme", 4)
                        .fact("event", "2026-03-05", "bolt", 16);
        var amount =
                ask("sum(event : amount)").between("2026-01-01", "2026-04-01").grain(Grain.MONTH);
        String[] atEnd = {"2026-01-01 | 0", "2026-02-01 | 2", "2026-03-01 | 4"};
        expect(world, amount.cohortBy("account.plan = 'pro'"), atEnd);
        expect(world, amount.cohortBy("account.plan as of end = 'pro'"), atEnd);
        expect(
                world,
                amount.cohortBy(
                        "exists(event where account.plan as of start = 'pro') over last 1 month"),
                "2026-01-01 | 0",
                "2026-02-01 | 8",
                "2026-03-01 | 4");
    }

    @Test
    default void parts_at_an_edge_and_at_an_instant_are_of_the_same_accounts() {
        var change =
                "sum(subscription at start%1$s : mrr) - sum(subscription at @2026-02-01%1$s : mrr)";
        String[] in = {"2026-01-01 | -50", "2026-02-01 | 0"};
        expect(customers(), months(change.formatted("")).cohort("promoters"), in);
        expect(customers(), months(change.formatted(" where account in promoters")), in);
    }

    @Test
    default void dates_are_known_by_the_end_of_the_day_that_an_instant_is_in() {
        // Acme answers on February 5.
        var now = "2026-02-05T12:00Z";
        expect(
                customers(),
                months(
                        "count(account where account in promoters as of @" + now + ")",
                        "count(account where account in promoters as of @2026-02-05)"),
                "2026-01-01 | 1 | 2",
                "2026-02-01 | 1 | 2");
        expect(
                customers(),
                months("count(account where account in promoters as of now)")
                        .asOf("2026-02-05T12:00:00Z"),
                "2026-01-01 | 1",
                "2026-02-01 | 1");
    }

    @Test
    default void cohort_in_a_unit_of_time_of_a_rule_is_that_of_the_unit() {
        // Acme has its event on a day on which it is a promoter.
        var world =
                customers()
                        .cohortBy(
                                "engaged",
                                "count(day where exists(event where account in promoters)) over last 60 days >= 1");
        expect(
                world,
                ask(
                                "count(account where account in engaged)",
                                "count(account where account in engaged as of @2026-03-01)")
                        .between("2026-02-01", "2026-03-01"),
                "2 | 2");
    }

    @Test
    default void rows_that_are_undecided_are_counted_beside_a_cohort_of_the_start() {
        expect(
                customers(),
                months(
                                "count(account where not (last(survey.score) over ever > 5)) + 0 * sum(subscription at start : mrr)")
                        .filter("promoters", Operator.IN, "true"),
                "2026-01-01 | 1",
                "2026-02-01 | 1");
    }

    @Test
    default void columns_of_one_key_that_is_read_at_two_instants_say_so() {
        var both = months("sum(subscription at start : mrr)", "sum(subscription at end : mrr)");
        assertThat(notices(customers(), both.by("promoters")))
                .containsExactly(
                        "null MIXED_INSTANTS: The groups are of who is in a cohort at different times: m1 as of start, m2 as of end. Say as of when in the key to have one.");
        assertThat(notices(customers(), both.by("promoters as of start"))).isEmpty();
        assertThat(notices(customers(), months("sum(subscription at start : mrr)").by("promoters")))
                .isEmpty();
    }
}
