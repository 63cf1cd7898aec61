package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;

import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.WorldBuilder;
import org.junit.jupiter.api.Test;

/** {@code scale} and {@code weighted}, by hand arithmetic. */
public interface ScoresContract extends ExecutorContract {
    /** The amounts of acme in January are 3 and 5, bolt has one of 12 in February; no event is called 'x'. */
    private WorldBuilder amounts() {
        return events().fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "a", 3)
                .fact("event", "2026-01-06T10:00:00Z", "acme", "ann", "b", 5)
                .fact("event", "2026-02-06T10:00:00Z", "bolt", "bob", "a", 12);
    }

    private Question inJanuary(String... formulas) {
        return ask(formulas).between("2026-01-01", "2026-02-01");
    }

    @Test
    default void a_scale_is_0_at_its_one_end_and_100_at_its_other() {
        expect(
                amounts(),
                inJanuary(
                        "scale(sum(event.amount), 0 to 20)",
                        "scale(sum(event.amount), 8 to 20)",
                        "scale(sum(event.amount), 0 to 8)",
                        "scale(avg(event.amount), -4 to 4)"),
                "40 | 0 | 100 | 100");
    }

    @Test
    default void a_scale_never_leaves_0_to_100() {
        expect(
                amounts(),
                inJanuary(
                        "scale(sum(event.amount), 10 to 20)",
                        "scale(sum(event.amount), 0 to 2)",
                        "scale(sum(event.amount), 5 to 2)",
                        "scale(sum(event.amount), 20 to 10)"),
                "0 | 100 | 0 | 100");
    }

    @Test
    default void the_greater_number_may_stand_first_where_less_is_better() {
        expect(
                amounts(),
                inJanuary("scale(count(event), 5 to 0)", "scale(count(event), 10 to -10)"),
                "60 | 40");
    }

    @Test
    default void a_scale_of_nothing_has_the_reason_of_what_it_is_of() {
        expect(
                amounts(),
                inJanuary(
                        "scale(avg(event where name = 'x' : amount), 0 to 10)",
                        "scale(1 / count(event where name = 'x'), 0 to 10)"),
                "NO_DATA | ZERO_BASE");
    }

    @Test
    default void a_weighted_mean_is_of_the_parts_by_their_weights() {
        // (0.5 * 8 + 0.5 * 2) and (3 * 8 + 1 * 2) / 4
        expect(
                amounts(),
                inJanuary(
                        "weighted(0.5 : sum(event.amount), 0.5 : count(event))",
                        "weighted(amount 3 : sum(event.amount), rows 1 : count(event))",
                        "weighted(7 : sum(event.amount))"),
                "5 | 6.5 | 8");
    }

    @Test
    default void the_weight_of_a_missing_part_is_spread_over_the_others() {
        // (0.5 * 8 + 0.2 * 2) / 0.7
        String missing = "avg(event where name = 'x' : amount)";
        expect(
                amounts(),
                inJanuary(
                        "round(7 * weighted(0.5 : sum(event.amount), 0.3 : "
                                + missing
                                + ", 0.2 : count(event)), 6)",
                        "weighted(0.5 : sum(event.amount), 0.5 : " + missing + "; missing spread)"),
                "44 | 8");
    }

    @Test
    default void a_missing_part_may_be_nothing_or_a_value_that_is_said() {
        // 0.5 * 8, and 0.5 * 8 + 0.5 * 6
        String parts = "0.5 : sum(event.amount), 0.5 : avg(event where name = 'x' : amount)";
        expect(
                amounts(),
                inJanuary(
                        "weighted(" + parts + "; missing zero)",
                        "weighted(" + parts + "; missing neutral 6)",
                        "weighted(" + parts + "; missing none)"),
                "4 | 7 | NO_DATA");
    }

    @Test
    default void there_is_no_score_below_the_coverage() {
        String parts = "0.6 : sum(event.amount), 0.4 : avg(event where name = 'x' : amount)";
        expect(
                amounts(),
                inJanuary(
                        "weighted(" + parts + "; coverage 0.6)",
                        "weighted(" + parts + "; coverage 0.61)",
                        "weighted(" + parts + "; missing zero; coverage 0.6)",
                        "weighted(" + parts + "; missing neutral 50; coverage 0.7)"),
                "8 | NO_DATA | 4.8 | NO_DATA");
    }

    @Test
    default void where_no_part_has_a_value_the_reason_is_that_of_the_first() {
        expect(
                amounts(),
                inJanuary(
                        "weighted(1 : 1 / count(event where name = 'x'), 1 : avg(event where name = 'x' : amount))",
                        "weighted(1 : avg(event where name = 'x' : amount), 1 : 1 / count(event where name = 'x'); coverage 0.5)",
                        "weighted(1 : sum(event.amount), 1 : 1 / count(event where name = 'x'); missing none)"),
                "ZERO_BASE | NO_DATA | ZERO_BASE");
    }

    @Test
    default void a_score_is_of_each_cell_and_anew_in_totals() {
        String score =
                "weighted(0.5 : scale(sum(event.amount), 0 to 20), 0.5 : scale(avg(event where name = 'b' : amount), 0 to 10))";
        // January: (40 + 50) / 2. February: 60, the other is missing. Both: (100 + 50) / 2.
        expect(
                amounts(),
                ask(score).between("2026-01-01", "2026-03-01").grain(Grain.MONTH).totals(),
                "2026-01-01 | 45",
                "2026-02-01 | 60",
                "all | 75");
    }

    @Test
    default void a_score_is_of_one_account_where_it_is_asked_for_each() {
        // acme: (8 + 2) / 2 = 5; bolt: (12 + 1) / 2 = 6.5
        expect(
                amounts(),
                ask(
                                "max(account : weighted(1 : sum(event.amount), 1 : count(event)))",
                                "count(account where weighted(1 : sum(event.amount), 1 : count(event)) < 6)")
                        .between("2026-01-01", "2026-03-01"),
                "6.5 | 1");
    }
}
