package dev.cairn.domain.planner;

import dev.cairn.domain.analysis.AnalysisResult.Column;
import dev.cairn.domain.analysis.AnalysisResult.Notice;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.time.Periods;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came of planning a question. */
public sealed interface Planned {
    /**
     * @param columns of the answer: time (where there is a time axis), group keys, outputs
     * @param notices what is remarked whatever the answer
     * @param fingerprint of the question without its page; cursors of other questions are refused by it
     * @param grain of the time axis; null where there is none
     * @param keyed whether rows have keys by which their cells are opened
     * @param standards what its values stand beside
     * @param opened the cell that is opened, as it was; null: what is asked is a question
     * @param trusting how far what it reads can be trusted
     */
    record Ready(
            AnalysisPlan plan,
            List<Column> columns,
            List<Notice> notices,
            String fingerprint,
            @Nullable Periods grain,
            boolean keyed,
            Standards standards,
            @Nullable OpenedCell opened,
            Trusting trusting)
            implements Planned {
        public Ready {
            notices = List.copyOf(notices);
            columns = List.copyOf(columns);
        }

        /** The same as of another instant, where nothing else of it depends on that. */
        public Ready asOf(Instant instant) {
            return new Ready(
                    plan.asOf(instant),
                    columns,
                    notices,
                    fingerprint,
                    grain,
                    keyed,
                    standards,
                    opened,
                    trusting);
        }
    }

    /** Everything that is wrong with it. */
    record Rejected(List<Problem> problems) implements Planned {
        public Rejected {
            problems = List.copyOf(problems);
        }
    }
}
