package dev.cairn.adapters.graphql.catalog;

import dev.cairn.domain.problem.ProblemDetails;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The metric that was made, or the reasons why not. */
public record MetricPayload(@Nullable MetricOutput metric, List<ProblemDetails> problems) {}
