package dev.cairn.adapters.graphql.standing;

import dev.cairn.domain.analysis.ScoreChange;
import dev.cairn.domain.analysis.ScoreChange.PartChange;
import dev.cairn.domain.analysis.ScoreChange.Score;
import dev.cairn.domain.why.ScoreSentence;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a score of an account changed, as the schema names it. */
public record HealthChangeOutput(String metric, ScoreChange change) {
    public Score before() {
        return change.before();
    }

    public Score after() {
        return change.after();
    }

    public @Nullable Double difference() {
        return change.difference();
    }

    public @Nullable String sentence() {
        return ScoreSentence.of(metric, change);
    }

    public List<PartChange> parts() {
        return change.parts();
    }
}
