package dev.cairn.application.port.in;

import dev.cairn.application.port.AnalysisFailed;
import dev.cairn.application.port.Deadline;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.guard.Guard;
import dev.cairn.domain.guard.GuardQuery;
import dev.cairn.domain.problem.Problem;
import java.util.List;

/** Looks whether metrics got better while their counter-metrics got worse, or reports everything that is wrong with what is asked. */
public interface GuardUseCase {
    /** @throws AnalysisFailed where the question is valid and still cannot be answered */
    Outcome guards(GuardQuery query, Caller caller, Deadline deadline);

    /** What came of it. */
    sealed interface Outcome {
        record Watched(List<Guard> guards) implements Outcome {
            public Watched {
                guards = List.copyOf(guards);
            }
        }

        record Rejected(List<Problem> problems) implements Outcome {
            public Rejected {
                problems = List.copyOf(problems);
            }
        }
    }
}
