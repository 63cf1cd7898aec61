package dev.cairn.adapters.graphql.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.graphql.SliceTest;
import dev.cairn.application.port.in.CalibrateUseCase.Forecast;
import dev.cairn.application.port.in.CalibrateUseCase.Outcome;
import dev.cairn.domain.calibration.Calibration;
import dev.cairn.domain.calibration.CalibrationQuery;
import dev.cairn.domain.calibration.CalibrationQuery.Grid;
import dev.cairn.domain.calibration.CalibrationQuery.Outcomes;
import dev.cairn.domain.calibration.Case;
import dev.cairn.domain.calibration.Contracts;
import dev.cairn.domain.calibration.RenewalForecast;
import dev.cairn.domain.calibration.RenewalForecast.BackTest;
import dev.cairn.domain.calibration.RenewalForecast.Calls;
import dev.cairn.domain.calibration.RenewalForecast.Expected;
import dev.cairn.domain.calibration.RenewalForecast.Group;
import dev.cairn.domain.statistics.Auc;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class CalibrationTest extends SliceTest {
    private static final LocalDate FROM = LocalDate.of(2025, 7, 1);
    private static final LocalDate UNTIL = LocalDate.of(2026, 7, 1);
    private static final String RENEWALS =
            "outcomes: {renewals: {%s from: \"2025-07-01\" until: \"2026-07-01\"}}";

    private static Outcome calibrated() {
        var miss = new Case("acme", FROM, UNTIL, 91.5, Double.NaN, false);
        return new Outcome.Calibrated(
                new Calibration(
                        Instant.parse("2026-07-01T00:00:00Z"),
                        List.of(
                                new Calibration.Checkpoint(
                                        30,
                                        null,
                                        3,
                                        2,
                                        1,
                                        4,
                                        5,
                                        6,
                                        List.of(
                                                new Calibration.Scored(
                                                        "health",
                                                        List.of(
                                                                new Calibration.BandOutcomes(
                                                                        "green", 3, 2, 2 / 3.0, 0.2,
                                                                        0.9)),
                                                        Calibration.Order.UNKNOWN,
                                                        List.of(),
                                                        new Auc(0.7, 0.1, 0.5, 0.9, 0.04),
                                                        null,
                                                        List.of(
                                                                new Calibration.Threshold(
                                                                        50, 1, 1, 1, 0)),
                                                        List.of(miss, miss),
                                                        List.of()))))));
    }

    @Test
    void renewals_are_asked_as_the_pack_has_them_unless_said_otherwise() {
        calibrations.answers(calibrated());
        ask("{ calibration(input: {score: \"health\" " + RENEWALS.formatted("") + "}) { asOf } }");
        assertThat(calibrations.asked.getLast())
                .isEqualTo(
                        new CalibrationQuery(
                                "health",
                                null,
                                null,
                                List.of(),
                                new Outcomes.Renewals(
                                        Contracts.OF_PACK,
                                        List.of(30, 60, 90),
                                        FROM,
                                        UNTIL,
                                        Grid.WEEK),
                                null,
                                null,
                                ZoneId.of("UTC"),
                                null,
                                false));
    }

    @Test
    void a_source_without_days_of_decisions_says_null() {
        calibrations.answers(calibrated());
        ask(
                "{ calibration(input: {score: \"health\" "
                        + RENEWALS.formatted("contracts: {decidedOn: null, due: \"ends\"}")
                        + "}) { asOf } }");
        var outcomes = (Outcomes.Renewals) calibrations.asked.getLast().outcomes();
        assertThat(outcomes.contracts().decidedOn()).isNull();
        assertThat(outcomes.contracts().due()).isEqualTo("ends");
        assertThat(outcomes.contracts().rows()).isEqualTo("contract on starts_on");
    }

    @Test
    void a_calibration_is_given_as_it_is() {
        calibrations.answers(calibrated());
        var checkpoint =
                ask("{ calibration(input: {score: \"health\" "
                                + RENEWALS.formatted("")
                                + "}) { checkpoints { daysBefore date cases accounts pending decidedBefore absent incomplete "
                                + "scores { score order auc { value low high } brier missed falselyAlarmed bands { band cases good share low high } "
                                + "thresholds { at alarms caught missed falseAlarms } misses(first: 1, skip: 1) { account scoredOn due score } } } } }")
                        .json()
                        .at("/data/calibration/checkpoints/0");
        assertThat(checkpoint.at("/daysBefore").asInt()).isEqualTo(30);
        assertThat(checkpoint.at("/incomplete").asInt()).isEqualTo(6);
        var score = checkpoint.at("/scores/0");
        assertThat(score.at("/missed").asInt()).isEqualTo(2);
        assertThat(score.at("/misses").size()).isEqualTo(1);
        assertThat(score.at("/misses/0/account").asString()).isEqualTo("acme");
        assertThat(score.at("/auc/high").asDouble()).isEqualTo(0.9);
        assertThat(score.at("/thresholds/0/caught").asInt()).isEqualTo(1);
    }

    @Test
    void a_page_of_cases_has_a_size() {
        calibrations.answers(calibrated());
        assertThat(
                        ask("{ calibration(input: {score: \"health\" "
                                        + RENEWALS.formatted("")
                                        + "}) { checkpoints { scores { misses(first: 0) { account } } } } }")
                                .json()
                                .toString())
                .contains("BAD_PAGE");
    }

    @Test
    void a_success_is_asked_by_its_name_once_a_week_unless_said_otherwise() {
        calibrations.answers(calibrated());
        var weekly =
                "{ calibration(input: {score: \"health\" outcomes: {success: {key: \"stayed\"%s}}}) { asOf } }";
        ask(weekly.formatted(""));
        ask(weekly.formatted(" every: DAY"));
        assertThat(calibrations.asked)
                .extracting(CalibrationQuery::outcomes)
                .endsWith(
                        new Outcomes.Succeeded("stayed", Grid.WEEK),
                        new Outcomes.Succeeded("stayed", Grid.DAY));
    }

    @Test
    void a_forecast_is_asked_and_given_with_the_calls_of_owners_and_their_score() {
        calibrations.forecast =
                new Forecast.Made(
                        new RenewalForecast(
                                Instant.parse("2026-07-01T00:00:00Z"),
                                1,
                                2,
                                3,
                                new Expected(2.5, 1, 3),
                                null,
                                null,
                                null,
                                2.1,
                                3,
                                List.of(new Group("green", 30, 3, 10, 8, 0.77)),
                                List.of(
                                        new BackTest(
                                                30,
                                                9,
                                                1,
                                                new Expected(7.5, 5, 9),
                                                8,
                                                0.1,
                                                0.2,
                                                0.8,
                                                new Calls(9, 0.3, 0.1, 0.7)))));
        var forecast =
                ask("{ renewalForecast(input: {score: \"health\" from: \"2026-07-01\" until: \"2026-10-01\" call: \"account.call\"}) { "
                                + "open expected { low } called groups { rate } backTests { brier calls { brier brierOfForecast hits } } } }")
                        .json()
                        .at("/data/renewalForecast");

        var asked = calibrations.forecasts.getLast();
        assertThat(asked.call()).isEqualTo("account.call");
        assertThat(asked.days()).containsExactly(30, 60, 90);
        assertThat(asked.every()).isEqualTo(Grid.MONTH);
        assertThat(asked.contracts()).isEqualTo(Contracts.OF_PACK);
        assertThat(forecast.at("/expected/low").asDouble()).isEqualTo(1);
        assertThat(forecast.at("/called").asDouble()).isEqualTo(2.1);
        assertThat(forecast.at("/groups/0/rate").asDouble()).isEqualTo(0.77);
        assertThat(forecast.at("/backTests/0/calls/brier").asDouble()).isEqualTo(0.3);
        assertThat(forecast.at("/backTests/0/calls/brierOfForecast").asDouble()).isEqualTo(0.1);
    }
}
