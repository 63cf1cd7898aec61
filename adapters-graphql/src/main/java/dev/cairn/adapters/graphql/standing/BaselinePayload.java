package dev.cairn.adapters.graphql.standing;

import dev.cairn.domain.problem.ProblemDetails;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The baseline that was kept, would be, or was removed, or the reasons why not. */
public record BaselinePayload(@Nullable BaselineOutput baseline, List<ProblemDetails> problems) {
    public BaselinePayload {
        problems = List.copyOf(problems);
    }
}
