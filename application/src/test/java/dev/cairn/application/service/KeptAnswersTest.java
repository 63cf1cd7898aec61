package dev.cairn.application.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.application.port.AnalysisFailed;
import dev.cairn.application.port.AnalysisFailed.Reason;
import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.out.AnalysisExecutor.State;
import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.plan.Answer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KeptAnswersTest {
    private static final long ROOM = 1 << 20;
    private static final Answer ANSWER = answer(1, "");

    private final KeptAnswers answers = new KeptAnswers(ROOM);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger sent = new AtomicInteger();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private static Answer answer(int rows, String key) {
        var row = new Answer.Row(RowKind.CELL, -1, List.of(GroupValue.of(key)), List.of());
        return new Answer(Collections.nCopies(rows, row), false, Map.of(), List.of(), "test", 1);
    }

    private static State state(String name) {
        return new Named(name, 0);
    }

    private record Named(String name, long bytes) implements State {}

    private Answer compute() {
        sent.incrementAndGet();
        return ANSWER;
    }

    @Test
    void an_answer_is_found_again_as_long_as_what_it_rests_on_is_the_same() {
        assertThat(answers.find(state("1"), Deadline.NEVER)).isEmpty();
        answers.computed(state("1"), Deadline.NEVER, this::compute);

        assertThat(answers.find(state("1"), Deadline.NEVER)).containsSame(ANSWER);
        assertThat(answers.find(state("2"), Deadline.NEVER)).isEmpty();
        assertThat(answers.counts().found()).isEqualTo(1);
        assertThat(answers.counts().computed()).isEqualTo(1);
    }

    @Test
    void who_waited_for_his_turn_takes_what_was_computed_meanwhile() {
        answers.computed(state("1"), Deadline.NEVER, this::compute);
        answers.computed(state("1"), Deadline.NEVER, this::compute);

        assertThat(sent).hasValue(1);
    }

    @Test
    void questions_in_flight_that_rest_on_the_same_are_one_statement() throws Exception {
        var begun = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        var first =
                threads.submit(() ->
                        answers.computed(state("1"), Deadline.NEVER, () -> held(begun, release)));
        begun.await();
        var others = new ArrayList<Future<Answer>>();
        for (int at = 0; at < 6; at++) {
            others.add(
                    threads.submit(
                            () -> answers.computed(state("1"), Deadline.NEVER, this::compute)));
        }

        release.countDown();

        assertThat(first.get()).isSameAs(ANSWER);
        for (var other : others) {
            assertThat(other.get()).isSameAs(ANSWER);
        }
        assertThat(sent).hasValue(1);
        assertThat(answers.counts().computed()).isEqualTo(1);
        assertThat(answers.counts().found() + answers.counts().shared()).isEqualTo(6);
    }

    @Test
    void a_question_is_answered_by_itself_where_the_one_it_waited_for_failed() throws Exception {
        var begun = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        var first =
                threads.submit(() ->
                        answers.computed(
                                state("1"),
                                Deadline.NEVER,
                                () -> {
                                    held(begun, release);
                                    throw new AnalysisFailed(
                                            Reason.TIMEOUT, new IllegalStateException());
                                }));
        begun.await();
        var second =
                threads.submit(() -> answers.computed(state("1"), Deadline.NEVER, this::compute));

        release.countDown();

        assertThatThrownBy(first::get).hasRootCauseInstanceOf(IllegalStateException.class);
        assertThat(second.get()).isSameAs(ANSWER);
        assertThat(sent).hasValue(2);
    }

    @Test
    void who_waits_for_another_has_his_own_deadline() throws Exception {
        var begun = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        var first =
                threads.submit(() ->
                        answers.computed(state("1"), Deadline.NEVER, () -> held(begun, release)));
        begun.await();

        assertThatThrownBy(() -> answers.find(state("1"), new Deadline(() -> 0, 1)))
                .isInstanceOfSatisfying(
                        AnalysisFailed.class,
                        failed -> assertThat(failed.reason()).isEqualTo(Reason.TIMEOUT));
        release.countDown();
        assertThat(first.get()).isSameAs(ANSWER);
    }

    @Test
    void a_failure_is_not_kept() {
        assertThatThrownBy(() ->
                        answers.computed(
                                state("1"),
                                Deadline.NEVER,
                                () -> {
                                    throw new IllegalStateException("once");
                                }))
                .hasMessage("once");

        assertThat(answers.computed(state("1"), Deadline.NEVER, this::compute)).isSameAs(ANSWER);
    }

    @Test
    void what_is_kept_is_bounded() {
        var large = answer(1_000, "k".repeat(100));
        for (int at = 0; at < 100; at++) {
            answers.computed(state("" + at), Deadline.NEVER, () -> large);
        }

        assertThat(answers.counts().bytes()).isPositive().isLessThanOrEqualTo(ROOM);
        assertThat(answers.find(state("0"), Deadline.NEVER)).isEmpty();
        assertThat(answers.find(state("99"), Deadline.NEVER)).isPresent();
    }

    private Answer held(CountDownLatch begun, CountDownLatch release) {
        begun.countDown();
        try {
            release.await();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
        return compute();
    }

    @Test
    void what_an_answer_rests_on_counts_as_well() {
        answers.computed(new Named("large", ROOM), Deadline.NEVER, this::compute);
        assertThat(answers.counts().bytes()).isZero();

        answers.computed(new Named("small", ROOM / 2), Deadline.NEVER, this::compute);
        assertThat(answers.counts().bytes()).isGreaterThan(ROOM / 2);
    }
}
