package dev.cairn.domain.planner;

import static dev.cairn.domain.catalog.Shop.shop;
import static dev.cairn.domain.planner.Question.ask;
import static dev.cairn.domain.planner.Question.formula;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.AnalysisResult.Notice;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.Metric.Direction;
import dev.cairn.domain.model.Metric.Level;
import dev.cairn.domain.model.Metric.RollUp;
import dev.cairn.domain.model.Metric.Status;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeprecatedMetricsTest {
    private static Metric metric(
            String name, String description, Level level, String formula, Status status) {
        return new Metric(
                name,
                name,
                description,
                level,
                level == Level.CELL ? null : RollUp.AVG,
                formula,
                null,
                Direction.HIGHER,
                null,
                null,
                null,
                false,
                status);
    }

    private static List<String> notices(Question question) {
        var catalog =
                shop().define(
                                metric(
                                        "old_usage",
                                        "Use days_of_use in its place.",
                                        Level.ACCOUNT,
                                        "count(event) over last 28 days",
                                        Status.DEPRECATED))
                        .define(
                                metric(
                                        "health",
                                        "",
                                        Level.ACCOUNT,
                                        "weighted(usage 1 : scale(old_usage, 0 to 20))",
                                        Status.PUBLISHED))
                        .build();
        var planned = Planner.plan(question.query(), catalog, Caller.LOCAL, Question.NOW);
        return ((Planned.Ready) planned)
                .notices().stream()
                        .filter(notice -> notice.code().equals(DeprecatedMetrics.CODE))
                        .map(Notice::message)
                        .toList();
    }

    @Test
    void a_part_whose_metric_is_deprecated_is_told_on_the_answer() {
        var told =
                "'old_usage' is deprecated, and part of 'health': it is read as it is defined, and may be retired. Of it is said: Use days_of_use in its place.";
        assertThat(notices(ask("health"))).containsExactly(told);
        assertThat(notices(formula("count(account where health < 50)"))).containsExactly(told);
    }

    @Test
    void one_that_is_asked_for_is_told_and_others_are_not() {
        assertThat(notices(ask("old_usage")))
                .containsExactly(
                        "'old_usage' is deprecated: it is read as it is defined, and may be retired. Of it is said: Use days_of_use in its place.");
        assertThat(notices(ask("events"))).isEmpty();
    }
}
