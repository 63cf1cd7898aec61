package dev.cairn.application.port.in;

import dev.cairn.application.port.AnalysisFailed;
import dev.cairn.application.port.Deadline;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.MembersQuery;
import dev.cairn.domain.planner.QuestionLimits;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.problem.Problems;
import dev.cairn.domain.shape.Shape;
import dev.cairn.domain.shape.Shaped;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Answers a question, or reports everything that is wrong with it. */
public interface AnalyzeUseCase {
    /** @throws AnalysisFailed where the question is valid and still cannot be answered */
    Outcome analyze(AnalysisQuery query, Caller caller, Deadline deadline);

    /**
     * Questions of one request, to be asked each on a thread of its own. Each is answered as by {@link #analyze}, and fails as that does; of those that agree in all but their metrics, several may be
     * answered by one statement.
     *
     * @return in their order; each waits for those that it may be answered with, so all must be asked
     */
    List<Supplier<Outcome>> together(List<AnalysisQuery> queries, Caller caller, Deadline deadline);

    /**
     * Opens a cell of an answer into what is behind it: as of what counted as now for that answer, by the definitions in force.
     *
     * @throws AnalysisFailed as {@link #analyze}
     */
    Outcome members(MembersQuery query, Caller caller, Deadline deadline);

    /**
     * Does the same as {@link #analyze} up to the plan; reads no facts.
     *
     * @throws AnalysisFailed where the deadline passes before it is done
     */
    Explanation explain(AnalysisQuery query, Caller caller, Deadline deadline);

    /**
     * Answers a question of fixed shape by the question of the language that it stands for.
     *
     * @throws AnalysisFailed as {@link #analyze}
     */
    default <A extends Shaped> ShapeOutcome<A> answer(
            Shape<A> shape, Caller caller, Deadline deadline) {
        var asked = shape.asked();
        var query = asked.query().page(QuestionLimits.MOST_ROWS, null);
        if (!asked.problems().isEmpty()) {
            var further =
                    query.metrics().isEmpty()
                            ? List.<Problem>of()
                            : asked.placed(explain(query, caller, deadline).problems());
            return new ShapeOutcome.Rejected<>(
                    Stream.concat(asked.problems().stream(), further.stream()).toList());
        }
        return switch (analyze(query, caller, deadline)) {
            case Outcome.Rejected(var problems) ->
                    new ShapeOutcome.Rejected<>(asked.placed(problems));
            case Outcome.Answered(var result) when result.hasNextPage() ->
                    new ShapeOutcome.Rejected<>(List.of(tooLarge()));
            case Outcome.Answered(var result) -> {
                var objections = shape.objections(result);
                yield objections.isEmpty()
                        ? new ShapeOutcome.Answered<>(query, shape.folded(result))
                        : new ShapeOutcome.Rejected<>(objections);
            }
        };
    }

    private static Problem tooLarge() {
        return Problem.of(
                ProblemCode.LIMIT,
                Place.of("timeRange"),
                "The answer has more than %,d rows: ask for a shorter range, a coarser grain or fewer groups.",
                QuestionLimits.MOST_ROWS);
    }

    /** What came of a question of fixed shape. */
    sealed interface ShapeOutcome<A extends Shaped> {
        /** @param query whose answer it is: what its cells are opened by */
        record Answered<A extends Shaped>(AnalysisQuery query, A answer)
                implements ShapeOutcome<A> {}

        /** Places are those of the input. */
        record Rejected<A extends Shaped>(List<Problem> problems) implements ShapeOutcome<A> {
            public Rejected {
                problems = List.copyOf(problems);
            }
        }
    }

    /** What came of a question. */
    sealed interface Outcome {
        record Answered(AnalysisResult result) implements Outcome {}

        record Rejected(List<Problem> problems) implements Outcome {}
    }

    /**
     * What would be computed.
     *
     * @param problems empty: the question would be answered
     * @param columns of the answer; empty where there are problems
     * @param steps the plan in words; empty for who sees some accounts only, as they name others and how many rows there are of all
     * @param rowsToRead rows that are expected to be read and made, as the database knows its tables: the figure that a question is refused by; null where that is not known, where something else is wrong, and for who sees some accounts only
     * @param sql the statement that would be sent; null where there are problems, and for who sees some accounts only
     */
    record Explanation(
            List<Problem> problems,
            List<AnalysisResult.Column> columns,
            List<String> steps,
            @Nullable Long rowsToRead,
            @Nullable String sql) {
        /** Of a question that is not answered, and why. */
        public static Explanation refused(List<Problem> problems) {
            var rows = Problems.rowsToRead(problems);
            return new Explanation(
                    problems,
                    List.of(),
                    List.of(),
                    rows.isPresent() ? rows.getAsLong() : null,
                    null);
        }
    }
}
