package dev.cairn.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.persistence.catalog.JooqDefinitionStore;
import dev.cairn.adapters.persistence.schema.Postgres;
import dev.cairn.adapters.persistence.sql.JooqAnalysisExecutor;
import dev.cairn.application.service.Catalogs;
import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Answer;
import dev.cairn.testkit.data.Pages;
import java.math.BigDecimal;
import java.math.MathContext;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;
import org.jooq.impl.DefaultConnectionProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * What the database does for a question, and for the statement that an analyst would write by hand over the same tables: in turns, in one
 * session, each planned anew. Both must give the same rows.
 */
class QuestionBenchmark {
    private static final int EVENTS = Integer.getInteger("benchmark.events", 1_000_000);
    private static final int ACCOUNTS = Integer.getInteger("benchmark.accounts", 5_000);
    private static final int ROUNDS = Integer.getInteger("benchmark.rounds", 9);

    /** Part of the name of the questions to ask; all without it. */
    private static final String ONLY = System.getProperty("benchmark.only", "");

    /** A database to ask, which is filled once; without it there is a new one each time. */
    private static final String URL = System.getProperty("benchmark.url", "");

    /** Whether to show the compiled statements and how PostgreSQL carries them out. */
    private static final boolean SHOW = Boolean.getBoolean("benchmark.show");

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final MathContext DIGITS = new MathContext(11);

    @Test
    void compiled_statements_beside_written_ones() throws Exception {
        if (!URL.isEmpty()) {
            var database = new PGSimpleDataSource();
            database.setUrl(URL);
            compareAll(database);
            return;
        }
        try (var server = new DurableServer()) {
            compareAll(server.databaseWith(Company.DEFINITIONS));
        }
    }

    private static void compareAll(DataSource database) throws Exception {
        try (var connection = database.getConnection()) {
            var backend = new Backend(connection);
            if (backend.rows("select from pg_tables where tablename = 'fact_event'").isEmpty()) {
                DurableServer.make(database, Company.DEFINITIONS);
            }
            if (backend.rows("select from fact_event limit 1").isEmpty()) {
                Company.fill(connection, EVENTS, ACCOUNTS);
            }
            var catalog = new Catalogs(new JooqDefinitionStore(database)).current();
            System.out.println(
                    "| question | compiled, ms | by hand, ms | ratio | planning, ms | buffers |");
            System.out.println("|---|---|---|---|---|---|");
            for (Asked asked : Asked.all()) {
                if (asked.name().contains(ONLY)) {
                    compare(backend, catalog, asked);
                }
            }
        }
    }

    private static void compare(Backend backend, Catalog catalog, Asked asked) throws SQLException {
        var executor =
                new JooqAnalysisExecutor(
                        Postgres.dsl(new DefaultConnectionProvider(backend.connection())));
        var plan = plan(executor, asked, catalog);
        assertThat(rows(plan, executor.execute(plan, LIMIT)))
                .describedAs(asked.name())
                .isEqualTo(rows(backend.rows(asked.sql())));
        var compiled = new double[ROUNDS];
        var written = new double[ROUNDS];
        var ratios = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            double start = backend.cpuMillis();
            executor.execute(plan, LIMIT);
            double between = backend.cpuMillis();
            backend.rows(asked.sql());
            compiled[round] = between - start;
            written[round] = backend.cpuMillis() - between;
            ratios[round] = compiled[round] / written[round];
        }
        var how = backend.explain(executor.describe(plan));
        var howByHand = backend.explain(asked.sql());
        System.out.printf(
                Locale.ROOT,
                "| %s | %.1f | %.1f | %.2f | %.1f / %.1f | %,d / %,d |%n",
                asked.name(),
                Median.of(compiled),
                Median.of(written),
                Median.of(ratios),
                how.planningMillis(),
                howByHand.planningMillis(),
                how.buffers(),
                howByHand.buffers());
        if (SHOW) {
            System.out.println(executor.describe(plan) + "\n" + how.text() + howByHand.text());
        }
    }

    private static AnalysisPlan plan(JooqAnalysisExecutor executor, Asked asked, Catalog catalog) {
        var plan = asked.question().plan(catalog);
        for (int page = 1; page < asked.page(); page++) {
            var last = executor.execute(plan, LIMIT).rows().getLast();
            plan = Pages.page(plan, plan.page().limit(), Pages.position(plan, last));
        }
        return plan;
    }

    /** The cells as texts: numbers to so many digits that the order of a sum of doubles does not show. */
    private static List<String> rows(AnalysisPlan plan, Answer answer) {
        var rows = new ArrayList<List<@Nullable Object>>();
        for (Answer.Row row : answer.rows()) {
            assertThat(row.kind()).isEqualTo(RowKind.CELL);
            var columns = new ArrayList<@Nullable Object>();
            if (plan.time().axis()) {
                columns.add(plan.time().buckets().get(row.bucket()).startDate());
            }
            row.keys().forEach(key -> columns.add(key.value()));
            row.values().forEach(measured -> columns.add(measured.value()));
            rows.add(columns);
        }
        return rows(rows);
    }

    private static List<String> rows(List<List<@Nullable Object>> rows) {
        return rows.stream()
                .map(row -> String.join(" ", row.stream().map(QuestionBenchmark::text).toList()))
                .toList();
    }

    private static String text(@Nullable Object value) {
        return value instanceof Number number
                ? new BigDecimal(number.toString())
                        .round(DIGITS)
                        .stripTrailingZeros()
                        .toPlainString()
                : String.valueOf(value);
    }
}
