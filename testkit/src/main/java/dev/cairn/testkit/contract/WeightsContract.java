package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.EntityBuilder.accounts;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static dev.cairn.testkit.data.SourceBuilder.source;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.data.WorldBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code weight w}: a row counts for w; one whose w is empty, zero or negative is left out, and how many are is said. */
public interface WeightsContract extends ExecutorContract {
    /** Weights and scores: acme 2 of 9 and 1 of 6; bolt 3 of 10, none of 1 and 0 of 2; cord -1 of 3, and 4 without a score. */
    private static WorldBuilder surveys() {
        return World.world()
                .entity(accounts().integer("seats"))
                .source(
                        source("survey")
                                .timestamp("answered")
                                .account("customer")
                                .decimal("importance")
                                .integer("score")
                                .coverage("2026-01-01", "2026-04-01"))
                .member(account("acme").since("2025-01-01").with("seats", 10))
                .member(account("bolt").since("2025-01-01").with("seats", 2))
                .member(account("cord").since("2025-01-01"))
                .fact("survey", "2026-01-05T10:00:00Z", "acme", 2, 9)
                .fact("survey", "2026-01-06T10:00:00Z", "acme", 1, 6)
                .fact("survey", "2026-01-06T11:00:00Z", "bolt", 3, 10)
                .fact("survey", "2026-01-07T10:00:00Z", "bolt", null, 1)
                .fact("survey", "2026-01-08T10:00:00Z", "bolt", 0, 2)
                .fact("survey", "2026-01-09T10:00:00Z", "cord", -1, 3)
                .fact("survey", "2026-01-10T10:00:00Z", "cord", 4, null);
    }

    private static String leftOut(String column, String rows) {
        return "%s WITHOUT_WEIGHT: '%s' leaves out %s".formatted(column, column, rows);
    }

    @Test
    default void rows_count_for_their_weight() {
        assertThat(
                        rowsWithParts(
                                surveys(),
                                ask(
                                        "avg(survey weight importance : score)",
                                        "sum(survey weight importance : score)",
                                        "count(survey weight importance)",
                                        "share(survey where score is not none weight importance : score >= 9)",
                                        "100 * share(survey weight importance : coalesce(score >= 9, false))")))
                .containsExactly(
                        "9 (54/6, n 3) | 54 (n 3) | 10 (n 4) | 0.833333333333 (5/6, n 3) | 50 (5/10, n 4)");
    }

    @Test
    default void rows_without_a_weight_are_counted() {
        assertThat(
                        notices(
                                surveys(),
                                ask(
                                        "count(survey weight importance)",
                                        "sum(survey where score > 1 weight importance : score)",
                                        "sum(survey where account = 'cord' and score > 1 weight importance : score)",
                                        "count(survey where importance > 0 weight importance)")))
                .containsExactly(
                        leftOut(
                                "m1",
                                "3 rows of survey, whose weights are empty or not above zero."),
                        leftOut(
                                "m2",
                                "2 rows of survey, whose weights are empty or not above zero."),
                        leftOut("m3", "1 row of survey, whose weight is empty or not above zero."));
    }

    @Test
    default void groups_and_totals_have_means_of_their_own() {
        assertThat(
                        rowsWithParts(
                                surveys(),
                                ask(
                                                "avg(survey weight importance : score)",
                                                "sum(survey weight importance : score)",
                                                "count(survey weight importance)")
                                        .by("account")
                                        .totals()))
                .containsExactly(
                        "acme | 8 (24/3, n 2) | 24 (n 2) | 3 (n 2)",
                        "bolt | 10 (30/3, n 1) | 30 (n 1) | 3 (n 1)",
                        "cord | NO_DATA (n 0) | 0 (n 0) | 4 (n 1)",
                        "total | 9 (54/6, n 3) | 54 (n 3) | 10 (n 4)");
    }

    @Test
    default void nothing_weighs_nothing() {
        expect(
                surveys(),
                ask(
                                "avg(survey weight importance : score)",
                                "sum(survey weight importance : score)",
                                "count(survey weight importance)",
                                "share(survey weight importance : importance > 2)")
                        .grain(Grain.MONTH)
                        .between("2026-02-01", "2026-03-01"),
                "2026-02-01 | NO_DATA | 0 | 0 | NO_DATA");
        expect(
                surveys(),
                ask("avg(survey weight importance : score)", "count(survey weight importance)")
                        .between("2025-11-01", "2025-12-01"),
                "BEFORE_DATA | BEFORE_DATA");
    }

    @Test
    default void deviations_and_percentiles_are_of_as_many_rows_as_the_weights_say() {
        // 6, 9 and 10 weigh 1, 2 and 3: together 6, their squares 14. Distances from the mean, 9,
        // weigh 12, so the variance is 12 * 6 / (36 - 14). The median begins at 11 of 36 and is 14
        // long: of the 6 up to the value 6 nothing, of the 18 up to 9 one half, of 10 the other.
        assertThat(
                        rowsWithParts(
                                surveys(),
                                ask(
                                        "stddev(survey weight importance : score)",
                                        "median(survey weight importance : score)",
                                        "p10(survey weight importance : score)",
                                        "p90(survey weight importance : score)")))
                .containsExactly(
                        "1.80906806747 (n 3) | 9.5 (n 3) | 8.18571428571 (n 3) | 10 (n 3)");
        expect(
                surveys(),
                ask(
                        "p10_disc(survey weight importance : score)",
                        "p50_disc(survey weight importance : score)",
                        "p51_disc(survey weight importance : score)"),
                "6 | 9 | 10");
    }

    @Test
    default void equal_weights_weigh_nothing_and_their_scale_does_not_matter() {
        var of = "%s(survey where importance > 0%s : score)";
        for (var function : List.of("stddev", "median", "p90", "p10", "p66_disc")) {
            var plain = rows(surveys(), ask(of.formatted(function, "")));
            for (var weight : List.of(" weight 7", " weight 0.125", " weight 2 / 3")) {
                assertThat(rows(surveys(), ask(of.formatted(function, weight))))
                        .as(function + weight)
                        .isEqualTo(plain);
            }
        }
        expect(
                surveys(),
                ask(
                        "median(survey weight 1000 * importance : score)",
                        "median(survey weight importance / 4 : score)",
                        "stddev(survey weight importance / 4 : score / 2)",
                        "p50_disc(survey weight importance / 4 : score / 2)"),
                "9.5 | 9.5 | 0.904534033733 | 4.5");
    }

    @Test
    default void one_row_has_no_deviation_and_none_has_no_median() {
        assertThat(
                        rowsWithParts(
                                surveys(),
                                ask(
                                                "stddev(survey weight importance : score)",
                                                "median(survey weight importance : score)",
                                                "p90_disc(survey weight importance : score)")
                                        .by("account")
                                        .totals()))
                .containsExactly(
                        "acme | 2.12132034356 (n 2) | 8.4 (n 2) | 9 (n 2)",
                        "bolt | NO_DATA (n 1) | 10 (n 1) | 10 (n 1)",
                        "cord | NO_DATA (n 0) | NO_DATA (n 0) | NO_DATA (n 0)",
                        "total | 1.80906806747 (n 3) | 9.5 (n 3) | 10 (n 3)");
        expect(
                surveys(),
                ask(
                                "median(survey weight importance : score)",
                                "median(survey weight importance : score) over last 2 months")
                        .grain(Grain.MONTH)
                        .between("2026-01-01", "2026-04-01"),
                "2026-01-01 | 9.5 | 9.5",
                "2026-02-01 | NO_DATA | 9.5",
                "2026-03-01 | NO_DATA | NO_DATA");
    }

    @Test
    default void large_values_do_not_cancel_and_members_weigh_too() {
        var world =
                surveys()
                        .fact("survey", "2026-02-05T10:00:00Z", "acme", 1, 1_000_000_006)
                        .fact("survey", "2026-02-05T11:00:00Z", "acme", 2, 1_000_000_009)
                        .fact("survey", "2026-02-05T12:00:00Z", "acme", 3, 1_000_000_010);
        expect(
                world,
                ask(
                                "stddev(survey weight importance : score)",
                                "stddev(survey weight importance : score / 2)")
                        .between("2026-02-01", "2026-03-01"),
                "1.80906806747 | 0.904534033733");
        // Acme has ten seats and two answers, bolt two and three: 20 of 144 and 104 long.
        expect(
                surveys(),
                ask(
                        "median(account weight seats : count(survey))",
                        "p50_disc(account weight seats : count(survey))"),
                "2.03846153846 | 2");
    }

    @Test
    default void members_count_for_an_attribute_and_for_an_aggregate_of_their_own() {
        // Acme has ten seats and two answers, bolt two and three, cord none and two.
        var question =
                ask(
                        "avg(account weight seats : count(survey))",
                        "avg(account weight count(survey where importance > 0) : seats)",
                        "count(account weight seats)");
        assertThat(rowsWithParts(surveys(), question))
                .containsExactly(
                        "2.16666666667 (26/12, n 2) | 7.33333333333 (22/3, n 2) | 12 (n 2)");
        assertThat(notices(surveys(), question))
                .filteredOn(notice -> !notice.contains("SMALL_SAMPLE"))
                .containsExactly(
                        leftOut("m1", "1 account, whose weight is empty or not above zero."),
                        leftOut("m3", "1 account, whose weight is empty or not above zero."));
    }

    @Test
    default void weighted_means_stand_beneath_members_and_in_windows() {
        var question =
                ask(
                                "avg(account : avg(survey weight importance : score))",
                                "avg(survey weight importance : score) over last 2 months",
                                "prior(sum(survey weight importance : score))")
                        .between("2026-02-01", "2026-03-01");
        expect(surveys(), question.between("2026-01-01", "2026-02-01"), "9 | 9 | BEFORE_DATA");
        expect(surveys(), question, "NO_DATA | 9 | 54");
        assertThat(notices(surveys(), ask("avg(account : avg(survey weight importance : score))")))
                .containsExactly(
                        leftOut(
                                "m1",
                                "3 rows of survey, whose weights are empty or not above zero."));
    }

    @Test
    default void days_count_for_what_is_read_in_them() {
        // On 5 January one answer of 9, on the 6th two that are 8 in the mean, on the 7th one of 1.
        expect(
                surveys(),
                ask("avg(day weight count(survey) : avg(survey.score))")
                        .between("2026-01-05", "2026-01-08"),
                "6.5");
    }

    @Test
    default void mean_is_among_all_in_a_total_and_of_fewer_rows_in_only() {
        expect(
                surveys(),
                ask(
                                "avg(survey weight importance : score) / total(avg(survey weight importance : score))",
                                "only(avg(survey weight importance : score) where survey.score < 10)")
                        .by("account"),
                "acme | 0.888888888889 | 8",
                "bolt | 1.11111111111 | NO_DATA",
                "cord | NO_DATA | NO_DATA");
    }

    @Test
    default void weights_of_doubles_and_fractions_are_exact_where_they_can_be() {
        expect(
                surveys(),
                ask(
                        "sum(survey weight importance / 4 : score)",
                        "count(survey weight 0.1)",
                        "avg(survey weight 0.1 : score)"),
                "13.5 | 0.7 | 5.16666666667");
    }

    @Test
    default void rows_without_a_weight_are_counted_in_units_of_time_and_in_totals_too() {
        assertThat(
                        notices(
                                surveys(),
                                ask(
                                        "sum(day : count(survey weight importance))",
                                        "max(account : total(count(survey weight importance)))")))
                .containsExactly(
                        leftOut(
                                "m1",
                                "3 rows of survey, whose weights are empty or not above zero."),
                        leftOut(
                                "m2",
                                "3 rows of survey, whose weights are empty or not above zero."));
    }
}
