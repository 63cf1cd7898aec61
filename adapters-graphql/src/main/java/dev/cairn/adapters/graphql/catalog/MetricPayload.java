package dev.cairn.adapters.graphql.catalog;

import dev.cairn.adapters.graphql.problem.ProblemOutput;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The metric that was made, or the reasons why not. */
public record MetricPayload(@Nullable MetricOutput metric, List<ProblemOutput> problems) {}
