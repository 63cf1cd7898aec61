package dev.cairn.application.port.in;

import dev.cairn.application.port.AnalysisFailed;
import dev.cairn.application.port.Deadline;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.why.Why;
import dev.cairn.domain.why.WhyQuery;
import java.util.List;

/** Explains why a value moved between two cells, or reports everything that is wrong with what is asked. */
public interface WhyUseCase {
    /** @throws AnalysisFailed where the question is valid and still cannot be answered */
    Outcome why(WhyQuery query, Caller caller, Deadline deadline);

    /** What came of it. */
    sealed interface Outcome {
        record Explained(Why why) implements Outcome {}

        /** Places are those of the query. */
        record Rejected(List<Problem> problems) implements Outcome {
            public Rejected {
                problems = List.copyOf(problems);
            }
        }
    }
}
