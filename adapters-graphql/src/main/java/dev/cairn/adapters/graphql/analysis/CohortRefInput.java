package dev.cairn.adapters.graphql.analysis;

import dev.cairn.domain.analysis.AnalysisQuery.CohortReference;
import org.jspecify.annotations.Nullable;

/** A saved cohort or one made up here; one of the two. */
public record CohortRefInput(@Nullable String key, @Nullable String rule) {
    /** The cohort as it was asked: nothing in it has been looked up. */
    public CohortReference toDomain() {
        return key != null
                ? new CohortReference.ByKey(key)
                : new CohortReference.Rule(OneOf.last(rule, "CohortRefInput"));
    }
}
