package dev.cairn.adapters.graphql.cohort;

import dev.cairn.domain.problem.ProblemDetails;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The cohort that was made, or the reasons why not. */
public record CohortPayload(@Nullable CohortOutput cohort, List<ProblemDetails> problems) {}
