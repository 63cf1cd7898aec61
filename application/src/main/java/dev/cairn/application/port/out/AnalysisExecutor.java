package dev.cairn.application.port.out;

import dev.cairn.application.port.AnalysisFailed;
import dev.cairn.application.port.Capabilities;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Answer;
import dev.cairn.domain.plan.Scan;
import dev.cairn.domain.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Executes plans exactly. Safe for concurrent use. */
public interface AnalysisExecutor {
    /** What it answers exactly; always the same. */
    Capabilities capabilities();

    /**
     * Why a plan is not to be executed: what it needs beyond the capabilities, and what it reads beyond all bounds; empty where it can be answered. Needs no
     * database.
     */
    default List<Problem> refusals(AnalysisPlan plan) {
        return capabilities().refusals(plan);
    }

    /** The same, told to a caller: how much there is of accounts that are not his is not. */
    default List<Problem> refusals(AnalysisPlan plan, Caller caller) {
        return refusals(plan);
    }

    /**
     * One statement, one snapshot.
     *
     * @param limit from now on: waiting counts, a statement that has not begun by then is not sent, one that runs is cancelled
     * @throws AnalysisFailed where there is no answer although the plan is sound
     * @throws Capabilities.Exceeded where the plan needs more than its capabilities: before anything runs, and never another answer instead
     */
    Answer execute(AnalysisPlan plan, Duration limit);

    /**
     * Gives the cells of a plan's page one by one, of one statement and one snapshot, holding few of them at a time. What the taker throws ends the statement.
     *
     * @param limit as for {@link #execute}; taking counts
     * @throws AnalysisFailed where there is no answer, or its end does not come, although the plan is sound
     */
    default void stream(AnalysisPlan plan, Duration limit, RowTaker rows) {
        var answer = execute(plan, limit);
        rows.begin(
                new Answer(
                        List.of(),
                        answer.hasMore(),
                        answer.coverage(),
                        answer.tallies(),
                        answer.engine(),
                        answer.catalogVersion()));
        answer.rows().stream().filter(row -> row.kind() == RowKind.CELL).forEach(rows::take);
    }

    /** Takes an answer row by row. */
    interface RowTaker {
        /**
         * Comes first, once.
         *
         * @param head the answer without its rows: whether there are more than the page has is known already
         */
        void begin(Answer head);

        void take(Answer.Row cell);
    }

    /** Does all work of {@link #execute} that needs no database; refuses what that refuses. */
    default Prepared prepare(AnalysisPlan plan) {
        capabilities().require(plan);
        return new Prepared() {
            @Override
            public long cost() {
                return 0;
            }

            @Override
            public Answer execute(Duration limit) {
                return AnalysisExecutor.this.execute(plan, limit);
            }
        };
    }

    /**
     * Prepares what a question is at every instant between two, where its plan is the same at both but for as-of.
     *
     * @param first as of the first of them
     * @param last as of the last
     * @return empty where its statement is not the same, or may not be kept
     */
    default Optional<Lasting> lasting(AnalysisPlan first, AnalysisPlan last) {
        return Optional.empty();
    }

    /** What is prepared for many instants. */
    interface Lasting {
        /** At an instant between both; costs next to nothing. */
        Prepared asOf(Instant instant);

        /** Memory that it takes, about. */
        long bytes();
    }

    /** What an answer rests on; equal ones have the same answer. */
    interface State {
        /** Memory that it takes, about. */
        long bytes();
    }

    /** A statement that can be sent. */
    interface Prepared {
        /** Whether it may read facts of the source, or members of the entity, of this name. */
        default boolean reads(String name) {
            return true;
        }

        /** Whether it reads tables that change without a version. */
        default boolean readsOutside() {
            return false;
        }

        /** As {@link AnalysisExecutor#refusals}. */
        default List<Problem> refusals() {
            return List.of();
        }

        /**
         * What its answer rests on, as it is now: two that have equal ones have the same answer, and as long as nothing under it changes it stays equal. Asks the
         * store, at the price of one small query. Empty where the answer may change without that being seen.
         */
        default Optional<State> state() {
            return Optional.empty();
        }

        /** Rows that it is expected to read and make; 0 where nothing is known. */
        long cost();

        /** Rows that scans of the plan are expected to read, by the very scans, where that is known. */
        default Map<Scan, Long> rows() {
            return Map.of();
        }

        /**
         * Names the statement without its values: the same for questions that differ in those only. Hexadecimal digits; empty where there is nothing
         * to name.
         */
        default String fingerprint() {
            return "";
        }

        /**
         * How the database would go about it, a line for each step, without any value of the statement; it is asked, and executes nothing. Empty
         * where it does not say.
         */
        default List<String> databasePlan() {
            return List.of();
        }

        /** As {@link AnalysisExecutor#execute}. */
        Answer execute(Duration limit);
    }

    /**
     * The local day of the first fact in force of each source that has one: with it the coverage begins where no declaration says when.
     *
     * @param knownAt of the facts that were in force then; null: now
     */
    Map<String, LocalDate> coverageStarts(Set<String> sources, @Nullable Instant knownAt);

    /** The statement that {@link #execute} would send, for people; literals as in the plan. */
    String describe(AnalysisPlan plan);
}
