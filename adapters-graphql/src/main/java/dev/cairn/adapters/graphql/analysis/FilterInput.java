package dev.cairn.adapters.graphql.analysis;

import dev.cairn.domain.analysis.AnalysisQuery.Filter;
import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A condition; one of the four. */
public record FilterInput(
        @Nullable List<FilterInput> all,
        @Nullable List<FilterInput> any,
        @Nullable FilterInput not,
        @Nullable PredicateInput where) {
    /** The condition as it was asked: nothing in it has been looked up. */
    public Filter toDomain() {
        if (all != null) {
            return new Filter.All(toDomain(all));
        }
        if (any != null) {
            return new Filter.Any(toDomain(any));
        }
        if (not != null) {
            return new Filter.Not(not.toDomain());
        }
        return OneOf.last(where, "FilterInput").toDomain();
    }

    private static List<Filter> toDomain(List<FilterInput> inputs) {
        return inputs.stream().map(FilterInput::toDomain).toList();
    }

    /** A field against values. */
    public record PredicateInput(String field, Operator op, @Nullable List<String> values) {
        Filter toDomain() {
            return new Filter.Where(field, op, values == null ? List.of() : List.copyOf(values));
        }
    }
}
