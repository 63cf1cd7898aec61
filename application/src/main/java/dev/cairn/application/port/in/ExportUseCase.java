package dev.cairn.application.port.in;

import dev.cairn.application.port.AnalysisFailed;
import dev.cairn.application.port.Deadline;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.AnalysisResult.Column;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.expression.Type.Kind;
import dev.cairn.domain.problem.Problem;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers a question with all its rows, one by one: however many there are, few of them are in memory. */
public interface ExportUseCase {
    /**
     * The rows are those of all pages of {@link AnalyzeUseCase#analyze}, in the same order, without totals.
     *
     * @param most rows to give of those that follow the query's cursor; null: all, and more than an export may have are a problem
     * @param deadline taking the rows counts
     * @param taker called by another thread, one call after the other; what it throws ends the export and is thrown here
     * @throws AnalysisFailed where the question is valid and still cannot be answered, or not to its end
     */
    Outcome export(
            AnalysisQuery query,
            @Nullable Integer most,
            Caller caller,
            Deadline deadline,
            Taker taker);

    /** Takes what is exported. */
    interface Taker {
        /**
         * Comes first, once; not at all where the question is rejected.
         *
         * @param kinds in which the values of each column are held: of numbers whether they are exact
         */
        void begin(List<Column> columns, List<Kind> kinds, Instant asOf);

        /** @param cells in the order of columns */
        void take(List<Cell> cells);
    }

    /** What came of it. */
    sealed interface Outcome {
        /** All rows were taken. */
        record Exported(long rows) implements Outcome {}

        /** Nothing was given. */
        record Rejected(List<Problem> problems) implements Outcome {
            public Rejected {
                problems = List.copyOf(problems);
            }
        }
    }
}
