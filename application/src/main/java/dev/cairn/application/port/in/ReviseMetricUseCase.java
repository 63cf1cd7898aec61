package dev.cairn.application.port.in;

import dev.cairn.application.port.Author;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.problem.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Changes the formula of a metric and what it asks of its sample, and nothing else. */
public interface ReviseMetricUseCase {
    Outcome revise(Revision revision, Author author);

    /**
     * @param expectedVersion the version that the revision was made from; CONFLICT when it is not in force any more
     * @param formula null: as it was
     * @param least observations that a cell needs; 0: any number will do; null: as it was
     * @param clustered whether accounts are taken as independent, and not rows; null: as it was
     * @param validateOnly report what would change, change nothing
     */
    record Revision(
            String metric,
            int expectedVersion,
            @Nullable String formula,
            @Nullable Integer least,
            @Nullable Boolean clustered,
            boolean validateOnly) {
        /** Of the formula alone. */
        public Revision(String metric, int expectedVersion, String formula, boolean validateOnly) {
            this(metric, expectedVersion, formula, null, null, validateOnly);
        }

        public boolean isEmpty() {
            return formula == null && least == null && clustered == null;
        }
    }

    /** What came of it. */
    sealed interface Outcome {
        /** @param version in force afterwards; the same where it has the same meaning */
        record Revised(Metric metric, int version) implements Outcome {}

        record Rejected(List<Problem> problems) implements Outcome {}
    }
}
