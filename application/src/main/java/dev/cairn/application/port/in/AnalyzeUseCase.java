package dev.cairn.application.port.in;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.problem.Problem;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Answers a question, or says everything that is wrong with it. */
public interface AnalyzeUseCase {
    Outcome analyze(AnalysisQuery query, Caller caller, Deadline deadline);

    /** The same way up to the plan; nothing is read. */
    Explanation explain(AnalysisQuery query, Caller caller, Deadline deadline);

    /** What came of a question. */
    sealed interface Outcome {
        record Answered(AnalysisResult result) implements Outcome {}

        record Rejected(List<Problem> problems) implements Outcome {}
    }

    /**
     * What would be computed.
     *
     * @param problems empty: the question would be answered
     * @param columns of the answer; empty where there are problems
     * @param steps the plan in words
     * @param sql the statement that would be sent; null where there are problems
     */
    record Explanation(
            List<Problem> problems,
            List<AnalysisResult.Column> columns,
            List<String> steps,
            @Nullable String sql) {}

    /**
     * Until when an answer is of use to whoever asked. Made where a request arrives: everything that it waits for counts.
     *
     * @param nanoTime a clock that only goes on
     * @param end on that clock
     */
    record Deadline(LongSupplier nanoTime, long end) {
        public static Deadline in(Duration limit, LongSupplier nanoTime) {
            return new Deadline(nanoTime, nanoTime.getAsLong() + limit.toNanos());
        }

        /** Zero where it is over. */
        public Duration left() {
            return Duration.ofNanos(Math.max(0, end - nanoTime.getAsLong()));
        }

        public boolean isOver() {
            return end - nanoTime.getAsLong() <= 0;
        }
    }
}
