package dev.cairn.adapters.graphql.catalog;

import dev.cairn.adapters.graphql.problem.ProblemOutput;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The key of the source that was made, or the reasons why not. */
public record SourcePayload(@Nullable String source, List<ProblemOutput> problems) {}
