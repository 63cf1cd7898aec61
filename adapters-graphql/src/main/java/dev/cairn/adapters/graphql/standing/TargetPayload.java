package dev.cairn.adapters.graphql.standing;

import dev.cairn.domain.problem.ProblemDetails;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The target that was set, or the reasons why not. */
public record TargetPayload(@Nullable TargetOutput target, List<ProblemDetails> problems) {}
