package dev.cairn.adapters.persistence.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.Thread.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SharedLookTest {
    private static final int ASKERS = 20;
    private static final int TIMES = 500;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final ExecutorService threads = Executors.newFixedThreadPool(ASKERS + 1);
    private final AtomicInteger looks = new AtomicInteger();
    private final CountDownLatch firstHasBegun = new CountDownLatch(1);
    private final CountDownLatch firstMayEnd = new CountDownLatch(1);

    @AfterEach
    void stop() {
        firstMayEnd.countDown();
        threads.close();
    }

    /** The first takes as long as the test wants. */
    private int slowlyAtFirst() {
        int number = looks.incrementAndGet();
        if (number == 1) {
            firstHasBegun.countDown();
            await(firstMayEnd);
        }
        return number;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException gone) {
            throw new IllegalStateException(gone);
        }
    }

    @Test
    void each_look_sees_all_that_was_there_when_it_was_asked_for() throws Exception {
        var changes = new AtomicLong();
        var look =
                new SharedLook<>(() -> {
                    looks.incrementAndGet();
                    return changes.get();
                });
        Callable<Boolean> asker =
                () -> {
                    for (int time = 0; time < TIMES; time++) {
                        long change = changes.incrementAndGet();
                        if (look.now() < change) {
                            return false;
                        }
                    }
                    return true;
                };
        var all = new ArrayList<Future<Boolean>>();
        for (int number = 0; number < ASKERS; number++) {
            all.add(threads.submit(asker));
        }
        for (var each : all) {
            assertThat(each.get()).isTrue();
        }
        assertThat(looks.get()).isBetween(1, ASKERS * TIMES);
    }

    @Test
    void who_asks_while_another_looks_waits_no_longer_than_a_moment_and_looks_again()
            throws Exception {
        var look = new SharedLook<>(this::slowlyAtFirst);
        var first = threads.submit(look::now);
        await(firstHasBegun);
        assertThat(look.now()).isEqualTo(2);
        firstMayEnd.countDown();
        assertThat(first.get()).isEqualTo(1);
    }

    /** All but the first ask while it is under way, and wait for the second. */
    private <T> List<Future<T>> askTogether(SharedLook<T> look) throws Exception {
        var all = new ArrayList<Future<T>>(List.of(threads.submit(look::now)));
        await(firstHasBegun);
        var asking = new ArrayList<Thread>();
        for (int number = 0; number < ASKERS; number++) {
            var asked = new FutureTask<>(look::now);
            all.add(asked);
            asking.add(Thread.ofPlatform().start(asked));
        }
        while (!asking.stream().allMatch(thread -> thread.getState() == State.TIMED_WAITING)) {
            Thread.onSpinWait();
        }
        firstMayEnd.countDown();
        return all;
    }

    @Test
    void those_who_ask_before_a_look_begins_share_it() throws Exception {
        var all = askTogether(new SharedLook<>(this::slowlyAtFirst, PATIENCE));
        assertThat(all.removeFirst().get()).isEqualTo(1);
        for (var other : all) {
            assertThat(other.get()).isEqualTo(2);
        }
    }

    @Test
    void who_shares_a_look_that_fails_looks_himself() throws Exception {
        var all =
                askTogether(
                        new SharedLook<>(
                                () -> {
                                    if (slowlyAtFirst() == 2) {
                                        throw new IllegalStateException("out of time");
                                    }
                                    return "seen";
                                },
                                PATIENCE));
        int failed = 0;
        for (var one : all) {
            try {
                assertThat(one.get()).isEqualTo("seen");
            } catch (ExecutionException own) {
                assertThat(own).hasRootCauseMessage("out of time");
                failed++;
            }
        }
        assertThat(failed).isEqualTo(1);
    }

    @Test
    void a_look_that_fails_does_not_stop_the_next() {
        var look =
                new SharedLook<>(() -> {
                    if (looks.incrementAndGet() == 1) {
                        throw new IllegalStateException("gone");
                    }
                    return "seen";
                });
        assertThatThrownBy(look::now).hasMessage("gone");
        assertThat(look.now()).isEqualTo("seen");
    }
}
