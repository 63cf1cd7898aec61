package dev.cairn.application.port.out;

import dev.cairn.application.port.Stage;
import dev.cairn.application.port.out.AnalysisExecutor.Prepared;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Is told of each question when it is over, on the thread that asked it: it must not fail, and must not take time. */
@FunctionalInterface
public interface QuestionLog {
    /** For those who keep no log. */
    QuestionLog NONE = _ -> {};

    void over(Question question);

    /** Questions could not be answered by one statement for a reason that is not foreseen, and are asked one by one. */
    default void brokenTogether(RuntimeException failure) {}

    /** How a question ended. */
    enum End {
        ANSWERED,
        /** It has problems that the caller can put right. */
        REJECTED,
        /** Given up, or not answered for another reason. */
        FAILED
    }

    /**
     * A stretch of time that a question spent.
     *
     * @param begun in nanoseconds, on the clock of its deadline
     * @param ended on the same clock
     */
    record Passed(Stage stage, long begun, long ended) {
        public long nanos() {
            return ended - begun;
        }
    }

    /**
     * A question that is over; nothing that the caller wrote is in it, but in the statement.
     *
     * @param passed in the order of time; a question may pass a stage several times
     * @param statement the last that was sent; null: none was
     * @param rows of its answer; 0 where there is none
     */
    record Question(End end, List<Passed> passed, @Nullable Prepared statement, int rows) {
        public Question {
            passed = List.copyOf(passed);
        }
    }
}
