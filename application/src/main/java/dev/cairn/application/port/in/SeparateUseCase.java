package dev.cairn.application.port.in;

import dev.cairn.application.port.AnalysisFailed;
import dev.cairn.application.port.Deadline;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.separation.MetricAudit;
import dev.cairn.domain.separation.Separation;
import dev.cairn.domain.separation.SeparationQuery;
import java.util.List;

/** Says whether metrics tell accounts that succeed from the others, or reports everything that is wrong with what is asked. */
public interface SeparateUseCase {
    /** @throws AnalysisFailed where the question is valid and still cannot be answered */
    Outcome<Separation> separate(SeparationQuery query, Caller caller, Deadline deadline);

    /**
     * The same of all metrics of the catalogue that an account can have, the most telling first.
     *
     * @param query its metric, segment, leads and slices do not matter
     * @throws AnalysisFailed as {@link #separate}
     */
    Outcome<MetricAudit> audit(SeparationQuery query, Caller caller, Deadline deadline);

    /** What came of it. */
    sealed interface Outcome<A> {
        record Answered<A>(A answer) implements Outcome<A> {}

        /** Places are those of the query. */
        record Rejected<A>(List<Problem> problems) implements Outcome<A> {
            public Rejected {
                problems = List.copyOf(problems);
            }
        }
    }
}
