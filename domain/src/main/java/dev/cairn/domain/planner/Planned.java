package dev.cairn.domain.planner;

import dev.cairn.domain.analysis.AnalysisResult.Column;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.problem.Problem;
import java.util.List;

/** What came of planning a question. */
public sealed interface Planned {
    /**
     * @param columns of the answer: time (where there is a time axis), group keys, outputs
     * @param fingerprint of the question without its page; cursors of other questions are refused by it
     */
    record Ready(AnalysisPlan plan, List<Column> columns, String fingerprint) implements Planned {
        public Ready {
            columns = List.copyOf(columns);
        }
    }

    /** Everything that is wrong with it. */
    record Rejected(List<Problem> problems) implements Planned {
        public Rejected {
            problems = List.copyOf(problems);
        }
    }
}
