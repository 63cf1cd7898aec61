package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.MemberBuilder.account;

import dev.cairn.domain.analysis.AnalysisQuery.Filter;
import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.testkit.data.WorldBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Negations over what may be empty: the built filter is two-valued and keeps it, formulas are three-valued and do not. */
public interface NegationContract extends ExecutorContract {
    /** Of billing 1, of sales 10, of no name 100; of an account of 20 seats, of 2 seats, of an unknown number. */
    private WorldBuilder departments() {
        return events().member(account("acme").since("2025-01-01").with("seats", 20))
                .member(account("bolt").since("2025-01-01").with("seats", 2))
                .member(account("cord").since("2025-01-01"))
                .fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "billing", 1)
                .fact("event", "2026-01-05T10:00:00Z", "bolt", "bob", "sales", 10)
                .fact("event", "2026-01-05T10:00:00Z", "cord", "cid", null, 100);
    }

    private static Question amount() {
        return ask("sum(event : amount)");
    }

    private static Filter where(String field, Operator operator, String... values) {
        return new Filter.Where(field, operator, List.of(values));
    }

    private static Filter not(Filter filter) {
        return new Filter.Not(filter);
    }

    private void expectAmount(Filter filter, String amount) {
        expect(departments(), amount().filter(filter), amount);
    }

    @Test
    default void negated_filter_keeps_what_has_no_value() {
        var billing = where("event.name", Operator.IN, "billing");
        expectAmount(billing, "1");
        expectAmount(where("event.name", Operator.NOT_IN, "billing"), "110");
        expectAmount(where("event.name", Operator.NOT_IN, "billing", "sales"), "100");
        expectAmount(not(billing), "110");
        expectAmount(not(not(billing)), "1");
        expectAmount(not(where("event.name", Operator.NOT_IN, "billing")), "1");
        expectAmount(not(where("event.name", Operator.CONTAINS, "ill")), "110");
    }

    @Test
    default void negated_order_keeps_what_has_no_value() {
        expectAmount(where("account.seats", Operator.LTE, "5"), "10");
        expectAmount(not(where("account.seats", Operator.GT, "5")), "110");
        expectAmount(not(where("account.seats", Operator.GTE, "5")), "110");
        expectAmount(not(where("account.seats", Operator.LT, "5")), "101");
        expectAmount(not(where("account.seats", Operator.LTE, "5")), "101");
    }

    @Test
    default void negation_of_several_conditions_is_two_valued_throughout() {
        var billing = where("event.name", Operator.IN, "billing");
        var small = where("account.seats", Operator.LT, "5");
        expectAmount(not(new Filter.Any(List.of(billing, small))), "100");
        expectAmount(not(new Filter.All(List.of(billing, small))), "111");
        expectAmount(new Filter.All(List.of(not(billing), not(small))), "100");
        expectAmount(not(new Filter.Any(List.of(not(billing), small))), "1");
        expectAmount(not(new Filter.All(List.of(not(billing), small))), "101");
        expectAmount(not(new Filter.Any(List.of())), "111");
        expectAmount(not(new Filter.All(List.of())), "0");
    }

    @Test
    default void asking_for_no_value_is_as_it_was() {
        expectAmount(where("event.name", Operator.IS_NULL), "100");
        expectAmount(where("event.name", Operator.IS_NOT_NULL), "11");
        expectAmount(not(where("event.name", Operator.IS_NULL)), "11");
        expectAmount(not(where("event.name", Operator.IS_NOT_NULL)), "100");
    }

    @Test
    default void negated_filter_keeps_facts_of_no_account() {
        var world = departments().fact("event", "2026-01-06T10:00:00Z", null, "dan", "sales", 1000);
        expect(world, amount().filter(not(where("account.seats", Operator.GT, "5"))), "1110");
        expect(world, amount().filter("account", Operator.NOT_IN, "acme"), "1110");
    }

    @Test
    default void negated_filter_over_members_keeps_those_without_the_value() {
        expect(
                departments(),
                ask("count(account)").filter("account.seats", Operator.NOT_IN, "2"),
                "2");
        expect(
                departments(),
                ask("count(account)").filter(not(where("account.seats", Operator.GT, "5"))),
                "2");
    }

    @Test
    default void negated_having_keeps_cells_of_no_value() {
        var world =
                departments().fact("event", "2026-01-05T10:00:00Z", "cord", "cid", "empty", null);
        var byName = ask("avg(event : amount)").by("event.name");
        expect(
                world,
                byName.having(not(where("m1", Operator.GT, "5"))),
                "billing | 1",
                "empty | NO_DATA");
        expect(world, byName.having(where("m1", Operator.LTE, "5")), "billing | 1");
        expect(
                world,
                byName.having(where("m1", Operator.NOT_IN, "1", "10")),
                "empty | NO_DATA",
                "none | 100");
    }

    @Test
    default void negated_having_keeps_cells_outside_of_the_coverage() {
        var byMonth =
                ask("count(event)")
                        .grain(dev.cairn.domain.time.Grain.MONTH)
                        .between("2025-12-01", "2026-03-01");
        expect(
                departments(),
                byMonth.having(not(where("m1", Operator.GT, "2"))),
                "2025-12-01 | BEFORE_DATA",
                "2026-02-01 | 0");
    }

    @Test
    default void negated_membership_keeps_accounts_only() {
        var world =
                departments()
                        .fact("event", "2026-01-06T10:00:00Z", null, "dan", "sales", 1000)
                        .cohortOf("friends", "acme")
                        .cohortBy("large", "account.seats > 5");
        for (String cohort : List.of("friends", "large")) {
            var in = where(cohort, Operator.IN, "true");
            expect(world, amount().filter(in), "1");
            expect(world, amount().filter(not(in)), "110");
            expect(world, amount().filter(cohort, Operator.NOT_IN, "true"), "110");
            expect(world, amount().filter(cohort, Operator.IN, "false"), "110");
            expect(world, amount().filter(cohort, Operator.IS_NULL), "1000");
            expect(world, amount().filter(cohort, Operator.IS_NO_ACCOUNT), "1000");
        }
    }

    @Test
    default void negation_in_a_formula_leaves_out_what_has_no_value() {
        expectValue(departments(), "sum(event where name != 'billing' : amount)", "10");
        expectValue(departments(), "sum(event where name not in ('billing') : amount)", "10");
        expectValue(departments(), "sum(event where not (name = 'billing') : amount)", "10");
        expectValue(departments(), "sum(event where name is not 'billing' : amount)", "110");
        expectValue(
                departments(),
                "sum(event where not coalesce(name in ('billing'), false) : amount)",
                "110");
        expect(departments(), amount().where("event.name != 'billing'"), "10");
    }
}
