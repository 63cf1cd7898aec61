package dev.cairn.domain.shape;

import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.problem.Problem;
import java.util.List;

/**
 * A question of fixed shape. It is one question of the language and computes nothing of its own: who may see what, conditions, refusals, times and notices are
 * those of that question.
 *
 * @param <A> what its answer is folded into
 */
public sealed interface Shape<A extends Shaped>
        permits Retention, Funnel, Lifecycle, Stickiness, Bridge, Trend {
    /** The question that it stands for. */
    Asked asked();

    /** @param answer to that question, all of it */
    A folded(AnalysisResult answer);

    /** Why an answer does not fit into the shape, with places in the input; empty: it does. */
    default List<Problem> objections(AnalysisResult answer) {
        return List.of();
    }
}
