package dev.cairn.application.service;

import dev.cairn.application.port.AnalysisFailed;
import dev.cairn.application.port.AnalysisFailed.Reason;
import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.Stage;
import dev.cairn.application.port.out.AnalysisExecutor.Prepared;
import dev.cairn.application.port.out.QuestionLog.End;
import dev.cairn.application.port.out.QuestionLog.Passed;
import dev.cairn.application.port.out.QuestionLog.Question;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.plan.Cancellation.Cancelled;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Who asks one question, until when it has to be answered, and what it spends its time on. For the thread that asks it. */
final class QuestionClock {
    private static final long NOT_BEGUN = Long.MIN_VALUE;

    private final Caller caller;
    private final Deadline deadline;
    private final List<Passed> passed = new ArrayList<>();
    private @Nullable Prepared statement;
    private int rows;

    QuestionClock(Caller caller, Deadline deadline) {
        this.caller = caller;
        this.deadline = deadline;
    }

    Caller caller() {
        return caller;
    }

    Deadline deadline() {
        return deadline;
    }

    /** As {@link Workers#done}. */
    <T> T done(Turns workers, Stage stage, Callable<T> work) {
        long asked = now();
        var begun = new AtomicLong(NOT_BEGUN);
        try {
            return Workers.done(
                    workers,
                    caller,
                    deadline,
                    () -> {
                        begun.set(now());
                        return work.call();
                    });
        } finally {
            long ended = now();
            long from = begun.get() == NOT_BEGUN ? ended : begun.get();
            passed.add(new Passed(Stage.QUEUE, asked, from));
            passed.add(new Passed(stage, from, ended));
        }
    }

    /** On this thread, for what takes no time worth a turn. */
    <T> T here(Stage stage, Supplier<T> work) {
        long from = now();
        try {
            return deadline.during(work::get);
        } catch (Cancelled late) {
            throw new AnalysisFailed(Reason.TIMEOUT, late);
        } finally {
            passed.add(new Passed(stage, from, now()));
        }
    }

    private long now() {
        return deadline.nanoTime().getAsLong();
    }

    void sent(Prepared prepared) {
        statement = prepared;
        rows = 0;
    }

    void received(int number) {
        rows = number;
    }

    Question over(End end) {
        return new Question(end, passed, statement, rows);
    }
}
