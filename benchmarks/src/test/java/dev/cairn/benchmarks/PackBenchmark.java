package dev.cairn.benchmarks;

import static dev.cairn.testkit.contract.Question.ask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Answer;
import dev.cairn.domain.time.Grain;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * A dashboard of the whole pack: every metric of it that is of no single account, as one question and one statement, and the same metrics
 * each as a question of its own, in turns. Asked of the demo company; the values must be the same.
 */
class PackBenchmark {
    private static final int ROUNDS = Integer.getInteger("benchmark.rounds", 3);
    private static final double RELATIVE = 1e-9;

    @Test
    void the_whole_pack_in_one_question_beside_one_question_for_each_metric() throws Exception {
        try (var demo = DemoDatabase.open()) {
            System.out.println(
                    "| question | as one, ms | one by one, ms | ratio | plan, ms | planning, ms | buffers |");
            System.out.println("|---|---|---|---|---|---|---|");
            compare("a year", demo, null);
            compare("by quarter", demo, Grain.QUARTER);
            compare("by month", demo, Grain.MONTH);
        }
    }

    private static AnalysisPlan plan(Catalog catalog, List<String> metrics, @Nullable Grain grain) {
        var asked = ask(metrics.toArray(String[]::new)).between("2025-07-01", "2026-07-01");
        return (grain == null ? asked : asked.grain(grain)).plan(catalog);
    }

    private static void compare(String name, DemoDatabase demo, @Nullable Grain grain)
            throws Exception {
        var metrics = demo.metricsOfCells();
        var thread = ManagementFactory.getThreadMXBean();
        var plans =
                metrics.stream()
                        .map(metric -> plan(demo.catalog(), List.of(metric), grain))
                        .toList();
        var asOne = new double[ROUNDS];
        var each = new double[ROUNDS];
        var ratios = new double[ROUNDS];
        var planned = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            long before = thread.getCurrentThreadCpuTime();
            var plan = plan(demo.catalog(), metrics, grain);
            planned[round] = (thread.getCurrentThreadCpuTime() - before) / 1e6;
            double start = demo.backend().cpuMillis();
            var answer = demo.executor().execute(plan, DemoDatabase.LIMIT);
            double between = demo.backend().cpuMillis();
            for (int at = 0; at < metrics.size(); at++) {
                assertSame(
                        metrics.get(at),
                        answer,
                        at,
                        demo.executor().execute(plans.get(at), DemoDatabase.LIMIT));
            }
            asOne[round] = between - start;
            each[round] = demo.backend().cpuMillis() - between;
            ratios[round] = asOne[round] / each[round];
        }
        var how =
                demo.backend()
                        .explain(demo.executor().describe(plan(demo.catalog(), metrics, grain)));
        System.out.printf(
                Locale.ROOT,
                "| %d metrics, %s | %.0f | %.0f | %.2f | %.0f | %.0f | %,d |%n",
                metrics.size(),
                name,
                Median.of(asOne),
                Median.of(each),
                Median.of(ratios),
                Median.of(planned),
                how.planningMillis(),
                how.buffers());
    }

    private static void assertSame(String metric, Answer all, int column, Answer alone) {
        assertThat(alone.rows()).describedAs(metric).hasSameSizeAs(all.rows());
        for (int row = 0; row < all.rows().size(); row++) {
            var one = alone.rows().get(row).values().getFirst().value();
            var other = all.rows().get(row).values().get(column).value();
            if (one instanceof Number a && other instanceof Number b) {
                assertThat(b.doubleValue())
                        .describedAs(metric)
                        .isCloseTo(
                                a.doubleValue(),
                                Offset.offset(RELATIVE * Math.max(1, Math.abs(a.doubleValue()))));
            } else {
                assertThat(other).describedAs(metric).isEqualTo(one);
            }
        }
    }
}
