package dev.cairn.application.port.in;

import dev.cairn.application.port.AnalysisFailed;
import dev.cairn.application.port.Deadline;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.model.Baseline;
import dev.cairn.domain.model.Target.ScopeKey;
import dev.cairn.domain.problem.Problem;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps values of metrics as baselines that later values stand beside: all that is asked for, or nothing. */
public interface BaselineUseCase {
    /**
     * Asks for the values now and keeps them.
     *
     * @throws AnalysisFailed where the question is valid and still cannot be answered
     */
    Outcome keep(Keep keep, Caller caller, Deadline deadline);

    /** Retires baselines; what was kept stays in their history. */
    Outcome remove(List<String> keys, Caller caller);

    /** Those of a metric, or all where it is null; none for who sees only some accounts, as they are of others too. */
    List<Baseline> baselines(@Nullable String metric, Caller caller);

    /**
     * What is kept.
     *
     * @param metrics by name
     * @param scope of which rows; empty: of the company
     * @param from first local date, in
     * @param until last local date, out
     * @param zone in which those dates begin
     * @param asOf what counts as now; null: now
     * @param level whether values of a time of any length stand beside it
     * @param key of the baseline, of one metric only; null: made of the metric's and the scope
     * @param label null: the key
     * @param replace the one that is kept already
     * @param validateOnly ask and check, keep nothing
     */
    record Keep(
            List<String> metrics,
            List<ScopeKey> scope,
            LocalDate from,
            LocalDate until,
            ZoneId zone,
            @Nullable Instant asOf,
            boolean level,
            @Nullable String key,
            @Nullable String label,
            boolean replace,
            boolean validateOnly) {
        public Keep {
            metrics = List.copyOf(metrics);
            scope = List.copyOf(scope);
        }
    }

    /** What came of it. */
    sealed interface Outcome {
        /** Of keeping, in the order of the metrics; of removing, those that were removed. */
        record Done(List<Baseline> baselines) implements Outcome {
            public Done {
                baselines = List.copyOf(baselines);
            }
        }

        /** Places are {@code metric}, {@code from}, {@code until}, {@code for}, {@code as_of}, {@code zone}, {@code key}. */
        record Rejected(List<Problem> problems) implements Outcome {
            public Rejected {
                problems = List.copyOf(problems);
            }
        }
    }
}
