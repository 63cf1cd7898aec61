package dev.cairn.application.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.application.port.AnalysisFailed;
import dev.cairn.application.port.AnalysisFailed.Reason;
import dev.cairn.application.service.Turns.Most;
import dev.cairn.domain.analysis.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TurnsTest {
    private static final Caller ANN = new Caller("ann", null);
    private static final Caller BOB = new Caller("bob", null);
    private static final Caller CAL = new Caller("cal", null);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch release = new CountDownLatch(1);
    private final Queue<String> done = new ConcurrentLinkedQueue<>();

    @AfterEach
    void stop() {
        release.countDown();
        threads.shutdownNow();
    }

    private Turns turns(int atOnce, int ofOne, int inAll) {
        return new Turns(threads, atOnce, new Most(ofOne, inAll));
    }

    /** Work that has begun, and ends when it is released. */
    private Future<?> held(Turns turns, Caller caller) throws InterruptedException {
        var begun = new CountDownLatch(1);
        var work =
                turns.submit(
                        caller,
                        () -> {
                            begun.countDown();
                            release.await();
                            return "";
                        });
        begun.await();
        return work;
    }

    private Future<Boolean> noted(Turns turns, Caller caller) {
        return turns.submit(caller, () -> done.add(caller.name()));
    }

    private static void assertTooMany(Turns turns, Caller caller) {
        assertThatThrownBy(() -> turns.submit(caller, () -> ""))
                .isInstanceOfSatisfying(
                        AnalysisFailed.class,
                        failed -> assertThat(failed.reason()).isEqualTo(Reason.TOO_MANY));
    }

    @Test
    void callers_have_their_turns_one_after_the_other_however_much_of_one_waits() throws Exception {
        var turns = turns(1, 100, 100);
        held(turns, CAL);
        var all = new ArrayList<Future<Boolean>>();
        for (int at = 0; at < 10; at++) {
            all.add(noted(turns, ANN));
        }
        all.add(noted(turns, BOB));
        all.add(noted(turns, BOB));

        release.countDown();
        for (var each : all) {
            each.get();
        }

        assertThat(List.copyOf(done).subList(0, 5))
                .containsExactly("ann", "bob", "ann", "bob", "ann");
        assertThat(turns.waiting()).isZero();
    }

    @Test
    void a_caller_leaves_a_thread_to_others() throws Exception {
        var turns = turns(3, 100, 100);
        held(turns, ANN);
        held(turns, ANN);
        var third = noted(turns, ANN);

        noted(turns, BOB).get();

        assertThat(third.isDone()).isFalse();
        assertThat(done).containsExactly("bob");
        release.countDown();
        third.get();
    }

    @Test
    void the_one_caller_there_is_may_have_all_threads() throws Exception {
        var turns = turns(2, 1, 100);
        held(turns, Caller.LOCAL);
        held(turns, Caller.LOCAL);
        noted(turns, Caller.LOCAL);
        noted(turns, Caller.LOCAL);

        assertThat(turns.waiting()).isEqualTo(2);
    }

    @Test
    void no_more_of_a_caller_waits_than_may_and_others_still_do() throws Exception {
        var turns = turns(1, 2, 100);
        held(turns, ANN);
        noted(turns, ANN);
        var last = noted(turns, ANN);

        assertTooMany(turns, ANN);
        var other = noted(turns, BOB);

        release.countDown();
        last.get();
        other.get();
        assertThat(done).hasSize(3);
    }

    @Test
    void no_more_waits_in_all_than_may() throws Exception {
        var turns = turns(1, 2, 3);
        held(turns, ANN);
        noted(turns, ANN);
        noted(turns, ANN);
        noted(turns, BOB);

        assertTooMany(turns, BOB);
        assertTooMany(turns, CAL);
    }

    @Test
    void what_is_given_up_while_it_waits_is_never_done_and_makes_room() throws Exception {
        var turns = turns(1, 1, 100);
        held(turns, ANN);
        var given = noted(turns, ANN);
        assertTooMany(turns, ANN);

        given.cancel(true);

        assertThat(turns.waiting()).isZero();
        var next = noted(turns, ANN);
        release.countDown();
        next.get();
        assertThat(done).hasSize(1);
    }

    @Test
    void a_failure_is_told_and_frees_its_thread() throws Exception {
        var turns = turns(1, 1, 1);

        assertThatThrownBy(
                        turns.submit(
                                        ANN,
                                        () -> {
                                            throw new IllegalStateException("broken");
                                        })
                                ::get)
                .hasRootCauseMessage("broken");
        assertThat(noted(turns, ANN).get()).isTrue();
    }

    @Test
    void as_much_is_done_at_once_as_there_are_threads() throws Exception {
        var turns = turns(3, 1_000, 1_000);
        var running = new AtomicInteger();
        var most = new AtomicInteger();
        var all = new ArrayList<Future<Integer>>();
        for (int at = 0; at < 300; at++) {
            all.add(
                    turns.submit(
                            List.of(ANN, BOB, CAL).get(at % 3),
                            () -> {
                                most.accumulateAndGet(running.incrementAndGet(), Math::max);
                                Thread.yield();
                                return running.decrementAndGet();
                            }));
        }
        for (var each : all) {
            each.get();
        }

        assertThat(most.get()).isBetween(1, 3);
        assertThat(turns.waiting()).isZero();
    }
}
