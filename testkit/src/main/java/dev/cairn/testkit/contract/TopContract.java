package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static dev.cairn.testkit.data.SourceBuilder.source;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.WorldBuilder;
import org.junit.jupiter.api.Test;

/** Groups with the greatest values, and all others as one: by hand arithmetic. */
public interface TopContract extends ExecutorContract {
    /**
     * In January acme has 10 (a), bolt 30 (a), cord 20 (b), dale 5 (a), none (no account) 7 (b); in February acme has 100 (b), bolt 1 (a) and dale 50 (a).
     */
    private WorldBuilder amounts() {
        return events().fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "a", 10)
                .fact("event", "2026-01-06T10:00:00Z", "bolt", "bob", "a", 30)
                .fact("event", "2026-01-07T10:00:00Z", "cord", "cid", "b", 20)
                .fact("event", "2026-01-08T10:00:00Z", "dale", "dan", "a", 5)
                .fact("event", "2026-01-09T10:00:00Z", null, "eve", "b", 7)
                .fact("event", "2026-02-05T10:00:00Z", "acme", "ann", "b", 100)
                .fact("event", "2026-02-06T10:00:00Z", "bolt", "bob", "a", 1)
                .fact("event", "2026-02-07T10:00:00Z", "dale", "dan", "a", 50);
    }

    private Question inBothMonths(String... formulas) {
        return ask(formulas).between("2026-01-01", "2026-03-01").by("account");
    }

    @Test
    default void others_are_the_formula_over_the_rows_of_all_groups_that_are_not_shown() {
        // Others are bolt, cord and no account: 30, 20, 7 and 1, with the names a and b.
        expect(
                amounts(),
                inBothMonths(
                                "sum(event.amount)",
                                "distinct(event.name)",
                                "median(event.amount)",
                                "sum(event.amount) / count(event)",
                                "total(sum(event.amount))")
                        .top(2),
                "acme | 110 | 2 | 55 | 55 | 223",
                "dale | 55 | 1 | 27.5 | 27.5 | 223",
                "other | 58 | 2 | 13.5 | 14.5 | 223");
    }

    @Test
    default void groups_are_chosen_once_for_all_buckets_and_totals() {
        expect(
                amounts(),
                inBothMonths("sum(event.amount)", "distinct(event.name)")
                        .grain(Grain.MONTH)
                        .totals()
                        .top(2),
                "2026-01-01 | acme | 10 | 1",
                "2026-01-01 | dale | 5 | 1",
                "2026-01-01 | other | 57 | 2",
                "2026-02-01 | acme | 100 | 1",
                "2026-02-01 | dale | 50 | 1",
                "2026-02-01 | other | 1 | 1",
                "2026-01-01 | total | 72 | 2",
                "2026-02-01 | total | 151 | 2",
                "all | acme | 110 | 2",
                "all | dale | 55 | 1",
                "all | other | 58 | 2",
                "all | total | 223 | 2");
    }

    @Test
    default void others_that_are_not_asked_for_are_in_totals_all_the_same() {
        expect(
                amounts(),
                inBothMonths("sum(event.amount)").totals().top(1, "m1", false),
                "acme | 110",
                "total | 223");
        expect(
                amounts(),
                inBothMonths("sum(event.amount)")
                        .grain(Grain.MONTH)
                        .totals()
                        .having("m1", Operator.GT, "20")
                        .top(1, "m1", false),
                "2026-02-01 | acme | 100",
                "2026-01-01 | total | 72",
                "2026-02-01 | total | 151",
                "all | acme | 110",
                "all | total | 223");
    }

    @Test
    default void equals_are_chosen_by_their_keys_and_what_has_no_value_last() {
        expect(amounts(), inBothMonths("count(event)").top(2), "acme | 2", "bolt | 2", "other | 4");
        // Without a value are bolt and dale.
        expect(
                amounts(),
                inBothMonths("avg(event where name = 'b' : amount)", "count(event)").top(4),
                "acme | 100 | 2",
                "bolt | NO_DATA | 2",
                "cord | 20 | 1",
                "no account | 7 | 1",
                "other | NO_DATA | 2");
    }

    @Test
    default void any_column_may_choose() {
        expect(
                amounts(),
                inBothMonths("sum(event.amount)", "-sum(event.amount)").top(2, "m2", true),
                "cord | 20 | -20",
                "no account | 7 | -7",
                "other | 196 | -196");
    }

    @Test
    default void where_all_groups_are_shown_there_are_no_others() {
        expect(
                amounts(),
                inBothMonths("count(event)").top(5),
                "acme | 2",
                "bolt | 2",
                "cord | 1",
                "dale | 2",
                "no account | 1");
    }

    @Test
    default void no_value_the_empty_text_and_no_account_may_be_shown_or_not() {
        var world =
                amounts()
                        .member(account("bolt").since("2025-01-01").with("plan", ""))
                        .member(account("cord").since("2025-01-01").with("plan", "pro"));
        var byPlan = inBothMonths("sum(event.amount)", "count(account)").by("account.plan");
        // Acme and dale have no plan: 165 together.
        expect(world, byPlan.top(2), "'' | 31 | 1", "none | 165 | 2", "other | 27 | 1");
        expect(world, byPlan.top(1), "none | 165 | 2", "other | 58 | 2");
        expect(
                world,
                byPlan.top(4),
                "'' | 31 | 1",
                "pro | 20 | 1",
                "none | 165 | 2",
                "no account | 7 | 0");
    }

    @Test
    default void a_group_that_is_called_other_is_told_from_the_others() {
        var world =
                events().fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "other", 5)
                        .fact("event", "2026-01-06T10:00:00Z", "acme", "ann", "a", 1)
                        .fact("event", "2026-01-07T10:00:00Z", "acme", "ann", "b", 2);
        var question = ask("sum(event.amount)").by("event.name").top(1);
        expect(world, question, "other | 5", "other | 3");
        var kinds =
                result(world, question).rows().stream()
                        .flatMap(row -> row.cells().stream())
                        .filter(Cell.KeyKind.class::isInstance)
                        .map(cell -> ((Cell.KeyKind) cell).kind());
        assertThat(kinds).containsExactly(GroupValue.Kind.VALUE, GroupValue.Kind.OTHER);
    }

    @Test
    default void groups_of_several_keys_are_chosen_together() {
        expect(
                amounts(),
                inBothMonths("sum(event.amount)", "total(count(event))")
                        .by("account", "event.name")
                        .top(2),
                "acme | b | 100 | 8",
                "dale | a | 55 | 8",
                "other | other | 68 | 8");
    }

    @Test
    default void keys_of_numbers_and_dates_are_chosen_too() {
        expect(
                amounts(),
                ask("sum(event.amount)").by("(least(count(event), 9)) as n").top(1),
                "1 | 65",
                "other | 7");
        expect(
                amounts(),
                ask("sum(event.amount)").by("event.happened by day").top(1),
                "2026-01-06 | 30",
                "other | 42");
    }

    @Test
    default void others_stand_where_their_value_does_and_by_keys_last() {
        expect(
                amounts(),
                inBothMonths("sum(event.amount)").orderBy("-m1").top(2),
                "acme | 110",
                "other | 58",
                "dale | 55");
        expect(
                amounts(),
                inBothMonths("sum(event.amount)").orderBy("-account").top(2),
                "dale | 55",
                "acme | 110",
                "other | 58");
    }

    @Test
    default void a_page_is_continued_after_the_others() {
        var built = amounts().build();
        var question = inBothMonths("sum(event.amount)").orderBy("-m1").top(2);
        var first = question.first(2);
        var page = result(amounts(), first);
        assertThat(page.hasNextPage()).isTrue();
        var plan = question.after(2, page.cursor()).plan(built.catalog());
        assertThat(Lines.of(answer(built, plan), plan, question.query()))
                .containsExactly("dale | 55");
    }

    @Test
    default void gaps_of_the_others_are_filled_or_not() {
        var dense =
                inBothMonths("sum(event.amount)")
                        .grain(Grain.MONTH)
                        .where("event.name = 'b'")
                        .top(1);
        expect(
                amounts(),
                dense,
                "2026-01-01 | acme | 0",
                "2026-01-01 | other | 27",
                "2026-02-01 | acme | 100",
                "2026-02-01 | other | 0");
        expect(amounts(), dense.sparse(), "2026-01-01 | other | 27", "2026-02-01 | acme | 100");
    }

    @Test
    default void windows_and_what_is_read_for_members_are_of_the_groups_too() {
        expect(
                amounts(),
                inBothMonths("sum(event.amount) over last 2 months")
                        .grain(Grain.MONTH)
                        .by("event.name")
                        .top(1),
                "2026-01-01 | b | 27",
                "2026-01-01 | other | 45",
                "2026-02-01 | b | 127",
                "2026-02-01 | other | 96");
        expect(
                amounts(),
                inBothMonths("sum(account : count(day where exists(event)))").top(1),
                "acme | 2",
                "other | 5");
        // Bolt is active on three days, acme and dale on two, cord on one.
        expect(
                amounts().fact("event", "2026-02-10T10:00:00Z", "bolt", "bob", "a", 1),
                inBothMonths("sum(account : count(day where exists(event)))").top(1),
                "bolt | 3",
                "other | 5");
        expect(
                amounts().member(account("acme").since("2025-01-01").with("plan", "pro")),
                ask("avg(account : sum(event.amount))").by("account.plan").top(1),
                "none | 18.3333333333",
                "other | 10");
    }

    @Test
    default void places_are_among_all_groups_and_others_have_none() {
        // Of both months: acme 110, dale 55, bolt 31, cord 20, no account 7.
        var question =
                inBothMonths(
                        "sum(event.amount)",
                        "rank(sum(event.amount))",
                        "rank(-sum(event.amount))",
                        "100 * rank(count(event)) + count(event)");
        expect(
                amounts(),
                question.top(2),
                "acme | 110 | 1 | 5 | 102",
                "dale | 55 | 2 | 4 | 102",
                "other | 58 | NO_DATA | NO_DATA | NO_DATA");
        expect(
                amounts(),
                question.top(2, "m2", false),
                "cord | 20 | 4 | 2 | 401",
                "no account | 7 | 5 | 1 | 401");
    }

    @Test
    default void places_are_those_of_each_bucket_whichever_groups_are_shown() {
        // January: bolt 30, cord 20, acme 10, no account 7, dale 5. February: acme 100, dale 50,
        // bolt 1, and 0 of the others.
        var question =
                inBothMonths("sum(event.amount)", "rank(sum(event.amount))")
                        .grain(Grain.MONTH)
                        .totals();
        expect(
                amounts(),
                question.top(2),
                "2026-01-01 | acme | 10 | 3",
                "2026-01-01 | dale | 5 | 5",
                "2026-01-01 | other | 57 | NO_DATA",
                "2026-02-01 | acme | 100 | 1",
                "2026-02-01 | dale | 50 | 2",
                "2026-02-01 | other | 1 | NO_DATA",
                "2026-01-01 | total | 72 | NO_DATA",
                "2026-02-01 | total | 151 | NO_DATA",
                "all | acme | 110 | 1",
                "all | dale | 55 | 2",
                "all | other | 58 | NO_DATA",
                "all | total | 223 | NO_DATA");
        expect(
                amounts(),
                question.having("m2", Operator.GT, "2").top(2, "m1", false),
                "2026-01-01 | acme | 10 | 3",
                "2026-01-01 | dale | 5 | 5",
                "2026-01-01 | total | 72 | NO_DATA",
                "2026-02-01 | total | 151 | NO_DATA",
                "all | acme | 110 | 1",
                "all | dale | 55 | 2",
                "all | total | 223 | NO_DATA");
    }

    @Test
    default void places_of_groups_without_a_value_are_those_of_all() {
        var world =
                amounts()
                        .member(account("bolt").since("2025-01-01").with("plan", ""))
                        .member(account("cord").since("2025-01-01").with("plan", "pro"));
        // Acme and dale have no plan: 165 together. Bolt has the empty one: 31, cord 20, no account
        // 7.
        expect(
                world,
                inBothMonths("rank(sum(event.amount))", "sum(event.amount)")
                        .by("account.plan")
                        .top(2, "m2", true),
                "'' | 2 | 31",
                "none | 1 | 165",
                "other | NO_DATA | 27");
        expect(
                world,
                inBothMonths("rank(sum(event.amount))", "-sum(event.amount)")
                        .by("account.plan")
                        .top(2, "m2", true),
                "pro | 3 | -20",
                "no account | 4 | -7",
                "other | NO_DATA | -196");
    }

    @Test
    default void places_are_not_known_where_any_group_lacks_a_rate_whether_shown_or_not() {
        // A euro is worth 1.1 dollars in the first week; cyd's bill of the 20th has no rate. So its
        // own value is not known, nor where the others stand; the others as one have no place.
        var world =
                events().source(Bills.dollars())
                        .source(
                                source("bill")
                                        .date("issued")
                                        .account("customer")
                                        .money("net", "EUR")
                                        .coverage("2026-01-01", "2026-06-01"))
                        .fact("fx", "2026-01-01", "EUR", "1.1")
                        .fact("bill", "2026-01-02", "ann", 10)
                        .fact("bill", "2026-01-03", "ben", 20)
                        .fact("bill", "2026-01-20", "cyd", 5);
        var question =
                ask(
                                "sum(bill : convert(net, 'USD'))",
                                "rank(sum(bill : convert(net, 'USD')))",
                                "rank(count(bill))",
                                "-count(bill where account = 'cyd')")
                        .by("account");
        expect(
                world,
                question.top(2),
                "ben | 22 | NO_RATE | 1 | 0",
                "cyd | NO_RATE | NO_RATE | 1 | -1",
                "other | 11 | NO_DATA | NO_DATA | 0");
        expect(
                world,
                question.top(2, "m4", true),
                "ann | 11 | NO_RATE | 1 | 0",
                "ben | 22 | NO_RATE | 1 | 0",
                "other | NO_RATE | NO_RATE | NO_DATA | -1");
        expect(
                world,
                ask("max(day : sum(bill : convert(net, 'USD')))").by("account").top(2),
                "ben | 22",
                "cyd | NO_RATE",
                "other | 11");
    }

    @Test
    default void units_of_time_of_the_others_are_of_all_their_rows_together() {
        // Of 59 days acme has 10 and 100 on two, dale 5 and 50; the others 30, 20, 7 and 1, each on
        // a day of its own.
        expect(
                amounts(),
                inBothMonths(
                                "sum(event.amount)",
                                "count(day where exists(event))",
                                "max(day : sum(event.amount))",
                                "sum(day : sum(event.amount))",
                                "count(day where not exists(event))")
                        .top(2),
                "acme | 110 | 2 | 100 | 110 | 57",
                "dale | 55 | 2 | 50 | 55 | 57",
                "other | 58 | 4 | 30 | 58 | 55");
        // On the 20th cord and bolt have 4 and 8 more: one day of 12, no two.
        expect(
                amounts()
                        .fact("event", "2026-01-20T10:00:00Z", "cord", "cid", "a", 4)
                        .fact("event", "2026-01-20T11:00:00Z", "bolt", "bob", "b", 8),
                inBothMonths(
                                "sum(event.amount)",
                                "count(day where exists(event))",
                                "median(day where exists(event) : sum(event.amount))",
                                "max(month : max(day : distinct(event.account)))")
                        .top(2)
                        .totals(),
                "acme | 110 | 2 | 55 | 1",
                "dale | 55 | 2 | 27.5 | 1",
                // 30, 20, 7, 12 and 1
                "other | 70 | 5 | 12 | 2",
                // 10, 30, 20, 5, 7, 12, 100, 1 and 50
                "total | 235 | 9 | 12 | 2");
    }

    @Test
    default void groups_may_be_chosen_by_what_is_read_in_units_of_time() {
        // The greatest days: acme 100, dale 50, bolt 30, cord 20, no account 7.
        var question =
                inBothMonths("max(day : sum(event.amount))", "rank(max(day : sum(event.amount)))");
        expect(amounts(), question.top(1), "acme | 100 | 1", "other | 50 | NO_DATA");
        expect(
                amounts(),
                question.grain(Grain.MONTH).top(1),
                "2026-01-01 | acme | 10 | 3",
                "2026-01-01 | other | 30 | NO_DATA",
                "2026-02-01 | acme | 100 | 1",
                "2026-02-01 | other | 50 | NO_DATA");
        expect(
                amounts(),
                inBothMonths("max(month : count(event))").top(1, "m1", false),
                "acme | 1");
    }
}
