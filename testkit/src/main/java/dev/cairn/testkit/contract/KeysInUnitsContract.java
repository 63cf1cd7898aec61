package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static dev.cairn.testkit.data.SourceBuilder.source;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.analysis.Comparison;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.WorldBuilder;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Keys and conditions of a question that are computed for each account, beside units of time: they are of the bucket, whatever unit a row is read in, so that a
 * group has the same accounts in every column.
 */
public interface KeysInUnitsContract extends OpeningContract {
    String ORDERS = "count(event where name = 'order')";
    String REPEAT = "(" + ORDERS + " >= 2) as repeat";
    String ACTIVE = "count(day where exists(event))";

    /**
     * Acme orders on 5 and 6 January and on 3 February, and logs in on 7 January and 4 February: repeat in January, in February not. Bolt orders on 5 January and
     * twice on 10 February, and logs in on 8 January and 11 February: repeat in February alone. Something of no account is on 9 January.
     */
    private WorldBuilder orders() {
        return events().member(account("acme").since("2025-01-01").with("plan", "pro"))
                .member(account("bolt").since("2025-01-01").with("plan", "free"))
                .fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "order", 1)
                .fact("event", "2026-01-06T10:00:00Z", "acme", "ann", "order", 2)
                .fact("event", "2026-01-07T10:00:00Z", "acme", "ann", "login", 4)
                .fact("event", "2026-02-03T10:00:00Z", "acme", "ann", "order", 8)
                .fact("event", "2026-02-04T10:00:00Z", "acme", "ann", "login", 16)
                .fact("event", "2026-01-05T10:00:00Z", "bolt", "bob", "order", 32)
                .fact("event", "2026-01-08T10:00:00Z", "bolt", "bob", "login", 64)
                .fact("event", "2026-02-10T10:00:00Z", "bolt", "bob", "order", 128)
                .fact("event", "2026-02-10T11:00:00Z", "bolt", "bob", "order", 256)
                .fact("event", "2026-02-11T10:00:00Z", "bolt", "bob", "login", 512)
                .fact("event", "2026-01-09T10:00:00Z", null, "eve", "login", 1024);
    }

    private static Question months(String... formulas) {
        return ask(formulas).between("2026-01-01", "2026-03-01").grain(Grain.MONTH);
    }

    /**
     * Days of acme are 5, 6, 7 January and 3, 4 February, of bolt 5, 8 January and 10, 11 February. Over both months each has three orders: eight days of the two
     * together, and nine with that of no account.
     */
    @Test
    default void key_is_that_of_the_bucket_and_in_totals_of_the_range() {
        String[] days = {
            "2026-01-01 | false | 2",
            "2026-01-01 | true | 3",
            "2026-01-01 | no account | 1",
            "2026-02-01 | false | 2",
            "2026-02-01 | true | 2",
            "2026-02-01 | no account | 0",
            "2026-01-01 | total | 5",
            "2026-02-01 | total | 4",
            "all | true | 8",
            "all | no account | 1",
            "all | total | 9"
        };
        expect(orders(), months(ACTIVE).by(REPEAT).totals(), days);
        expect(
                orders(),
                months(ACTIVE + " * 1", "sum(day : sum(event.amount)) - sum(event.amount)")
                        .by(REPEAT)
                        .totals(),
                Arrays.stream(days).map(row -> row + " | 0").toArray(String[]::new));
        expect(
                orders(),
                ask(ACTIVE, "sum(day : sum(event.amount))")
                        .between("2026-01-01", "2026-02-01")
                        .by(REPEAT),
                "false | 2 | 96",
                "true | 3 | 7",
                "no account | 1 | 1024");
    }

    /** Of February, with the days of January: acme has five, bolt four. Of January with none before it three and two. */
    @Test
    default void days_of_overlapping_windows_are_of_the_groups_of_each_bucket() {
        expect(
                orders(),
                months(ACTIVE + " over last 2 months").by(REPEAT),
                "2026-01-01 | false | 2",
                "2026-01-01 | true | 3",
                "2026-01-01 | no account | 1",
                "2026-02-01 | false | 5",
                "2026-02-01 | true | 4",
                "2026-02-01 | no account | 1");
    }

    /** As of the day on which the data begins no day is in it. A condition of November, of which nothing is known, decides all the same. */
    @Test
    default void without_units_a_condition_is_of_the_bucket_too() {
        var ever =
                ask(ACTIVE + " over ever")
                        .between("2025-11-01", "2025-12-01")
                        .asOf("2026-01-01T00:00:00Z");
        expect(orders(), ever, "0");
        expect(
                orders(),
                ever.where("per(account : count(event) over last 2 weeks >= 3)"),
                "BEFORE_DATA");
    }

    /** In February what January was, by who ordered twice then: as of count(event), so of days. */
    @Test
    default void prior_is_of_the_groups_of_the_bucket_before() {
        expect(
                orders(),
                ask("prior(" + ACTIVE + ")", "prior(count(event))")
                        .between("2026-02-01", "2026-03-01")
                        .grain(Grain.MONTH)
                        .by(REPEAT),
                "2026-02-01 | false | 2 | 2",
                "2026-02-01 | true | 3 | 3",
                "2026-02-01 | no account | 1 | 1");
    }

    /** Until the end of January acme has two orders and bolt one, until that of February three each. */
    @Test
    default void window_of_a_key_ends_with_the_bucket() {
        expect(
                orders(),
                months(ACTIVE)
                        .where("account is not none")
                        .by("(" + ORDERS + " over last 2 months >= 3) as loyal"),
                "2026-01-01 | false | 4",
                "2026-01-01 | true | 0",
                "2026-02-01 | false | 0",
                "2026-02-01 | true | 4");
    }

    @Test
    default void condition_is_that_of_the_bucket_however_it_is_asked() {
        String[] repeat = {"2026-01-01 | 3", "2026-02-01 | 2"};
        var condition = "per(account : " + ORDERS + " >= 2)";
        expect(orders(), months(ACTIVE).where(condition), repeat);
        expect(orders(), months(ACTIVE).filter(REPEAT, Operator.IN, "true"), repeat);
        expect(orders(), months("only(" + ACTIVE + " where " + condition + ")"), repeat);
        // Within the unit it is of the unit: bolt alone orders twice on a day, on 10 February.
        String[] onOneDay = {"2026-01-01 | 0", "2026-02-01 | 1"};
        expect(
                orders(),
                months("count(day where exists(event where " + condition + "))"),
                onOneDay);
        expect(
                orders(),
                months("count(day where only(exists(event) where " + condition + "))"),
                onOneDay);
    }

    @Test
    default void members_and_weeks_of_days_are_of_the_groups_of_the_bucket_too() {
        expect(
                orders(),
                months(
                                "sum(day : count(account where exists(event)))",
                                "count(account)",
                                "count(every 1 week where count(day where exists(event)) > 1)")
                        .where("account is not none")
                        .by(REPEAT),
                // Tiles of January end on 31, 24, 17, 10 and 3: all days of a month are in one.
                "2026-01-01 | false | 2 | 1 | 1",
                "2026-01-01 | true | 3 | 1 | 1",
                "2026-02-01 | false | 2 | 1 | 1",
                "2026-02-01 | true | 2 | 1 | 1");
    }

    /** Of the total of a group on each day, each account of the group with an event has a part: acme all of its own, as bolt. */
    @Test
    default void total_by_the_key_beneath_members_in_a_unit_is_of_the_group_of_the_bucket() {
        expect(
                orders(),
                months("sum(day : sum(account : total(sum(event.amount) by " + REPEAT + ")))")
                        .where("account is not none")
                        .by(REPEAT),
                "2026-01-01 | false | 96",
                "2026-01-01 | true | 7",
                "2026-02-01 | false | 24",
                "2026-02-01 | true | 896");
    }

    /** A cohort is read in each unit, as attributes are: acme has ordered twice by the end of 6 January, bolt by that of 10 February; before, both are active on the 5th. */
    @Test
    default void cohort_over_facts_is_that_of_the_end_of_the_unit_on_every_face() {
        var world = orders().cohortBy("buyers", ORDERS + " over ever >= 2");
        String[] days = {"2026-01-01 | 2", "2026-02-01 | 4"};
        expect(world, months(ACTIVE).cohort("buyers"), days);
        expect(world, months(ACTIVE).cohortBy(ORDERS + " over ever >= 2"), days);
        expect(world, months(ACTIVE).where("account in buyers"), days);
        expect(world, months(ACTIVE).filter("buyers", Operator.IN, "true"), days);
        expect(world, months("count(day where exists(event where account in buyers))"), days);
        expect(world, months("only(" + ACTIVE + " where account in buyers)"), days);
        expect(
                world,
                months(ACTIVE).by("buyers"),
                "2026-01-01 | false | 2",
                "2026-01-01 | true | 2",
                "2026-01-01 | no account | 1",
                "2026-02-01 | false | 0",
                "2026-02-01 | true | 4",
                "2026-02-01 | no account | 0");
    }

    /** Of January, compared with February, each by who ordered twice in it. */
    @Test
    default void key_in_what_is_compared_is_of_the_other_bucket() {
        expect(
                orders(),
                ask(ACTIVE)
                        .between("2026-02-01", "2026-03-01")
                        .grain(Grain.MONTH)
                        .by(REPEAT)
                        .comparedTo(new Comparison.Previous()),
                "2026-02-01 | false | 2 | 2",
                "2026-02-01 | true | 2 | 3",
                "2026-02-01 | no account | 0 | 1");
    }

    /** Over both months all orders are of those who repeat; others are bolt and no account in January, acme in February. */
    @Test
    default void others_than_the_greatest_are_of_the_groups_of_each_bucket() {
        expect(
                orders(),
                months(ACTIVE).by(REPEAT).top(1, "m1", true),
                "2026-01-01 | true | 3",
                "2026-01-01 | other | 3",
                "2026-02-01 | true | 2",
                "2026-02-01 | other | 2");
    }

    @Test
    default void cell_is_opened_into_the_accounts_of_its_group_in_the_bucket() {
        var question = months(ACTIVE).by(REPEAT).totals();
        assertThat(opened(orders(), question, "2026-01-01 | true", "m1"))
                .containsExactly("acme | 3", "total | 3");
        assertThat(opened(orders(), question, "2026-02-01 | false", "m1"))
                .containsExactly("acme | 2", "total | 2");
        assertThat(opened(orders(), question, "all | true", "m1"))
                .containsExactly("acme | 5", "bolt | 4", "total | 8");
        assertThat(opened(orders(), question, "2026-01-01 | total", "m1"))
                .containsExactly("acme | 3", "bolt | 2", "no account | 1", "total | 5");
        assertThat(opened(orders(), question, "all | total", "m1"))
                .containsExactly("acme | 5", "bolt | 4", "no account | 1", "total | 9");
    }

    /** Bills are known from February on, when acme has one: in January nobody is known to pay, but how many days there are of all is as if nobody asked who pays. */
    @Test
    default void
            key_before_its_data_leaves_days_of_groups_without_a_value_and_those_of_totals_with_theirs() {
        var world = bills();
        var question = months(ACTIVE, "count(event)").by("(count(bill) >= 1) as payer").totals();
        expect(
                world,
                question,
                "2026-01-01 | false | BEFORE_DATA | BEFORE_DATA",
                "2026-01-01 | true | BEFORE_DATA | BEFORE_DATA",
                "2026-01-01 | no account | BEFORE_DATA | BEFORE_DATA",
                "2026-02-01 | false | 2 | 3",
                "2026-02-01 | true | 2 | 2",
                "2026-02-01 | no account | 0 | 0",
                "2026-01-01 | total | 5 | 6",
                "2026-02-01 | total | 4 | 5",
                "all | false | 4 | 5",
                "all | true | 5 | 5",
                "all | no account | 1 | 1",
                "all | total | 9 | 11");
        assertThat(opened(world, question, "2026-01-01 | total", "m1"))
                .containsExactly("acme | 3", "bolt | 2", "no account | 1", "total | 5");
        assertThat(opened(world, question, "all | total", "m1"))
                .containsExactly("acme | 5", "bolt | 4", "no account | 1", "total | 9");
    }

    /**
     * In January there are six events: two on the 5th, one each on the 6th to the 9th, on five of 31 days. In February five on four of 28 days: the 10th has two. Of
     * nothing there is none on any day, and the bills of January are not known whoever is asked for.
     */
    @Test
    default void total_of_days_is_that_of_the_question_without_its_key() {
        var formulas =
                List.of(
                        "sum(day : count(event)) * 1",
                        "avg(day : count(event)) * 31 * 28",
                        "max(day : count(event))",
                        "count(day where not exists(event))",
                        "count(day where not exists(event where name = 'gone'))",
                        "max(every 1 week : count(day where exists(event)))",
                        "max(every 1 week : count(day where not exists(event where name = 'gone')))",
                        "count(day where exists(event) and not exists(bill))");
        var values =
                List.of(
                        List.of("6", "5"),
                        List.of("168", "155"),
                        List.of("2", "2"),
                        List.of("26", "24"),
                        List.of("31", "28"),
                        List.of("5", "2"),
                        List.of("7", "7"),
                        List.of("BEFORE_DATA", "4"));
        for (int at = 0; at < formulas.size(); at++) {
            var question = months(formulas.get(at));
            var january = values.get(at).getFirst();
            var february = values.get(at).getLast();
            expect(bills(), question, "2026-01-01 | " + january, "2026-02-01 | " + february);
            assertThat(rows(bills(), question.by("(count(bill) >= 1) as payer").totals()))
                    .as(formulas.get(at))
                    .contains(
                            "2026-01-01 | total | " + january, "2026-02-01 | total | " + february);
        }
    }

    /** Bills are known from February on, when acme has one. */
    private WorldBuilder bills() {
        return orders().source(
                        source("bill")
                                .timestamp("sent_at")
                                .account("customer")
                                .integer("paid")
                                .coverage("2026-02-01", "2026-04-01"))
                .fact("bill", "2026-02-05T00:00:00Z", "acme", 5);
    }
}
