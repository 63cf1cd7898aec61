package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static org.assertj.core.api.Assertions.assertThat;

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
    default void contributions_of_parts_add_up_to_the_score() {
        // Of 3 and 5: (0.5 x 40 + 0.3 x 80 + 0.2 x 20) / 1 = 48.
        String parts =
                "weighted(use 0.5 : 5 * sum(event.amount), best 0.3 : 16 * max(event : amount), 0.2 : 10 * count(event)";
        assertThat(rowsWithParts(amounts(), inJanuary(parts + ")")))
                .containsExactly("48 (use 20, best 24, null 4)");
        // A metric that is a score, and another name for it.
        assertThat(
                        rowsWithParts(
                                amounts().metric("health", parts + ")"),
                                inJanuary("health", "let h = health in h", "health + 0")))
                .containsExactly(
                        "48 (use 20, best 24, null 4) | 48 (use 20, best 24, null 4) | 48");
        // Weights that are no whole.
        assertThat(
                        rowsWithParts(
                                amounts(),
                                inJanuary("weighted(a 1 : count(event), b 3 : sum(event.amount))")))
                .containsExactly("6.5 (a 0.5, b 6)");
        assertThat(rowsWithParts(amounts(), inJanuary("weighted(1 : count(event), 3 : 10)")))
                .containsExactly("8 (n 2)");
    }

    @Test
    default void contributions_are_read_as_of_then_and_are_no_neighbours() {
        // Ten days after the last event.
        assertThat(
                        rowsWithParts(
                                amounts(),
                                inJanuary(
                                                "weighted(fresh 1 : scale(days(max(event : happened), asof), 20 to 0))")
                                        .asOf("2026-01-16T10:00:00Z")))
                .containsExactly("50 (fresh 50, n 2)");
        assertThat(
                        rowsWithParts(
                                amounts(),
                                inJanuary(
                                        "weighted(use 0.5 : count(event where name = 'a'), b 0.5 : sum(event.amount))",
                                        "weighted(0.5 : count(event where name = 'b'), 0.5 : sum(event where name = 'b' : amount))")))
                .containsExactly("4.5 (use 0.5, b 4) | 3");
    }

    @Test
    default void a_missing_part_adds_nothing_or_what_stands_for_it() {
        String parts =
                "weighted(a 0.5 : sum(event.amount), b 0.25 : avg(event where name = 'x' : amount), c 0.25 : count(event)";
        // Spread over 0.75: 4 / 0.75 and 0.5 / 0.75.
        assertThat(
                        rowsWithParts(
                                amounts(),
                                inJanuary(
                                        parts + ")",
                                        parts + "; missing zero)",
                                        parts + "; missing neutral 40)",
                                        parts + "; missing none)",
                                        parts + "; coverage 0.8)",
                                        parts + "; coverage 0.75)")))
                .containsExactly(
                        "6 (a 5.33333333333, b -, c 0.666666666667)"
                                + " | 4.5 (a 4, b 0, c 0.5)"
                                + " | 14.5 (a 4, b 10, c 0.5)"
                                + " | NO_DATA (a -, b -, c -)"
                                + " | NO_DATA (a -, b -, c -)"
                                + " | 6 (a 5.33333333333, b -, c 0.666666666667)");
    }

    @Test
    default void contributions_are_of_each_cell_and_total() {
        assertThat(
                        rowsWithParts(
                                amounts(),
                                ask("weighted(a 1 : sum(event.amount), b 1 : count(event))")
                                        .between("2026-01-01", "2026-03-01")
                                        .grain(Grain.MONTH)
                                        .totals()))
                .containsExactly(
                        "2026-01-01 | 5 (a 4, b 1)",
                        "2026-02-01 | 6.5 (a 6, b 0.5)",
                        "all | 11.5 (a 10, b 1.5)");
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
