package dev.cairn.application.port.in;

import dev.cairn.domain.model.Metric;
import dev.cairn.domain.problem.Problem;
import java.util.List;

/** Gives a metric another formula and leaves all else as it is. */
public interface ReviseMetricUseCase {
    Outcome revise(Revision revision);

    /**
     * @param expectedVersion the version that the revision was made from; CONFLICT when it is not in force any more
     * @param validateOnly say what would happen, change nothing
     */
    record Revision(String metric, int expectedVersion, String formula, boolean validateOnly) {}

    /** What came of it. */
    sealed interface Outcome {
        /** @param version in force afterwards; the same where the formula means what it meant */
        record Revised(Metric metric, int version) implements Outcome {}

        record Rejected(List<Problem> problems) implements Outcome {}
    }
}
