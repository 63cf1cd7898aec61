package dev.cairn.benchmarks;

import static dev.cairn.testkit.contract.Question.ask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.persistence.catalog.JooqDefinitionStore;
import dev.cairn.adapters.persistence.schema.Postgres;
import dev.cairn.adapters.persistence.sql.JooqAnalysisExecutor;
import dev.cairn.application.service.Catalogs;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.AskedMetric;
import dev.cairn.domain.analysis.AnalysisQuery.AskedRange;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Answer;
import dev.cairn.domain.planner.Planned;
import dev.cairn.domain.planner.Planner;
import dev.cairn.domain.planner.Tiles;
import dev.cairn.domain.time.Grain;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.jooq.impl.DefaultConnectionProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A dashboard of the whole pack: every metric of it that is of no single account, as one question and one statement, and the same metrics
 * each as a question of its own, in turns. Asked of a database that {@code ./cairn demo} has filled; the values must be the same.
 */
class PackBenchmark {
    private static final int ROUNDS = Integer.getInteger("benchmark.rounds", 3);

    /** Of the demo company's database, as {@code ./cairn database} says it. */
    private static final String URL = System.getProperty("benchmark.url", "");

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final double RELATIVE = 1e-9;

    @Test
    void the_whole_pack_in_one_question_beside_one_question_for_each_metric() throws Exception {
        assertThat(URL).describedAs("-Dbenchmark.url").isNotEmpty();
        var database = new PGSimpleDataSource();
        database.setUrl(URL);
        try (var connection = database.getConnection()) {
            var backend = new Backend(connection);
            var executor =
                    new JooqAnalysisExecutor(
                            Postgres.dsl(new DefaultConnectionProvider(connection)));
            var catalog = new Catalogs(new JooqDefinitionStore(database)).current();
            var metrics =
                    catalog.all(Metric.class).stream()
                            .filter(metric -> metric.level() == Metric.Level.CELL)
                            .map(Metric::name)
                            .toList();
            System.out.println(
                    "| question | as one, ms | one by one, ms | ratio | plan, ms | planning, ms | buffers |");
            System.out.println("|---|---|---|---|---|---|---|");
            compare("a year", backend, executor, catalog, metrics, null);
            compare("by quarter", backend, executor, catalog, metrics, Grain.QUARTER);
            compare("by month", backend, executor, catalog, metrics, Grain.MONTH);
        }
    }

    @Test
    void tiles_of_one_request_beside_each_by_a_statement_of_its_own() throws Exception {
        assertThat(URL).describedAs("-Dbenchmark.url").isNotEmpty();
        var database = new PGSimpleDataSource();
        database.setUrl(URL);
        try (var connection = database.getConnection()) {
            var backend = new Backend(connection);
            var executor =
                    new JooqAnalysisExecutor(
                            Postgres.dsl(new DefaultConnectionProvider(connection)));
            var catalog = new Catalogs(new JooqDefinitionStore(database)).current();
            var tiles =
                    catalog.all(Metric.class).stream()
                            .filter(metric -> metric.level() == Metric.Level.CELL)
                            .map(metric -> tile(metric.name()))
                            .toList();
            var groups = Tiles.sharing(tiles.stream().map(tile -> plan(tile, catalog)).toList());
            var largest = groups.stream().max(Comparator.comparingInt(List::size)).orElseThrow();
            System.out.println("| tiles | statements | together, ms | one by one, ms | ratio |");
            System.out.println("|---|---|---|---|---|");
            compare("ten over one relation", backend, executor, catalog, ten(tiles, largest));
            compare("all of the pack", backend, executor, catalog, tiles);
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
    private static void compare(
            String name,
            Backend backend,
            JooqAnalysisExecutor executor,
            Catalog catalog,
            List<AnalysisQuery> tiles)
            throws Exception {
        var plans = tiles.stream().map(tile -> plan(tile, catalog)).toList();
        var sent = new ArrayList<AnalysisPlan>();
        var alone = new TreeSet<Integer>(IntStream.range(0, tiles.size()).boxed().toList());
        for (var group : Tiles.sharing(plans)) {
            var together = plan(Tiles.together(group.stream().map(tiles::get).toList()), catalog);
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
            together[round] = millis(backend, executor, sent);
            each[round] = millis(backend, executor, plans);
            ratios[round] = together[round] / each[round];
        }
        System.out.printf(
                Locale.ROOT,
                "| %d, %s | %d | %.0f | %.0f | %.2f |%n",
                tiles.size(),
                name,
                sent.size(),
                median(together),
                median(each),
                median(ratios));
    }

    private static double millis(
            Backend backend, JooqAnalysisExecutor executor, List<AnalysisPlan> plans)
            throws Exception {
        double start = backend.cpuMillis();
        plans.forEach(plan -> executor.execute(plan, LIMIT));
        return backend.cpuMillis() - start;
    }

    private static AnalysisPlan plan(Catalog catalog, List<String> metrics, @Nullable Grain grain) {
        var asked = ask(metrics.toArray(String[]::new)).between("2025-07-01", "2026-07-01");
        return (grain == null ? asked : asked.grain(grain)).plan(catalog);
    }

    private static void compare(
            String name,
            Backend backend,
            JooqAnalysisExecutor executor,
            Catalog catalog,
            List<String> metrics,
            @Nullable Grain grain)
            throws Exception {
        var thread = ManagementFactory.getThreadMXBean();
        var plans = metrics.stream().map(metric -> plan(catalog, List.of(metric), grain)).toList();
        var asOne = new double[ROUNDS];
        var each = new double[ROUNDS];
        var ratios = new double[ROUNDS];
        var planned = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            long before = thread.getCurrentThreadCpuTime();
            var plan = plan(catalog, metrics, grain);
            planned[round] = (thread.getCurrentThreadCpuTime() - before) / 1e6;
            double start = backend.cpuMillis();
            var answer = executor.execute(plan, LIMIT);
            double between = backend.cpuMillis();
            for (int at = 0; at < metrics.size(); at++) {
                assertSame(metrics.get(at), answer, at, executor.execute(plans.get(at), LIMIT));
            }
            asOne[round] = between - start;
            each[round] = backend.cpuMillis() - between;
            ratios[round] = asOne[round] / each[round];
        }
        var how = backend.explain(executor.describe(plan(catalog, metrics, grain)));
        System.out.printf(
                Locale.ROOT,
                "| %d metrics, %s | %.0f | %.0f | %.2f | %.0f | %.0f | %,d |%n",
                metrics.size(),
                name,
                median(asOne),
                median(each),
                median(ratios),
                median(planned),
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

    private static double median(double[] values) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
