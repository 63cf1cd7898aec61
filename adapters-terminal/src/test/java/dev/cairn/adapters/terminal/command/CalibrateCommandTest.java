package dev.cairn.adapters.terminal.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.Reads;
import dev.cairn.application.port.in.CalibrateUseCase;
import dev.cairn.application.port.in.TrustUseCase;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.calibration.Calibration;
import dev.cairn.domain.calibration.Calibration.BandOutcomes;
import dev.cairn.domain.calibration.Calibration.Break;
import dev.cairn.domain.calibration.Calibration.Checkpoint;
import dev.cairn.domain.calibration.Calibration.Order;
import dev.cairn.domain.calibration.Calibration.Scored;
import dev.cairn.domain.calibration.Calibration.Threshold;
import dev.cairn.domain.calibration.CalibrationQuery;
import dev.cairn.domain.calibration.CalibrationQuery.Grid;
import dev.cairn.domain.calibration.CalibrationQuery.Outcomes;
import dev.cairn.domain.calibration.Case;
import dev.cairn.domain.calibration.RenewalForecast;
import dev.cairn.domain.calibration.RenewalForecast.BackTest;
import dev.cairn.domain.calibration.RenewalForecast.Calls;
import dev.cairn.domain.calibration.RenewalForecast.Expected;
import dev.cairn.domain.calibration.RenewalForecast.Group;
import dev.cairn.domain.calibration.RenewalForecastQuery;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CalibrateCommandTest {
    private static final LocalDate JULY = LocalDate.of(2026, 7, 1);
    private static final Instant AS_OF = Instant.parse("2026-07-01T00:00:00Z");

    /** Has one checkpoint with one account that was missed, and one false alarm. */
    private static final class Answers implements CalibrateUseCase {
        private final List<CalibrationQuery> asked = new ArrayList<>();
        private final List<RenewalForecastQuery> forecasts = new ArrayList<>();

        @Override
        public Outcome calibrate(CalibrationQuery query, Caller caller, Deadline deadline) {
            asked.add(query);
            Reads.note(Set.of("event"));
            return new Outcome.Calibrated(
                    new Calibration(
                            AS_OF,
                            List.of(
                                    new Checkpoint(
                                            null,
                                            JULY,
                                            15,
                                            15,
                                            2,
                                            0,
                                            1,
                                            0,
                                            List.of(
                                                    new Scored(
                                                            query.score(),
                                                            List.of(
                                                                    new BandOutcomes(
                                                                            "red", 10, 9, 0.9, 0.6,
                                                                            1.0),
                                                                    new BandOutcomes(
                                                                            "green", 5, 4, 0.8,
                                                                            0.35, 0.95),
                                                                    new BandOutcomes(
                                                                            null, 0, 0, null, null,
                                                                            null)),
                                                            Order.BROKEN,
                                                            List.of(new Break("red", "green", 0.6)),
                                                            null,
                                                            null,
                                                            List.of(new Threshold(50, 10, 1, 1, 9)),
                                                            List.of(wrong("acme", 91.5)),
                                                            List.of(wrong("globex", 12.5))))))));
        }

        private static Case wrong(String account, double score) {
            return new Case(account, JULY, null, score, Double.NaN, score < 50);
        }

        @Override
        public Forecast forecast(RenewalForecastQuery query, Caller caller, Deadline deadline) {
            forecasts.add(query);
            Reads.note(Set.of("event"));
            return new Forecast.Made(
                    new RenewalForecast(
                            AS_OF,
                            1,
                            2,
                            3,
                            new Expected(2.5, 1, 3),
                            null,
                            null,
                            null,
                            2.1,
                            3,
                            List.of(new Group("green", 60, 3, 10, 8, 0.773)),
                            List.of(
                                    new BackTest(
                                            60,
                                            9,
                                            1,
                                            new Expected(7.5, 5, 9),
                                            8,
                                            0.111,
                                            0.222,
                                            0.8,
                                            new Calls(9, 0.333, 0.112, 0.7)))));
        }
    }

    private static FakeCairn cairn(Answers answers) {
        return FakeCairn.with(answers)
                .and(
                        TrustCommandTest.answering(
                                new TrustUseCase.Outcome.Assessed(
                                        List.of(TrustCommandTest.EVENT))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "calibrate health --success=stayed",
                "forecast health --due=2026-07-01/2026-10-01"
            })
    void how_far_what_was_read_can_be_trusted_stands_below_tables_and_within_documents(
            String asked) {
        var text = cairn(new Answers()).execute(asked.split(" "));
        assertThat(text.output()).contains("'event' is of grade C: volume");
        assertThat(text.errors()).isEmpty();

        var document = cairn(new Answers()).execute((asked + " --format=json").split(" "));
        assertThat(document.output())
                .contains(
                        "\"asOf\" :",
                        "\"trust\" : [",
                        "\"grade\" : \"C\"",
                        "\"name\" : \"volume\"");
        assertThat(document.errors()).isEmpty();
    }

    private static String line(String output, String begin) {
        return output.lines().filter(line -> line.startsWith(begin)).findFirst().orElseThrow();
    }

    @Test
    void a_score_is_held_against_a_success_by_its_name_with_a_plot_of_its_bands() {
        var answers = new Answers();
        var said = cairn(answers).execute("calibrate", "health", "--success=stayed", "--list=5");

        assertThat(said.exit()).as(said.errors()).isZero();
        assertThat(answers.asked.getFirst().outcomes())
                .isEqualTo(new Outcomes.Succeeded("stayed", Grid.WEEK));
        assertThat(line(said.output(), "health on 2026-07-01"))
                .contains("15 cases", "2 without an outcome", "1 not there then");
        assertThat(line(said.output(), "red"))
                .containsSubsequence(
                        "10", "9", "90.0%", "60.0%", "100.0%", "............------+--");
        assertThat(line(said.output(), "green")).endsWith(".......---------+---");
        assertThat(said.output())
                .contains("Out of order: red went better than green (p 0.60).")
                .containsSubsequence("Misses", "acme", "91.5", "False alarms", "globex", "12.5");
    }

    @Test
    void days_of_accounts_are_as_fine_as_is_said() {
        var answers = new Answers();
        cairn(answers).execute("calibrate", "health", "--success=stayed", "--every=day");

        assertThat(answers.asked.getFirst().outcomes())
                .isEqualTo(new Outcomes.Succeeded("stayed", Grid.DAY));
    }

    @Test
    void one_outcome_is_said_and_options_go_with_theirs() {
        assertThat(
                        cairn(new Answers())
                                .execute(
                                        "calibrate",
                                        "health",
                                        "--success=stayed",
                                        "--due=2025-07-01/2026-07-01")
                                .errors())
                .contains("Say one of --due");
        assertThat(
                        cairn(new Answers())
                                .execute("calibrate", "health", "--success=stayed", "--days=30")
                                .errors())
                .contains("--days goes with --due");
    }

    @Test
    void a_forecast_stands_beside_the_calls_of_owners_and_both_are_scored() {
        var answers = new Answers();
        var said =
                cairn(answers)
                        .execute(
                                "forecast",
                                "health",
                                "--due=2026-07-01/2026-10-01",
                                "--days=60",
                                "--call=account.call");

        assertThat(said.exit()).as(said.errors()).isZero();
        var asked = answers.forecasts.getFirst();
        assertThat(asked.from()).isEqualTo(JULY);
        assertThat(asked.until()).isEqualTo(JULY.plusMonths(3));
        assertThat(asked.days()).containsExactly(60);
        assertThat(asked.call()).isEqualTo("account.call");
        assertThat(said.output())
                .contains(
                        "3 contracts are open; 1 were renewed already, 2 lost.",
                        "Of the open ones 2.5 (1 to 3) are renewed.",
                        "By their owners' calls, of 3 contracts: 2.1.");
        assertThat(line(said.output(), "green")).containsSubsequence("60", "3", "10", "8", "77.3%");
        assertThat(line(said.output(), "60"))
                .containsSubsequence(
                        "9", "7.5", "5", "9", "8", "0.111", "0.222", "80%", "9", "0.333", "0.112");
    }
}
