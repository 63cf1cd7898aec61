package dev.cairn.testkit.differential;

import dev.cairn.application.port.AnalysisFailed;
import dev.cairn.application.port.out.AnalysisExecutor;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Answer;
import java.time.Duration;
import java.util.Optional;

/** An answer, or the reason for none. */
sealed interface Outcome {
    Duration LIMIT = Duration.ofSeconds(60);

    record Answered(Answer answer) implements Outcome {}

    record Failed(AnalysisFailed.Reason reason) implements Outcome {}

    /** It should never come to this. */
    record Broken(String exception) implements Outcome {}

    static Outcome of(AnalysisExecutor executor, AnalysisPlan plan) {
        try {
            return new Answered(executor.execute(plan, LIMIT));
        } catch (AnalysisFailed failed) {
            return new Failed(failed.reason());
        } catch (RuntimeException broken) {
            return new Broken(broken.toString());
        }
    }

    /** What is different first, in words; empty where nothing is. */
    static Optional<String> difference(AnalysisPlan plan, Outcome expected, Outcome actual) {
        if (expected instanceof Answered(var one) && actual instanceof Answered(var other)) {
            return Answers.difference(plan, one, other)
                    .map(words ->
                            "%s%nexpected%n%s%ngot%n%s"
                                    .formatted(words, Answers.words(one), Answers.words(other)));
        }
        return expected.equals(actual)
                ? Optional.empty()
                : Optional.of("expected %s, got %s".formatted(expected, actual));
    }
}
