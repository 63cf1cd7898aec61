package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Funnels.funnel;
import static dev.cairn.testkit.contract.Question.frame;
import static dev.cairn.testkit.data.EntityBuilder.accounts;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static dev.cairn.testkit.data.SourceBuilder.source;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.shape.Bridge;
import dev.cairn.domain.shape.BridgeAnswer;
import dev.cairn.domain.shape.Funnel;
import dev.cairn.domain.shape.Funnel.Attempt;
import dev.cairn.domain.shape.Funnel.Order;
import dev.cairn.domain.shape.Funnel.Step;
import dev.cairn.domain.shape.Happening.Condition;
import dev.cairn.domain.shape.Happening.Facts;
import dev.cairn.domain.shape.Lifecycle;
import dev.cairn.domain.shape.Retention;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.WorldBuilder;
import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Lifecycles and bridges, and what holds of them and of funnels whatever the facts are. */
public interface LifecycleContract extends ExecutorContract {
    private static AnalysisQuery months() {
        return frame().between("2026-01-01", "2026-04-01").grain(Grain.MONTH).query();
    }

    /** acme is active in each month, bolt in January and March, cyd in February and March, dan in March. */
    private WorldBuilder active() {
        return funnel(
                "01-05 acme a",
                "01-20 bolt a",
                "02-02 cyd a",
                "02-10 acme a",
                "03-02 cyd a",
                "03-03 acme a",
                "03-09 dan a",
                "03-15 bolt a");
    }

    @Test
    default void active_is_new_or_retained_or_back() {
        // Before January nothing is known. February: cyd is new, acme stays, bolt is dormant;
        // March: dan is new, acme and cyd stay, bolt is back.
        expect(
                active(),
                new Lifecycle(months(), "account", new Facts("event"), null),
                "2026-01-01 | 2 | 2 | BEFORE_DATA | BEFORE_DATA | BEFORE_DATA",
                "2026-02-01 | 2 | 1 | 1 | 0 | 1",
                "2026-03-01 | 4 | 1 | 2 | 1 | 0");
    }

    @Test
    default void one_may_be_new_by_a_date_of_its_own() {
        // dan starts in March and acme in February, in which it is new although active before; cyd
        // says no start and is back in February.
        var world =
                active().entity(accounts().text("plan").date("signed_on"))
                        .member(account("acme").with("signed_on", "2026-02-20"))
                        .member(account("dan").with("signed_on", "2026-03-01"));
        expect(
                world,
                new Lifecycle(months(), "account", new Facts("event"), "account.signed_on"),
                "2026-01-01 | 2 | 0 | BEFORE_DATA | BEFORE_DATA | BEFORE_DATA",
                "2026-02-01 | 2 | 1 | 0 | 1 | 1",
                "2026-03-01 | 4 | 1 | 2 | 1 | 0");
        expect(
                world,
                new Lifecycle(
                        months(),
                        "account",
                        new Condition("count(event) > 0"),
                        "account.signed_on"),
                "2026-01-01 | 2 | 0 | BEFORE_DATA | BEFORE_DATA | BEFORE_DATA",
                "2026-02-01 | 2 | 1 | 0 | 1 | 1",
                "2026-03-01 | 4 | 1 | 2 | 1 | 0");
    }

    @Test
    default void who_is_in_a_cohort_is_asked_of_each_period() {
        // At the end of a month those are in it who were active in the month: as above.
        expect(
                active().entity(accounts().text("plan").date("signed_on"))
                        .member(account("acme").with("signed_on", "2026-02-20"))
                        .member(account("dan").with("signed_on", "2026-03-01"))
                        .cohortBy("recent", "exists(event) over last 1 month"),
                new Lifecycle(
                        frame().between("2026-02-01", "2026-04-01").grain(Grain.MONTH).query(),
                        "account",
                        new Condition("account in recent"),
                        "account.signed_on"),
                "2026-02-01 | 2 | 1 | 0 | 1 | 1",
                "2026-03-01 | 4 | 1 | 2 | 1 | 0");
    }

    @Test
    default void who_stays_in_a_cohort_is_asked_of_each_age() {
        // acme and cyd are in it in February, and in March again, with bolt and dan. April has not
        // come.
        expect(
                active().cohortBy("recent", "exists(event) over last 1 month"),
                new Retention(
                        frame().between("2026-02-01", "2026-04-01").grain(Grain.MONTH).query(),
                        "account",
                        new Condition("account in recent"),
                        null,
                        null,
                        Retention.Retained.HEADS,
                        null,
                        new Retention.Ages.Exact(1)),
                "2026-02-01 | 2 | 2/2 | 2/2",
                "2026-03-01 | 4 | 4/4 | NOT_YET",
                "all | 6 | 6/6 | 2/2");
    }

    private static Bridge bridge(AnalysisQuery frame, @Nullable String opening) {
        return new Bridge(
                frame,
                Subscriptions.END,
                opening,
                null,
                "exists(subscription during where mrr > 0) over all before");
    }

    @Test
    default void bridge_leads_from_the_start_to_the_end() {
        // January: calm and dyno come with 50 and 40, bolt leaves with 80. February: edge comes
        // with 20, acme pays 50 more, dyno 10 less. March: bolt is back with 60,
        // edge leaves.
        var rows =
                new String[] {
                    "2026-01-01 | 180 | 90 | 0 | 0 | 80 | 0 | 0 | 190",
                    "2026-02-01 | 190 | 20 | 50 | 10 | 0 | 0 | 0 | 250",
                    "2026-03-01 | 250 | 0 | 0 | 0 | 20 | 60 | 0 | 290"
                };
        var world = Subscriptions.subscriptions(events());
        expect(world, bridge(months(), Subscriptions.START), rows);
        // What there was at the end of the month before.
        expect(world, bridge(months(), null), rows);
    }

    @Test
    default void bridge_of_a_stock_with_fractions_leads_to_the_end_too() {
        // A seventh of each: what differs by the order of additions alone is no rest.
        var answer =
                shaped(
                        Subscriptions.subscriptions(events()),
                        new Bridge(
                                months(),
                                "(%s) / 7".formatted(Subscriptions.END),
                                null,
                                null,
                                "exists(subscription during where mrr > 0) over all before"),
                        frame());
        assertThat(answer.periods())
                .extracting(BridgeAnswer.Period::difference)
                .allMatch(rest -> rest != null && rest.signum() == 0);
        assertThat(answer.table().notices())
                .extracting(AnalysisResult.Notice::code)
                .doesNotContain("BRIDGE_REST");
    }

    @Test
    default void bridge_under_a_filter_by_what_changes_leads_to_the_end() {
        // acme pays 100 all the time, and is on plan pro from February 10 on only: at the start of
        // February not yet, so it is in no part.
        var world =
                events().entity(accounts().text("plan").history())
                        .member(account("acme").with("plan", "free").held(null, "2026-02-10"))
                        .member(account("acme").with("plan", "pro").held("2026-02-10", null))
                        .source(
                                source("subscription")
                                        .date("starts_on")
                                        .date("ends_on")
                                        .account("customer")
                                        .decimal("mrr")
                                        .validity("starts_on", "ends_on")
                                        .coverage("2025-12-01", "2026-07-01"))
                        .fact("subscription", "2025-12-15", null, "acme", 100);
        var february = frame().between("2026-02-01", "2026-03-01").grain(Grain.MONTH);
        for (var asked :
                List.of(
                        february.where("account.plan = 'pro'"),
                        february.filter("account.plan", Operator.IN, "pro"))) {
            expect(
                    world,
                    bridge(asked.query(), Subscriptions.START),
                    "2026-02-01 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0");
        }
    }

    @Test
    default void bridge_under_a_filter_has_the_rates_of_both_edges() {
        // 100 euros at 1.1 dollars at the start of February, and at 1.5 at its end.
        var world =
                events().entity(accounts().text("plan"))
                        .member(account("acme").with("plan", "pro"))
                        .source(
                                source("fx")
                                        .date("day")
                                        .text("code")
                                        .decimal("dollars")
                                        .rates("code", "USD", "dollars", 1000))
                        .source(
                                source("subscription")
                                        .date("starts_on")
                                        .date("ends_on")
                                        .account("customer")
                                        .text("currency")
                                        .moneyIn("price", "currency")
                                        .validity("starts_on", "ends_on")
                                        .coverage("2025-12-01", "2026-07-01"))
                        .fact("fx", "2026-01-01", "EUR", "1.1")
                        .fact("fx", "2026-02-15", "EUR", "1.5")
                        .fact("subscription", "2025-12-15", null, "acme", "EUR", 100);
        var february = frame().between("2026-02-01", "2026-03-01").grain(Grain.MONTH);
        for (var asked : List.of(february, february.where("account.plan = 'pro'"))) {
            expect(
                    world,
                    new Bridge(
                            asked.query(),
                            "convert(sum(subscription at end : price), 'USD')",
                            "convert(sum(subscription at start : price), 'USD')",
                            "convert(sum(subscription at end : price), 'USD') as of start",
                            "exists(subscription during) over all before"),
                    "2026-02-01 | 110 | 0 | 0 | 0 | 0 | 0 | 40 | 150");
        }
    }

    @Test
    default void who_had_it_before_or_not_is_decided() {
        // The least of nothing is empty: who never paid is new all the same.
        expect(
                Subscriptions.subscriptions(events()),
                new Bridge(
                        months(),
                        Subscriptions.END,
                        null,
                        null,
                        "(min(subscription during where mrr > 0 : mrr) over all before) > 0"),
                "2026-01-01 | 180 | 90 | 0 | 0 | 80 | 0 | 0 | 190",
                "2026-02-01 | 190 | 20 | 50 | 10 | 0 | 0 | 0 | 250",
                "2026-03-01 | 250 | 0 | 0 | 0 | 20 | 60 | 0 | 290");
    }

    @Test
    default void what_is_left_over_is_remarked() {
        // dyno goes from 40 to 30 - 70 = -40 in February, and in March to 30: 80 less and 70 more,
        // in
        // no part.
        var world =
                Subscriptions.subscriptions(events())
                        .fact("subscription", "2026-02-10", "2026-03-01", "dyno", -70);
        var bridge = shaped(world, bridge(months(), null), frame());
        assertThat(bridge.periods().get(1).difference()).isEqualByComparingTo("-80");
        assertThat(bridge.periods().get(2).difference()).isEqualByComparingTo("70");
        assertThat(bridge.table().notices())
                .anySatisfy(notice ->
                        assertThat(notice.message())
                                .startsWith("In 2 of 3 rows the parts do not lead")
                                .contains("up to 80"));
    }

    @Test
    default void bridge_is_of_the_groups_of_the_start() {
        expect(
                Subscriptions.subscriptions(events()),
                bridge(
                        frame().between("2026-02-01", "2026-03-01")
                                .grain(Grain.MONTH)
                                .by("account.plan")
                                .query(),
                        null),
                "2026-02-01 | free | 90 | 0 | 0 | 10 | 0 | 0 | 0 | 80",
                "2026-02-01 | pro | 100 | 0 | 50 | 0 | 0 | 0 | 0 | 150",
                "2026-02-01 | NONE | 0 | 20 | 0 | 0 | 0 | 0 | 0 | 20");
    }

    /** Events a, b and c of five accounts on random days. */
    private WorldBuilder generated(Random random) {
        return funnel(
                IntStream.range(0, 60)
                        .mapToObj(_ ->
                                "%02d-%02d %s %s"
                                        .formatted(
                                                1 + random.nextInt(3),
                                                1 + random.nextInt(28),
                                                List.of("acme", "bolt", "cyd", "dan", "eve")
                                                        .get(random.nextInt(5)),
                                                List.of("a", "b", "c").get(random.nextInt(3))))
                        .toArray(String[]::new));
    }

    private static BigDecimal number(Cell.Value cell) {
        return cell.value().value() == null
                ? BigDecimal.ZERO
                : new BigDecimal(cell.value().value().toString());
    }

    @Test
    default void parts_add_up_whatever_the_facts_are() {
        var random = new Random(20_261_129);
        for (int round = 0; round < 3; round++) {
            var world = generated(random);
            var weeks = frame().between("2026-01-12", "2026-03-23").grain(Grain.WEEK).query();
            for (var period :
                    shaped(
                                    world,
                                    new Lifecycle(
                                            weeks,
                                            "account",
                                            new Facts("event where name = 'a'"),
                                            null),
                                    frame())
                            .periods()) {
                assertThat(
                                number(period.fresh())
                                        .add(number(period.retained()))
                                        .add(number(period.resurrected())))
                        .isEqualByComparingTo(number(period.active()));
            }
            for (var order : Order.values()) {
                for (var path : shaped(world, generatedFunnel(weeks, order), frame()).paths()) {
                    var reached =
                            path.steps().stream().map(step -> number(step.reached())).toList();
                    assertThat(reached.get(1)).isLessThanOrEqualTo(reached.get(0));
                    assertThat(reached.get(2)).isLessThanOrEqualTo(reached.get(1));
                }
            }
        }
    }

    private static Funnel generatedFunnel(AnalysisQuery frame, Order order) {
        return new Funnel(
                frame,
                "account",
                List.of(
                        new Step("event where name = 'a'", null),
                        new Step("event where name = 'b'", null),
                        new Step("event where name = 'c'", null)),
                "10 days",
                true,
                order,
                Attempt.FURTHEST,
                List.of(),
                List.of(),
                null);
    }

    @Test
    default void bridges_have_no_difference_whatever_the_facts_are() {
        var random = new Random(20_261_130);
        var world = Subscriptions.subscriptions(events());
        for (int row = 0; row < 40; row++) {
            int from = random.nextInt(75);
            world.fact(
                    "subscription",
                    "2026-01-%02d".formatted(1 + from % 28),
                    "2026-%02d-%02d".formatted(2 + random.nextInt(3), 1 + random.nextInt(28)),
                    List.of("acme", "bolt", "cyd", "dan", "eve").get(random.nextInt(5)),
                    10 * (1 + random.nextInt(9)));
        }
        for (var period : shaped(world, bridge(months(), null), frame()).periods()) {
            assertThat(period.difference()).isEqualByComparingTo("0");
        }
    }
}
