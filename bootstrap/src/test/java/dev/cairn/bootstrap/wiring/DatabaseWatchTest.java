package dev.cairn.bootstrap.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.cairn.bootstrap.StartProblem;
import dev.cairn.bootstrap.StartRefused;
import dev.cairn.testkit.database.TestDatabase;
import dev.cairn.testkit.database.TestServer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** How long a database that has gone is tried again; time passes only where it is waited for. */
@ExtendWith(OutputCaptureExtension.class)
class DatabaseWatchTest {
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

    /** A clock that goes as far as somebody waits. */
    private static final class Waited implements DatabaseWatch.Time {
        private final AtomicLong nanos = new AtomicLong();

        @Override
        public long nanos() {
            return nanos.get();
        }

        @Override
        public void pause(Duration length) throws InterruptedException {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            nanos.addAndGet(length.toNanos());
        }

        Duration length() {
            return Duration.ofNanos(nanos.get());
        }
    }

    private final Waited time = new Waited();
    private final AtomicInteger starts = new AtomicInteger();
    private final CompletableFuture<StartRefused> givenUp = new CompletableFuture<>();

    private static StartRefused refused(String why) {
        return new StartRefused(StartProblem.POSTGRES_FAILED, why, "Make room.");
    }

    private static HikariDataSource nowhere() {
        var pool = new HikariDataSource();
        pool.setJdbcUrl("jdbc:postgresql://127.0.0.1:1/cairn");
        return pool;
    }

    @Test
    void a_database_that_cannot_be_started_is_given_up_after_ten_minutes(CapturedOutput log)
            throws Exception {
        var database = new WatchedDatabase(nowhere());
        Runnable revival =
                () -> {
                    throw refused(starts.incrementAndGet() < 5 ? "The disk is full." : "No port.");
                };

        try (var _ = new DatabaseWatch(database, revival, givenUp::complete, time)) {
            var reason = givenUp.get(1, TimeUnit.MINUTES);

            assertThat(reason).hasMessage("No port.");
            assertThat(time.length()).isBetween(TEN_MINUTES, TEN_MINUTES.plusMinutes(1));
            // Pauses of 1, 2, 4, 8, 16 seconds and then of 30.
            assertThat(starts).hasValueBetween(20, 30);
        }
        assertThat(log.getAll())
                .containsOnlyOnce("The database is out of reach")
                .containsOnlyOnce("The disk is full. [POSTGRES_FAILED] Trying again.")
                .containsOnlyOnce("No port. [POSTGRES_FAILED] Trying again.")
                .doesNotContain("\tat ");
    }

    @Test
    void a_database_that_starts_within_ten_minutes_is_not_given_up_however_often_it_goes()
            throws Exception {
        var database = new WatchedDatabase(nowhere());
        var isLongEnough = new CompletableFuture<Void>();
        Runnable revival =
                () -> {
                    if (time.length().compareTo(TEN_MINUTES.multipliedBy(3)) > 0) {
                        isLongEnough.complete(null);
                    }
                    if (starts.incrementAndGet() % 15 != 0) {
                        throw refused("The disk is full.");
                    }
                };

        try (var _ = new DatabaseWatch(database, revival, givenUp::complete, time)) {
            isLongEnough.get(1, TimeUnit.MINUTES);
        }
        assertThat(givenUp).isNotDone();
    }

    @Test
    void a_database_of_somebody_else_is_waited_for_as_long_as_it_takes(CapturedOutput log)
            throws Exception {
        try (TestDatabase there = TestServer.shared().emptyDatabase()) {
            var pool = nowhere();
            pool.setUsername(there.user());
            pool.setPassword(there.password());
            var database = new WatchedDatabase(pool);
            var isBack = new CompletableFuture<Void>();
            DatabaseWatch.Time untilItIsThere =
                    new DatabaseWatch.Time() {
                        @Override
                        public long nanos() {
                            return time.nanos();
                        }

                        @Override
                        public void pause(Duration length) throws InterruptedException {
                            time.pause(length);
                            if (time.length().compareTo(TEN_MINUTES.multipliedBy(2)) == 0) {
                                assertThatThrownBy(database::getConnection)
                                        .hasMessageContaining("out of reach");
                                pool.setJdbcUrl(there.url());
                            } else if (time.length().compareTo(TEN_MINUTES.multipliedBy(3)) > 0) {
                                isBack.complete(null);
                            }
                        }
                    };
            try (var _ = new DatabaseWatch(database, null, givenUp::complete, untilItIsThere)) {
                isBack.get(1, TimeUnit.MINUTES);
                database.getConnection().close();
            }
        }
        assertThat(givenUp).isNotDone();
        assertThat(log.getAll()).containsOnlyOnce("The database is out of reach");
    }
}
