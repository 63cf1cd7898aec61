package dev.cairn.domain.question;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.AnalysisQuery.AskedRange;
import dev.cairn.domain.analysis.Comparison;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.time.CalendarGrain;
import dev.cairn.domain.time.Grain;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GrainTextTest {
    private static final CalendarGrain QUARTER = new CalendarGrain("fiscal", "quarter");

    private final List<Problem> problems = new ArrayList<>();

    @Test
    void a_grain_is_of_the_language_or_of_a_calendar() {
        assertThat(GrainText.read("Month")).contains(Grain.MONTH);
        assertThat(GrainText.read("weeks")).contains(Grain.WEEK);
        assertThat(GrainText.read("fiscal.quarter")).contains(QUARTER);
        assertThat(GrainText.read("fiscal")).isEmpty();
        assertThat(GrainText.read("fiscal.quarter.x")).isEmpty();
    }

    @Test
    void ranges_and_comparisons_are_of_both() {
        assertThat(RangeText.read("last 2 fiscal.quarter", problems::add))
                .contains(new AskedRange.Last(2, QUARTER));
        assertThat(ComparisonText.read("4 fiscal.quarter", problems::add))
                .isEqualTo(new Comparison.Earlier(4, QUARTER));
        assertThat(ComparisonText.read("1 year", problems::add))
                .isEqualTo(new Comparison.Earlier(1, Grain.YEAR));
        assertThat(problems).isEmpty();
    }
}
