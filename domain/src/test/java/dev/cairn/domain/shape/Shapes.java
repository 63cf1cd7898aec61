package dev.cairn.domain.shape;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.AskedRange;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.time.Grain;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;

/** What tests of questions of fixed shape have in common. */
final class Shapes {
    static final AnalysisQuery QUARTER =
            AnalysisQuery.of(
                    List.of(),
                    new AskedRange.Between(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 4, 1)),
                    ZoneOffset.UTC);

    static final AnalysisQuery MONTHS = QUARTER.withGrain(Grain.MONTH);

    private Shapes() {}

    /** Each problem in a line: code, place and message. */
    static String told(Asked asked) {
        return asked.problems().stream()
                .map(problem ->
                        "%s %s %d:%d %s"
                                .formatted(
                                        problem.code(),
                                        String.join(".", problem.place().path()),
                                        problem.place().line(),
                                        problem.place().column(),
                                        problem.message()))
                .collect(Collectors.joining("\n"));
    }

    static List<String> formulas(Asked asked) {
        return asked.query().metrics().stream()
                .map(metric ->
                        metric.as()
                                + " = "
                                + (metric.metric() instanceof MetricReference.Inline(var formula)
                                        ? formula
                                        : metric.metric()))
                .toList();
    }
}
