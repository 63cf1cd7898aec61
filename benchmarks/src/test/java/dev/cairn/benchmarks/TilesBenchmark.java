package dev.cairn.benchmarks;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.AskedMetric;
import dev.cairn.domain.analysis.AnalysisQuery.AskedRange;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.planner.Planned;
import dev.cairn.domain.planner.Planner;
import dev.cairn.domain.planner.Tiles;
import dev.cairn.domain.time.Grain;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tiles of a dashboard, a metric of the pack by month each: in the statements that a service makes of one request, and each by a statement of its own, in turns. */
class TilesBenchmark {
    private static final int ROUNDS = Integer.getInteger("benchmark.rounds", 3);

    @Test
    void tiles_of_one_request_beside_each_by_a_statement_of_its_own() throws Exception {
        try (var demo = DemoDatabase.open()) {
            var tiles = demo.metricsOfCells().stream().map(TilesBenchmark::tile).toList();
            var groups =
                    Tiles.sharing(tiles.stream().map(tile -> plan(tile, demo.catalog())).toList());
            var largest = groups.stream().max(Comparator.comparingInt(List::size)).orElseThrow();
            System.out.println("| tiles | statements | together, ms | one by one, ms | ratio |");
            System.out.println("|---|---|---|---|---|");
            compare("ten over one relation", demo, ten(tiles, largest));
            compare("all of the pack", demo, tiles);
        }
    }

    private static List<AnalysisQuery> ten(List<AnalysisQuery> tiles, List<Integer> group) {
        return group.stream().limit(10).map(tiles::get).toList();
    }

    private static AnalysisQuery tile(String metric) {
        return AnalysisQuery.of(
                        List.of(new AskedMetric(new MetricReference.ByKey(metric), null)),
                        new AskedRange.Between(LocalDate.of(2025, 7, 1), LocalDate.of(2026, 7, 1)),
                        ZoneOffset.UTC)
                .withGrain(Grain.MONTH);
    }

    private static AnalysisPlan plan(AnalysisQuery query, Catalog catalog) {
        return ((Planned.Ready)
                        Planner.plan(
                                query,
                                catalog,
                                Caller.LOCAL,
                                Instant.parse("2026-07-02T00:00:00Z")))
                .plan();
    }

    /** As a service groups them; what has no group is asked alone both times. */
    private static void compare(String name, DemoDatabase demo, List<AnalysisQuery> tiles) {
        var plans = tiles.stream().map(tile -> plan(tile, demo.catalog())).toList();
        var sent = new ArrayList<AnalysisPlan>();
        var alone = new TreeSet<Integer>(IntStream.range(0, tiles.size()).boxed().toList());
        for (var group : Tiles.sharing(plans)) {
            var together =
                    plan(Tiles.together(group.stream().map(tiles::get).toList()), demo.catalog());
            if (Tiles.parts(group.stream().map(plans::get).toList(), together).isPresent()) {
                sent.add(together);
                group.forEach(alone::remove);
            }
        }
        alone.forEach(at -> sent.add(plans.get(at)));
        var together = new double[ROUNDS];
        var each = new double[ROUNDS];
        var ratios = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            together[round] = millis(demo, sent);
            each[round] = millis(demo, plans);
            ratios[round] = together[round] / each[round];
        }
        System.out.printf(
                Locale.ROOT,
                "| %d, %s | %d | %.0f | %.0f | %.2f |%n",
                tiles.size(),
                name,
                sent.size(),
                Median.of(together),
                Median.of(each),
                Median.of(ratios));
    }

    private static double millis(DemoDatabase demo, List<AnalysisPlan> plans) {
        double start = demo.backend().cpuMillis();
        plans.forEach(plan -> demo.executor().execute(plan, DemoDatabase.LIMIT));
        return demo.backend().cpuMillis() - start;
    }
}
