package dev.cairn.application.port.in;

import dev.cairn.application.port.AnalysisFailed;
import dev.cairn.application.port.Deadline;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.impact.Impact;
import dev.cairn.domain.impact.ImpactQuery;
import dev.cairn.domain.problem.Problem;
import java.util.List;

/** Says what came of a change, or reports everything that is wrong with what is asked. */
public interface ImpactUseCase {
    /** @throws AnalysisFailed where the question is valid and still cannot be answered */
    Outcome impact(ImpactQuery query, Caller caller, Deadline deadline);

    /** What came of it. */
    sealed interface Outcome {
        record Assessed(Impact impact) implements Outcome {}

        record Rejected(List<Problem> problems) implements Outcome {
            public Rejected {
                problems = List.copyOf(problems);
            }
        }
    }
}
