package dev.cairn.domain.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cairn.domain.calibration.CalibrationQuery.Grid;
import dev.cairn.domain.calibration.RenewalForecast.Group;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Three contracts of the past, two green of which one was renewed and one red that was not, and two that are open. */
class RenewalForecasterTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 7, 1);
    private static final Contracts WORTH =
            new Contracts("contract on starts_on", "due_on", "decided_on", "d", "r", "value");
    private final Map<LocalDate, Map<String, double[]>> scores = new TreeMap<>();

    private static RenewalForecastQuery query(@Nullable String call) {
        return new RenewalForecastQuery(
                "health",
                50.0,
                WORTH,
                TODAY,
                TODAY.plusMonths(3),
                null,
                List.of(30, 90),
                Grid.DAY,
                call,
                ZoneOffset.UTC,
                null,
                false);
    }

    private Term past(String account, LocalDate due, boolean isRenewed, double... read) {
        for (int days : List.of(30, 90)) {
            scores.computeIfAbsent(due.minusDays(days), _ -> new TreeMap<>()).put(account, read);
        }
        return new Term(account, due, due, 1, 1, isRenewed ? 1 : 0, 10, 10, isRenewed ? 10 : 0);
    }

    private Term open(String account, int left, double value, double... read) {
        scores.computeIfAbsent(TODAY, _ -> new TreeMap<>()).put(account, read);
        return new Term(account, TODAY.plusDays(left), null, 1, 0, 0, value, 0, 0);
    }

    private RenewalForecast forecast(@Nullable String call, List<Term> past, List<Term> due) {
        return new RenewalForecaster(query(call), ScoreBands.at(50, true), TODAY)
                .forecast(past, due, scores, "USD", Instant.parse("2026-07-01T00:00:00Z"));
    }

    @Test
    void open_contracts_have_the_rate_of_their_band_at_the_next_greater_number_of_days() {
        var past =
                List.of(
                        past("a", TODAY.minusDays(200), true, 90, 0.8),
                        past("b", TODAY.minusDays(100), false, 80, 0.6),
                        past("c", TODAY.minusDays(50), false, 10, 0.1));
        var forecast =
                forecast(
                        "call",
                        past,
                        List.of(open("d", 31, 300, 75, 0.9), open("e", 20, 100, 20, Double.NaN)));
        // (1 + 1/2) / (2 + 1) and (0 + 1/2) / (1 + 1).
        assertThat(forecast.groups())
                .containsExactly(
                        new Group("below 50.0", 30, 1, 1, 0, 0.25),
                        new Group("from 50.0", 90, 1, 2, 1, 0.5));
        assertThat(forecast.open()).isEqualTo(2);
        assertThat(forecast.expected()).isNotNull();
        assertThat(forecast.expected().value()).isCloseTo(0.75, within(1e-12));
        assertThat(forecast.expected().low()).isEqualTo(0);
        assertThat(forecast.expected().high()).isEqualTo(2);
        assertThat(forecast.expectedValue()).isNotNull();
        assertThat(forecast.expectedValue().value())
                .isCloseTo(300 * 0.5 + 100 * 0.25, within(1e-9));
        assertThat(forecast.called()).isEqualTo(0.9);
        assertThat(forecast.calls()).isEqualTo(1);
    }

    /** At 30 days b is forecast from a alone, (1 + 1/2) / (1 + 1) = 0.75, and was lost; of c's band nothing had come due. */
    @Test
    void the_past_is_forecast_by_what_was_known_then() {
        var past =
                List.of(
                        past("a", TODAY.minusDays(200), true, 90, 0.8),
                        past("b", TODAY.minusDays(100), false, 80, 0.6),
                        past("c", TODAY.minusDays(50), false, 10, 0.1));
        var test = forecast("call", past, List.of()).backTests().getFirst();
        assertThat(test.daysBefore()).isEqualTo(30);
        assertThat(test.cases()).isEqualTo(1);
        assertThat(test.without()).isEqualTo(2);
        assertThat(test.expected().value()).isEqualTo(0.75);
        assertThat(test.brier()).isEqualTo(0.75 * 0.75);
        assertThat(test.hits()).isEqualTo(0.0);
        assertThat(test.calls()).isNotNull();
        assertThat(test.calls().brier()).isCloseTo(0.36, within(1e-12));
    }

    /** a was due long before the score of b was read, and decided only after that. */
    @Test
    void a_decision_that_came_late_is_not_known_before_it() {
        var a = past("a", TODAY.minusDays(200), true, 90);
        var late = new Term("a", a.due(), TODAY.minusDays(110), 1, 1, 1, 10, 10, 10);
        var b = past("b", TODAY.minusDays(100), false, 80);
        var test = forecast(null, List.of(late, b), List.of()).backTests().getFirst();
        assertThat(test.cases()).isZero();
        assertThat(test.without()).isEqualTo(2);
    }

    @Test
    void where_nothing_is_open_nothing_is_expected() {
        var forecast = forecast(null, List.of(), List.of());
        assertThat(forecast.expected()).isNull();
        assertThat(forecast.called()).isNull();
        assertThat(forecast.openValue()).isEqualTo(0.0);
    }
}
