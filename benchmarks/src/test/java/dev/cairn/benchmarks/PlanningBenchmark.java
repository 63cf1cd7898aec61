package dev.cairn.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.persistence.catalog.JooqDefinitionStore;
import dev.cairn.adapters.persistence.schema.Postgres;
import dev.cairn.adapters.persistence.sql.JooqAnalysisExecutor;
import dev.cairn.application.service.Catalogs;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.contract.Question;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** From a question to its statement: processor time of planning and of compiling, of 20 metrics of a catalogue that has 500, once Java is warm. */
class PlanningBenchmark {
    private static final int METRICS = 500;
    private static final int ASKED = 20;
    private static final int WARM = 2_000;
    private static final int ROUNDS = 1_001;

    @Test
    void twenty_metrics_of_five_hundred() throws Exception {
        var definitions = new StringBuilder(Company.DEFINITIONS);
        IntStream.range(0, METRICS)
                .mapToObj(PlanningBenchmark::metric)
                .forEach(definitions::append);
        try (var server = new DurableServer()) {
            var database = server.databaseWith(definitions.toString());
            var catalog = new Catalogs(new JooqDefinitionStore(database)).current();
            var executor = new JooqAnalysisExecutor(Postgres.dsl(database));
            var question =
                    Question.askMetrics(
                                    IntStream.range(0, ASKED)
                                            .mapToObj(index -> "m" + index * METRICS / ASKED)
                                            .toArray(String[]::new))
                            .by("account.plan")
                            .grain(Grain.MONTH)
                            .between("2025-01-01", "2026-01-01");
            var planned = new double[ROUNDS];
            var compiled = new double[ROUNDS];
            for (int round = -WARM; round < ROUNDS; round++) {
                double start = cpuMillis();
                var plan = question.plan(catalog);
                double between = cpuMillis();
                assertThat(executor.describe(plan)).isNotEmpty();
                if (round >= 0) {
                    planned[round] = between - start;
                    compiled[round] = cpuMillis() - between;
                }
            }
            System.out.printf(
                    Locale.ROOT,
                    "planning %.2f ms, compiling and writing the statement out %.2f ms%n",
                    median(planned),
                    median(compiled));
        }
    }

    /** Of six kinds: over one source or two, of facts or of accounts. */
    private static String metric(int index) {
        var formula =
                switch (index % 6) {
                    case 0 -> "count(event where feature = 'report' and credits > %d)";
                    case 1 -> "distinct(event.user where credits > %d)";
                    case 2 -> "sum(event where credits > %d : credits) / distinct(event.user)";
                    case 3 ->
                            "100 * (share(nps where score is not none : score >= 9) - share(nps where score is not none : score <= 6)) + %d";
                    case 4 ->
                            "median(ticket where hours(opened, replied) > %d : hours(opened, replied))";
                    default -> "count(account where count(event) > %d) / count(account)";
                };
        return "---%nmetric: m%d%nof: cell%nformula: \"%s\"%n"
                .formatted(index, formula.formatted(index));
    }

    private static double cpuMillis() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e6;
    }

    private static double median(double[] values) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
