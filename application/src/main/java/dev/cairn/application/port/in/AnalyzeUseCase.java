package dev.cairn.application.port.in;

import dev.cairn.application.port.AnalysisFailed;
import dev.cairn.application.port.Deadline;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.MembersQuery;
import dev.cairn.domain.problem.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers a question, or reports everything that is wrong with it. */
public interface AnalyzeUseCase {
    /** @throws AnalysisFailed where the question is valid and still cannot be answered */
    Outcome analyze(AnalysisQuery query, Caller caller, Deadline deadline);

    /**
     * Opens a cell of an answer into what is behind it: as of what counted as now for that answer, by the definitions in force.
     *
     * @throws AnalysisFailed as {@link #analyze}
     */
    Outcome members(MembersQuery query, Caller caller, Deadline deadline);

    /**
     * Does the same as {@link #analyze} up to the plan; reads no facts.
     *
     * @throws AnalysisFailed where the deadline passes before it is done
     */
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
}
