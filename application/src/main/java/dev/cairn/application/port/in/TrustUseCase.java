package dev.cairn.application.port.in;

import dev.cairn.application.port.AnalysisFailed;
import dev.cairn.application.port.Deadline;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.trust.MetricTrust;
import dev.cairn.domain.trust.SourceTrust;
import dev.cairn.domain.trust.Touched;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Says how far sources can be trusted. */
public interface TrustUseCase {
    /**
     * What is counted is of all accounts, and counted again only once the facts have changed. Who sees only some accounts is told grades and checks, and neither
     * figures nor days.
     *
     * @param sources names; empty: all that say what is expected of them
     * @throws AnalysisFailed where it cannot be counted in time
     */
    Outcome trust(Set<String> sources, Caller caller, Deadline deadline);

    /** What the sources touch, by their names: it is of the definitions, and of no fact. */
    Map<String, Touched> touched(Set<String> sources);

    /**
     * How far the data under metrics can be trusted, of many at once. Told as {@link #trust} tells it.
     *
     * @param metrics names; of those that are of no metric there is nothing in the answer
     * @throws AnalysisFailed where it cannot be counted in time
     */
    Map<String, MetricTrust> ofMetrics(Set<String> metrics, Caller caller, Deadline deadline);

    /** What came of it. */
    sealed interface Outcome {
        /** One for each source, in the order of names. */
        record Assessed(List<SourceTrust> sources) implements Outcome {
            public Assessed {
                sources = List.copyOf(sources);
            }
        }

        /** Names that are of no source. */
        record Rejected(List<Problem> problems) implements Outcome {
            public Rejected {
                problems = List.copyOf(problems);
            }
        }
    }
}
