package dev.cairn.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import dev.cairn.adapters.persistence.catalog.JooqDefinitionStore;
import dev.cairn.adapters.persistence.schema.Postgres;
import dev.cairn.adapters.persistence.sql.JooqAnalysisExecutor;
import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.in.SeparateUseCase.Outcome;
import dev.cairn.application.service.AccountSample;
import dev.cairn.application.service.AnalyzeService;
import dev.cairn.application.service.BrowseCatalogService;
import dev.cairn.application.service.Catalogs;
import dev.cairn.application.service.ExportService;
import dev.cairn.application.service.SeparateService;
import dev.cairn.application.service.Turns;
import dev.cairn.application.service.Workers;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.separation.MetricAudit;
import dev.cairn.domain.separation.SeparationQuery;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.jooq.ExecuteContext;
import org.jooq.ExecuteListener;
import org.jooq.impl.DefaultConnectionProvider;
import org.junit.jupiter.api.Test;

/**
 * Forty metrics, with those of the time before, held against one success over 5,000 accounts and a million events: how many statements that is, how long it takes, and how much of it is work of the database
 * and of Cairn.
 */
class AuditBenchmark {
    private static final int EVENTS = Integer.getInteger("benchmark.events", 1_000_000);
    private static final int ACCOUNTS = Integer.getInteger("benchmark.accounts", 5_000);
    private static final int ROUNDS = Integer.getInteger("benchmark.rounds", 5);
    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private static final List<String> FEATURES =
            List.of(
                    "report",
                    "search",
                    "export",
                    "dashboard",
                    "alert",
                    "share",
                    "comment",
                    "login");

    /** Four for each feature, and eight of other sources. */
    private static List<String> formulas() {
        var formulas = new ArrayList<String>();
        for (var feature : FEATURES) {
            var events = "event where feature = '%s'".formatted(feature);
            formulas.add("count(%s)".formatted(events));
            formulas.add("distinct(event.user where feature = '%s')".formatted(feature));
            formulas.add("sum(%s : credits)".formatted(events));
            formulas.add("count(%s) / count(event)".formatted(events));
        }
        formulas.add("count(ticket)");
        formulas.add("median(ticket where replied is not none : hours(opened, replied))");
        formulas.add("share(ticket : replied is none)");
        formulas.add("count(ticket) / count(event)");
        formulas.add("avg(nps where score is not none : score)");
        formulas.add("count(nps)");
        formulas.add("sum(subscription at end : mrr)");
        formulas.add(
                "avg(day : distinct(event.user)) over last 28 days / (distinct(event.user) over last 28 days)");
        return formulas;
    }

    private static String definitions() {
        var definitions =
                new StringBuilder(Company.DEFINITIONS)
                        .append(
                                """
                                ---
                                success: stayed
                                label: Stayed through the last quarter
                                rule: churned_on is none or churned_on >= @2026-01-01
                                from: 2025-10-01
                                until: 2026-01-01
                                size: "sum(subscription at end : mrr)"
                                """);
        var formulas = formulas();
        for (int at = 0; at < formulas.size(); at++) {
            definitions.append(
                    """
                    ---
                    metric: m%02d
                    label: Metric %d
                    of: cell
                    unit: score
                    formula: "%s"
                    """
                            .formatted(at, at, formulas.get(at)));
        }
        return definitions.toString();
    }

    @Test
    void forty_metrics_held_against_one_success() throws Exception {
        try (var server = new DurableServer();
                var threads = Executors.newCachedThreadPool()) {
            measure(server.databaseWith(definitions()), threads);
        }
    }

    private static void measure(DataSource database, ExecutorService threads) throws Exception {
        try (var connection = database.getConnection()) {
            Company.fill(connection, EVENTS, ACCOUNTS);
            var backend = new Backend(connection);
            var sent = new ArrayList<String>();
            var dsl = Postgres.dsl(new DefaultConnectionProvider(connection));
            dsl.configuration()
                    .set(
                            dsl.configuration()
                                    .deriveAppending(
                                            ExecuteListener.onExecuteStart(
                                                    context -> sent.add(text(context))))
                                    .executeListenerProviders());
            var audits = audits(database, new JooqAnalysisExecutor(dsl), threads);
            System.out.println(
                    "| round | statements | wall clock, ms | database, ms | Cairn, ms |");
            System.out.println("|---|---|---|---|---|");
            var wall = new double[ROUNDS];
            for (int round = 0; round < ROUNDS; round++) {
                sent.clear();
                double before = backend.cpuMillis();
                long own = PROCESS.getProcessCpuTime();
                long start = System.nanoTime();
                var audit = audit(audits);
                wall[round] = (System.nanoTime() - start) / 1e6;
                double spent = backend.cpuMillis() - before;
                double ownSpent = (PROCESS.getProcessCpuTime() - own) / 1e6;
                assertThat(audit.refused()).isEmpty();
                assertThat(audit.rows()).hasSize(formulas().size());
                System.out.printf(
                        Locale.ROOT,
                        "| %d | %d | %,.0f | %,.0f | %,.0f |%n",
                        round + 1,
                        sent.size(),
                        wall[round],
                        spent,
                        ownSpent);
            }
            sent.forEach(statement ->
                    System.out.println(statement.substring(0, Math.min(80, statement.length()))));
            Arrays.sort(wall);
            System.out.printf(Locale.ROOT, "median %,.0f ms%n", wall[ROUNDS / 2]);
        }
    }

    private static String text(ExecuteContext context) {
        var sql = context.sql();
        return sql == null ? "" : sql.strip().replaceAll("\\s+", " ");
    }

    private static SeparateService audits(
            DataSource database, JooqAnalysisExecutor executor, ExecutorService threads) {
        var catalogs = new Catalogs(new JooqDefinitionStore(database));
        var clock = Clock.fixed(Instant.parse("2026-02-01T00:00:00Z"), ZoneOffset.UTC);
        var workers = new Workers(threads, threads, threads, Long.MAX_VALUE);
        var exports =
                new ExportService(
                        catalogs,
                        executor,
                        clock,
                        workers,
                        new Turns(threads, 1, new Turns.Most(10, 10)),
                        DayOfWeek.MONDAY,
                        1_000_000);
        return new SeparateService(
                catalogs,
                new BrowseCatalogService(catalogs, (_, _, _) -> List.of(), workers),
                new AnalyzeService(catalogs, executor, clock, workers),
                new AccountSample(exports, 200_000),
                clock,
                workers);
    }

    private static MetricAudit audit(SeparateService audits) {
        var query =
                new SeparationQuery(
                        new MetricReference.ByKey("m00"),
                        "stayed",
                        null,
                        null,
                        90,
                        null,
                        null,
                        null,
                        List.of(),
                        0,
                        false,
                        ZoneOffset.UTC,
                        null);
        return switch (audits.audit(query, Caller.LOCAL, Deadline.NEVER)) {
            case Outcome.Answered<MetricAudit>(var audit) -> audit;
            case Outcome.Rejected<MetricAudit>(var problems) ->
                    throw new IllegalStateException(problems.toString());
        };
    }
}
