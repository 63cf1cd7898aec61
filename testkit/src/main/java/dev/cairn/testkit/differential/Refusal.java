package dev.cairn.testkit.differential;

import dev.cairn.application.port.Capabilities;
import dev.cairn.application.port.out.AnalysisExecutor;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.util.List;
import java.util.Optional;

/** What an executor must do with a plan that it cannot answer exactly. */
public final class Refusal {
    private Refusal() {}

    /** Whether the plan is beyond the executor's capabilities. */
    public static boolean isDue(AnalysisExecutor executor, AnalysisPlan plan) {
        return !executor.capabilities().refusals(plan).isEmpty();
    }

    /** What is wrong with the way it refuses the plan, in words; empty where it does so cleanly. */
    public static Optional<String> fault(AnalysisExecutor executor, AnalysisPlan plan) {
        var due = executor.capabilities().refusals(plan);
        return due.stream()
                .filter(problem -> problem.code() != ProblemCode.UNSUPPORTED)
                .findFirst()
                .map(problem -> "refused by another code: " + problem)
                .or(() -> faultOf("execute", due, () -> executor.execute(plan, Outcome.LIMIT)))
                .or(() -> faultOf("prepare", due, () -> executor.prepare(plan)));
    }

    private static Optional<String> faultOf(String what, List<Problem> due, Runnable call) {
        try {
            call.run();
        } catch (Capabilities.Exceeded refused) {
            return refused.problems().equals(due)
                    ? Optional.empty()
                    : Optional.of(
                            "%s: expected to be refused by %s, got %s"
                                    .formatted(what, due, refused.problems()));
        } catch (RuntimeException other) {
            return Optional.of("%s: expected to be refused, got %s".formatted(what, other));
        }
        return Optional.of("%s: did what should have been refused by %s".formatted(what, due));
    }
}
