package dev.cairn.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.files.fact.TextRecordFiles;
import dev.cairn.adapters.persistence.account.JooqAccountDirectory;
import dev.cairn.adapters.persistence.catalog.JooqDefinitionStore;
import dev.cairn.adapters.persistence.fact.JooqFactStore;
import dev.cairn.application.port.Dialect;
import dev.cairn.application.port.RecordFile;
import dev.cairn.application.port.in.ImportUseCase.Outcome;
import dev.cairn.application.port.in.ImportUseCase.Request;
import dev.cairn.application.service.Catalogs;
import dev.cairn.application.service.ImportService;
import dev.cairn.testkit.data.RealData;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;

/**
 * Rows per second of an import, and of a bare COPY of the same rows into a table of the same columns and primary key: on the same server, one
 * after the other, several times. Each round has a database of its own, so that every import is the first of its source.
 */
class ImportBenchmark {
    private static final long ROWS = Long.getLong("benchmark.rows", 10_000_000);
    private static final int ROUNDS = Integer.getInteger("benchmark.rounds", 3);
    private static final int BUFFER = 1 << 16;

    @TempDir private Path folder;

    @Test
    void online_retail() throws Exception {
        run(Workload.onlineRetail(RealData.require("online-retail")));
    }

    @Test
    void generated_events() throws Exception {
        run(Workload.events(folder, ROWS));
    }

    /** PostgreSQL then knows accounts before it knows a user. */
    @Test
    void generated_events_after_their_accounts() throws Exception {
        run(Workload.events(folder, ROWS), Workload.accounts(folder));
    }

    /** @param first what is imported before the clock starts */
    private void run(Workload workload, Workload... first) throws Exception {
        var prepared = folder.resolve("prepared.csv");
        var ratios = new double[ROUNDS];
        try (var server = new DurableServer()) {
            for (int round = 0; round < ROUNDS; round++) {
                var database = server.databaseWith(workload.definitions());
                if (round == 0) {
                    prepare(database, workload, prepared);
                    database = server.databaseWith(workload.definitions());
                }
                boolean importFirst = round % 2 == 0;
                for (Workload earlier : first) {
                    imported(database, earlier);
                }
                double copied = importFirst ? 0 : copied(database, workload, prepared);
                double imported = imported(database, workload);
                copied = importFirst ? copied(database, workload, prepared) : copied;
                ratios[round] = imported / copied;
                System.out.printf(
                        "%s: import %,.0f rows/s, COPY %,.0f rows/s, ratio %.2f%n",
                        workload.name(), imported, copied, ratios[round]);
            }
        }
        Arrays.sort(ratios);
        System.out.printf(
                "%s: median ratio %.2f; largest heap %,d of %,d MB%n",
                workload.name(),
                ratios[ROUNDS / 2],
                largestHeap() >> 20,
                Runtime.getRuntime().maxMemory() >> 20);
    }

    /** Writes the rows as COPY is to read them. This import also warms the client up, as the ones before it do for all others. */
    private static void prepare(DataSource database, Workload workload, Path prepared)
            throws IOException, SQLException {
        imported(database, workload);
        try (var connection = database.getConnection();
                var out = Files.newOutputStream(prepared)) {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut("copy %s to stdout (format csv)".formatted(workload.table()), out);
        }
    }

    private static double imported(DataSource database, Workload workload)
            throws IOException, SQLException {
        DurableServer.execute(database, "checkpoint");
        var imports =
                new ImportService(
                        new Catalogs(new JooqDefinitionStore(database))::current,
                        new TextRecordFiles(),
                        new JooqFactStore(database),
                        new JooqAccountDirectory(database),
                        Clock.systemUTC());
        long start = System.nanoTime();
        var file =
                new RecordFile(
                        Files.newInputStream(workload.file()),
                        Dialect.of(workload.file().toString()));
        var outcome =
                imports.importRecords(
                        new Request(workload.source(), file, Map.of(), null, 0, _ -> {}, _ -> {}));
        assertThat(outcome).isInstanceOf(Outcome.Imported.class);
        return perSecond(((Outcome.Imported) outcome).summary().loaded(), start);
    }

    private static double copied(DataSource database, Workload workload, Path prepared)
            throws IOException, SQLException {
        DurableServer.execute(
                database,
                "create table bare (like %s including defaults)".formatted(workload.table()));
        DurableServer.execute(
                database, "alter table bare add primary key (source_key, account_id, superseded)");
        DurableServer.execute(database, "checkpoint");
        long start = System.nanoTime();
        try (var connection = database.getConnection();
                var in = Files.newInputStream(prepared)) {
            long rows =
                    connection
                            .unwrap(PGConnection.class)
                            .getCopyAPI()
                            .copyIn("copy bare from stdin (format csv)", in, BUFFER);
            return perSecond(rows, start);
        }
    }

    private static double perSecond(long rows, long start) {
        return rows / ((System.nanoTime() - start) / 1e9);
    }

    private static long largestHeap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getPeakUsage)
                .mapToLong(usage -> usage.getUsed())
                .sum();
    }
}
