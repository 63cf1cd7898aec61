package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.contract.Question.askMetrics;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.model.Band;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.Metric.Direction;
import dev.cairn.domain.model.Metric.RollUp;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.WorldBuilder;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Bands of metrics, by hand arithmetic. */
public interface BandsContract extends ExecutorContract {
    /**
     * acme: 1 on January 5, 2 on January 31, 4 on February 10, 8 on March 2, in all 15. bolt: 16 on February 28, 32 on March 31, in all 48. cole has none. volume
     * is the sum of an account, low below 10, middle below 16, high from there; mean is the average of a cell, low below 1.5.
     */
    private WorldBuilder amounts() {
        return events().member(account("acme").since("2025-01-01").with("plan", "pro"))
                .member(account("bolt").since("2025-01-01").with("plan", "free"))
                .member(account("cole").since("2025-01-01").with("plan", "pro"))
                .fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "a", 1)
                .fact("event", "2026-01-31T10:00:00Z", "acme", "ann", "a", 2)
                .fact("event", "2026-02-10T10:00:00Z", "acme", "ann", "b", 4)
                .fact("event", "2026-03-02T10:00:00Z", "acme", "ann", "a", 8)
                .fact("event", "2026-02-28T10:00:00Z", "bolt", "bob", "a", 16)
                .fact("event", "2026-03-31T10:00:00Z", "bolt", "bob", "b", 32)
                .define(
                        metric("volume", Metric.Level.ACCOUNT, RollUp.AVG, "sum(event.amount)")
                                .withBands(
                                        List.of(
                                                new Band("low", BigDecimal.TEN),
                                                new Band("middle", new BigDecimal("16")),
                                                new Band("high", null))))
                .define(
                        metric("mean", Metric.Level.CELL, null, "avg(event.amount)")
                                .withBands(
                                        List.of(
                                                new Band("low", new BigDecimal("1.5")),
                                                new Band("high", null))));
    }

    private static Metric metric(
            String name, Metric.Level level, @Nullable RollUp rollUp, String formula) {
        return new Metric(
                name,
                name,
                "",
                level,
                rollUp,
                formula,
                null,
                Direction.HIGHER,
                null,
                null,
                null,
                false,
                Metric.Status.PUBLISHED);
    }

    private static Question quarter(Question question) {
        return question.between("2026-01-01", "2026-04-01");
    }

    private List<String> bands(WorldBuilder world, Question question) {
        return result(world, question).rows().stream().map(BandsContract::bands).toList();
    }

    private static String bands(AnalysisResult.Row row) {
        return row.cells().stream()
                .filter(Cell.Standing.class::isInstance)
                .map(cell -> String.valueOf(((Cell.Standing) cell).value()))
                .collect(Collectors.joining(" "));
    }

    @Test
    default void a_value_is_in_the_band_that_begins_at_it() {
        // 1.5, 10 and 20; of April nothing.
        assertThat(bands(amounts(), quarter(askMetrics("mean")).grain(Grain.MONTH)))
                .containsExactly("high", "high", "high");
        assertThat(bands(amounts(), askMetrics("mean").between("2026-01-01", "2026-01-31")))
                .containsExactly("low");
        assertThat(bands(amounts(), askMetrics("mean").between("2026-01-06", "2026-01-31")))
                .containsExactly("null");
        // 15, 48 and 0; the mean of the three, 21.
        assertThat(bands(amounts(), quarter(askMetrics("volume")).by("account").totals()))
                .containsExactly("middle", "high", "low", "high");
    }

    @Test
    default void accounts_are_grouped_by_the_band_they_are_in() {
        expect(
                amounts(),
                quarter(ask("count(account)", "sum(event.amount)")).by("volume.band"),
                "high | 1 | 48",
                "low | 1 | 0",
                "middle | 1 | 15");
        // 3, 0, 0; 4, 16, 0; 8, 32, 0.
        expect(
                amounts(),
                quarter(ask("count(account)")).by("volume.band").grain(Grain.MONTH).sparse(),
                "2026-01-01 | low | 3",
                "2026-02-01 | high | 1",
                "2026-02-01 | low | 2",
                "2026-03-01 | high | 1",
                "2026-03-01 | low | 2");
    }

    @Test
    default void a_band_is_a_condition_of_questions_formulas_and_cohorts() {
        expect(amounts(), quarter(ask("sum(event.amount)")).where("volume.band = 'high'"), "48");
        expect(
                amounts(),
                quarter(ask("sum(event.amount)")).filter("volume.band", Operator.IN, "middle"),
                "15");
        expect(
                amounts(),
                quarter(
                        ask(
                                "count(account where volume.band in ('low', 'middle'))",
                                "share(account : volume.band = 'low')",
                                "mean.band")),
                "2 | 0.333333333333 | high");
        expect(
                amounts()
                        .define(
                                metric(
                                                "whole",
                                                Metric.Level.ACCOUNT,
                                                RollUp.AVG,
                                                "sum(event.amount) over ever")
                                        .withBands(
                                                List.of(
                                                        new Band("low", new BigDecimal("16")),
                                                        new Band("high", null))))
                        .cohortBy("big", "whole.band = 'high'"),
                quarter(ask("count(account where account in big)")),
                "1");
    }
}
