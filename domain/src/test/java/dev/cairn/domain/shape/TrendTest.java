package dev.cairn.domain.shape;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.AskedMetric;
import dev.cairn.domain.analysis.AnalysisQuery.AskedRange;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.analysis.Comparison;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.time.Grain;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TrendTest {
    private static final AskedMetric NPS = new AskedMetric(new MetricReference.ByKey("nps"), null);

    private static Asked asked(AnalysisQuery frame, @Nullable Comparison with) {
        return new Trend(frame, List.of(NPS), with).asked();
    }

    @Test
    void it_stands_for_a_question_that_compares_and_tells_with_what() {
        var asked = asked(Shapes.MONTHS, new Comparison.Earlier(1, Grain.YEAR));

        assertThat(asked.problems()).isEmpty();
        assertThat(asked.query().metrics())
                .containsExactly(
                        NPS,
                        new AskedMetric(
                                new MetricReference.Inline("date(bucket.start)"), "compared_with"));
        assertThat(asked.query().compareTo()).isEqualTo(new Comparison.Earlier(1, Grain.YEAR));
    }

    @Test
    void left_out_it_compares_with_the_period_or_the_range_before() {
        assertThat(asked(Shapes.MONTHS, null).query().compareTo())
                .isEqualTo(new Comparison.Earlier(1, Grain.MONTH));
        assertThat(asked(Shapes.QUARTER, null).query().compareTo())
                .isEqualTo(new Comparison.Previous());
    }

    @Test
    void what_begins_within_a_day_is_told_as_an_instant() {
        var hours =
                Shapes.QUARTER.withRange(
                        new AskedRange.BetweenInstants(
                                Instant.parse("2026-01-01T10:00:00Z"),
                                Instant.parse("2026-01-01T12:00:00Z")));
        for (var frame : List.of(hours, hours.withGrain(Grain.HOUR))) {
            assertThat(asked(frame, null).query().metrics().getLast().metric())
                    .isEqualTo(new MetricReference.Inline("bucket.start"));
        }
    }

    @Test
    void weeks_are_compared_with_weeks() {
        var weeks = Shapes.QUARTER.withGrain(Grain.WEEK);
        for (var grain : List.of(Grain.MONTH, Grain.QUARTER, Grain.YEAR)) {
            assertThat(Shapes.told(asked(weeks, new Comparison.Earlier(1, grain))))
                    .isEqualTo(
                            "INCOMPATIBLE compareTo 0:0 What lies a %s before a week begins on another day of the week: compare with so many weeks earlier, such as 52 weeks, or ask by the %s."
                                    .formatted(grain.text(), grain.text()));
        }
        assertThat(asked(weeks, new Comparison.Earlier(52, Grain.WEEK)).problems()).isEmpty();
    }

    @Test
    void it_needs_a_metric() {
        var asked = new Trend(Shapes.MONTHS, List.of(), null).asked();
        assertThat(Shapes.told(asked))
                .isEqualTo("MISSING metrics 0:0 Say what to compare: a metric, or a formula.");
        assertThat(asked.query().metrics()).isEmpty();
    }

    @Test
    void a_metric_is_not_called_as_a_column_beside_it() {
        var asked =
                new Trend(
                                Shapes.MONTHS,
                                List.of(
                                        NPS,
                                        new AskedMetric(
                                                new MetricReference.Inline("1"), "compared_with"),
                                        new AskedMetric(
                                                new MetricReference.Inline("2"), "nps.change")),
                                null)
                        .asked();

        assertThat(Shapes.told(asked))
                .isEqualTo(
                        """
                        CONFLICT metrics.1 0:0 'compared_with' is the name of another column of a trend: call the metric otherwise.
                        CONFLICT metrics.2 0:0 'nps.change' is the name of another column of a trend: call the metric otherwise.\
                        """);
        assertThat(asked.query().metrics()).hasSize(3);
    }

    @Test
    void problems_of_the_question_stand_at_their_place_in_the_input() {
        var ofMetric = Place.of("metrics", "0", "metric", "formula").at(1, 7);
        var ofComparison = Place.of("compareTo", "timeRange");
        assertThat(
                        asked(Shapes.MONTHS, null)
                                .placed(
                                        List.of(
                                                Problem.of(ProblemCode.SYNTAX, ofMetric, "a"),
                                                Problem.of(
                                                        ProblemCode.BAD_RANGE, ofComparison, "b"),
                                                Problem.of(
                                                        ProblemCode.BAD_RANGE,
                                                        Place.of("timeRange"),
                                                        "c"))))
                .extracting(Problem::place)
                .containsExactly(ofMetric, ofComparison, Place.of("frame", "timeRange"));
    }
}
