package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.EntityBuilder.accounts;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static dev.cairn.testkit.data.SourceBuilder.source;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.data.WorldBuilder;
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
