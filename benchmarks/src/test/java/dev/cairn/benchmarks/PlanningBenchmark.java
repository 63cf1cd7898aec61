package dev.cairn.benchmarks;

import static dev.cairn.testkit.data.EntityBuilder.accounts;
import static dev.cairn.testkit.data.SourceBuilder.source;
import static dev.cairn.testkit.data.World.world;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.AskedMetric;
import dev.cairn.domain.analysis.AnalysisQuery.AskedRange;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.lowering.ResolvedMetrics;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.plan.Cancellation;
import dev.cairn.domain.planner.Planned;
import dev.cairn.domain.planner.Planner;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.SourceBuilder;
import dev.cairn.testkit.data.WorldBuilder;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Milliseconds from a question of twenty metrics of the catalogue, which has five hundred, to its plan: warm, and of a catalogue that has just changed. */
class PlanningBenchmark {
    private static final int WARMUP = Integer.getInteger("benchmark.warmup", 2_000);
    private static final int ROUNDS = Integer.getInteger("benchmark.rounds", 201);
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int COUNTS = 240;
    private static final int RATIOS = 120;
    private static final int OF_ACCOUNTS = 80;
    private static final int SCORES = 60;
    private static final int ASKED = 20;
    private static final Instant NOW = Instant.parse("2026-07-01T00:00:00Z");

    @Test
    void twenty_metrics_of_five_hundred() {
        measure("by month and plan", asked().withGrain(Grain.MONTH));
    }

    @Test
    void the_same_with_a_condition_and_totals() {
        measure(
                "by month and plan, with totals, where region and seats",
                asked().withGrain(Grain.MONTH)
                        .withTotals(true)
                        .withWhere("account.region in ('EMEA', 'APAC') and account.seats > 10"));
    }

    private static void measure(String what, AnalysisQuery query) {
        var metrics = new ResolvedMetrics(catalog());
        for (int round = 0; round < WARMUP; round++) {
            plan(query, metrics);
        }
        var warm = new double[ROUNDS];
        var changed = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            warm[round] = plan(query, metrics);
            changed[round] = plan(query, new ResolvedMetrics(metrics.catalog()));
        }
        System.out.printf(
                "%s: %.2f ms, of a new catalogue %.2f ms (medians; p90 %.2f and %.2f)%n",
                what,
                quantile(warm, 0.5),
                quantile(changed, 0.5),
                quantile(warm, 0.9),
                quantile(changed, 0.9));
    }

    /** Processor time, so that other load of the machine matters little. */
    private static double plan(AnalysisQuery query, ResolvedMetrics metrics) {
        long start = THREADS.getCurrentThreadCpuTime();
        var planned = Planner.plan(query, metrics, Caller.LOCAL, NOW, Cancellation.NEVER);
        double took = (THREADS.getCurrentThreadCpuTime() - start) / 1e6;
        assertThat(planned).isInstanceOf(Planned.Ready.class);
        return took;
    }

    private static double quantile(double[] values, double part) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(int) (part * (sorted.length - 1))];
    }

    /** Of each kind a quarter, spread over the catalogue. */
    private static AnalysisQuery asked() {
        var metrics =
                IntStream.range(0, ASKED)
                        .mapToObj(at ->
                                switch (at % 4) {
                                    case 0 -> "count_" + at * 11;
                                    case 1 -> "ratio_" + at * 5;
                                    case 2 -> "per_account_" + at * 3;
                                    default -> "score_" + at * 3;
                                })
                        .map(name -> new AskedMetric(new MetricReference.ByKey(name), null))
                        .toList();
        return AnalysisQuery.of(
                        metrics,
                        new AskedRange.Between(LocalDate.of(2025, 7, 1), LocalDate.of(2026, 7, 1)),
                        ZoneId.of("Europe/Berlin"))
                .withGroupBy(List.of("account.plan"));
    }

    private static Catalog catalog() {
        var world =
                world().entity(
                                accounts()
                                        .text("plan")
                                        .text("region")
                                        .integer("seats")
                                        .test("internal"))
                        .source(events("event"))
                        .source(events("ticket"))
                        .source(events("invoice"))
                        .slice("paid", "invoice", "name = 'paid'")
                        .slice("urgent", "ticket", "value > 3 and name != 'spam'");
        for (int at = 0; at < COUNTS; at++) {
            count(world, at);
        }
        for (int at = 0; at < RATIOS; at++) {
            world.metric("ratio_" + at, "count_%d / count_%d".formatted(at, at + COUNTS / 2));
        }
        for (int at = 0; at < OF_ACCOUNTS; at++) {
            world.metric(
                    "per_account_" + at,
                    Metric.Level.ACCOUNT,
                    Metric.RollUp.AVG,
                    "sum(event where name = 'n%d' : value) / (1 + count(urgent where value > %d))"
                            .formatted(at, at % 7),
                    false);
        }
        for (int at = 0; at < SCORES; at++) {
            world.metric(
                    "score_" + at,
                    "let base = ratio_%d + ratio_%d in case when base > 2 then 100 when base is none then 0 else base * per_account_%d - count_%d end"
                            .formatted(at, at + SCORES, at, at));
        }
        return world.build().catalog();
    }

    private static void count(WorldBuilder world, int at) {
        String name = "count_" + at;
        switch (at % 5) {
            case 0 -> world.metric(name, "count(event where name = 'n%d')".formatted(at));
            case 1 -> world.metric(name, "distinct(paid where value > %d : account)".formatted(at));
            case 2 -> world.metric(name, "sum(ticket where name = 'n%d' : value)".formatted(at));
            case 3 -> world.metric(name, "share(urgent : value > %d)".formatted(at));
            default -> world.metric(name, "median(invoice where value < %d : value)".formatted(at));
        }
    }

    private static SourceBuilder events(String name) {
        return source(name).timestamp("at").account("customer").text("name").decimal("value");
    }
}
