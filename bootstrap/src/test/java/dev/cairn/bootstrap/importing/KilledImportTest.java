package dev.cairn.bootstrap.importing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.application.port.in.ImportUseCase.Outcome;
import dev.cairn.testkit.database.TestDatabase;
import dev.cairn.testkit.database.TestServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Kills imports, runs them again, and compares what they leave with what one leaves that nobody disturbed. */
class KilledImportTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration PAUSE = Duration.ofMillis(10);
    private static final int AT_ONCE = 4;
    private static final int BUFFERED = 300;

    /** Whoever holds one of these holds up a merge there. */
    private static final List<String> MERGE_TABLES =
            List.of("account_identity", "account", "account_user", "fact_visit", "source_state");

    private static TestDatabase database() {
        return TestServer.shared()
                .databaseLike("import", database -> Import.prepare(database.dataSource()));
    }

    private static InputStream stream(String file) {
        return new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> undisturbed(String file) throws Exception {
        try (var database = database()) {
            Import.run(database.dataSource(), stream(file));
            return Import.content(database.dataSource());
        }
    }

    private static ForkedImport fork(TestDatabase database) throws IOException {
        return ForkedImport.start(database.url(), database.user(), database.password());
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void an_import_that_is_killed_and_run_again_leaves_what_one_run_leaves(long seed)
            throws Exception {
        killAndRunAgain(seed);
    }

    @Tag("long")
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("manySeeds")
    void many_imports_that_are_killed_leave_what_one_run_leaves(long seed) throws Exception {
        killAndRunAgain(seed);
    }

    static LongStream manySeeds() {
        return LongStream.range(4, 54);
    }

    private static void killAndRunAgain(long seed) throws Exception {
        var random = new Random(seed);
        var file = Import.file(seed);
        try (var database = database()) {
            var before = Import.content(database.dataSource());
            for (int kills = 1 + random.nextInt(2); kills > 0; kills--) {
                killAfter(database, file.substring(0, random.nextInt(file.length())), random);
            }
            if (random.nextBoolean()) {
                killInMerge(database, file, MERGE_TABLES.get(random.nextInt(MERGE_TABLES.size())));
            }

            assertThat(Import.content(database.dataSource())).isEqualTo(before);

            Import.run(database.dataSource(), stream(file));

            assertThat(Import.content(database.dataSource())).isEqualTo(undisturbed(file));
        }
    }

    /** Gives it the beginning of the file, and kills it when some of that is stored: how much is chance. Some it may still hold in its buffers. */
    private static void killAfter(TestDatabase database, String beginning, Random random)
            throws Exception {
        long enough = (beginning.lines().count() - BUFFERED) * random.nextInt(100) / 100;
        try (var killed = fork(database)) {
            killed.input().write(beginning.getBytes(StandardCharsets.UTF_8));
            killed.input().flush();
            await(() -> Import.storedRows(database.dataSource()) >= enough);
        }
    }

    /** Kills it when its merge waits for a table. */
    private static void killInMerge(TestDatabase database, String file, String table)
            throws Exception {
        try (var blocker = database.connect();
                var statement = blocker.createStatement()) {
            blocker.setAutoCommit(false);
            statement.execute("lock table %s in access exclusive mode".formatted(table));
            try (var killed = fork(database)) {
                try (var input = killed.input()) {
                    input.write(file.getBytes(StandardCharsets.UTF_8));
                }
                await(() -> isWaiting(database));
            }
            blocker.rollback();
        }
        await(() -> !isWorking(database));
    }

    private static boolean isWaiting(TestDatabase database) throws SQLException {
        return !Import.texts(
                        database.dataSource(),
                        "select pid::text from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")
                .isEmpty();
    }

    private static boolean isWorking(TestDatabase database) throws SQLException {
        return !Import.texts(
                        database.dataSource(),
                        "select pid::text from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()")
                .isEmpty();
    }

    @Test
    void imports_of_one_file_at_once_leave_what_one_leaves() throws Exception {
        var file = Import.file(0);
        try (var database = database();
                var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            var runs =
                    IntStream.range(0, AT_ONCE)
                            .mapToObj(_ ->
                                    threads.submit(
                                            () -> Import.run(database.dataSource(), stream(file))))
                            .toList();
            long loaded = 0;
            for (var run : runs) {
                loaded += ((Outcome.Imported) run.get()).summary().loaded();
            }

            var expected = undisturbed(file);
            assertThat(Import.content(database.dataSource())).isEqualTo(expected);
            assertThat(loaded)
                    .isEqualTo(expected.stream().filter(row -> row.startsWith("fact|")).count());
        }
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void await(Condition condition) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited in vain");
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }
}
