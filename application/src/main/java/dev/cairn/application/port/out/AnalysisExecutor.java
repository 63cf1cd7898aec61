package dev.cairn.application.port.out;

import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Answer;
import java.time.Duration;

/** Executes plans exactly. Safe for concurrent use. */
public interface AnalysisExecutor {
    /**
     * One statement, one snapshot.
     *
     * @param limit the statement is cancelled after it
     * @throws AnalysisFailed where there is no answer although the plan is sound
     */
    Answer execute(AnalysisPlan plan, Duration limit);

    /** The statement that {@link #execute} would send, for people; literals as in the plan. */
    String describe(AnalysisPlan plan);

    /** No answer, for a reason the caller can be told. */
    final class AnalysisFailed extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final Reason reason;

        public AnalysisFailed(Reason reason, Throwable cause) {
            super(reason.name(), cause);
            this.reason = reason;
        }

        public Reason reason() {
            return reason;
        }

        /** Why there is no answer. */
        public enum Reason {
            TIMEOUT,
            /** A number on the way is larger than its type holds. */
            NUMBER_OUT_OF_RANGE
        }
    }
}
