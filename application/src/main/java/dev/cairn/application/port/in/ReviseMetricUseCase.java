package dev.cairn.application.port.in;

import dev.cairn.domain.model.Metric;
import dev.cairn.domain.problem.Problem;
import java.util.List;

/** Changes the formula of a metric, and nothing else. */
public interface ReviseMetricUseCase {
    Outcome revise(Revision revision);

    /**
     * @param expectedVersion the version that the revision was made from; CONFLICT when it is not in force any more
     * @param validateOnly report what would change, change nothing
     */
    record Revision(String metric, int expectedVersion, String formula, boolean validateOnly) {}

    /** What came of it. */
    sealed interface Outcome {
        /** @param version in force afterwards; the same where the formula has the same meaning */
        record Revised(Metric metric, int version) implements Outcome {}

        record Rejected(List<Problem> problems) implements Outcome {}
    }
}
