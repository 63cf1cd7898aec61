package dev.cairn.domain.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.Absence;
import dev.cairn.domain.analysis.Incomplete;
import dev.cairn.domain.calibration.CalibrationQuery.Grid;
import dev.cairn.domain.model.Success;
import dev.cairn.domain.model.Success.Window;
import dev.cairn.domain.sample.Sample;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Today is July 1. Cells are as an executor answers them: all is asked of a time that is not over. */
class LabelledTest {
    private static final Instant NOW = Instant.parse("2026-07-01T12:00:00Z");

    private final SuccessQuestion asked =
            new SuccessQuestion(
                    new Success(
                            "begun",
                            "Begun",
                            "",
                            null,
                            "count(event) >= 3",
                            new Window.Days("begins_on", 0, 30),
                            null),
                    Grid.DAY,
                    ZoneOffset.UTC,
                    NOW);
    private final Sample.Builder sample =
            new Sample.Builder(
                    asked.question().metrics().stream().map(metric -> metric.as()).toList(), 0);

    private void account(
            String key, double label, Absence absence, Incomplete reason, String begun) {
        sample.account(key, List.of());
        var reasons = Set.of(Incomplete.BUCKET_NOT_OVER, reason);
        sample.value(0, label, Double.NaN, Double.NaN, Double.isNaN(label) ? absence : null, false);
        sample.because(0, reasons);
        sample.value(1, LocalDate.parse(begun).toEpochDay(), Double.NaN, Double.NaN, null, false);
        sample.because(1, Set.of(Incomplete.BUCKET_NOT_OVER));
    }

    private List<String> labelled() {
        return asked.labelled(sample.sample(NOW)).stream()
                .map(one -> "%s %s %s".formatted(one.account(), one.isGood(), one.mayChange()))
                .toList();
    }

    @Test
    void days_that_are_over_have_decided_it_and_change_no_more() {
        account("good", 1, Absence.NO_DATA, Incomplete.BEYOND_COVERAGE, "2026-03-01");
        account("bad", 0, Absence.NO_DATA, Incomplete.BEYOND_COVERAGE, "2026-03-01");

        assertThat(labelled()).containsExactly("good true false", "bad false false");
    }

    @Test
    void days_that_are_over_and_whose_data_is_not_there_yet_have_decided_nothing() {
        account("late", Double.NaN, Absence.NOT_YET, Incomplete.PENDING, "2026-05-20");
        account("open", Double.NaN, Absence.NOT_YET, Incomplete.PENDING, "2026-06-20");

        assertThat(labelled()).containsExactly("late null false", "open null false");
    }

    @Test
    void who_has_days_of_before_the_data_begins_is_in_no_count() {
        account("old", Double.NaN, Absence.BEFORE_DATA, Incomplete.BEFORE_COVERAGE, "2019-05-20");
        account("half", 0, Absence.NO_DATA, Incomplete.BEFORE_COVERAGE, "2019-06-20");

        assertThat(labelled()).isEmpty();
    }
}
