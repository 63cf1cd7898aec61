package dev.cairn.adapters.graphql.catalog;

import dev.cairn.domain.problem.ProblemDetails;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The key of the slice that was made, or the reasons why not. */
public record SlicePayload(@Nullable String slice, List<ProblemDetails> problems) {}
